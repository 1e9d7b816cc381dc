"""Writing people: staff with roles, classes, pupils, movements and stays in classes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from journal.access.roles import ASSIGNED_ROLES, Role
from journal.core.db import bulk_insert
from journal.people.models import Person, Pupil, RoleAssignment, StaffMember
from journal.people.rules import name_keys
from journal.school.models import ClassGroup, ClassMembership, Movement
from journal.timetable.models import BellSchedule, ClassBells
from journal.transfer.changes import Changes
from journal.transfer.school import placements
from journal.transfer.school.rows import ClassRow, GuardianRow, MovementRow, PupilRow, StaffRow
from journal.transfer.store.ground import Ground, change_pairs
from journal.transfer.store.write_frame import Ids

AnyPersonRow = StaffRow | PupilRow | GuardianRow
Stay = tuple[int, int, date, date | None]
"""Pupil, class, first day, first day after."""
_STAY = ("pupil_id", "class_group_id", "starts_on", "ends_before")


def person_facts(row: AnyPersonRow) -> dict[str, Any]:
    """The columns of a person, as far as the sheet of the row has them."""
    sort, search = name_keys(row.surname, row.given_name, row.patronymic)
    facts: dict[str, Any] = {
        "surname": row.surname,
        "given_name": row.given_name,
        "patronymic": row.patronymic,
        "email": row.email,
        "sort_key": sort,
        "search_key": search,
    }
    for name in ("phone", "born_on", "sex"):
        if hasattr(row, name):
            facts[name] = getattr(row, name)
    return facts


def change_person(ground: Ground, person_id: int, row: AnyPersonRow) -> None:
    """Bring a person in line with the row, through the session: the words of his name follow."""
    person = ground.session.get_one(Person, person_id)
    for name, value in person_facts(row).items():
        setattr(person, name, value)


def write_staff(ground: Ground, changes: Changes[Any], ids: Ids) -> None:
    """Staff by personnel number, each with a person and the staff roles of the row."""
    fresh = []
    for row in changes.added:
        person = ground.owned(Person, **person_facts(row))
        fresh.append((row, person))
    ground.session.flush()
    for row, person in fresh:
        ground.owned(
            StaffMember,
            person_id=person.id,
            personnel_number=row.personnel_number,
            position=row.position,
        )
        assign_roles(ground, person.id, row.roles)
    for found in change_pairs(changes, ids):
        member = ground.session.get_one(StaffMember, found.id)
        member.position = found.row.position
        change_person(ground, member.person_id, found.row)
        _sync_roles(ground, member.person_id, found.row.roles)
    ground.session.flush()
    ground.staff = {
        row[0]: row[1]
        for row in ground.session.execute(select(StaffMember.personnel_number, StaffMember.id))
    }


def assign_roles(ground: Ground, person_id: int, roles: Sequence[Role]) -> None:
    """Give the person these roles too."""
    for role in roles:
        ground.owned(RoleAssignment, person_id=person_id, role=role.value)


def _sync_roles(ground: Ground, person_id: int, roles: Sequence[Role]) -> None:
    held = {
        Role(role)
        for role in ground.session.scalars(
            select(RoleAssignment.role).where(RoleAssignment.person_id == person_id)
        )
    }
    gone = [role.value for role in (held & ASSIGNED_ROLES) - set(roles)]
    ground.session.execute(
        delete(RoleAssignment)
        .where(RoleAssignment.person_id == person_id, RoleAssignment.role.in_(gone))
        .execution_options(synchronize_session=False)
    )
    assign_roles(ground, person_id, [role for role in roles if role not in held])


def write_classes(ground: Ground, changes: Changes[Any], ids: Ids) -> None:
    """Classes of the year by name, with their bells."""
    schedules = ground.session.execute(
        select(BellSchedule.name, BellSchedule.shift, BellSchedule.id).order_by(BellSchedule.id)
    ).all()
    for row in changes.added:
        group = ground.owned(
            ClassGroup,
            academic_year_id=ground.year_id,
            name=row.name,
            **_class_facts(ground, row),
        )
        ground.session.flush()
        _ring(ground, group.id, row, schedules)
    for found in change_pairs(changes, ids):
        ground.change(ClassGroup, found.id, **_class_facts(ground, found.row))
        ground.session.execute(delete(ClassBells).where(ClassBells.class_group_id == found.id))
        _ring(ground, found.id, found.row, schedules)
    ground.session.flush()


def _class_facts(ground: Ground, row: ClassRow) -> dict[str, Any]:
    return {
        "grade": row.grade,
        "letter": row.letter,
        "study_form": row.study_form,
        "shift": row.shift,
        "days_per_week": row.days_per_week,
        "class_teacher_id": ground.staff[row.class_teacher] if row.class_teacher else None,
        "room_id": ground.rooms[row.room] if row.room else None,
    }


def _ring(ground: Ground, class_id: int, row: ClassRow, schedules: Sequence[Any]) -> None:
    named = [one for one in schedules if one.name == row.bell_set]
    chosen = [one for one in named if one.shift == row.shift] or named
    if chosen:
        ground.owned(ClassBells, class_group_id=class_id, bell_schedule_id=chosen[0].id)


def write_pupils(ground: Ground, changes: Changes[Any], ids: Ids) -> None:
    """Pupils by personal file number."""
    fresh = []
    for row in changes.added:
        fresh.append((row, ground.owned(Person, **person_facts(row))))
    ground.session.flush()
    for row, person in fresh:
        ground.owned(Pupil, person_id=person.id, **_pupil_facts(row))
        assign_roles(ground, person.id, [Role.PUPIL])
    for found in change_pairs(changes, ids):
        pupil = ground.session.get_one(Pupil, found.id)
        for name, value in _pupil_facts(found.row).items():
            setattr(pupil, name, value)
        change_person(ground, pupil.person_id, found.row)
    ground.session.flush()
    ground.pupils = {
        row[0]: row[1] for row in ground.session.execute(select(Pupil.personal_file, Pupil.id))
    }


def _pupil_facts(row: PupilRow) -> dict[str, Any]:
    return {
        "personal_file": row.personal_file,
        "enrolled_on": row.enrolled_on,
        "enrolment_order": row.enrolment_order,
        "entry_class": row.class_name,
        "consent_on": row.consent_on,
    }


def write_movements(ground: Ground, changes: Changes[Any], ids: Ids) -> None:
    """Orders by pupil and date."""

    def facts(row: MovementRow) -> dict[str, Any]:
        return {
            "kind": row.kind,
            "class_group_id": ground.classes.get(row.class_name) if row.class_name else None,
            "order_number": row.order_number,
            "order_date": row.order_date,
            "destination": row.destination,
        }

    for row in changes.added:
        ground.owned(
            Movement,
            pupil_id=ground.pupils[row.personal_file],
            happens_on=row.happens_on,
            **facts(row),
        )
    for found in change_pairs(changes, ids):
        ground.change(Movement, found.id, **facts(found.row))
    ground.session.flush()


def write_stays(
    ground: Ground, pupils: Sequence[PupilRow], movements: Sequence[MovementRow]
) -> None:
    """Bring the stays in the year's classes in line with enrolment and movements."""
    wanted = {
        (
            ground.pupils[one.personal_file],
            ground.classes[one.class_name],
            one.span.starts_on,
            one.span.ends_before,
        )
        for one in placements(pupils, movements, ground.year_starts_on)
        if one.class_name in ground.classes
    }
    held = _held_stays(ground)
    gone = [row_id for key, row_id in held.items() if key not in wanted]
    ground.session.execute(
        delete(ClassMembership)
        .where(ClassMembership.id.in_(gone))
        .execution_options(synchronize_session=False)
    )
    fresh = [
        {"organisation_id": ground.organisation_id, **dict(zip(_STAY, key, strict=True))}
        for key in sorted(wanted - held.keys(), key=lambda key: (key[1], key[0], key[2]))
    ]
    bulk_insert(ground.session, ClassMembership, fresh)


def _held_stays(ground: Ground) -> dict[Stay, int]:
    rows = ground.session.execute(
        select(
            ClassMembership.pupil_id,
            ClassMembership.class_group_id,
            ClassMembership.starts_on,
            ClassMembership.ends_before,
            ClassMembership.id,
        ).where(ClassMembership.class_group_id.in_(list(ground.classes.values())))
    )
    return {(row[0], row[1], row[2], row[3]): row[4] for row in rows}
