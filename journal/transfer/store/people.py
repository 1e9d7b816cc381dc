"""Reads of people: staff, classes, pupils, movements, guardians."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from journal.access.roles import ASSIGNED_ROLES, Role
from journal.people.models import (
    Guardian,
    GuardianLink,
    Person,
    Pupil,
    RoleAssignment,
    StaffMember,
)
from journal.school.models import ClassGroup, Movement, Room
from journal.timetable.models import BellSchedule, ClassBells
from journal.transfer.school.rows import ClassRow, GuardianRow, MovementRow, PupilRow, StaffRow
from journal.transfer.store.ids import Found

_ROLE_ORDER = {role: place for place, role in enumerate(Role)}


_STAFF = (
    StaffMember.id,
    Person.id.label("person_id"),
    StaffMember.personnel_number,
    Person.surname,
    Person.given_name,
    Person.patronymic,
    Person.born_on,
    StaffMember.position,
    Person.email,
    Person.phone,
)


def staff(session: Session) -> list[Found]:
    """All members of staff with their staff roles."""
    roles: dict[int, set[Role]] = defaultdict(set)
    for person_id, role in session.execute(select(RoleAssignment.person_id, RoleAssignment.role)):
        roles[person_id].add(Role(role))
    rows = session.execute(
        select(*_STAFF).join(Person, Person.id == StaffMember.person_id).order_by(StaffMember.id)
    )
    return [
        Found(
            StaffRow(
                *row[2:8], role_tuple(roles[row.person_id] & ASSIGNED_ROLES), row.email, row.phone
            ),
            row.id,
        )
        for row in rows
    ]


def role_tuple(roles: frozenset[Role] | set[Role]) -> tuple[Role, ...]:
    """Roles in the order of the enumeration: one way to write a set."""
    return tuple(sorted(roles, key=_ROLE_ORDER.__getitem__))


def classes(session: Session, year_id: int | None) -> list[Found]:
    """The classes of a year with their bells, teacher and room."""
    rows = session.execute(
        select(
            ClassGroup.id,
            ClassGroup.name,
            ClassGroup.grade,
            ClassGroup.letter,
            ClassGroup.study_form,
            ClassGroup.shift,
            BellSchedule.name,
            StaffMember.personnel_number,
            Room.name,
            ClassGroup.days_per_week,
        )
        .outerjoin(ClassBells, ClassBells.class_group_id == ClassGroup.id)
        .outerjoin(BellSchedule, BellSchedule.id == ClassBells.bell_schedule_id)
        .outerjoin(StaffMember, StaffMember.id == ClassGroup.class_teacher_id)
        .outerjoin(Room, Room.id == ClassGroup.room_id)
        .where(ClassGroup.academic_year_id == year_id)
        .order_by(ClassGroup.grade, ClassGroup.letter)
    )
    return [Found(ClassRow(*row[1:]), row[0]) for row in rows]


def pupils(session: Session) -> list[Found]:
    """All pupils, with the class of their entry."""
    rows: Any = session.execute(
        select(
            Pupil.id,
            Pupil.personal_file,
            Person.surname,
            Person.given_name,
            Person.patronymic,
            Person.sex,
            Person.born_on,
            Pupil.entry_class,
            Pupil.enrolled_on,
            Pupil.enrolment_order,
            Person.email,
            Pupil.consent_on,
        )
        .join(Person, Person.id == Pupil.person_id)
        .order_by(Pupil.id)
    )
    return [Found(PupilRow(*row[1:]), row.id) for row in rows]


def movements(session: Session) -> list[Found]:
    """All orders on movement."""
    rows = session.execute(
        select(
            Movement.id,
            Pupil.personal_file,
            Movement.happens_on,
            Movement.kind,
            ClassGroup.name,
            Movement.order_number,
            Movement.order_date,
            Movement.destination,
        )
        .join(Pupil, Pupil.id == Movement.pupil_id)
        .outerjoin(ClassGroup, ClassGroup.id == Movement.class_group_id)
        .order_by(Movement.id)
    )
    return [Found(MovementRow(*row[1:]), row[0]) for row in rows]


def guardians(session: Session) -> list[Found]:
    """All guardians, a row for each child."""
    child = aliased(Pupil)
    rows = session.execute(
        select(
            GuardianLink.id,
            child.personal_file,
            Person.surname,
            Person.given_name,
            Person.patronymic,
            GuardianLink.relation,
            Person.phone,
            Person.email,
            GuardianLink.declined_e_service,
            GuardianLink.consent_on,
        )
        .join(Guardian, Guardian.id == GuardianLink.guardian_id)
        .join(Person, Person.id == Guardian.person_id)
        .join(child, child.id == GuardianLink.pupil_id)
        .order_by(GuardianLink.id)
    )
    return [Found(GuardianRow(*row[1:]), row[0]) for row in rows]
