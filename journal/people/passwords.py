"""Passwords are kept as Argon2id hashes only (argon2-cffi); nobody can read one again.

Cost: 19 MiB, two passes, one lane (the smallest OWASP recommends): a school's server has little
memory and sixty sign-ins at half past eight.
"""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_OWN = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# A made password is drawn from 2^49 and soon replaced: a smaller cost still leaves guessing
# hopeless, and a class is served in half a second.
_MADE = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1)


def hash_own(password: str) -> str:
    """The hash of a password its owner has chosen. Takes some 20 ms by intention."""
    return _OWN.hash(password)


def hash_made(password: str) -> str:
    """The hash of a temporary password."""
    return _MADE.hash(password)


def matches(hashed: str, password: str) -> bool:
    """Whether the password is the one that was hashed; the hash knows its own cost."""
    try:
        return _OWN.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
