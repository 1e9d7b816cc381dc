"""Building a journal page from its facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from journal.access import Actor
from journal.core.clock import local_date
from journal.grading.rules import weighted_average
from journal.lessons.rules import CourseHead, EntryKind, Window, edit_window
from journal.register.rules.facts import (
    AbsenceFacts,
    Facts,
    LessonFacts,
    MarkFacts,
    Release,
    TermMarkFacts,
    WorkTypeFacts,
    average_entries,
)
from journal.register.rules.page import (
    CellMark,
    CellState,
    Column,
    JournalPage,
    Month,
    Row,
    WindowBand,
    Windows,
)
from journal.school.rules import RosterEntry, Span, TermSpan

HEAVY = 3
MARK_CSS = {"5": "m5", "4": "m4", "3": "m3", "2": "m2", "1": "m2", "•": "dot"}
OUT, RELEASED = "out", "released"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What the queries brought."""

    head: CourseHead
    term: TermSpan | None
    span: Span
    lessons: list[LessonFacts]
    roster: list[RosterEntry]
    facts: Facts
    types: list[WorkTypeFacts]
    term_marks: list[TermMarkFacts]
    releases: list[Release]


def build_page(actor: Actor, source: PageFacts, now: datetime) -> JournalPage:
    """The page, for this actor, at this instant."""
    head = source.head
    today = local_date(now, head.zone)
    types = {one.id: one for one in source.types}
    columns = _columns(actor, head, source.lessons, types, today, now)
    past = tuple(
        term for term in head.terms if source.term and term.starts_on < source.term.starts_on
    )
    return JournalPage(
        head=head,
        term=source.term,
        span=source.span,
        today=today,
        columns=columns,
        months=_months(source.lessons),
        bands=_bands(columns),
        past_terms=past if source.term else head.terms,
        rows=_rows(source, columns, types, past if source.term else head.terms),
        facts=source.facts,
        types=tuple(source.types),
        can_write=any(column.windows.own for column in columns),
        has_classes="," in head.classes_key,
    )


def lesson_windows(
    actor: Actor,
    head: CourseHead,
    lesson: LessonFacts,
    types: dict[int, WorkTypeFacts],
    now: datetime,
) -> Windows:
    """All windows of a lesson for this actor."""
    facts = head.lesson_facts(
        held_on=lesson.held_on, starts_at=lesson.starts_at, cancelled=lesson.cancelled, now=now
    )
    context = head.windows_for(actor, now)

    def window(kind: EntryKind, days: int | None = None) -> Window:
        return edit_window(kind, facts, context, checking_days=days)

    return Windows(
        own=head.writes(actor, held_on=lesson.held_on, lesson_staff_id=lesson.staff_id),
        marks=window(EntryKind.MARKS),
        attendance=window(EntryKind.ATTENDANCE),
        topic=window(EntryKind.TOPIC),
        homework=window(EntryKind.HOMEWORK),
        works={
            work.id: window(EntryKind.MARKS, types[work.type_id].checking_days)
            for work in lesson.works
        },
    )


def _columns(
    actor: Actor,
    head: CourseHead,
    lessons: Sequence[LessonFacts],
    types: dict[int, WorkTypeFacts],
    today: date,
    now: datetime,
) -> tuple[Column, ...]:
    columns, month = [], None
    for lesson in lessons:
        weight = max((work.weight for work in lesson.works), default=1)
        columns.append(
            Column(
                lesson=lesson,
                windows=lesson_windows(actor, head, lesson, types, now),
                begun=lesson.starts_at <= now,
                today=lesson.held_on == today,
                heavy=weight >= HEAVY,
                first_of_month=month is not None and lesson.held_on.month != month,
                kind_short=" ".join(types[work.type_id].short_name for work in lesson.works),
                kind_title=", ".join(
                    work.caption or types[work.type_id].name for work in lesson.works
                ),
                weight=weight,
            )
        )
        month = lesson.held_on.month
    return tuple(columns)


def _months(lessons: Sequence[LessonFacts]) -> tuple[Month, ...]:
    return tuple(
        Month(first, len(list(group)))
        for first, group in groupby(lessons, key=lambda one: one.held_on.replace(day=1))
    )


def _bands(columns: Sequence[Column]) -> tuple[WindowBand, ...]:
    bands = []
    for (state, until), group in groupby(columns, key=_band_key):
        run = list(group)
        last = run[-1].lesson
        bands.append(WindowBand(state, len(run), until, last.id, last.held_on))
    return tuple(bands)


def _band_key(column: Column) -> tuple[str, datetime | None]:
    if column.lesson.cancelled:
        return "cancelled", None
    if not column.begun:
        return "future", None
    if not column.windows.own:
        return "reading", None
    if column.locked:
        return "locked", None
    return "open", column.windows.until or column.windows.attendance.until


def _rows(
    source: PageFacts,
    columns: Sequence[Column],
    types: dict[int, WorkTypeFacts],
    past: Iterable[TermSpan],
) -> tuple[Row, ...]:
    pupils = _pupils(source.roster, source.span)
    blanks = _blanks(columns)
    term_marks = {(one.pupil_id, one.kind, one.number): one.value for one in source.term_marks}
    rows = []
    for number, (pupil_id, stays) in enumerate(pupils.items(), start=1):
        spans = tuple(stay.span for stay in stays)
        figure = weighted_average(average_entries(pupil_id, source.lessons, source.facts, types))
        last = stays[-1].span
        rows.append(
            Row(
                pupil_id=pupil_id,
                number=number,
                name=stays[0].name,
                joined_on=_inside(spans[0].starts_on, source.span),
                left_on=last.ends_before and _inside(last.ends_before, source.span),
                class_name=stays[-1].class_name,
                spans=spans,
                cells=_cells(source, blanks, pupil_id, spans),
                average=figure.text,
                missed=_missed(source, pupil_id),
                past=tuple(term_marks.get((pupil_id, term.kind, term.number)) for term in past),
                term_mark=_given(term_marks, pupil_id, source.term),
            )
        )
    return tuple(rows)


def _given(
    term_marks: dict[tuple[int, str, int], str], pupil_id: int, term: TermSpan | None
) -> str | None:
    return term_marks.get((pupil_id, term.kind, term.number)) if term else None


def _inside(day: date, span: Span) -> date | None:
    """The day, if it lies after the page's first day and before its end."""
    return day if span.starts_on < day and span.covers(day) else None


def _pupils(roster: Iterable[RosterEntry], page: Span) -> dict[int, list[RosterEntry]]:
    """Pupils whose stay touches the page's span, in the order of names."""
    pupils: dict[int, list[RosterEntry]] = {}
    for stay in roster:
        ends = stay.span.ends_before
        before = page.ends_before is not None and stay.span.starts_on >= page.ends_before
        if before or (ends is not None and ends <= page.starts_on):
            continue
        pupils.setdefault(stay.pupil_id, []).append(stay)
    return pupils


def _missed(source: PageFacts, pupil_id: int) -> int:
    codes = (source.facts.absences.get((lesson.id, pupil_id)) for lesson in source.lessons)
    return sum(1 for absence in codes if absence is not None and absence.code != "o")


@dataclass(frozen=True, slots=True)
class _Blank:
    """The empty cell of a column, on the roster and off it: shared by all pupils."""

    lesson_id: int
    held_on: date
    inside: CellState
    outside: CellState


def _blanks(columns: Sequence[Column]) -> list[_Blank]:
    return [
        _Blank(
            column.lesson.id,
            column.lesson.held_on,
            CellState(_css(column, "locked" if column.locked else ""), not column.writable),
            CellState(_css(column, "out"), readonly=True, gap=OUT),
        )
        for column in columns
    ]


def _css(column: Column, state: str) -> str:
    names = (
        "first" if column.first_of_month else "",
        state,
        "heavy" if column.heavy else "",
        "today" if column.today else "",
    )
    return " ".join(name for name in names if name)


def _cells(
    source: PageFacts, blanks: Sequence[_Blank], pupil_id: int, spans: tuple[Span, ...]
) -> tuple[CellState, ...]:
    """The pupil's cells; only those that hold something are made anew."""
    released = [
        one.span for one in source.releases if one.pupil_id == pupil_id and one.kind == "attending"
    ]
    marks, absences = source.facts.marks, source.facts.absences
    cells = []
    for blank in blanks:
        key = (blank.lesson_id, pupil_id)
        cell = blank.inside if _covered(spans, blank.held_on) else blank.outside
        if released and cell is blank.inside and _covered(released, blank.held_on):
            cell = cell._replace(css=f"{cell.css} released".strip(), gap=RELEASED)
        if key in marks or key in absences:
            cell = _filled(cell, marks.get(key, []), absences.get(key))
        cells.append(cell)
    return tuple(cells)


def _covered(spans: Sequence[Span], day: date) -> bool:
    return any(span.covers(day) for span in spans)


def _filled(cell: CellState, marks: list[MarkFacts], absence: AbsenceFacts | None) -> CellState:
    comment = "; ".join(mark.comment for mark in marks if mark.comment) or None
    return CellState(
        f"{cell.css} noted".strip() if comment else cell.css,
        cell.readonly,
        _cell_marks(marks) if marks else (),
        absence.code if absence else None,
        absence.minutes if absence else None,
        comment,
        cell.gap,
    )


def _cell_marks(marks: list[MarkFacts]) -> tuple[CellMark, ...]:
    retaken = {mark.retake_of_id for mark in marks}
    return tuple(
        CellMark(mark.value, MARK_CSS.get(mark.value, ""), mark.id in retaken, mark.deadline)
        for mark in marks
    )
