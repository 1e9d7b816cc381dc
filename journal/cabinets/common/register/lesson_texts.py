"""The lessons of a page as the JSON the scripts read, one text each.

A lesson says the same to everybody with the same windows, at every visit, until something of it
changes: its text is kept with everything that stands in it, and written anew when that differs.
"""

from __future__ import annotations

from functools import lru_cache

from journal.cabinets.common.register.facts import Sayer, lesson_json
from journal.cabinets.common.register.script import script_json
from journal.register.rules.facts import LessonFacts, WorkTypeFacts
from journal.register.rules.page import JournalPage, Windows
from journal.webkit.i18n import choose_locale

_Said = tuple[LessonFacts, Windows, bool]
_KEPT: dict[tuple[object, int, bool], tuple[_Said, str]] = {}
_MOST_KEPT = 2048


def lesson_texts(page: JournalPage, sayer: Sayer) -> list[str]:
    """`lesson_json` of every column, as `script_json` writes it."""
    look = _look(choose_locale(), page.head.zone, page.types)
    types = {one.id: one for one in page.types}
    texts = []
    for column in page.columns:
        said = lesson, windows, begun = column[:3]
        place = (look, lesson.id, windows.own)
        found = _KEPT.get(place)
        if found is None or found[0] != said:
            if len(_KEPT) >= _MOST_KEPT:
                _KEPT.clear()
            text = str(script_json(lesson_json(lesson, windows, begun, types, sayer)))
            found = _KEPT[place] = (said, text)
        texts.append(found[1])
    return texts


@lru_cache(maxsize=64)
def _look(locale: str, zone: str, types: tuple[WorkTypeFacts, ...]) -> object:
    """Stands for what the texts of a page have in common; a tuple so long hashes slowly."""
    return object()
