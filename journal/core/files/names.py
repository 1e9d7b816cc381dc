"""File names from outside: made harmless for every disk and screen, and true to the content."""

from __future__ import annotations

import re
import unicodedata

from journal.core.files.kinds import FileKind

NAME_MAX = 150


def split_name(name: str) -> tuple[str, str]:
    """(stem, extension without the dot) of an uploaded name; folders, control and direction
    characters are gone. A stem may be empty."""
    last = re.split(r"[\\/]", name)[-1]
    visible = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", last)
        if char.isspace() or not unicodedata.category(char).startswith("C")
    )
    tidy = re.sub(r" +", " ", re.sub(r'[<>:"|?*]', "_", visible)).strip(" .")
    stem, dot, extension = tidy.rpartition(".")
    return (stem.strip(" ."), extension) if dot else (tidy, "")


def name_as_content(stem: str, extension: str, kind: FileKind) -> str:
    """The name to keep: a photograph called .jpg that is a WebP becomes .webp."""
    fits = extension.casefold() in kind.extensions
    return f"{stem[:NAME_MAX].strip() or 'file'}.{extension if fits else kind.extensions[0]}"
