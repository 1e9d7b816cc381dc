"""The audit log as people read it: who did what to whom, from what to what."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.lessons.queries.facts import LessonName, lesson_names
from journal.people.names import people_found, person_names, pupil_names

ROWS_A_PAGE = 100
# In entries about these objects `about_id` is a person; in all others it is a pupil.
ABOUT_PERSON = (
    "account",
    "person",
    "staff_member",
    "guardian",
    "role_assignment",
    "course_teacher",
)
IN_LESSON = ("mark", "work", "absence", "lesson", "homework")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """What is looked for; instants half-open. `below` is the keyset: entries older than it."""

    since: datetime | None = None
    before: datetime | None = None
    who: str = ""
    action: str = ""
    object_type: str = ""
    object_id: int | None = None
    below: int | None = None
    grant_id: int | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of the object before and after; None = there was none."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """An entry of the log with its object named as far as it is still known."""

    seq: int
    at: datetime
    actor: str
    on_behalf_of: str | None
    client_address: str | None
    action: str
    object_type: str
    object_id: int | None
    lesson: LessonName | None
    about: str | None
    changes: tuple[FieldChange, ...]
    reason: str | None
    grant_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """Up to a hundred entries, newest first; `older` is the keyset of the next page."""

    entries: tuple[LogEntry, ...]
    older: int | None


def log_page(session: Session, organisation_id: int, wanted: AuditFilter) -> LogPage:
    """A page of the organisation's log. At most five queries."""
    query = select(*COLUMNS).where(AuditEntry.organisation_id == organisation_id)
    for criterion in _criteria(session, wanted):
        query = query.where(criterion)
    newest = query.order_by(AuditEntry.seq.desc()).limit(ROWS_A_PAGE + 1)
    rows = session.execute(newest).all()
    shown = rows[:ROWS_A_PAGE]
    older = shown[-1].seq if len(rows) > ROWS_A_PAGE else None
    return LogPage(entries=tuple(log_entries(session, shown)), older=older)


COLUMNS = (
    AuditEntry.seq,
    AuditEntry.at,
    AuditEntry.actor_name,
    AuditEntry.on_behalf_of,
    AuditEntry.client_address,
    AuditEntry.action,
    AuditEntry.object_type,
    AuditEntry.object_id,
    AuditEntry.within_id,
    AuditEntry.about_id,
    AuditEntry.before,
    AuditEntry.after,
    AuditEntry.reason,
    AuditEntry.grant_id,
)


def _criteria(session: Session, wanted: AuditFilter) -> list[ColumnElement[bool]]:
    criteria: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        criteria.append(AuditEntry.at >= wanted.since)
    if wanted.before is not None:
        criteria.append(AuditEntry.at < wanted.before)
    if wanted.action:
        criteria.append(AuditEntry.action == wanted.action)
    if wanted.object_type:
        criteria.append(AuditEntry.object_type == wanted.object_type)
    if wanted.object_id is not None:
        criteria.append(AuditEntry.object_id == wanted.object_id)
    if wanted.grant_id is not None:
        criteria.append(AuditEntry.grant_id == wanted.grant_id)
    if wanted.below is not None:
        criteria.append(AuditEntry.seq < wanted.below)
    if wanted.who:
        criteria.append(_of_people(session, wanted.who))
    return criteria


def _of_people(session: Session, text: str) -> ColumnElement[bool]:
    """Entries made by, or made about, the persons whose name was typed."""
    persons, pupils, accounts = people_found(session, text)
    about_person = AuditEntry.object_type.in_(ABOUT_PERSON)
    return or_(
        AuditEntry.account_id.in_(accounts),
        and_(about_person, AuditEntry.about_id.in_(persons)),
        and_(~about_person, AuditEntry.about_id.in_(pupils)),
    )


def log_entries(session: Session, rows: Sequence[Any]) -> list[LogEntry]:
    """Rows of COLUMNS with lessons and people named."""
    in_lesson = {_lesson_id(row) for row in rows} - {None}
    lessons = lesson_names(session, [one for one in in_lesson if one]) if in_lesson else {}
    names = {True: _named(session, rows, True), False: _named(session, rows, False)}
    return [
        LogEntry(
            seq=row.seq,
            at=row.at,
            actor=row.actor_name,
            on_behalf_of=row.on_behalf_of,
            client_address=row.client_address,
            action=row.action,
            object_type=row.object_type,
            object_id=row.object_id,
            lesson=lessons.get(_lesson_id(row) or 0),
            about=names[row.object_type in ABOUT_PERSON].get(row.about_id),
            changes=field_changes(row.before, row.after),
            reason=row.reason,
            grant_id=row.grant_id,
        )
        for row in rows
    ]


def _lesson_id(row: Any) -> int | None:
    if row.object_type not in IN_LESSON:
        return None
    found: int | None = row.within_id or (row.object_id if row.object_type == "lesson" else None)
    return found


def _named(session: Session, rows: Sequence[Any], persons: bool) -> dict[int, str]:
    wanted = {row.about_id for row in rows if (row.object_type in ABOUT_PERSON) is persons}
    ids = [one for one in wanted if one is not None]
    if not ids:
        return {}
    return person_names(session, ids) if persons else pupil_names(session, ids)


def field_changes(before: str | None, after: str | None) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of their names."""
    old: dict[str, Any] = json.loads(before) if before else {}
    new: dict[str, Any] = json.loads(after) if after else {}
    return tuple(
        FieldChange(name, _text(old.get(name)), _text(new.get(name)))
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    )


def _text(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
