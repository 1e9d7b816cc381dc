"""The cells of a page. Empty ones are shared by all pupils, and so are those that look alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from journal.register.rules.facts import AbsenceFacts, Facts, Known, MarkFacts, Release
from journal.register.rules.page import CellMark, CellState, Column
from journal.school.rules import Span

MARK_CSS = {"5": "m5", "4": "m4", "3": "m3", "2": "m2", "1": "m2", "•": "dot"}
OUT, RELEASED = "out", "released"


class _Blank(NamedTuple):
    """The empty cell of a column, on the roster and off it."""

    lesson_id: int
    held_on: date
    inside: CellState
    outside: CellState


class Cells:
    """Builds the cells of one pupil after another. `known` is what excuses say of those built."""

    def __init__(
        self,
        columns: Sequence[Column],
        facts: Facts,
        releases: Iterable[Release],
        excused: Known,
    ) -> None:
        self._excused = excused
        self._waited_for = {pupil_id for _, pupil_id in excused}
        self._facts = facts
        self._place = {column.lesson.id: number for number, column in enumerate(columns)}
        self._looks: dict[object, CellState] = {}
        self._filled: dict[tuple[int, object], CellState] = {}
        self._blanks = [self._blank(column) for column in columns]
        self._whole = tuple(blank.inside for blank in self._blanks)
        self._released: dict[int, list[Span]] = {}
        for one in releases:
            if one.kind == "attending":
                self._released.setdefault(one.pupil_id, []).append(one.span)
        self.known: Known = {}

    def of(self, pupil_id: int, spans: tuple[Span, ...]) -> list[CellState]:
        """The pupil's cells, one for each column."""
        cells, place = list(self._empty(pupil_id, spans)), self._place
        absences = self._facts.absences.get(pupil_id, {})
        marked = self._facts.marks.get(pupil_id, {})
        for lesson_id, marks in marked.items():
            number = place[lesson_id]
            cells[number] = self._fill(cells[number], marks, absences.get(lesson_id))
        for lesson_id, absence in absences.items():
            if lesson_id not in marked:
                number = place[lesson_id]
                cells[number] = self._fill(cells[number], (), absence)
        return cells

    def missed(self, pupil_id: int) -> int:
        """Absences (not lateness) among the columns' lessons."""
        absences = self._facts.absences.get(pupil_id, {})
        return sum(1 for one in absences.values() if one.code != "o")

    def _empty(self, pupil_id: int, spans: tuple[Span, ...]) -> Sequence[CellState]:
        released = self._released.get(pupil_id, ())
        if not released and pupil_id not in self._waited_for and self._covers_all(spans):
            return self._whole
        cells = []
        for blank in self._blanks:
            cell = blank.inside if _covered(spans, blank.held_on) else blank.outside
            if released and cell is blank.inside and _covered(released, blank.held_on):
                cell = cell._replace(css=f"{cell.css} released".strip(), gap=RELEASED)
            elif cell is blank.inside and (blank.lesson_id, pupil_id) in self._excused:
                known = self._excused[blank.lesson_id, pupil_id]
                self.known[blank.lesson_id, pupil_id] = known
                cell = cell._replace(known=known)
            cells.append(self._looks.setdefault(cell, cell))
        return cells

    def _covers_all(self, spans: tuple[Span, ...]) -> bool:
        ends = (self._blanks[0], self._blanks[-1]) if self._blanks else ()
        return len(spans) == 1 and all(spans[0].covers(blank.held_on) for blank in ends)

    def _fill(
        self, cell: CellState, marks: Sequence[MarkFacts], absence: AbsenceFacts | None
    ) -> CellState:
        """Most cells hold one plain mark or code: such are made once for a blank."""
        if len(marks) > 1 or (marks and (absence or marks[0].comment or marks[0].deadline)):
            return _filled(cell, marks, absence)
        # Blanks are kept in `_looks`, so that one is told by its identity.
        look = (id(cell), marks[0].value if marks else absence)
        found = self._filled.get(look)
        if found is None:
            found = self._filled[look] = _filled(cell, marks, absence)
        return found

    def _blank(self, column: Column) -> _Blank:
        inside = self._shared(_css(column, "locked" if column.locked else ""), column.writable)
        return _Blank(column.lesson.id, column.lesson.held_on, inside, self._outside(column))

    def _outside(self, column: Column) -> CellState:
        return self._shared(_css(column, "out"), writable=False, gap=OUT)

    def _shared(self, css: str, writable: bool, gap: str | None = None) -> CellState:
        """The empty cell of this look: one for all columns that look so."""
        key = (css, writable)
        found = self._looks.get(key)
        if found is None:
            found = self._looks[key] = CellState(css, not writable, gap=gap)
        return found


@lru_cache(maxsize=32)
def _names(first: bool, state: str, heavy: bool, today: bool) -> str:
    names = ("first" if first else "", state, "heavy" if heavy else "", "today" if today else "")
    return " ".join(name for name in names if name)


def _css(column: Column, state: str) -> str:
    return _names(column.first_of_month, state, column.heavy, column.today)


def _covered(spans: Sequence[Span], day: date) -> bool:
    return any(span.covers(day) for span in spans)


def _filled(cell: CellState, marks: Sequence[MarkFacts], absence: AbsenceFacts | None) -> CellState:
    comment = "; ".join(mark.comment for mark in marks if mark.comment) or None
    return CellState(
        f"{cell.css} noted".strip() if comment else cell.css,
        cell.readonly,
        _cell_marks(marks),
        absence.code if absence else None,
        absence.minutes if absence else None,
        comment,
        cell.gap,
        None if absence else cell.known,
    )


def _cell_marks(marks: Sequence[MarkFacts]) -> tuple[CellMark, ...]:
    retaken = {mark.retake_of_id for mark in marks}
    return tuple(
        CellMark(mark.value, MARK_CSS.get(mark.value, ""), mark.id in retaken, mark.deadline)
        for mark in marks
    )
