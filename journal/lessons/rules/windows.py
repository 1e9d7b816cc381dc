"""Edit windows: until when an entry may be written, why not, and who can unlock (D08, D18–D24).

A pure function of (kind, lesson, now, the school's policy, grants). The page and the server show
and enforce the very same answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonFacts:
    """What a window needs to know of a lesson. `term_closed_on` is set when its term is closed."""

    lesson_id: int
    held_on: date
    starts_at: datetime
    cancelled: bool = False
    term_closed_on: date | None = None


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
    until = _until(kind, lesson.held_on, context, checking_days)
    if context.now < until:
        return Window(open=True, until=until)
    for grant in context.grants:
        if grant.opens(kind, lesson, staff_id=context.staff_id, now=context.now):
            return Window(open=True, until=grant.expires_at, grant_id=grant.id)
    return Window(
        open=False,
        until=until,
        why=_past(kind, lesson.held_on, until, context.approver),
        unlockable=True,
    )


def _until(
    kind: EntryKind, held_on: date, context: WindowContext, checking_days: int | None
) -> datetime:
    last = context.book.last_day(
        kind, held_on, checking_days=checking_days, class_teacher=context.class_teacher
    )
    if context.extensions:
        staff_id = context.staff_id
        last = extended(last, kind, held_on, context.extensions, staff_id=staff_id)
    return end_of_day(last, context.zone)


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


@lru_cache(maxsize=4096)  # a page asks for the same sixty days at every opening
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
