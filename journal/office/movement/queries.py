"""Reads of movement: pupils with their stays, and what a move would change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from journal.core.errors import NotFound
from journal.office.movement.rules import Mover, Order, Stay
from journal.people.directory import NAME_COLUMNS, name_of
from journal.people.models import Person, Pupil
from journal.school.models import (
    ClassGroup,
    ClassMembership,
    Course,
    GroupMembership,
    StudyGroup,
    StudyGroupClass,
    Subject,
)
from journal.school.rules import Span
from journal.school.titles import subject_title


def movers(session: Session, pupil_ids: Collection[int]) -> list[Mover]:
    """Those pupils in the order of names; NotFound when one is not of the school."""
    rows = session.execute(
        select(Pupil.id, Pupil.person_id, Pupil.enrolled_on, *NAME_COLUMNS)
        .join(Person, Person.id == Pupil.person_id)
        .where(Pupil.id.in_(list(pupil_ids)))
        .order_by(Person.sort_key, Pupil.id)
    ).all()
    if len(rows) != len(set(pupil_ids)):
        raise NotFound()
    stays = _stays(session, pupil_ids)
    return [_mover(row, stays.get(row.id, [])) for row in rows]


def _mover(row: Any, stays: Iterable[Stay]) -> Mover:
    return Mover(
        pupil_id=row.id,
        person_id=row.person_id,
        name=name_of(row),
        enrolled_on=row.enrolled_on,
        stays=tuple(stays),
    )


def _stays(session: Session, pupil_ids: Collection[int]) -> dict[int, list[Stay]]:
    rows = session.execute(
        select(
            ClassMembership.pupil_id,
            ClassMembership.id,
            ClassMembership.class_group_id,
            ClassGroup.name,
            ClassMembership.starts_on,
            ClassMembership.ends_before,
        )
        .join(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .where(ClassMembership.pupil_id.in_(list(pupil_ids)))
        .order_by(ClassMembership.starts_on)
    )
    found: dict[int, list[Stay]] = defaultdict(list)
    for pupil_id, row_id, class_id, name, starts_on, ends_before in rows:
        found[pupil_id].append(Stay(row_id, class_id, name, Span(starts_on, ends_before)))
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """A pupil's open place in a subgroup."""

    id: int
    group_id: int
    title: str
    class_ids: frozenset[int]


def places_in_subgroups(
    session: Session, pupil_ids: Collection[int], day: date
) -> dict[int, list[Place]]:
    """Subgroups each pupil is in on the day or later, with the classes they draw from."""
    rows = session.execute(
        select(
            GroupMembership.pupil_id,
            GroupMembership.id,
            StudyGroup.id,
            Subject.name,
            StudyGroup.name,
        )
        .join(StudyGroup, StudyGroup.id == GroupMembership.study_group_id)
        .join(Subject, Subject.id == StudyGroup.subject_id)
        .where(
            GroupMembership.pupil_id.in_(list(pupil_ids)),
            or_(GroupMembership.ends_before.is_(None), GroupMembership.ends_before > day),
        )
        .order_by(Subject.sort_key, StudyGroup.name)
    ).all()
    classes = _classes_of(session, {row[2] for row in rows})
    found: dict[int, list[Place]] = defaultdict(list)
    for pupil_id, row_id, group_id, subject, name in rows:
        title = subject_title(subject, name)
        found[pupil_id].append(Place(row_id, group_id, title, classes[group_id]))
    return found


def _classes_of(session: Session, group_ids: Collection[int]) -> dict[int, frozenset[int]]:
    rows = session.execute(
        select(StudyGroupClass.study_group_id, StudyGroupClass.class_group_id).where(
            StudyGroupClass.study_group_id.in_(list(group_ids))
        )
    )
    found: dict[int, set[int]] = defaultdict(set)
    for group_id, class_id in rows:
        found[group_id].add(class_id)
    return {group_id: frozenset(ids) for group_id, ids in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCourses:
    """What a class has: courses of everybody, and subjects taught in subgroups."""

    whole: tuple[str, ...]
    in_subgroups: tuple[str, ...]


def courses_of_class(session: Session, class_id: int) -> NewCourses:
    """What who comes into the class is taught."""
    rows = session.execute(
        select(Subject.name, StudyGroup.name)
        .select_from(StudyGroupClass)
        .join(StudyGroup, StudyGroup.id == StudyGroupClass.study_group_id)
        .join(Course, Course.study_group_id == StudyGroup.id)
        .join(Subject, Subject.id == Course.subject_id)
        .where(StudyGroupClass.class_group_id == class_id)
        .order_by(Subject.sort_key, StudyGroup.name)
    ).all()
    split = dict.fromkeys(subject for subject, group in rows if group)
    return NewCourses(
        whole=tuple(dict.fromkeys(subject for subject, group in rows if not group)),
        in_subgroups=tuple(split),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What the order means for one pupil; `wrong` says why it cannot be."""

    mover: Mover
    from_class: str | None
    leaves: tuple[str, ...]
    wrong: object | None


def kept_place(place: Place, order: Order) -> bool:
    """A cross-class group that draws from the new class too keeps its pupil."""
    return order.class_id is not None and order.class_id in place.class_ids
