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
from journal.grading.changes import (
    ChangeFilter,
    ChangeScope,
    changed_marks,
    marks_put_after,
)
from journal.grading.work_types import work_type_rows
from journal.lessons.queries.calendar import school_calendar
from journal.lessons.rules import EntryKind, deadline
from journal.people.rules import full_name


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkChange:
    """One line of the report. `final` None = the mark was taken back; `again` is what was put
    into the same cell afterwards, if anything (value, instant). `late`: after the window of the
    lesson's day, so that an exception or an unlock had to open it."""

    seq: int
    at: datetime
    teacher: str
    pupil: str
    class_name: str | None
    subject: str
    group_name: str
    course_id: int
    held_on: date
    work: str | None
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
    """Real changes only: another value, or none any more. Newest first. At most four queries."""
    rows = []
    for row in changed_marks(session, change_scope(actor), wanted):
        before, after = _value(row.before), _value(row.after)
        if before is not None and before != after:
            rows.append((row, before, after))
    cleared = [row.within_id for row, _, after in rows if after is None]
    put = _put_by_cell(marks_put_after(session, sorted(set(cleared)))) if cleared else {}
    late = _lateness(session, actor, now) if rows else None
    found = [
        _change(row, before, after, put, late is not None and late(row))
        for row, before, after in rows
    ]
    return [one for one in found if one.late or not late_only]


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


_Cells = dict[tuple[int, int], list[tuple[int, str, datetime]]]


def _put_by_cell(rows: Sequence[Any]) -> _Cells:
    cells: _Cells = {}
    for row in rows:
        value = _value(row.after)
        if value is not None:
            cells.setdefault((row.within_id, row.about_id), []).append((row.seq, value, row.at))
    return cells


def _change(row: Any, before: str, after: str | None, put: _Cells, late: bool) -> MarkChange:
    later = [one for one in put.get((row.within_id, row.about_id), ()) if one[0] > row.seq]
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
        work=json.loads(row.before).get("work"),
        original=before,
        final=after,
        again=(later[0][1], later[0][2]) if after is None and later else None,
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
