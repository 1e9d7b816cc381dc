"""Text keys: how names sort and how search forgives.

Neither database sorts or lowers Cyrillic right, so names are stored with a `sort_key`
(ё directly after е, case folded) and a `search_key` (ё = е, punctuation dropped).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LATIN_LOOKALIKES = str.maketrans("ABCEHKMOPTXYaceopxy", "АВСЕНКМОРТХУасеорху")
_KEYBOARD = str.maketrans("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюё")


def tidy(value: str) -> str:
    """Collapse white space of every kind (non-breaking too) and trim."""
    return " ".join(value.replace("\N{NO-BREAK SPACE}", " ").split())


def sort_key(value: str) -> str:
    """A key whose code-point order is the Russian alphabetical order: ё stands right after е."""
    folded = tidy(value).casefold()
    return "".join("е\uf8ff" if letter == "ё" else letter for letter in folded)


@lru_cache(maxsize=16384)
def search_key(value: str) -> str:
    """Fold case, ё to е and every run of non-letters to one space."""
    folded = unicodedata.normalize("NFKC", value).casefold().replace("ё", "е")
    return re.sub(r"[^\w]+", " ", folded).strip()


def from_wrong_layout(value: str) -> str:
    """What `value` would be had it been typed with the Russian layout on: «bdfyjd» is «иванов»."""
    return value.casefold().translate(_KEYBOARD)


def cyrillic(value: str) -> str:
    """Replace Latin letters that look like Cyrillic ones (class names typed in a hurry)."""
    return value.translate(_LATIN_LOOKALIKES)


def search_words(value: str) -> list[list[str]]:
    """The readings of what was typed into a search box, each as words to be found in a search key.

    «bdfyjd» is read as it stands and as «иванов»: the keyboard layout is forgiven.
    """
    readings = [search_key(value).split(), search_key(from_wrong_layout(value)).split()]
    return [
        words for number, words in enumerate(readings) if words and words not in readings[:number]
    ]
