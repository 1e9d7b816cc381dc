"""Building a journal page from its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from journal.access import Actor
from journal.core.clock import local_date
from journal.grading.rules import RuleBook, RuleSet
from journal.lessons.rules import CourseHead, EntryKind, edit_window, lesson_windows
from journal.register.rules.cells import Cells
from journal.register.rules.facts import (
    Announced,
    AverageBook,
    Facts,
    LessonFacts,
    Release,
    TermMarkFacts,
    WorkFacts,
    WorkTypeFacts,
)
from journal.register.rules.known import known_cells
from journal.register.rules.offers import Offers
from journal.register.rules.page import (
    Column,
    JournalPage,
    Month,
    Row,
    WindowBand,
    Windows,
)
from journal.school.rules import RosterEntry, Span, TermSpan


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
    rule_sets: tuple[RuleSet, ...]
    known: list[Announced] = field(default_factory=list)


def build_page(actor: Actor, source: PageFacts, now: datetime) -> JournalPage:
    """The page, for this actor, at this instant."""
    head = source.head
    today = local_date(now, head.zone)
    types = {one.id: one for one in source.types}
    columns = _columns(WindowBook(actor, head, types, now), source.lessons, types, today, now)
    past = _past_terms(source)
    known = known_cells(source.lessons, source.facts, source.known)
    cells = Cells(columns, source.facts, source.releases, known)
    return JournalPage(
        head=head,
        term=source.term,
        span=source.span,
        today=today,
        columns=columns,
        months=_months(source.lessons),
        bands=_bands(columns),
        past_terms=past,
        rows=_rows(source, cells, types, past, now),
        facts=source.facts,
        known=cells.known,
        types=tuple(source.types),
        can_write=any(column.windows.own for column in columns),
        has_classes="," in head.classes_key,
    )


def _past_terms(source: PageFacts) -> tuple[TermSpan, ...]:
    """The terms before the page's own, all of them beside the year."""
    terms, term = source.head.terms, source.term
    return tuple(one for one in terms if one.starts_on < term.starts_on) if term else terms


class WindowBook:
    """Asks for the windows of many lessons of one course, for one actor at one instant."""

    def __init__(
        self, actor: Actor, head: CourseHead, types: Mapping[int, WorkTypeFacts], now: datetime
    ) -> None:
        self._head = head
        self._types = types
        self._today = local_date(now, head.zone)
        self._context = head.windows_for(actor, now)
        self._staff_id = head.writer(actor)

    def of(self, lesson: LessonFacts) -> Windows:
        """All windows of a lesson."""
        facts = self._head.lesson_facts(
            lesson_id=lesson.id,
            held_on=lesson.held_on,
            starts_at=lesson.starts_at,
            cancelled=lesson.cancelled,
            today=self._today,
        )
        windows = lesson_windows(facts, self._context)
        works = {
            work.id: windows.marks
            if (days := self._types[work.type_id].checking_days) is None
            else edit_window(EntryKind.MARKS, facts, self._context, checking_days=days)
            for work in lesson.works
        }
        return Windows(self._own(lesson), windows, *windows, works)

    def _own(self, lesson: LessonFacts) -> bool:
        staff_id = self._staff_id
        return staff_id is not None and (
            lesson.staff_id == staff_id or self._head.teaches(staff_id, lesson.held_on)
        )


def _columns(
    book: WindowBook,
    lessons: Sequence[LessonFacts],
    types: Mapping[int, WorkTypeFacts],
    today: date,
    now: datetime,
) -> tuple[Column, ...]:
    columns = []
    for before, lesson in zip((None, *lessons), lessons, strict=False):
        short, title = _kinds(lesson.kinds, types)
        windows = book.of(lesson)
        columns.append(
            Column(
                lesson=lesson,
                windows=windows,
                begun=lesson.starts_at <= now,
                today=lesson.held_on == today,
                first_of_month=before is not None and before.held_on.month != lesson.held_on.month,
                kind_short=short,
                kind_title=title,
                weight=max([work.weight for work in lesson.works], default=1),
                writable=windows.marks_open or windows.attendance_open,
            )
        )
    return tuple(columns)


def _kinds(works: Sequence[WorkFacts], types: Mapping[int, WorkTypeFacts]) -> tuple[str, str]:
    """The works of a lesson over its column: short names, and captions or names in full."""
    if len(works) == 1:
        kind = types[works[0].type_id]
        return kind.short_name, works[0].caption or kind.name
    short = " ".join([types[work.type_id].short_name for work in works])
    return short, ", ".join([work.caption or types[work.type_id].name for work in works])


def _months(lessons: Sequence[LessonFacts]) -> tuple[Month, ...]:
    counts: dict[tuple[int, int], int] = {}
    for lesson in lessons:
        day = lesson.held_on
        month = (day.year, day.month)
        counts[month] = counts.get(month, 0) + 1
    return tuple([Month(date(*month, 1), count) for month, count in counts.items()])


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
    cells: Cells,
    types: dict[int, WorkTypeFacts],
    past: Sequence[TermSpan],
    now: datetime,
) -> tuple[Row, ...]:
    span, head = source.span, source.head
    rules = RuleBook(source.rule_sets, local_date(now, head.zone)).until(span.ends_before)
    book = _RowBook(
        source,
        cells,
        AverageBook(source.lessons, source.facts, types),
        Offers(head, span, source.lessons, source.facts, source.releases, rules, now),
        rules,
        {(one.pupil_id, one.kind, one.number): one.value for one in source.term_marks},
        past,
    )
    pupils = _pupils(source.roster, source.span)
    return tuple(book.row(number, stays) for number, stays in enumerate(pupils.values(), start=1))


@dataclass(frozen=True, slots=True)
class _RowBook:
    """What the rows of a page are made of; `past` are the terms before the page's own."""

    source: PageFacts
    cells: Cells
    averages: AverageBook
    offers: Offers
    rules: RuleSet
    term_marks: dict[tuple[int, str, int], str]
    past: Sequence[TermSpan]

    def row(self, number: int, stays: Sequence[RosterEntry]) -> Row:
        """The row of a pupil from his stays, which follow each other."""
        pupil_id, page = stays[0].pupil_id, self.source.span
        spans = tuple(stay.span for stay in stays)
        left_on = spans[-1].ends_before
        given = _given(self.term_marks, pupil_id, self.source.term)
        asked = self.source.term is not None and given is None
        average = self.averages.average(pupil_id, self.rules)
        return Row(
            pupil_id=pupil_id,
            number=number,
            name=stays[0].name,
            joined_on=_inside(spans[0].starts_on, page),
            left_on=left_on and _inside(left_on, page),
            class_name=stays[-1].class_name,
            spans=spans,
            cells=self.cells.of(pupil_id, spans),
            average=average.text,
            missed=self.cells.missed(pupil_id),
            past=tuple(_given(self.term_marks, pupil_id, term) for term in self.past),
            term_mark=given,
            offer=self.offers.of(pupil_id, spans, average, self.averages.of) if asked else None,
        )


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
