"""Remarks on lessons that are not filled, or were filled after their windows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.control.filling_stats import TeacherStats
from journal.control.inbox.rules import Remark, RemarkKind, Where
from journal.core.messages import N_
from journal.lessons.queries.agenda import AgendaRow, Days
from journal.lessons.queries.calendar import SchoolCalendar
from journal.lessons.queries.lacking import lacking_lessons
from journal.lessons.rules import EntryKind, deadline, last_minute
from journal.lessons.rules.filling import missing

MOST = 5000
_KINDS = {
    EntryKind.ATTENDANCE: RemarkKind.ATTENDANCE,
    EntryKind.TOPIC: RemarkKind.TOPIC,
    EntryKind.HOMEWORK: RemarkKind.HOMEWORK,
}


def unfilled_remarks(
    session: Session, calendar: SchoolCalendar, *, first: date, today: date, now: datetime
) -> Iterator[Remark]:
    """One for everything an ended lesson lacks, while its term is not closed. One query."""
    span = Days(first, today + timedelta(days=1))
    deadlines = _Deadlines(calendar, now)
    for row in lacking_lessons(session, span=span, now=now, limit=MOST):
        term = calendar.term_of(row.grade, row.held_on)
        if term is not None and term.closed_on(today):
            continue
        for kind in missing(row, now):
            until = deadlines.until(kind, row.held_on)
            yield _unfilled(row, _KINDS[kind], calendar, today, until)


class _Deadlines:
    """Until when what a lesson lacks may be entered; each day is worked out once."""

    def __init__(self, calendar: SchoolCalendar, now: datetime) -> None:
        self._book, self._zone, self._now = calendar.book(), calendar.zone, now
        self._known: dict[tuple[EntryKind, date], datetime] = {}

    def until(self, kind: EntryKind, day: date) -> datetime | None:
        """The last minute of it; None when the time is over."""
        if (kind, day) not in self._known:
            self._known[kind, day] = deadline(kind, day, self._book, self._zone)
        until = self._known[kind, day]
        return last_minute(until) if until > self._now else None


def _unfilled(
    row: AgendaRow,
    kind: RemarkKind,
    calendar: SchoolCalendar,
    today: date,
    until: datetime | None,
) -> Remark:
    term = calendar.term_to_name(row.grade, row.held_on, today)
    args: list[tuple[str, int | str]] = [("course_id", row.course_id)]
    if term is not None:
        args.append(("term", term))
    args.append(("_anchor", f"lesson-{row.lesson_id}"))
    return Remark(
        kind=kind,
        staff_id=row.staff_id,
        teacher=row.teacher,
        since=row.held_on,
        classes=tuple(row.classes_key.split(",")),
        course=row.title,
        words=N_("lesson %(number)s, %(day)s", number=row.number, day=row.held_on),
        where=Where(endpoint="register.journal", args=tuple(args)),
        until=until,
    )


def late_remarks(stats: Mapping[int, TeacherStats]) -> Iterator[Remark]:
    """One for a teacher who filled lessons of the last two weeks after their windows; it closes
    when they are two weeks old."""
    for one in stats.values():
        if one.late and one.first_late is not None:
            yield Remark(
                kind=RemarkKind.LATE,
                staff_id=one.staff_id,
                teacher=one.name,
                since=one.first_late,
                classes=(),
                course="",
                words=N_(
                    "lessons filled late: %(late)s of %(closed)s", late=one.late, closed=one.closed
                ),
                where=Where(endpoint="inbox.late", args=()),
            )
