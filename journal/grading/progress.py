"""How far the entering of results is: per course and class, who is expected and who has a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Date, Integer, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from journal.core.json_rows import json_rows, rows_of
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


class _Narrowing(NamedTuple):
    """What narrows a statement: it is built once for each combination."""

    grades: bool
    of_class: bool
    of_staff: bool


def progress(session: Session, asked: Asked) -> list[Progress]:
    """Of every marked course with pupils on that day. One query."""
    rows = session.execute(_progress(_narrowing(asked)), _values([asked]))
    return [Progress(*row) for row in rows]


@cache
def _progress(narrowing: _Narrowing) -> Any:
    columns = (
        Course.id,
        ClassMembership.class_group_id,
        func.count(ClassMembership.pupil_id.distinct()),
        func.count(TermMark.pupil_id.distinct()),
    )
    found = _joined(0, narrowing, select(*columns))
    return found.group_by(Course.id, ClassMembership.class_group_id)


class Expected(NamedTuple):
    """A pupil on the roster of a course on the day, and his mark there, if any."""

    course_id: int
    pupil_id: int
    value: str | None


def expected_marks(session: Session, asked: Asked) -> list[Expected]:
    """Pupil by pupil. One query."""
    return expected_at_all(session, [asked])[0]


def expected_at_all(session: Session, asked: Sequence[Asked]) -> list[list[Expected]]:
    """`expected_marks` of several places in their order. One query."""
    return [expected_of(one) for one in expected_texts(session, asked)]


def expected_texts(session: Session, asked: Sequence[Asked]) -> tuple[str | None, ...]:
    """What `expected_of` reads of each place, as the database wrote it: the same text, the same
    marks. One query."""
    if not asked:
        return ()
    query = _expected(tuple(_narrowing(one) for one in asked))
    return tuple(session.execute(query, _values(asked)).one())


def expected_of(text: str | None) -> list[Expected]:
    """The marks in the text of a place, each once: who came back is on the roster by two stays."""
    return list(dict.fromkeys(Expected(*row) for row in rows_of(text)))


@cache
def _expected(narrowings: tuple[_Narrowing, ...]) -> Any:
    columns = (Course.id, ClassMembership.pupil_id, TermMark.value)
    parts = (
        _joined(place, narrowing, select(*columns)).subquery()
        for place, narrowing in enumerate(narrowings)
    )
    return select(*(select(json_rows(*one.c)).scalar_subquery() for one in parts))


def _narrowing(asked: Asked) -> _Narrowing:
    return _Narrowing(bool(asked.grades), asked.class_id is not None, asked.staff_id is not None)


def _values(asked: Sequence[Asked]) -> dict[str, Any]:
    """What the statements are given, of each place under names of its own."""
    return {
        f"{name}_{place}": value
        for place, one in enumerate(asked)
        for name, value in (
            ("year_id", one.academic_year_id),
            ("kind", one.kind),
            ("number", one.number),
            ("day", one.day),
            ("grades", sorted(one.grades)),
            ("class_id", one.class_id),
            ("staff_id", one.staff_id),
        )
    }


def _joined(place: int, narrowing: _Narrowing, query: Any) -> Any:
    mine = and_(
        TermMark.pupil_id == ClassMembership.pupil_id,
        TermMark.subject_id == Course.subject_id,
        TermMark.academic_year_id == Course.academic_year_id,
        TermMark.kind == bindparam(f"kind_{place}"),
        TermMark.number == bindparam(f"number_{place}"),
    )
    return (
        query.select_from(Course)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(StudyGroupClass, StudyGroupClass.study_group_id == StudyGroup.id)
        .join(ClassMembership, ClassMembership.class_group_id == StudyGroupClass.class_group_id)
        .outerjoin(TermMark, mine)
        .where(
            Course.academic_year_id == bindparam(f"year_id_{place}"),
            Subject.scale != NOT_MARKED,
            StudyGroup.grade != GRADE_WITHOUT_MARKS,
            stays_on_roster(ClassMembership, bindparam(f"day_{place}", type_=Date)),
            *_narrowed(place, narrowing),
        )
    )


def _narrowed(place: int, narrowing: _Narrowing) -> list[Any]:
    found: list[Any] = []
    if narrowing.grades:
        found.append(StudyGroup.grade.in_(bindparam(f"grades_{place}", expanding=True)))
    if narrowing.of_class:
        found.append(ClassMembership.class_group_id == bindparam(f"class_id_{place}"))
    if narrowing.of_staff:
        own = bindparam(f"staff_id_{place}", type_=Integer)
        taught = select(CourseTeacher.course_id).where(CourseTeacher.staff_id == own)
        kept = select(ClassGroup.id).where(ClassGroup.class_teacher_id == own)
        found.append(or_(Course.id.in_(taught), ClassMembership.class_group_id.in_(kept)))
    return found
