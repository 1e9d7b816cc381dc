"""The query behind `load_course`: a course, access, terms, teachers and grants at once."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from journal.access import Role
from journal.lessons.models import Lesson, Unlock
from journal.lessons.queries.policy import policy_texts
from journal.people.models import Organisation, Person, RoleAssignment, StaffMember
from journal.school.models import (
    AcademicYear,
    ClassGroup,
    Course,
    CourseTeacher,
    StudyGroup,
    StudyGroupClass,
    Subject,
    Term,
)

_TEACHER = aliased(Person)
_COURSE = (
    Course.id,
    Course.organisation_id,
    StudyGroup.id.label("group_id"),
    StudyGroup.classes_key,
    StudyGroup.name.label("subgroup"),
    StudyGroup.grade,
    Subject.id.label("subject_id"),
    Subject.name.label("subject"),
    Subject.scale,
    AcademicYear.id.label("year_id"),
    AcademicYear.name.label("year_name"),
    AcademicYear.starts_on,
    AcademicYear.ends_before,
    Organisation.time_zone,
)
_TEACHING = (
    CourseTeacher.id.label("teaching_id"),
    CourseTeacher.staff_id,
    CourseTeacher.starts_on.label("teaches_from"),
    CourseTeacher.ends_before.label("teaches_before"),
    _TEACHER.surname,
    _TEACHER.given_name,
    _TEACHER.patronymic,
)
_TERM = (
    Term.id.label("term_id"),
    Term.kind.label("term_kind"),
    Term.number.label("term_number"),
    Term.grades.label("term_grades"),
    Term.starts_on.label("term_from"),
    Term.ends_before.label("term_before"),
    Term.marks_from,
    Term.marks_before,
)
_UNLOCK = (
    Unlock.id.label("unlock_id"),
    Unlock.staff_id.label("unlock_staff"),
    Unlock.kinds.label("unlock_kinds"),
    Unlock.lessons.label("unlock_lessons"),
    Unlock.lessons_from,
    Unlock.lessons_before,
    Unlock.expires_at,
)


@cache
def head_query() -> Any:
    """Rows are the product teachers × terms × running grants: a few dozen at most.

    Built once; its parameters are course_id, staff_ids and now.
    """
    access = (
        _is_class_teacher().label("is_class_teacher"),
        _substituted().label("substituted"),
        approver_of(Course).label("approver"),
    )
    windows = policy_texts(*(_of_course(column) for column in _PLACE))
    return (
        select(*_COURSE, *windows, *_TEACHING, *_TERM, *_UNLOCK, *access)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(AcademicYear, AcademicYear.id == Course.academic_year_id)
        .join(Organisation, Organisation.id == Course.organisation_id)
        .outerjoin(CourseTeacher, CourseTeacher.course_id == Course.id)
        .outerjoin(StaffMember, StaffMember.id == CourseTeacher.staff_id)
        .outerjoin(_TEACHER, _TEACHER.id == StaffMember.person_id)
        .outerjoin(Term, Term.academic_year_id == Course.academic_year_id)
        .outerjoin(Unlock, _running())
        .where(Course.id == bindparam("course_id"))
        .order_by(CourseTeacher.starts_on, CourseTeacher.id)
    )


_ASKED, _ITS_GROUP = aliased(Course), aliased(StudyGroup)
_PLACE = (_ASKED.organisation_id, _ASKED.academic_year_id, _ITS_GROUP.grade)


def _of_course(column: Any) -> Any:
    """A fact of the course asked for, by the parameter alone: SQLite works out what depends on the
    rows of a query for each of them anew."""
    return (
        select(column)
        .select_from(_ASKED)
        .join(_ITS_GROUP, _ITS_GROUP.id == _ASKED.study_group_id)
        .where(_ASKED.id == bindparam("course_id"))
        .correlate(None)
        .scalar_subquery()
    )


def _running() -> Any:
    return and_(
        Unlock.course_id == Course.id,
        Unlock.status == "granted",
        Unlock.expires_at > bindparam("now"),
    )


def _is_class_teacher() -> Any:
    return exists().where(
        StudyGroupClass.study_group_id == StudyGroup.id,
        ClassGroup.id == StudyGroupClass.class_group_id,
        ClassGroup.class_teacher_id.in_(bindparam("staff_ids", expanding=True)),
    )


def _substituted() -> Any:
    return exists().where(
        Lesson.course_id == Course.id, Lesson.staff_id.in_(bindparam("staff_ids", expanding=True))
    )


def approver_of(owner: Any) -> Any:
    """The deputy (else the administrator) whom a refusal names, as «surname|given|patronymic», of
    the organisation that owns the row of `owner`."""
    return func.coalesce(
        _first_with(Role.DEPUTY_DIRECTOR, owner),
        _first_with(Role.ADMINISTRATOR, owner),
    )


def _first_with(role: Role, owner: Any) -> Any:
    """The first by name who holds the role and does not leave. The role finds the few, not the
    school the many."""
    person, held, staff = aliased(Person), aliased(RoleAssignment), aliased(StaffMember)
    holders = (
        select(held.person_id)
        .join(staff, staff.person_id == held.person_id)
        .where(
            held.organisation_id == owner.organisation_id,
            held.role == role.value,
            staff.left_on.is_(None),
        )
    )
    name = person.surname + "|" + person.given_name + "|" + func.coalesce(person.patronymic, "")
    return (
        select(name)
        .where(person.id.in_(holders.correlate(owner)))
        .order_by(person.sort_key)
        .limit(1)
        .correlate(owner)
        .scalar_subquery()
    )
