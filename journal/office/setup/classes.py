"""Commands on classes and their bells."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from journal.access import Actor, Role
from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.office.service.following import lessons_follow
from journal.office.setup.dependants import check_free
from journal.office.setup.rows import change, create, note, owned_row, remove
from journal.people.models import RoleAssignment, StaffMember
from journal.people.rules import class_name, class_parts
from journal.school.models import AcademicYear, ClassGroup, Room
from journal.timetable.models import BellSchedule, ClassBells


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFacts:
    """класс; its parallel and letter follow from its name."""

    name: str
    study_form: str
    shift: int
    days_per_week: int
    class_teacher_id: int | None
    room_id: int | None


def save_class(
    session: Session,
    actor: Actor,
    *,
    year_id: int,
    class_id: int | None,
    facts: ClassFacts,
    bells_id: int | None,
    now: datetime,
) -> int:
    """Create or change a class with its bells; its teacher becomes a class teacher.

    Its lessons ring by the bells. RuleViolation: name.
    """
    owned_row(session, AcademicYear, year_id)
    _check_refers(session, facts, bells_id)
    values = _values(session, year_id, class_id, facts)
    if class_id is None:
        values["academic_year_id"] = year_id
        class_id = create(session, actor, ClassGroup, values, now=now)
    else:
        group = owned_row(session, ClassGroup, class_id)
        if group.name != values["name"]:
            _check_renaming(session, class_id)
        change(session, actor, group, values, now=now)
    _ring(session, actor, class_id, bells_id, now)
    if facts.class_teacher_id is not None:
        _appoint(session, actor, facts.class_teacher_id, now)
    return class_id


def _check_refers(session: Session, facts: ClassFacts, bells_id: int | None) -> None:
    """Ids of a form are anybody's claim: each must be a row of this school."""
    if facts.class_teacher_id is not None:
        owned_row(session, StaffMember, facts.class_teacher_id)
    if facts.room_id is not None:
        owned_row(session, Room, facts.room_id)
    if bells_id is not None:
        owned_row(session, BellSchedule, bells_id)


def _values(
    session: Session, year_id: int, class_id: int | None, facts: ClassFacts
) -> dict[str, Any]:
    name = class_name(facts.name)
    grade, letter = class_parts(name)
    if not grade:
        message = N_("Write the class like 5А, not “%(value)s”.", value=facts.name)
        raise RuleViolation("name", message)
    taken = session.scalar(
        select(ClassGroup.id).where(ClassGroup.academic_year_id == year_id, ClassGroup.name == name)
    )
    if taken not in (None, class_id):
        raise RuleViolation("name", N_("There is class %(name)s this year already.", name=name))
    return {**asdict(facts), "name": name, "grade": grade, "letter": letter or None}


def _check_renaming(session: Session, class_id: int) -> None:
    """Groups and plans are named after their classes: a class that is in use keeps its name."""
    try:
        check_free(session, ClassGroup, class_id, apart=("class_bells",))
    except RuleViolation as used:
        raise RuleViolation("name", used.message) from None


def _ring(
    session: Session, actor: Actor, class_id: int, bells_id: int | None, now: datetime
) -> None:
    """The bells of the class; where they are others than before, the lessons follow."""
    held = session.get(ClassBells, class_id)
    before = held.bell_schedule_id if held else None
    if before == bells_id:
        return
    if held is not None:
        session.delete(held)
        session.flush()
    if bells_id is not None:
        facts = {"class_group_id": class_id, "bell_schedule_id": bells_id}
        session.add(ClassBells(organisation_id=actor.organisation_id, **facts))
        session.flush()
    was, is_ = ({"bells": _bells_name(session, one)} for one in (before, bells_id))
    group = owned_row(session, ClassGroup, class_id)
    note(session, actor, "change", group, before=was, after=is_, now=now)
    lessons_follow(session, actor, now=now, year_id=group.academic_year_id)


def _bells_name(session: Session, bells_id: int | None) -> str | None:
    row = session.get(BellSchedule, bells_id or 0)
    return row.name if row else None


def _appoint(session: Session, actor: Actor, staff_id: int, now: datetime) -> None:
    """Who keeps a class sees it: the role comes with the class."""
    person_id = owned_row(session, StaffMember, staff_id).person_id
    role = Role.CLASS_TEACHER.value
    held = select(RoleAssignment.id).where(
        RoleAssignment.person_id == person_id, RoleAssignment.role == role
    )
    if session.scalar(held) is None:
        facts = {"person_id": person_id, "role": role}
        create(session, actor, RoleAssignment, facts, now=now, about_id=person_id)


def delete_class(session: Session, actor: Actor, class_id: int, *, now: datetime) -> None:
    """Delete a class of nobody, without courses. RuleViolation names what it has."""
    group = owned_row(session, ClassGroup, class_id)
    check_free(session, ClassGroup, class_id, apart=("class_bells",))
    session.execute(
        delete(ClassBells)
        .where(ClassBells.class_group_id == class_id)
        .execution_options(synchronize_session=False)
    )
    remove(session, actor, group, {"name": group.name}, now=now)
