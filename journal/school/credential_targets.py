"""Whom an actor may make temporary passwords for: the authorised loader of that page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from journal.access import STAFF_ROLES, Actor, Permission, Role
from journal.core.errors import Forbidden, NotFound
from journal.core.messages import N_, Message
from journal.core.tenancy import across
from journal.people.directory import (
    ACCESS_COLUMNS,
    NAME_COLUMNS,
    AccessState,
    ChildRef,
    access_of,
    children_of,
    name_of,
    roles_of,
)
from journal.people.models import (
    Account,
    Guardian,
    GuardianLink,
    Person,
    Pupil,
    RoleAssignment,
    StaffMember,
)
from journal.people.rules import credential_refusal
from journal.school.directory import class_names_on, in_class_on
from journal.school.models import ClassGroup, ClassMembership

_NOT_YOURS = N_("You make passwords for the pupils and parents of your own class only.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A person to be given a password, or the reason why not.

    `position` of staff, `class_name` of a pupil, `children` of a guardian (name, class).
    """

    person_id: int
    name: str
    access: AccessState
    position: str | None
    class_name: str | None
    children: tuple[tuple[ChildRef, str | None], ...]
    refusal: Message | None
    email: str | None = None


def own_class_ids(session: Session, actor: Actor, academic_year_id: int) -> list[int] | None:
    """The classes whose passwords the actor hands out; None = every class of the school."""
    if actor.may(Permission.ISSUE_CREDENTIALS):
        return None
    if not actor.may(Permission.ISSUE_CLASS_CREDENTIALS) or actor.current.staff_id is None:
        raise Forbidden()
    query = select(ClassGroup.id).where(
        ClassGroup.academic_year_id == academic_year_id,
        ClassGroup.class_teacher_id == actor.current.staff_id,
    )
    return list(session.scalars(query))


def credential_targets(
    session: Session, actor: Actor, *, person_ids: Collection[int], day: date
) -> list[Target]:
    """The persons in the order of names. Raises NotFound for one who is not in the school,
    Forbidden for one outside the actor's classes."""
    wanted = set(person_ids)
    rows = _rows(session, wanted)
    if not wanted or {row.person_id for row in rows} != wanted:
        raise NotFound()
    if not actor.may(Permission.ISSUE_CREDENTIALS) and wanted - persons_of_own_classes(
        session, actor, day
    ):
        raise Forbidden(_NOT_YOURS)
    return _targets(session, actor, rows, day)


def _targets(session: Session, actor: Actor, rows: Sequence[Any], day: date) -> list[Target]:
    roles = roles_of(session, [row.person_id for row in rows])
    elsewhere = _staff_elsewhere(session, [row.account_id for row in rows if row.account_id])
    children = children_of(session, [row.guardian_id for row in rows if row.guardian_id])
    pupils = {row.pupil_id for row in rows if row.pupil_id}
    pupils |= {child.pupil_id for family in children.values() for child in family}
    classes = class_names_on(session, pupils, day)
    return [
        _target(
            actor, row, roles.get(row.person_id, ()), row.account_id in elsewhere, children, classes
        )
        for row in rows
    ]


def _target(
    actor: Actor,
    row: Any,
    roles: Collection[Role],
    elsewhere: bool,
    children: Mapping[int, Sequence[ChildRef]],
    classes: Mapping[int, str],
) -> Target:
    own = children.get(row.guardian_id, ())
    return Target(
        person_id=row.person_id,
        name=name_of(row),
        email=row.email,
        access=access_of(row),
        position=row.position,
        class_name=classes.get(row.pupil_id or 0),
        children=tuple((child, classes.get(child.pupil_id)) for child in own),
        refusal=credential_refusal(actor, roles=frozenset(roles), staff_elsewhere=elsewhere),
    )


def _rows(session: Session, person_ids: Collection[int]) -> Sequence[Any]:
    query = (
        select(
            Person.id.label("person_id"),
            Person.account_id,
            Person.email,
            *NAME_COLUMNS,
            *ACCESS_COLUMNS,
            StaffMember.position,
            Pupil.id.label("pupil_id"),
            Guardian.id.label("guardian_id"),
        )
        .select_from(Person)
        .outerjoin(Account, Account.id == Person.account_id)
        .outerjoin(StaffMember, StaffMember.person_id == Person.id)
        .outerjoin(Pupil, Pupil.person_id == Person.id)
        .outerjoin(Guardian, Guardian.person_id == Person.id)
        .where(Person.id.in_(list(person_ids)))
        .order_by(Person.sort_key, Person.id)
    )
    return session.execute(query).all()


def persons_of_own_classes(session: Session, actor: Actor, day: date) -> set[int]:
    """Persons: pupils who are in the actor's classes on the day, and their guardians."""
    if not actor.may(Permission.ISSUE_CLASS_CREDENTIALS) or actor.current.staff_id is None:
        return set()
    pupils = (
        select(ClassMembership.pupil_id)
        .join(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .where(ClassGroup.class_teacher_id == actor.current.staff_id, in_class_on(day))
    )
    guardians = (
        select(Guardian.person_id)
        .join(GuardianLink, GuardianLink.guardian_id == Guardian.id)
        .where(GuardianLink.pupil_id.in_(pupils))
    )
    persons = select(Person.id).where(
        or_(
            Person.id.in_(select(Pupil.person_id).where(Pupil.id.in_(pupils))),
            Person.id.in_(guardians),
        )
    )
    return set(session.scalars(persons))


def _staff_elsewhere(session: Session, account_ids: Collection[int]) -> set[int]:
    """Accounts that are staff of an organisation this session is not bound to."""
    query = (
        select(Person.account_id, Person.organisation_id)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(Person.account_id.in_(list(account_ids)), RoleAssignment.role.in_(STAFF_ROLES))
        .distinct()
    )
    bound = session.info["organisations"]
    with across(session, "a password of a shared account opens the other organisation too"):
        rows = session.execute(query).all()
    return {account for account, place in rows if account and place not in bound}
