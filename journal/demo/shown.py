"""Whose logins a demonstration prints: people between whom a mark can be followed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.demo.pupils import FAMILY_CLASSES
from journal.people.models import Guardian, GuardianLink, Pupil, StaffMember
from journal.people.queries import one_of_each_role
from journal.school.models import ClassGroup, ClassMembership


@dataclass(frozen=True, slots=True)
class _Class:
    """A class of the shown family: its teacher's person, its id."""

    id: int
    teacher_person_id: int | None


def shown_people(session: Session, organisation_id: int) -> dict[Role, int]:
    """Person ids by role. The teacher teaches both children of the parent, the class teacher
    leads the class of the elder one, who is the pupil. Where the school has changed since it was
    loaded, whoever holds the role."""
    chosen = one_of_each_role(session, organisation_id)
    classes = [_latest_class(session, name) for name in FAMILY_CLASSES]
    for role, one in zip((Role.TEACHER, Role.CLASS_TEACHER), classes, strict=True):
        if one and one.teacher_person_id:
            chosen[role] = one.teacher_person_id
    younger, elder = classes
    if younger and elder:
        chosen |= _family(session, younger.id, elder.id)
    return chosen


def _latest_class(session: Session, name: str) -> _Class | None:
    row = session.execute(
        select(ClassGroup.id, StaffMember.person_id)
        .outerjoin(StaffMember, StaffMember.id == ClassGroup.class_teacher_id)
        .where(ClassGroup.name == name)
        .order_by(ClassGroup.academic_year_id.desc())
        .limit(1)
    ).one_or_none()
    return _Class(row[0], row[1]) if row else None


def _family(session: Session, younger: int, elder: int) -> dict[Role, int]:
    """The mother with a child in each of the classes, and the elder of the two."""
    row = session.execute(
        select(
            Guardian.person_id,
            func.max(Pupil.person_id).filter(ClassMembership.class_group_id == elder),
        )
        .select_from(GuardianLink)
        .join(Guardian, Guardian.id == GuardianLink.guardian_id)
        .join(Pupil, Pupil.id == GuardianLink.pupil_id)
        .join(ClassMembership, ClassMembership.pupil_id == Pupil.id)
        .where(
            GuardianLink.relation == "mother", ClassMembership.class_group_id.in_((younger, elder))
        )
        .group_by(Guardian.person_id)
        .having(func.count(ClassMembership.class_group_id.distinct()) == 2)
        .order_by(Guardian.person_id)
        .limit(1)
    ).one_or_none()
    return {Role.PARENT: row[0], Role.PUPIL: row[1]} if row else {}
