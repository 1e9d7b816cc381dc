"""Commands on staff: entering, changing, leaving."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from journal.access import ASSIGNED_ROLES, Actor, Role
from journal.core.clock import local_date
from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.office.persons.rows import PersonFacts, Whom, add_person, change_row
from journal.office.setup.rows import change, may_set_up, note, owned_row
from journal.people.directory import roles_of
from journal.people.models import Person, RoleAssignment, StaffMember
from journal.people.queries import at_work
from journal.school.models import ClassGroup, Course, CourseTeacher, StudyGroup, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffFacts:
    """сотрудник."""

    person: PersonFacts
    personnel_number: str
    position: str
    roles: frozenset[Role]


def save_staff(
    session: Session, actor: Actor, *, whom: Whom | None, facts: StaffFacts, now: datetime
) -> int:
    """Enter or change a member of staff; returns the person. RuleViolation: personnel_number,
    roles. A parent who comes to work here stays one person."""
    may_set_up(actor)
    staff = whom.staff if whom else None
    _check_number(session, staff, facts.personnel_number)
    today = local_date(now, actor.current.time_zone)
    _check_last_administrator(session, whom, facts.roles, today)
    person = whom.person if whom else add_person(session, actor, facts.person)
    here = {"personnel_number": facts.personnel_number, "position": facts.position}
    if whom is not None:
        change_row(session, actor, person, facts.person.columns, person.id, now)
    if staff is not None:
        change_row(session, actor, staff, here, person.id, now)
    else:
        place = {"organisation_id": actor.organisation_id, "person_id": person.id}
        staff = StaffMember(**place, **here)
        session.add(staff)
        session.flush()
        told = {**facts.person.shown, **here}
        note(session, actor, "create", staff, after=told, now=now, about_id=person.id)
    _sync_roles(session, actor, person, facts.roles, now)
    return person.id


def _check_number(session: Session, staff: StaffMember | None, number: str) -> None:
    taken = session.scalar(select(StaffMember.id).where(StaffMember.personnel_number == number))
    if taken is not None and (staff is None or taken != staff.id):
        message = N_("Another member of staff has this number. Correct it.")
        raise RuleViolation("personnel_number", message)


def _check_last_administrator(
    session: Session, whom: Whom | None, roles: Collection[Role], today: date
) -> None:
    """A school without an administrator who works there could not be mended from inside."""
    if whom is None or Role.ADMINISTRATOR in roles:
        return
    holders = (
        select(RoleAssignment.person_id)
        .join(StaffMember, StaffMember.person_id == RoleAssignment.person_id)
        .where(RoleAssignment.role == Role.ADMINISTRATOR.value, at_work(today))
    )
    if set(session.scalars(holders)) == {whom.person.id}:
        message = N_("This is the last administrator. Make somebody else one first.")
        raise RuleViolation("roles", message)


def _sync_roles(
    session: Session, actor: Actor, person: Person, roles: frozenset[Role], now: datetime
) -> None:
    held = set(roles_of(session, [person.id]).get(person.id, ())) & ASSIGNED_ROLES
    if held == roles:
        return
    gone = [role.value for role in held - roles]
    session.execute(
        delete(RoleAssignment)
        .where(RoleAssignment.person_id == person.id, RoleAssignment.role.in_(gone))
        .execution_options(synchronize_session=False)
    )
    place = {"organisation_id": actor.organisation_id, "person_id": person.id}
    session.add_all(RoleAssignment(role=role.value, **place) for role in roles - held)
    session.flush()
    was, told = ({"role": ", ".join(sorted(found))} for found in (held, roles))
    note(session, actor, "change", person, before=was, after=told, now=now, about_id=person.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What is left without somebody who goes: classes he keeps, courses he teaches on from."""

    classes: tuple[str, ...]
    courses: tuple[str, ...]


def leaving_consequences(session: Session, staff_id: int, left_on: date) -> Leaving:
    """What will be without a teacher from that day."""
    classes = session.scalars(
        select(ClassGroup.name)
        .where(ClassGroup.class_teacher_id == staff_id)
        .order_by(ClassGroup.grade, ClassGroup.name)
    )
    rows = session.execute(
        select(Subject.name, StudyGroup.classes_key, StudyGroup.name)
        .select_from(CourseTeacher)
        .join(Course, Course.id == CourseTeacher.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .where(CourseTeacher.staff_id == staff_id, _goes_on(left_on))
        .order_by(StudyGroup.grade, StudyGroup.classes_key, Subject.sort_key)
    )
    courses = (", ".join(part for part in row if part) for row in rows)
    return Leaving(classes=tuple(classes), courses=tuple(courses))


def _goes_on(day: date) -> ColumnElement[bool]:
    return or_(CourseTeacher.ends_before.is_(None), CourseTeacher.ends_before > day)


def dismiss_staff(
    session: Session, actor: Actor, *, staff_id: int, left_on: date, now: datetime
) -> None:
    """From that day he works here no more: no access as staff, no courses, no class.

    What he entered stays his. RuleViolation: left_on.
    """
    may_set_up(actor)
    staff = owned_row(session, StaffMember, staff_id)
    if staff.person_id == actor.current.person_id:
        raise RuleViolation("left_on", N_("You cannot dismiss yourself. Ask another one."))
    rows = session.scalars(
        select(CourseTeacher).where(CourseTeacher.staff_id == staff_id, _goes_on(left_on))
    ).all()
    if any(row.starts_on >= left_on for row in rows):
        message = N_("A course is given to him from a later day. Take it away first.")
        raise RuleViolation("left_on", message)
    for row in rows:
        change(session, actor, row, {"ends_before": left_on}, now=now, about_id=staff.person_id)
    kept = session.scalars(select(ClassGroup).where(ClassGroup.class_teacher_id == staff_id)).all()
    for group in kept:
        change(session, actor, group, {"class_teacher_id": None}, now=now)
    change_row(session, actor, staff, {"left_on": left_on}, staff.person_id, now)


def take_back(session: Session, actor: Actor, *, staff_id: int, now: datetime) -> None:
    """He works here again; courses and classes are given anew."""
    may_set_up(actor)
    staff = owned_row(session, StaffMember, staff_id)
    change_row(session, actor, staff, {"left_on": None}, staff.person_id, now)
