"""The school's edit windows as the database holds them: every version, extension and holiday.

They ride in the queries that load a course or the school's calendar, each list as one text, so
that no page asks a query more for them.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, literal, select

from journal.lessons.models import EditPolicy, WindowExtension
from journal.lessons.rules import EntryKind, Extension, Policy, PolicyBook, SchoolWeek
from journal.school.models import AcademicYear, ClassGroup, Holiday
from journal.school.rules import Span

FIELD, ROW = "|", ";"


def _fields(*columns: Any) -> ColumnElement[str]:
    """The columns of a row as one text; what is empty stays empty."""
    texts = [func.coalesce(cast(column, String), "") for column in columns]
    joined: ColumnElement[str] = texts[0]
    for text in texts[1:]:
        joined = joined + literal(FIELD) + text
    return joined


def _listed(row: ColumnElement[str], *where: Any) -> Any:
    return select(func.aggregate_strings(row, ROW)).where(*where).scalar_subquery()


def _flag(column: Any) -> ColumnElement[int]:
    return case((column, 1), else_=0)


_VERSION = _fields(
    EditPolicy.valid_from,
    EditPolicy.marks_days,
    EditPolicy.attendance_days,
    EditPolicy.topic_days,
    EditPolicy.homework_days,
    EditPolicy.class_attendance_days,
    _flag(EditPolicy.working),
    _flag(EditPolicy.mark_with_absence),
)
_EXTENSION = _fields(
    WindowExtension.id,
    WindowExtension.kinds,
    WindowExtension.lessons_from,
    WindowExtension.lessons_before,
    WindowExtension.last_day,
    WindowExtension.grades,
    WindowExtension.course_id,
    WindowExtension.staff_id,
)
_REST = _fields(Holiday.starts_on, Holiday.ends_before, Holiday.grades)


def policy_texts(organisation_id: Any, year_id: Any, grade: Any = None) -> tuple[Any, ...]:
    """Columns of a query over an organisation and an academic year, read by the functions below;
    with a `grade` the weeks of that parallel alone."""
    valid = (WindowExtension.organisation_id == organisation_id, WindowExtension.ended_at.is_(None))
    of_grade = [] if grade is None else [ClassGroup.grade == grade]
    weeks = _shortest_weeks(ClassGroup.academic_year_id == year_id, *of_grade)
    return (
        _listed(_VERSION, EditPolicy.organisation_id == organisation_id).label("policy_versions"),
        _listed(_EXTENSION, *valid).label("window_extensions"),
        _listed(_REST, Holiday.academic_year_id == year_id).label("holiday_spans"),
        _listed(_fields(*weeks.c)).label("class_weeks"),
    )


def _shortest_weeks(*where: Any) -> Any:
    """A row for each parallel: a school may have a hundred and eighty classes."""
    return (
        select(ClassGroup.grade, func.min(ClassGroup.days_per_week))
        .where(*where)
        .group_by(ClassGroup.grade)
        .correlate(AcademicYear)
        .subquery()
    )


def _rows(text: str | None) -> list[list[str]]:
    return [row.split(FIELD) for row in text.split(ROW)] if text else []


def _numbers(text: str) -> frozenset[int]:
    return frozenset(int(part) for part in text.split(",") if part)


def policy_book(row: Any, grade: int | None) -> PolicyBook:
    """The book of a parallel, of a row with those columns; without a grade that of the whole
    school, with its shortest week."""
    return _book(row.policy_versions, row.class_weeks, row.holiday_spans, grade)


@lru_cache(maxsize=1024)  # a book is made of these texts alone, and a school has the same for all
def _book(
    versions: str | None, weeks: str | None, holidays: str | None, grade: int | None
) -> PolicyBook:
    found = sorted(map(_policy, _rows(versions)), key=lambda one: one.valid_from)
    return PolicyBook(tuple(found), _week(weeks, holidays, grade))


def _policy(fields: list[str]) -> Policy:
    first, marks, attendance, topic, homework, of_class, working, absent = fields
    return Policy(
        valid_from=date.fromisoformat(first),
        marks_days=int(marks),
        attendance_days=int(attendance),
        topic_days=int(topic),
        homework_days=int(homework),
        class_attendance_days=int(of_class),
        working=working == "1",
        mark_with_absence=absent == "1",
    )


def _week(weeks: str | None, holidays: str | None, grade: int | None) -> SchoolWeek:
    """Where classes of a parallel have different weeks, the shortest one counts for all of them: a
    window is then rather a day longer."""
    shortest = [int(days) for of, days in _rows(weeks) if grade in (None, int(of))]
    spans = [
        Span(date.fromisoformat(first), date.fromisoformat(before))
        for first, before, grades in _rows(holidays)
        if not grades or grade is None or grade in _numbers(grades)
    ]
    rest = tuple(sorted(spans, key=lambda one: one.starts_on))
    return SchoolWeek(min(shortest, default=5), rest)


def window_extensions(row: Any) -> tuple[Extension, ...]:
    """The extensions of the school that were not taken back."""
    return tuple(
        Extension(
            id=int(key),
            kinds=frozenset(EntryKind(kind) for kind in kinds.split(",")),
            lessons_from=date.fromisoformat(first),
            lessons_before=date.fromisoformat(before),
            last_day=date.fromisoformat(last),
            grades=_numbers(grades),
            course_id=int(course) if course else None,
            staff_id=int(staff) if staff else None,
        )
        for key, kinds, first, before, last, grades, course, staff in _rows(row.window_extensions)
    )
