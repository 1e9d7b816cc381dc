"""How far the entering of results is: per course and class, who is expected and who has a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from journal.grading.models import TermMark
from journal.grading.rules.proposals import GRADE_WITHOUT_MARKS
from journal.lessons.rules.filling import NOT_MARKED
from journal.school.models import (
    ClassGroup,
    ClassMembership,
    Course,
    CourseTeacher,
    StudyGroup,
    StudyGroupClass,
    Subject,
)
from journal.school.pupil_queries import stays_on_roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is counted: one kind and number, rosters as of `day`, these grades (empty = all).

    `staff_id` narrows to the courses he teaches and the classes he keeps; None is everything.
    """

    academic_year_id: int
    kind: str
    number: int
    day: date
    grades: frozenset[int]
    staff_id: int | None = None
    class_id: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Pupils of one class in one course: `expected` are on the roster, `given` have a mark."""

    course_id: int
    class_id: int
    expected: int
    given: int

    @property
    def missing(self) -> int:
        """Who has no mark yet."""
        return self.expected - self.given


def progress(session: Session, asked: Asked) -> list[Progress]:
    """Of every marked course with pupils on that day. One query."""
    rows = session.execute(
        _joined(
            asked,
            select(
                Course.id,
                ClassMembership.class_group_id,
                func.count(ClassMembership.pupil_id.distinct()),
                func.count(TermMark.pupil_id.distinct()),
            ),
        ).group_by(Course.id, ClassMembership.class_group_id)
    )
    return [Progress(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Expected:
    """A pupil on the roster of a course on the day, and his mark there, if any."""

    course_id: int
    pupil_id: int
    value: str | None


def expected_marks(session: Session, asked: Asked) -> list[Expected]:
    """Pupil by pupil. One query."""
    columns = (Course.id, ClassMembership.pupil_id, TermMark.value)
    rows = session.execute(_joined(asked, select(*columns).distinct()))
    return [Expected(*row) for row in rows]


def expected_at_all(session: Session, asked: Sequence[Asked]) -> list[list[Expected]]:
    """`expected_marks` of several places in their order. One query."""
    columns = (Course.id, ClassMembership.pupil_id, TermMark.value)
    parts = [
        _joined(one, select(literal(place).label("place"), *columns).distinct())
        for place, one in enumerate(asked)
    ]
    found: list[list[Expected]] = [[] for _ in asked]
    for place, *facts in session.execute(union_all(*parts)) if parts else ():
        found[place].append(Expected(*facts))
    return found


def _joined(asked: Asked, query: Any) -> Any:
    mine = and_(
        TermMark.pupil_id == ClassMembership.pupil_id,
        TermMark.subject_id == Course.subject_id,
        TermMark.academic_year_id == Course.academic_year_id,
        TermMark.kind == asked.kind,
        TermMark.number == asked.number,
    )
    return (
        query.select_from(Course)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(StudyGroupClass, StudyGroupClass.study_group_id == StudyGroup.id)
        .join(ClassMembership, ClassMembership.class_group_id == StudyGroupClass.class_group_id)
        .outerjoin(TermMark, mine)
        .where(
            Course.academic_year_id == asked.academic_year_id,
            Subject.scale != NOT_MARKED,
            StudyGroup.grade != GRADE_WITHOUT_MARKS,
            stays_on_roster(ClassMembership, asked.day),
            *_narrowed(asked),
        )
    )


def _narrowed(asked: Asked) -> list[Any]:
    found: list[Any] = []
    if asked.grades:
        found.append(StudyGroup.grade.in_(sorted(asked.grades)))
    if asked.class_id is not None:
        found.append(ClassMembership.class_group_id == asked.class_id)
    if asked.staff_id is not None:
        taught = select(CourseTeacher.course_id).where(CourseTeacher.staff_id == asked.staff_id)
        kept = select(ClassGroup.id).where(ClassGroup.class_teacher_id == asked.staff_id)
        found.append(or_(Course.id.in_(taught), ClassMembership.class_group_id.in_(kept)))
    return found
