"""Edit windows: until when an entry may be written, why not, and who can unlock (D08, D18–D24).

A pure function of (kind, lesson, now, the school's policy, grants). The page and the server show
and enforce the very same answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from journal.core.clock import end_of_day
from journal.core.messages import N_, Message
from journal.lessons.rules.policy import EntryKind, Extension, PolicyBook, extended
from journal.school.rules import TermSpan, term_at

AFTER_THE_BEGINNING = frozenset({EntryKind.MARKS, EntryKind.ATTENDANCE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A granted unlock: kinds, dates of lessons [from, before), until when, whose.

    `lesson_ids` names single lessons: then these are open, whatever day they are moved to, and no
    other of those days.
    """

    id: int
    staff_id: int
    kinds: frozenset[EntryKind]
    lessons_from: date
    lessons_before: date
    expires_at: datetime
    lesson_ids: frozenset[int] = frozenset()

    def opens(
        self, kind: EntryKind, lesson: LessonFacts, *, staff_id: int | None, now: datetime
    ) -> bool:
        """Whether it opens this kind of entry of that lesson for this member of staff now."""
        return (
            kind in self.kinds
            and self._names(lesson)
            and now < self.expires_at
            and self.staff_id == staff_id
        )

    def _names(self, lesson: LessonFacts) -> bool:
        if self.lesson_ids:
            return lesson.lesson_id in self.lesson_ids
        return self.lessons_from <= lesson.held_on < self.lessons_before


class LessonFacts(NamedTuple):
    """What a window needs to know of a lesson. `term_closed_on` is set when its term is closed."""

    lesson_id: int
    held_on: date
    starts_at: datetime
    cancelled: bool = False
    term_closed_on: date | None = None


class Closings:
    """When the windows of lessons close, and what is said of them then.

    A page asks for the same sixty days at every opening: for each the answer is made once.
    """

    def __init__(
        self,
        book: PolicyBook,
        zone: str,
        approver: str | None,
        extensions: tuple[Extension, ...],
        staff_id: int | None,
        class_teacher: bool,
    ) -> None:
        self._book, self._zone, self._approver = book, zone, approver
        self._extensions, self._staff_id = extensions, staff_id
        self._class_teacher = class_teacher
        self._known: dict[tuple[EntryKind, date, int | None], Window] = {}
        self._all: dict[date, tuple[datetime, LessonWindows]] = {}

    def of(self, kind: EntryKind, held_on: date, checking_days: int | None) -> Window:
        """The window after its end; the same object for the same question."""
        asked = (kind, held_on, checking_days)
        found = self._known.get(asked)
        if found is None:
            if len(self._known) >= _MOST_CLOSINGS:
                self._known.clear()
            found = self._known[asked] = self._closed(*asked)
        return found

    def all_of(self, held_on: date, now: datetime) -> LessonWindows | None:
        """The windows of every kind when the last of them is over; the same object each time."""
        found = self._all.get(held_on)
        if found is None:
            if len(self._all) >= _MOST_CLOSINGS:
                self._all.clear()
            windows = LessonWindows(*[self.of(kind, held_on, None) for kind in _KINDS])
            last = max(one.until for one in windows if one.until is not None)
            found = self._all[held_on] = (last, windows)
        last, windows = found
        return windows if last <= now else None

    def _closed(self, kind: EntryKind, held_on: date, checking_days: int | None) -> Window:
        last = self._book.last_day(
            kind, held_on, checking_days=checking_days, class_teacher=self._class_teacher
        )
        last = extended(last, kind, held_on, self._extensions, staff_id=self._staff_id)
        until = end_of_day(last, self._zone)
        why = _past(kind, held_on, until, self._approver)
        return Window(open=False, until=until, why=why, unlockable=True)


closings = lru_cache(maxsize=64)(Closings)
_MOST_CLOSINGS = 2048


class Window(NamedTuple):
    """The answer. `until` is the first refused instant; `why` is set when it is not open.

    `unlockable` says whether asking for an unlock can help.
    """

    open: bool
    until: datetime | None = None
    why: Message | None = None
    grant_id: int | None = None
    unlockable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowContext:
    """The school's side of the question: policy, zone, who approves, what is granted to whom.

    `class_teacher` asks for attendance as the teacher of the pupil's class (D22), not of the
    lesson. `extensions` are those that concern the course.
    """

    book: PolicyBook
    zone: str
    approver: str | None
    now: datetime
    staff_id: int | None = None
    grants: tuple[Grant, ...] = ()
    extensions: tuple[Extension, ...] = ()
    class_teacher: bool = False
    closings: Closings = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        staff_id = self.staff_id if self.extensions else None
        asker = (staff_id, self.class_teacher)
        known = closings(self.book, self.zone, self.approver, self.extensions, *asker)
        object.__setattr__(self, "closings", known)


def edit_window(
    kind: EntryKind,
    lesson: LessonFacts,
    context: WindowContext,
    *,
    checking_days: int | None = None,
) -> Window:
    """Whether this kind of entry of this lesson may be written now.

    `checking_days` is the work type's own term for marks (003:113); the longer of both counts.
    """
    refusal = _refusal(kind, lesson, context.now)
    if refusal is not None:
        return Window(open=False, why=refusal)
    return _by_deadline(kind, lesson, context, checking_days)


class LessonWindows(NamedTuple):
    """The windows of all four kinds of entry of a lesson, without any work's term for checking."""

    marks: Window
    attendance: Window
    topic: Window
    homework: Window


def lesson_windows(lesson: LessonFacts, context: WindowContext) -> LessonWindows:
    """All four at once: as `edit_window` answers for each.

    Of a lesson long past it is one object for every page, as its windows are.
    """
    if not (lesson.cancelled or lesson.term_closed_on or context.grants):
        over = context.closings.all_of(lesson.held_on, context.now)
        if over is not None and lesson.starts_at <= context.now:
            return over
    return LessonWindows(*[edit_window(kind, lesson, context) for kind in _KINDS])


_KINDS = (EntryKind.MARKS, EntryKind.ATTENDANCE, EntryKind.TOPIC, EntryKind.HOMEWORK)


def _refusal(kind: EntryKind, lesson: LessonFacts, now: datetime) -> Message | None:
    """Why the lesson takes no such entry whatever its deadline; None when it does."""
    if lesson.cancelled:
        return N_(
            "The lesson of %(day)s was cancelled: nothing is entered in it.", day=lesson.held_on
        )
    if kind in AFTER_THE_BEGINNING and now < lesson.starts_at:
        return _not_begun(kind, lesson)
    if lesson.term_closed_on is not None:
        return N_(
            "The term of %(day)s was closed on %(closed)s: its entries do not change.",
            day=lesson.held_on,
            closed=lesson.term_closed_on,
        )
    return None


def _by_deadline(
    kind: EntryKind, lesson: LessonFacts, context: WindowContext, checking_days: int | None
) -> Window:
    closed = context.closings.of(kind, lesson.held_on, checking_days)
    if closed.until is not None and context.now < closed.until:
        return Window(open=True, until=closed.until)
    for grant in context.grants:
        if grant.opens(kind, lesson, staff_id=context.staff_id, now=context.now):
            return Window(open=True, until=grant.expires_at, grant_id=grant.id)
    return closed


def deadline(
    kind: EntryKind, held_on: date, book: PolicyBook, zone: str, checking_days: int | None = None
) -> datetime:
    """The first instant after the last day of the window, in UTC, without any extension."""
    return end_of_day(book.last_day(kind, held_on, checking_days=checking_days), zone)


def _not_begun(kind: EntryKind, lesson: LessonFacts) -> Message:
    if kind is EntryKind.MARKS:
        return N_(
            "Marks are entered from the beginning of the lesson: %(at)s.", at=lesson.starts_at
        )
    return N_("Attendance is taken from the beginning of the lesson: %(at)s.", at=lesson.starts_at)


_MINUTE = timedelta(minutes=1)


def last_minute(until: datetime) -> datetime:
    """The last minute before an exclusive deadline: people read «до 14.11 23:59»."""
    return until - _MINUTE


def _past(kind: EntryKind, day: date, until: datetime, approver: str | None) -> Message:
    who = approver or N_("the administrator")
    facts = {"day": day, "until": last_minute(until), "who": who}
    if kind is EntryKind.MARKS:
        return N_(
            "A mark for %(day)s could be entered until %(until)s. Ask for an unlock: %(who)s.",
            **facts,
        )
    if kind is EntryKind.ATTENDANCE:
        return N_(
            "Attendance for %(day)s could be taken until %(until)s. Ask for an unlock: %(who)s.",
            **facts,
        )
    if kind is EntryKind.TOPIC:
        return N_(
            "The topic for %(day)s could be entered until %(until)s. Ask for an unlock: %(who)s.",
            **facts,
        )
    return N_(
        "Homework for %(day)s could be entered until %(until)s. Ask for an unlock: %(who)s.",
        **facts,
    )


def closed_on(terms: Iterable[TermSpan], day: date, today: date) -> date | None:
    """When the term of `day` was closed, or None while it is open (or in a break)."""
    term = term_at(terms, day)
    return term.marks_before if term is not None and term.closed_on(today) else None
