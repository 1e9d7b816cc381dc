"""The key an installation signs its archives with: Ed25519, made on first use, mode 600."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

KEY_FILE = "archive_key.pem"


class SigningKey:
    """The private key, kept in a file of the instance folder."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @classmethod
    def of(cls, folder: Path) -> SigningKey:
        """The key of this installation; of two processes that make it at once one wins."""
        path = folder / KEY_FILE
        if not path.exists():
            _make(path)
        key = load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise TypeError(f"{KEY_FILE} holds no Ed25519 key")
        return cls(key)

    def sign(self, data: bytes) -> bytes:
        """The raw signature, 64 bytes: what `openssl pkeyutl -verify -rawin` takes."""
        return self._key.sign(data)

    @property
    def public_pem(self) -> bytes:
        """The public key, to be put beside what was signed and kept elsewhere as well."""
        public = self._key.public_key()
        return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def is_signed(data: bytes, signature: bytes, public_pem: bytes) -> bool:
    """Whether the signature is that key's over the data; False for what is no such key."""
    try:
        key = load_pem_public_key(public_pem)
        if not isinstance(key, Ed25519PublicKey):
            return False
        key.verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public_pem: bytes) -> str:
    """SHA-256 of the key's file, as `sha256sum public_key.pem` prints it."""
    return hashlib.sha256(public_pem).hexdigest()
