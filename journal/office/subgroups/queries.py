"""Reads of the division of a class: subjects taught in subgroups, who is where on a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from journal.office.subgroups.rules import Member
from journal.school.class_desk import pupils_on
from journal.school.models import (
    AcademicYear,
    GroupMembership,
    StudyGroup,
    StudyGroupClass,
    Subject,
)


@dataclass(frozen=True, slots=True)
class Subgroup:
    """A named group of a subject; `classes` are all it draws from."""

    id: int
    name: str
    classes: str


@dataclass(frozen=True, slots=True)
class Divided:
    """A subject taught in subgroups in the class."""

    subject_id: int
    subject: str
    groups: tuple[Subgroup, ...]


def divided_subjects(session: Session, class_id: int) -> list[Divided]:
    """In the order of subjects. One query."""
    rows = session.execute(
        select(
            Subject.id.label("subject_id"),
            Subject.name.label("subject"),
            StudyGroup.id,
            StudyGroup.name,
            StudyGroup.classes_key,
        )
        .join(StudyGroup, StudyGroup.subject_id == Subject.id)
        .join(StudyGroupClass, StudyGroupClass.study_group_id == StudyGroup.id)
        .where(StudyGroupClass.class_group_id == class_id)
        .order_by(Subject.sort_key, StudyGroup.name, StudyGroup.id)
    ).all()
    found: dict[tuple[int, str], list[Subgroup]] = {}
    for row in rows:
        group = Subgroup(row.id, row.name, row.classes_key)
        found.setdefault((row.subject_id, row.subject), []).append(group)
    return [Divided(*key, tuple(groups)) for key, groups in found.items()]


def members_on(
    session: Session, class_id: int, group_ids: Collection[int], day: date
) -> list[Member]:
    """The pupils of the class on the day with their subgroup. Two queries."""
    places = session.execute(
        select(GroupMembership.pupil_id, GroupMembership.study_group_id).where(
            GroupMembership.study_group_id.in_(list(group_ids)),
            GroupMembership.starts_on <= day,
            or_(GroupMembership.ends_before.is_(None), GroupMembership.ends_before > day),
        )
    )
    held = {row.pupil_id: row.study_group_id for row in places}
    pupils = pupils_on(session, class_group_id=class_id, day=day)
    return [Member(one.pupil_id, one.name, held.get(one.pupil_id)) for one in pupils]


def names_last_year(
    session: Session, subject_id: int, pupil_ids: Collection[int], year_starts_on: date
) -> dict[int, str]:
    """The name of each pupil's subgroup of the subject at the end of the year before."""
    rows = session.execute(
        select(GroupMembership.pupil_id, StudyGroup.name)
        .join(StudyGroup, StudyGroup.id == GroupMembership.study_group_id)
        .join(AcademicYear, AcademicYear.id == StudyGroup.academic_year_id)
        .where(
            StudyGroup.subject_id == subject_id,
            GroupMembership.pupil_id.in_(list(pupil_ids)),
            and_(
                AcademicYear.ends_before <= year_starts_on,
                AcademicYear.starts_on > year_starts_on - timedelta(days=400),
            ),
        )
        .order_by(GroupMembership.starts_on)
    )
    return {row.pupil_id: row.name for row in rows}
