"""From the recipients an event names to persons with their addresses and wishes.

The session is bound to the organisation of the event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from journal.access import GRANTS, STAFF_ROLES, Actor, Permission
from journal.core.clock import local_date
from journal.messages.models import NoticeChoice
from journal.messages.rules import ABOUT, Way, can_be_addressed
from journal.people.models import (
    Account,
    Guardian,
    GuardianLink,
    Person,
    Pupil,
    RoleAssignment,
    StaffMember,
)
from journal.people.notices import NoticeKind
from journal.people.queries import at_work
from journal.school.models import ClassGroup


@dataclass(frozen=True, slots=True)
class Reader:
    """A person to be told. `address` is None where no e-mail may or can be sent."""

    person_id: int
    locale: str
    address: str | None


def readers(
    session: Session, to: Mapping[str, Any], *, kind: NoticeKind, today: date
) -> list[Reader]:
    """Who is told, without those who do not want to be."""
    ids = _persons(session, to, today)
    if not ids:
        return []
    rows = session.execute(
        select(Person.id, Person.email, Account.locale, NoticeChoice.way)
        .outerjoin(Account, Account.id == Person.account_id)
        .outerjoin(
            NoticeChoice,
            and_(NoticeChoice.person_id == Person.id, NoticeChoice.kind == kind.value),
        )
        .where(Person.id.in_(ids))
        .order_by(Person.id)
    )
    found = []
    for row in rows:
        way = Way(row.way) if row.way else ABOUT[kind].way
        if way is not Way.OFF:
            wanted = way is Way.MAIL and can_be_addressed(row.email)
            found.append(Reader(row.id, row.locale or "ru", row.email if wanted else None))
    return found


def staff_who_may(
    session: Session, permission: Permission, *, actor: Actor, now: datetime
) -> list[int]:
    """Persons of the actor's organisation who hold the permission by a role of the staff."""
    today = local_date(now, actor.current.time_zone)
    here = RoleAssignment.organisation_id == actor.organisation_id
    query = _who_may(permission.value, today).where(here)
    return sorted(set(session.scalars(query)))


def _persons(session: Session, to: Mapping[str, Any], today: date) -> set[int]:
    ids = set(to.get("persons", ()))
    for name, query in _QUERIES.items():
        if to.get(name):
            ids.update(session.scalars(query(to[name], today)))
    return ids - {to.get("but_not")}


def _staff(ids: Iterable[int], today: date) -> Select[Any]:
    return select(StaffMember.person_id).where(StaffMember.id.in_(list(ids)), at_work(today))


def _pupils(ids: Iterable[int], _today: date) -> Select[Any]:
    return select(Pupil.person_id).where(Pupil.id.in_(list(ids)))


def _guardians_of(ids: Iterable[int], _today: date) -> Select[Any]:
    return (
        select(Guardian.person_id)
        .join(GuardianLink, GuardianLink.guardian_id == Guardian.id)
        .where(GuardianLink.pupil_id.in_(list(ids)), GuardianLink.declined_e_service.is_(False))
    )


def _class_teachers_of(ids: Iterable[int], today: date) -> Select[Any]:
    keepers = select(ClassGroup.class_teacher_id).where(ClassGroup.id.in_(list(ids)))
    return select(StaffMember.person_id).where(StaffMember.id.in_(keepers), at_work(today))


def _who_may(permission: str, today: date) -> Select[Any]:
    roles = [role.value for role in STAFF_ROLES if Permission(permission) in GRANTS[role]]
    return (
        select(RoleAssignment.person_id)
        .join(StaffMember, StaffMember.person_id == RoleAssignment.person_id)
        .where(RoleAssignment.role.in_(roles), at_work(today))
    )


_QUERIES: dict[str, Callable[[Any, date], Select[Any]]] = {
    "staff": _staff,
    "pupils": _pupils,
    "guardians_of": _guardians_of,
    "class_teachers_of": _class_teachers_of,
    "may": _who_may,
}
