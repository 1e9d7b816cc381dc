"""Reads of unlocks: a teacher's own, the school's register, those that decide something.

The session is bound to one organisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from journal.access import Actor, Permission
from journal.core.audit import AuditEntry
from journal.core.db import UtcDateTime
from journal.core.errors import Forbidden, NotFound
from journal.core.messages import N_, Message
from journal.lessons.models import Unlock
from journal.lessons.rules import EntryKind, Grant
from journal.lessons.rules.unlocks import (
    KIND_WORDS,
    NamedLesson,
    UnlockState,
    Wanted,
    kinds_from,
    lessons_from_text,
    state_of,
)
from journal.people.models import Person, StaffMember
from journal.people.rules import short_name
from journal.school.models import Course, StudyGroup, Subject
from journal.school.titles import course_title

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockRow:
    """A request as people read it. `lessons_before` is exclusive; `lessons` are those it names,
    none means all of the days; `asked` is set where less was
    opened than asked for; `entries` were made under it."""

    unlock_id: int
    course_id: int
    title: str
    staff_id: int
    teacher: str
    kinds: tuple[EntryKind, ...]
    lessons_from: date
    lessons_before: date
    reason: str
    requested_at: datetime
    lessons: tuple[NamedLesson, ...]
    state: UnlockState
    decided_by: str | None
    decided_at: datetime | None
    note: str | None
    expires_at: datetime | None
    ended_at: datetime | None
    asked: Wanted | None
    entries: int

    @property
    def stands_since(self) -> datetime:
        """When it came to stand as it does: ended, decided, or asked for."""
        return self.ended_at or self.decided_at or self.requested_at

    @property
    def kind_words(self) -> tuple[Message, ...]:
        """What is to be opened, in words."""
        return tuple(KIND_WORDS[kind] for kind in self.kinds)

    @property
    def last_day(self) -> date:
        """The last day of lessons, inclusive: as people write it."""
        return self.lessons_before - timedelta(days=1)

    @property
    def wanted(self) -> Wanted:
        """What it asks to open."""
        return Wanted(
            kinds=frozenset(self.kinds),
            lessons_from=self.lessons_from,
            lessons_before=self.lessons_before,
            lessons=frozenset(self.lessons),
        )

    @property
    def grant(self) -> Grant | None:
        """What it opens now, if anything."""
        if self.state is not UnlockState.OPEN or self.expires_at is None:
            return None
        return Grant(
            id=self.unlock_id,
            staff_id=self.staff_id,
            kinds=frozenset(self.kinds),
            lessons_from=self.lessons_from,
            lessons_before=self.lessons_before,
            expires_at=self.expires_at,
            lesson_ids=self.wanted.lesson_ids,
        )


def unlocks_of_staff(
    session: Session, *, staff_id: int, now: datetime, since: datetime | None = None
) -> list[UnlockRow]:
    """His requests, newest first; with `since`, those pending, open, or decided after it."""
    parameters = {"staff_id": staff_id, "since": since or datetime.min.replace(tzinfo=UTC)}
    return unlock_rows(session, _ownunlock_query(), now, parameters)


@cache
def _ownunlock_query() -> Select[*tuple[Any, ...]]:
    since = bindparam("since", type_=UtcDateTime)
    alive = or_(
        Unlock.status == UnlockState.PENDING.value,
        Unlock.decided_at >= since,
        Unlock.expires_at >= since,
        Unlock.ended_at >= since,
    )
    query = unlock_query().where(Unlock.staff_id == bindparam("staff_id"), alive)
    return query.order_by(Unlock.requested_at.desc()).limit(PAGE_SIZE)


def pending_unlocks(session: Session, *, now: datetime) -> list[UnlockRow]:
    """What waits for a decision, oldest first."""
    query = unlock_query().where(Unlock.status == UnlockState.PENDING.value)
    return unlock_rows(session, query.order_by(Unlock.requested_at), now)


def count_pending(session: Session) -> int:
    """How many requests wait for a decision."""
    pending = Unlock.status == UnlockState.PENDING.value
    return session.scalar(select(func.count(Unlock.id)).where(pending)) or 0


def unlock_row(session: Session, actor: Actor, unlock_id: int, *, now: datetime) -> UnlockRow:
    """One request for whoever may decide it. NotFound outside of the actor's organisation or for
    somebody who neither decides nor asked; Forbidden for the one who asked."""
    rows = unlock_rows(session, unlock_query().where(Unlock.id == unlock_id), now)
    if not rows:
        raise NotFound()
    own = rows[0].staff_id == actor.current.staff_id
    if own:
        raise Forbidden(N_("Your own request is decided by somebody else."))
    if not actor.may(Permission.APPROVE_UNLOCK):
        raise NotFound()
    return rows[0]


def unlock_title(session: Session, unlock_id: int, *, now: datetime) -> str:
    """The course of a request in words."""
    return unlock_rows(session, unlock_query().where(Unlock.id == unlock_id), now)[0].title


def earlier_unlocks(
    session: Session, *, course_id: int, staff_id: int, now: datetime
) -> list[UnlockRow]:
    """His pending and open requests for the course."""
    alive = or_(Unlock.status == UnlockState.PENDING.value, Unlock.expires_at > now)
    query = unlock_query().where(Unlock.course_id == course_id, Unlock.staff_id == staff_id, alive)
    return unlock_rows(session, query, now)


# How many entries were made under it: its own entries of the log aside.
_ENTRIES = (
    select(func.count(AuditEntry.id))
    .where(AuditEntry.grant_id == Unlock.id, AuditEntry.object_type != "unlock")
    .correlate(Unlock)
    .scalar_subquery()
)
_DECIDER = aliased(Person, name="decider")
_DECIDER_STAFF = aliased(StaffMember, name="decider_staff")


_COLUMNS = (
    Unlock.id,
    Unlock.course_id,
    Unlock.staff_id,
    Unlock.kinds,
    Unlock.lessons_from,
    Unlock.lessons_before,
    Unlock.lessons,
    Unlock.reason,
    Unlock.requested_at,
    Unlock.status,
    Unlock.decided_at,
    Unlock.decision_note,
    Unlock.expires_at,
    Unlock.ended_at,
    Unlock.asked_kinds,
    Unlock.asked_from,
    Unlock.asked_before,
    Unlock.asked_lessons,
    _ENTRIES.label("entries"),
    StudyGroup.classes_key,
    StudyGroup.name.label("group"),
    Subject.name.label("subject"),
    Person.surname,
    Person.given_name,
    Person.patronymic,
    _DECIDER.surname.label("decider_surname"),
    _DECIDER.given_name.label("decider_given_name"),
    _DECIDER.patronymic.label("decider_patronymic"),
)


def unlock_query() -> Select[*tuple[Any, ...]]:
    """Every request with what people read of it."""
    return (
        select(*_COLUMNS)
        .join(Course, Course.id == Unlock.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(StaffMember, StaffMember.id == Unlock.staff_id)
        .join(Person, Person.id == StaffMember.person_id)
        .outerjoin(_DECIDER_STAFF, _DECIDER_STAFF.id == Unlock.decided_by)
        .outerjoin(_DECIDER, _DECIDER.id == _DECIDER_STAFF.person_id)
    )


def unlock_rows(
    session: Session,
    query: Select[*tuple[Any, ...]],
    now: datetime,
    parameters: dict[str, Any] | None = None,
) -> list[UnlockRow]:
    """The requests of such a query."""
    return [_row(row, now) for row in session.execute(query, parameters)]


def _row(row: Any, now: datetime) -> UnlockRow:
    decider = row.decider_surname
    return UnlockRow(
        unlock_id=row.id,
        course_id=row.course_id,
        title=course_title(row.classes_key, row.subject, row.group),
        staff_id=row.staff_id,
        teacher=short_name(row.surname, row.given_name, row.patronymic),
        kinds=kinds_from(row.kinds),
        lessons_from=row.lessons_from,
        lessons_before=row.lessons_before,
        reason=row.reason,
        requested_at=row.requested_at,
        lessons=lessons_from_text(row.lessons),
        state=state_of(row.status, row.expires_at, now),
        decided_by=short_name(decider, row.decider_given_name, row.decider_patronymic)
        if decider
        else None,
        decided_at=row.decided_at,
        note=row.decision_note,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        asked=_asked(row),
        entries=row.entries,
    )


def _asked(row: Any) -> Wanted | None:
    if row.asked_kinds is None:
        return None
    return Wanted(
        kinds=frozenset(kinds_from(row.asked_kinds)),
        lessons_from=row.asked_from,
        lessons_before=row.asked_before,
        lessons=frozenset(lessons_from_text(row.asked_lessons)),
    )
