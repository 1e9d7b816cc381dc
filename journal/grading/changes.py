"""Reads of changed marks from the audit log: the facts of the mark-change report (D25)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from journal.core.audit import AuditEntry
from journal.lessons.models import Lesson
from journal.people.directory import name_matches
from journal.people.models import Person, Pupil, StaffMember
from journal.school.models import (
    ClassGroup,
    ClassMembership,
    Course,
    CourseTeacher,
    StudyGroup,
    Subject,
)

CHANGES = ("change_mark", "clear_mark")
_Teacher = aliased(Person)
_Holder = aliased(StaffMember)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeScope:
    """Whose changes may be read: all, those of the classes kept, those of own lessons."""

    whole_school: bool
    own_classes: bool
    own_lessons: bool
    staff_id: int | None
    account_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFilter:
    """What the report is narrowed to; instants are half-open, None = any."""

    since: datetime | None = None
    before: datetime | None = None
    staff_id: int | None = None
    class_group_id: int | None = None
    subject_id: int | None = None
    pupil: str = ""
    granted_only: bool = False


def changed_marks(session: Session, scope: ChangeScope, wanted: ChangeFilter) -> Sequence[Any]:
    """Audit entries of changed and cleared marks with what they are about, newest first.

    The class is the pupil's on the lesson's date. `before` and `after` are JSON texts.
    """
    query = _query().where(_scope(scope))
    for criterion in _criteria(wanted):
        query = query.where(criterion)
    return session.execute(query.order_by(AuditEntry.seq.desc())).all()


def marks_put_after(session: Session, lesson_ids: Sequence[int]) -> Sequence[Any]:
    """(lesson, pupil, seq, at, after) of new marks in lessons where one was cleared before."""
    query = (
        select(
            AuditEntry.within_id,
            AuditEntry.about_id,
            AuditEntry.seq,
            AuditEntry.at,
            AuditEntry.after,
        )
        .where(
            AuditEntry.object_type == "mark",
            AuditEntry.action == "put_mark",
            AuditEntry.within_id.in_(list(lesson_ids)),
        )
        .order_by(AuditEntry.seq)
    )
    return session.execute(query).all()


_COLUMNS = (
    AuditEntry.id,
    AuditEntry.seq,
    AuditEntry.at,
    AuditEntry.action,
    AuditEntry.actor_name,
    AuditEntry.before,
    AuditEntry.after,
    AuditEntry.reason,
    AuditEntry.grant_id,
    AuditEntry.within_id,
    AuditEntry.about_id,
    Lesson.held_on,
    Lesson.course_id,
    Subject.name.label("subject"),
    StudyGroup.name.label("group_name"),
    StudyGroup.grade,
    ClassGroup.name.label("class_name"),
    Person.surname,
    Person.given_name,
    Person.patronymic,
    _Teacher.surname.label("teacher_surname"),
    _Teacher.given_name.label("teacher_given_name"),
    _Teacher.patronymic.label("teacher_patronymic"),
)
_IN_CLASS = and_(
    ClassMembership.pupil_id == AuditEntry.about_id,
    ClassMembership.starts_on <= Lesson.held_on,
    or_(ClassMembership.ends_before.is_(None), Lesson.held_on < ClassMembership.ends_before),
)


def _query() -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS)
        .join(Lesson, Lesson.id == AuditEntry.within_id)
        .join(Course, Course.id == Lesson.course_id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Pupil, Pupil.id == AuditEntry.about_id)
        .join(Person, Person.id == Pupil.person_id)
        .outerjoin(ClassMembership, _IN_CLASS)
        .outerjoin(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .outerjoin(_Teacher, _Teacher.account_id == AuditEntry.account_id)
        .where(
            AuditEntry.object_type == "mark",
            AuditEntry.action.in_(CHANGES),
            AuditEntry.before.is_not(None),
        )
    )


def _scope(scope: ChangeScope) -> ColumnElement[bool]:
    if scope.whole_school:
        return AuditEntry.id.is_not(None)
    allowed: list[ColumnElement[bool]] = []
    if scope.own_classes and scope.staff_id is not None:
        allowed.append(ClassGroup.class_teacher_id == scope.staff_id)
    if scope.own_lessons:
        allowed.append(AuditEntry.account_id == scope.account_id)
        if scope.staff_id is not None:
            allowed.append(Lesson.staff_id == scope.staff_id)
            taught = exists().where(
                CourseTeacher.course_id == Lesson.course_id,
                CourseTeacher.staff_id == scope.staff_id,
            )
            allowed.append(taught)
    return or_(*allowed) if allowed else AuditEntry.id.is_(None)


def _criteria(wanted: ChangeFilter) -> list[ColumnElement[bool]]:
    criteria: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        criteria.append(AuditEntry.at >= wanted.since)
    if wanted.before is not None:
        criteria.append(AuditEntry.at < wanted.before)
    if wanted.staff_id is not None:
        changed_by = exists().where(_Holder.id == wanted.staff_id, _Holder.person_id == _Teacher.id)
        criteria.append(changed_by)
    if wanted.class_group_id is not None:
        criteria.append(ClassGroup.id == wanted.class_group_id)
    if wanted.subject_id is not None:
        criteria.append(Course.subject_id == wanted.subject_id)
    if wanted.pupil:
        criteria.append(name_matches(wanted.pupil))
    if wanted.granted_only:
        criteria.append(AuditEntry.grant_id.is_not(None))
    return criteria
