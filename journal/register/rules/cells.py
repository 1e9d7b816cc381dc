"""The cells of a page. Empty ones are shared by all pupils, and so are those that look alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from journal.register.rules.facts import AbsenceFacts, Facts, MarkFacts, Release
from journal.register.rules.known import Known
from journal.register.rules.page import CellMark, CellState, Column
from journal.school.rules import Span

MARK_CSS = {"5": "m5", "4": "m4", "3": "m3", "2": "m2", "1": "m2", "•": "dot"}
OUT, RELEASED = "out", "released"
_Entries = tuple[Sequence[MarkFacts], AbsenceFacts | None]


@dataclass(frozen=True, slots=True)
class _Blank:
    """The empty cell of a column, on the roster and off it."""

    lesson_id: int
    held_on: date
    inside: CellState
    outside: CellState


class Cells:
    """Builds the cells of one pupil after another."""

    def __init__(
        self,
        columns: Sequence[Column],
        facts: Facts,
        releases: Iterable[Release],
        excused: Known,
    ) -> None:
        self._excused = excused
        self._waited_for = {pupil_id for _, pupil_id in excused}
        self._looks: dict[CellState, CellState] = {}
        self._blanks = [self._blank(column) for column in columns]
        self._whole = tuple(blank.inside for blank in self._blanks)
        self._held = _held([column.lesson.id for column in columns], facts)
        self._released: dict[int, list[Span]] = {}
        for one in releases:
            if one.kind == "attending":
                self._released.setdefault(one.pupil_id, []).append(one.span)
        self._known: dict[tuple[int, object], CellState] = {}

    def of(self, pupil_id: int, spans: tuple[Span, ...]) -> tuple[CellState, ...]:
        """The pupil's cells, one for each column."""
        cells = list(self._empty(pupil_id, spans))
        for place, (marks, absence) in self._held.get(pupil_id, {}).items():
            cells[place] = self._fill(cells[place], marks, absence)
        return tuple(cells)

    def missed(self, pupil_id: int) -> int:
        """Absences (not lateness) among the columns' lessons."""
        held = self._held.get(pupil_id, {}).values()
        return sum(1 for _, absence in held if absence is not None and absence.code != "o")

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
                cell = cell._replace(known=self._excused[blank.lesson_id, pupil_id])
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
        found = self._known.get(look)
        if found is None:
            found = self._known[look] = _filled(cell, marks, absence)
        return found

    def _blank(self, column: Column) -> _Blank:
        inside = CellState(_css(column, "locked" if column.locked else ""), not column.writable)
        outside = CellState(_css(column, "out"), readonly=True, gap=OUT)
        looks = self._looks
        return _Blank(
            column.lesson.id,
            column.lesson.held_on,
            looks.setdefault(inside, inside),
            looks.setdefault(outside, outside),
        )


def _held(lesson_ids: Sequence[int], facts: Facts) -> dict[int, dict[int, _Entries]]:
    """For each pupil what stands in which of the columns."""
    place = {lesson_id: number for number, lesson_id in enumerate(lesson_ids)}
    absences, held = facts.absences, dict[int, dict[int, _Entries]]()
    for cell, marks in facts.marks.items():
        held.setdefault(cell[1], {})[place[cell[0]]] = (marks, absences.get(cell))
    for cell, absence in absences.items():
        if cell not in facts.marks:
            held.setdefault(cell[1], {})[place[cell[0]]] = ((), absence)
    return held


def _css(column: Column, state: str) -> str:
    names = (
        "first" if column.first_of_month else "",
        state,
        "heavy" if column.heavy else "",
        "today" if column.today else "",
    )
    return " ".join(name for name in names if name)


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
