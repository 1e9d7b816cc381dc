"""A .xls that opens without a question although it is encrypted: the password is known to all.

Spreadsheet programs encrypt a .xls whose structure is protected, with a password of their own that
every one of them tries by itself (MS-OFFCRYPTO 2.3.6: RC4 with keys from MD5; MS-XLS 2.2.10: the
stream is cut into blocks of 1024 bytes, some records stay plain).
"""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterator

import olefile

_PASSWORD = "VelvetSweatshop"
_BLOCK = 1024
_FILEPASS, _BOUNDSHEET, _NOTHING = 0x002F, 0x0085, 0x1FFE
_PLAIN = frozenset({0x0809, _FILEPASS, 0x0194, 0x01A5, 0x0138, 0x0196, 0x00E1})
_RC4 = (1, 1, 1)


def unlocked(data: bytes) -> bytes | None:
    """The same file without its encryption; None when it wants a password of somebody's own."""
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        stream = container.openstream("Workbook").read()
    key = _key(stream)
    if key is None:
        return None
    plain = _decrypted(stream, key)
    target = io.BytesIO(data)
    with olefile.OleFileIO(target, write_mode=True) as container:
        container.write_stream("Workbook", plain)
        return target.getvalue()


def _key(stream: bytes) -> bytes | None:
    """What the keys of blocks come from, when the known password fits."""
    body = next((body for number, _, body in _records(stream) if number == _FILEPASS), b"")
    if len(body) != 54 or struct.unpack_from("<HHH", body) != _RC4:
        return None
    salt, verifier, digest = body[6:22], body[22:38], body[38:54]
    first = hashlib.md5(_PASSWORD.encode("utf-16-le"), usedforsecurity=False).digest()[:5]
    key = hashlib.md5((first + salt) * 16, usedforsecurity=False).digest()[:5]
    opened = _xor(verifier + digest, _keystream(key, 0))
    fits = hashlib.md5(opened[:16], usedforsecurity=False).digest() == opened[16:]
    return key if fits else None


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(number, where its body begins, body) of every record."""
    position = 0
    while position + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, position)
        position += 4
        yield number, position, stream[position : position + size]
        position += size


def _decrypted(stream: bytes, key: bytes) -> bytes:
    """Every record in the clear; the one about the encryption becomes one that says nothing."""
    opened = b"".join(
        _xor(stream[start : start + _BLOCK], _keystream(key, start // _BLOCK))
        for start in range(0, len(stream), _BLOCK)
    )
    plain = bytearray(stream)
    for number, start, body in _records(stream):
        end = start + len(body)
        if number == _FILEPASS:
            struct.pack_into("<H", plain, start - 4, _NOTHING)
        elif number not in _PLAIN:
            start += 4 if number == _BOUNDSHEET else 0  # where a sheet begins stays plain
            plain[start:end] = opened[start:end]
    return bytes(plain)


def _xor(data: bytes, keystream: bytes) -> bytes:
    size = len(data)
    mixed = int.from_bytes(data, "little") ^ int.from_bytes(keystream[:size], "little")
    return mixed.to_bytes(size, "little")


def _keystream(key: bytes, block: int) -> bytes:
    """RC4 of a block, as many bytes as it has."""
    secret = hashlib.md5(key + struct.pack("<L", block), usedforsecurity=False).digest()
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + secret[i % 16]) & 255
        state[i], state[j] = state[j], state[i]
    i = j = 0
    stream = bytearray()
    for _ in range(_BLOCK):
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        stream.append(state[(state[i] + state[j]) & 255])
    return bytes(stream)
