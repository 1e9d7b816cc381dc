"""The mark-change report as a read model: who changed which mark, when, why (D25, 003:123)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.clock import local_date
from journal.core.errors import Forbidden
from journal.core.messages import Message
from journal.grading.changes import (
    ChangeFilter,
    ChangeScope,
    changed_marks,
    changed_results,
    marks_put_after,
    results_put_after,
)
from journal.grading.work_types import work_type_rows
from journal.lessons.queries.calendar import school_calendar
from journal.lessons.rules import EntryKind, deadline
from journal.people.rules import full_name
from journal.school.rules import term_name


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkChange:
    """One line of the report: of a mark of a lesson (`held_on`) or of a result (`period`).

    `final` None = the mark was taken back; `again` is what was put into the same place afterwards,
    if anything (value, instant). `proposed` is what the rules proposed when a result was decided.
    `late`: after the window of the lesson's day, so that an exception or an unlock had to open it;
    results have no such window of their own.
    """

    seq: int
    at: datetime
    teacher: str
    pupil: str
    class_name: str | None
    subject: str
    group_name: str
    course_id: int
    held_on: date | None
    period: Message | None
    work: str | None
    proposed: str | None
    original: str
    final: str | None
    again: tuple[str, datetime] | None
    reason: str | None
    grant_id: int | None
    late: bool


def change_scope(actor: Actor) -> ChangeScope:
    """What the actor may read of the report; raises Forbidden when nothing."""
    scope = ChangeScope(
        whole_school=actor.may(Permission.READ_CHANGE_REPORT),
        own_classes=actor.may(Permission.READ_CLASS_CHANGE_REPORT),
        own_lessons=actor.may(Permission.READ_OWN_CHANGE_REPORT),
        staff_id=actor.current.staff_id,
        account_id=actor.account_id,
    )
    if not (scope.whole_school or scope.own_classes or scope.own_lessons):
        raise Forbidden()
    return scope


def mark_changes(
    session: Session, actor: Actor, wanted: ChangeFilter, *, now: datetime, late_only: bool = False
) -> list[MarkChange]:
    """Real changes of marks only: another value, or none any more. Newest first.

    At most four queries.
    """
    changed = _real(changed_marks(session, change_scope(actor), wanted))
    cleared = _cleared(changed)
    put = _put_by_place(marks_put_after(session, cleared)) if cleared else {}
    late = _lateness(session, actor, now) if changed else None
    found = [_change(row, put, late is not None and late(row)) for row in changed]
    return [one for one in found if one.late or not late_only]


def result_changes(session: Session, actor: Actor, wanted: ChangeFilter) -> list[MarkChange]:
    """Real changes of term, year, exam and final marks. Newest first. At most two queries."""
    changed = _real(changed_results(session, change_scope(actor), wanted))
    cleared = _cleared(changed)
    put = _put_by_place(results_put_after(session, cleared)) if cleared else {}
    return [_change(row, put, late=False) for row in changed]


def _real(rows: Sequence[Any]) -> list[Any]:
    return [row for row in rows if _value(row.before) not in (None, _value(row.after))]


def _cleared(rows: Sequence[Any]) -> list[int]:
    return sorted({row.within_id for row in rows if _value(row.after) is None})


def _lateness(session: Session, actor: Actor, now: datetime) -> Callable[[Any], bool]:
    """Whether a change came after the window of its lesson, exceptions aside."""
    zone = actor.current.time_zone
    calendar = school_calendar(session, day=local_date(now, zone), zone=zone)
    days = {one.name: one.checking_days for one in work_type_rows(session)}

    def late(row: Any) -> bool:
        own = days.get(json.loads(row.before).get("work"))
        return bool(
            row.at >= deadline(EntryKind.MARKS, row.held_on, calendar.book(row.grade), zone, own)
        )

    return late


_Place = tuple[int, int, str | None, int | None]
_Places = dict[_Place, list[tuple[int, str, datetime]]]


def _place(row: Any, facts: str) -> _Place:
    """Lesson and pupil of a mark; course, pupil and period of a result."""
    known = json.loads(facts)
    return row.within_id, row.about_id, known.get("kind"), known.get("number")


def _put_by_place(rows: Sequence[Any]) -> _Places:
    places: _Places = {}
    for row in rows:
        value = _value(row.after)
        if value is not None:
            places.setdefault(_place(row, row.after), []).append((row.seq, value, row.at))
    return places


def _change(row: Any, put: _Places, late: bool) -> MarkChange:
    known, final = json.loads(row.before), _value(row.after)
    later = [one for one in put.get(_place(row, row.before), ()) if one[0] > row.seq]
    return MarkChange(
        seq=row.seq,
        at=row.at,
        teacher=_teacher(row),
        pupil=full_name(row.surname, row.given_name, row.patronymic),
        class_name=row.class_name,
        subject=row.subject,
        group_name=row.group_name,
        course_id=row.course_id,
        held_on=row.held_on,
        period=term_name(known["kind"], known["number"]) if "kind" in known else None,
        work=known.get("work"),
        proposed=json.loads(row.after).get("proposed") if row.after else None,
        original=str(known["value"]),
        final=final,
        again=(later[0][1], later[0][2]) if final is None and later else None,
        reason=row.reason,
        grant_id=row.grant_id,
        late=late,
    )


def _teacher(row: Any) -> str:
    """The full name; the name kept in the log when the account is of nobody here any more."""
    if row.teacher_surname is None:
        return str(row.actor_name)
    return full_name(row.teacher_surname, row.teacher_given_name, row.teacher_patronymic)


def _value(facts: str | None) -> str | None:
    """The mark of the kept facts, None where there was none."""
    value = json.loads(facts).get("value") if facts else None
    return None if value is None else str(value)
