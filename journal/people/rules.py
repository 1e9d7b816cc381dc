"""Pure rules of people: how names are written, what a password must be, how fast one may guess."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from functools import lru_cache

from journal.access import STAFF_ROLES, Actor, Permission, Role
from journal.access.permissions import permissions_of
from journal.core.errors import RuleViolation
from journal.core.messages import N_, Message
from journal.core.text import cyrillic, search_key, sort_key, tidy

PASSWORD_MIN = 8
FREE_ATTEMPTS = 5
_PHONE_DIGITS = 10
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no 0/o, 1/l/i: slips are read by people
_CLASS = re.compile(r"([1-9]|1[0-2])([^\W\d_][\w-]{0,9})?")
_SPELLED = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh sch _ y _ e yu ya"
_TRANSLIT = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", _SPELLED.split(), strict=True))


def full_name(surname: str, given_name: str, patronymic: str | None) -> str:
    """Фамилия Имя Отчество."""
    return " ".join(part for part in (surname, given_name, patronymic) if part)


@lru_cache(maxsize=4096)  # a page names the same dozen people again and again
def short_name(surname: str, given_name: str, patronymic: str | None) -> str:
    """Фамилия И. О., with non-breaking spaces inside the initials."""
    initials = [f"{part[0]}." for part in (given_name, patronymic) if part]
    return "\N{NO-BREAK SPACE}".join([surname, *initials])


def class_list_name(surname: str, given_name: str) -> str:
    """Фамилия Имя, as in a class register."""
    return f"{surname} {given_name}"


def name_keys(surname: str, given_name: str, patronymic: str | None) -> tuple[str, str]:
    """(sort_key, search_key) of a person."""
    name = full_name(surname, given_name, patronymic)
    return sort_key(name), search_key(name)


def temporary_password() -> str:
    """Ten letters and digits (≈ 49 bits) in two groups, made for reading from paper."""
    letters = [secrets.choice(_ALPHABET) for _ in range(10)]
    return "".join(letters[:5]) + "-" + "".join(letters[5:])


def login_stem(surname: str, given_name: str) -> str:
    """«ivanova.t»: the beginning of a login; a number is added when it is taken."""
    spelled = "".join(_TRANSLIT.get(letter, letter) for letter in surname.casefold())
    first = _TRANSLIT.get(given_name[:1].casefold(), given_name[:1].casefold())
    stem = "".join(letter for letter in spelled if letter.isascii() and letter.isalpha())
    return f"{stem or 'user'}.{first}" if first.isalpha() else stem or "user"


def check_new_password(password: str, *, login: str) -> None:
    """Refuse a password that is short, all one character, or the login itself."""
    if len(password) < PASSWORD_MIN:
        raise RuleViolation(
            "password",
            N_("Choose a password of at least %(count)s characters.", count=PASSWORD_MIN),
        )
    if len(password) > 200:
        raise RuleViolation("password", N_("Choose a password of at most 200 characters."))
    if len(set(password)) < 4 or password.casefold() == login.casefold():
        raise RuleViolation("password", N_("This password is too easy to guess. Choose another."))


def throttle_until(failed_attempts: int, now: datetime) -> datetime | None:
    """When the next attempt may come: five are free, then 1, 2, 4 … 15 minutes."""
    if failed_attempts < FREE_ATTEMPTS:
        return None
    return now + timedelta(minutes=min(15, 2 ** (failed_attempts - FREE_ATTEMPTS)))


def normal_login(login: str) -> str:
    """Logins are compared without case and surrounding space."""
    return tidy(login).casefold()


def contact_keys(phone: str | None, email: str | None) -> tuple[str, ...]:
    """Phone and e-mail as they are compared: «8 900 …» and «+7 900 …» are one number."""
    digits = re.sub(r"\D", "", phone or "")[-_PHONE_DIGITS:]
    return tuple(key for key in (digits, search_key(email or "")) if key)


def class_name(text: str) -> str:
    """A class name in its canonical form: «5а», «5 A» (Latin) and «5А» are one."""
    return cyrillic(tidy(text).replace(" ", "")).upper()


def class_parts(name: str) -> tuple[int, str]:
    """Parallel and letter of a canonical name: also the order of classes; (0, name) for none."""
    found = _CLASS.fullmatch(name)
    return (int(found[1]), found[2] or "") if found else (0, name)


def credential_refusal(
    actor: Actor, *, roles: frozenset[Role], staff_elsewhere: bool
) -> Message | None:
    """Why the actor may not make a temporary password for a person with these roles, or None.

    Whoever makes a password can sign in with it, so nobody may make one for an account that opens
    more than his own (004, item 18: the class teacher for the own class only).
    """
    if staff_elsewhere:
        return N_("Works in another organisation too: the password is made there.")
    if actor.may(Permission.MANAGE_SCHOOL):
        return None
    theirs = permissions_of(roles)
    if Permission.MANAGE_SCHOOL in theirs or Permission.READ_AUDIT in theirs:
        return N_("The password of this person is made by the administrator.")
    if not actor.may(Permission.ISSUE_CREDENTIALS) and roles & STAFF_ROLES:
        return N_("Works in the school: the password is made by the administrator.")
    return None
