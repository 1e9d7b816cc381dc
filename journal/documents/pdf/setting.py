"""Words set into a width: lines end at spaces and hyphens, and nothing is cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from journal.documents.pdf.fonts import text_width

# A line ends neither after «№» nor between two initials.
_BLANK = re.compile(r"(?<!№)(?!(?<=\b[A-ZА-ЯЁ]\.)[ \t]+[A-ZА-ЯЁ]\.(?!\w))[ \t\r\f\v]+")
_HYPHEN = re.compile(r"(?<=[^\W\d_]{3}[-–/])(?=[^\W\d_]{3})")
_ANEW = "\n"  # before a piece that begins a line
_VOWELS = "аеёиоуыэюяaeiouy"
_BOUND = "ьъй"  # never begin a line
_SIGNS = "()«»\"',.;:!?-"  # may stand around a word
_RUSSIAN = re.compile(r"[а-яё]+(-[а-яё]+)*")


@dataclass(frozen=True, slots=True)
class Setting:
    """The letters that are set: their size in points, and whether they are bold."""

    size: float
    bold: bool = False

    def width(self, text: str) -> float:
        """Points that `text` takes on one line."""
        return text_width(text, self.size, bold=self.bold)

    def longest(self, text: str) -> float:
        """The widest piece that only tearing a word would make narrower."""
        return max((self.width(piece) for _, piece in _pieces(text)), default=0)

    def lines(self, text: str, width: float) -> list[str]:
        """The text in lines of at most `width`; line breaks of its own are kept. A word that is
        wider is torn, by its syllables where it has them."""
        if "\n" not in text and self.width(text) <= width:
            return [text]
        return [line for own in text.split("\n") for line in self._lines(own, width)]

    def _lines(self, text: str, width: float) -> Iterator[str]:
        line = ""
        for glue, piece in self._breakable(text, width):
            longer = f"{line}{glue}{piece}" if line else piece
            if glue != _ANEW and self.width(longer) <= width:
                line = longer
                continue
            if line:
                yield line
            *torn, line = self._torn(piece, width)
            yield from torn
        yield line

    def _breakable(self, text: str, width: float) -> Iterator[tuple[str, str]]:
        """What is kept together goes apart only where a line cannot hold it, from a new one on."""
        for glue, piece in _pieces(text):
            first, *rest = piece.split() if self.width(piece) > width else [piece]
            yield _ANEW if rest else glue, first
            for word in rest:
                yield " ", word

    def _torn(self, word: str, width: float) -> Iterator[str]:
        while len(word) > 1 and self.width(word) > width:
            fitting = max(1, sum(self.width(word[:end]) <= width for end in range(1, len(word))))
            ends = (end for end in range(fitting, 1, -1) if _between_syllables(word, end))
            end = next((one for one in ends if self.width(f"{word[:one]}-") <= width), None)
            yield word[:fitting] if end is None else f"{word[:end]}-"
            word = word[end or fitting :]
        yield word


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """What a line may end after, with what stands before it on a common line."""
    for word in _BLANK.split(text.strip()):
        first, *rest = _HYPHEN.split(word)
        yield " ", first
        for piece in rest:
            yield "", piece


@lru_cache(maxsize=4096)
def _between_syllables(word: str, end: int) -> bool:
    """Whether a line may end within the word before the letter number `end`. Addresses and logins
    get no sign that is not theirs."""
    whole = word.lower()
    if not whole.isalpha() and not _RUSSIAN.fullmatch(whole.strip(_SIGNS)):
        return False
    left = whole[:end].lstrip(_SIGNS).rpartition("-")[2]
    right = whole[end:].rstrip(_SIGNS).partition("-")[0]
    return len(left) > 1 and len(right) > 1 and _syllables(left, right)


def _syllables(left: str, right: str) -> bool:
    if right[0] in _BOUND or not _has_vowel(left) or not _has_vowel(right):
        return False
    soft = right[1] in _BOUND and right[2:3] in [*_VOWELS]
    return right[0] not in _VOWELS and (right[1] in _VOWELS or soft)


def _has_vowel(part: str) -> bool:
    return any(one in _VOWELS for one in part)


def balanced(text: str, setting: Setting, most: int, *, torn_from: float) -> float:
    """The least width in which the text takes no more than so many lines; only words wider than
    `torn_from` may be torn."""
    width = max(min(torn_from, setting.longest(text)), setting.width(text) / most)
    while len(setting.lines(text, width)) > most:
        width += setting.size / 4
    return width


def fair(widths: Sequence[float], needs: Sequence[float]) -> list[float]:
    """The widths, those below their need widened at the cost of those with room to spare."""
    lacks = [max(0.0, need - width) for width, need in zip(widths, needs, strict=True)]
    spares = [max(0.0, width - need) for width, need in zip(widths, needs, strict=True)]
    lacking, spare = sum(lacks), sum(spares)
    if not lacking or not spare:
        return list(widths)
    moved = min(lacking, spare)
    return [
        width + lack * moved / lacking - own * moved / spare
        for width, lack, own in zip(widths, lacks, spares, strict=True)
    ]
