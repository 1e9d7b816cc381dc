"""Names that rows refer to: one canonical spelling each, known from the file or from before."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum

from journal.core.messages import N_, Message
from journal.core.text import cyrillic
from journal.documents.cells import CellRefused, folded


class Ref(Enum):
    """What a cell may name."""

    YEAR = "year"
    SUBJECT = "subject"
    ROOM = "room"
    BELLS = "bells"
    STAFF = "staff"
    CLASS = "class"
    PUPIL = "pupil"
    SUBGROUP = "subgroup"
    WORK_TYPE = "work type"
    LESSON = "lesson"


_UNKNOWN = {
    Ref.YEAR: N_("There is no academic year %(name)s. Add it to «Учебный год» or correct it."),
    Ref.SUBJECT: N_("There is no subject “%(name)s”. Add it to «Предметы» or correct the name."),
    Ref.ROOM: N_("There is no room %(name)s. Add it to «Кабинеты» or correct the name."),
    Ref.BELLS: N_("There is no bell schedule “%(name)s”. Add it to «Звонки» or correct it."),
    Ref.STAFF: N_(
        "There is no member of staff %(name)s. Add the row to «Сотрудники» or correct the number."
    ),
    Ref.CLASS: N_("There is no class %(name)s. Add it to «Классы» or correct the name."),
    Ref.PUPIL: N_(
        "There is no pupil %(name)s. Add the row to «Обучающиеся» or correct the number."
    ),
    Ref.LESSON: N_("There is no lesson %(name)s. Add it to lessons.csv or correct it."),
}
_LOOKALIKE = frozenset({Ref.CLASS, Ref.PUPIL, Ref.STAFF, Ref.ROOM})


class References:
    """Canonical names by kind. The first spelling seen wins; the rest are found through it."""

    def __init__(self) -> None:
        self._names: dict[Ref, dict[str, str]] = defaultdict(dict)
        self._open: set[Ref] = set()

    def settle(self, kind: Ref, name: str) -> str:
        """The spelling already known for this name, else this one from now on."""
        names = self._names[kind]
        found = names.get(name)
        if found is None:
            found = names.setdefault(_key(kind, name), name)
            names[name] = found
        return found

    def find(self, kind: Ref, name: str) -> str:
        """The known spelling; raises CellRefused for a name that nobody has defined."""
        names = self._names[kind]
        found = names.get(name)
        if found is None:
            found = names.get(_key(kind, name))
            if found is None:
                if kind in self._open:
                    return name
                raise CellRefused(Message(_UNKNOWN[kind].key, {"name": name}))
            names[name] = found
        return found

    def forgive(self, kind: Ref) -> None:
        """Take any name from now on: the sheet that defines them could not be read itself."""
        self._open.add(kind)


def _key(kind: Ref, name: str) -> str:
    """Case, white space and ё never count (but in keys of lessons, which are any unique text);
    for numbers and codes neither do Latin look-alikes."""
    if kind is Ref.LESSON:
        return name
    return folded(cyrillic(name.upper()) if kind in _LOOKALIKE else name)
