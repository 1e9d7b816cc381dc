"""Reads of changed marks from the audit log: the facts of the mark-change report (D25)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, exists, null, or_, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from journal.core.audit import AuditEntry
from journal.lessons.models import Lesson
from journal.people.models import Person, Pupil, StaffMember
from journal.people.searching import name_matches
from journal.school.models import (
    ClassGroup,
    ClassMembership,
    Course,
    CourseTeacher,
    StudyGroup,
    Subject,
)

CHANGES = ("change_mark", "clear_mark")
RESULT_CHANGES = ("put_term_mark", "clear_term_mark")
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
    query = (
        _entries("mark", CHANGES, Lesson.held_on)
        .join(Lesson, Lesson.id == AuditEntry.within_id)
        .join(Course, Course.id == Lesson.course_id)
    )
    own = (Lesson.staff_id == scope.staff_id,) if scope.staff_id is not None else ()
    return _found(session, query, Lesson.held_on, _scope(scope, *own), wanted)


def changed_results(session: Session, scope: ChangeScope, wanted: ChangeFilter) -> Sequence[Any]:
    """The same of term, year, exam and final marks, whose facts name `kind` and `number`.

    There is no lesson: `held_on` is None and the class is that of the day of the change.
    """
    query = _entries("term_mark", RESULT_CHANGES, null()).join(
        Course, Course.id == AuditEntry.within_id
    )
    return _found(session, query, AuditEntry.at, _scope(scope), wanted)


def results_put_after(session: Session, course_ids: Sequence[int]) -> Sequence[Any]:
    """(course, pupil, seq, at, after) of new results where one was taken back before."""
    return _put(session, "term_mark", "put_term_mark", course_ids)


def marks_put_after(session: Session, lesson_ids: Sequence[int]) -> Sequence[Any]:
    """(lesson, pupil, seq, at, after) of new marks in lessons where one was cleared before."""
    return _put(session, "mark", "put_mark", lesson_ids)


def _put(session: Session, object_type: str, action: str, within: Sequence[int]) -> Sequence[Any]:
    query = (
        select(
            AuditEntry.within_id,
            AuditEntry.about_id,
            AuditEntry.seq,
            AuditEntry.at,
            AuditEntry.after,
        )
        .where(
            AuditEntry.object_type == object_type,
            AuditEntry.action == action,
            AuditEntry.within_id.in_(list(within)),
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
    Course.id.label("course_id"),
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


def _entries(kind: str, actions: Sequence[str], held_on: Any) -> Select[*tuple[Any, ...]]:
    changed = and_(
        AuditEntry.object_type == kind,
        AuditEntry.action.in_(actions),
        AuditEntry.before.is_not(None),
    )
    columns = (*_COLUMNS, type_coerce(held_on, Date).label("held_on"))
    return select(*columns).select_from(AuditEntry).where(changed)


def _found(
    session: Session,
    query: Select[*tuple[Any, ...]],
    day: ColumnElement[Any] | InstrumentedAttribute[Any],
    allowed: ColumnElement[bool],
    wanted: ChangeFilter,
) -> Sequence[Any]:
    in_class = and_(
        ClassMembership.pupil_id == AuditEntry.about_id,
        ClassMembership.starts_on <= day,
        or_(ClassMembership.ends_before.is_(None), day < ClassMembership.ends_before),
    )
    query = (
        query.join(Subject, Subject.id == Course.subject_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Pupil, Pupil.id == AuditEntry.about_id)
        .join(Person, Person.id == Pupil.person_id)
        .outerjoin(ClassMembership, in_class)
        .outerjoin(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .outerjoin(_Teacher, _Teacher.account_id == AuditEntry.account_id)
        .where(allowed, *_criteria(wanted))
    )
    return session.execute(query.order_by(AuditEntry.seq.desc())).all()


def _scope(scope: ChangeScope, *own: ColumnElement[bool]) -> ColumnElement[bool]:
    if scope.whole_school:
        return AuditEntry.id.is_not(None)
    allowed: list[ColumnElement[bool]] = []
    if scope.own_classes and scope.staff_id is not None:
        allowed.append(ClassGroup.class_teacher_id == scope.staff_id)
    if scope.own_lessons:
        allowed += [AuditEntry.account_id == scope.account_id, *own]
        if scope.staff_id is not None:
            taught = exists().where(
                CourseTeacher.course_id == Course.id,
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
