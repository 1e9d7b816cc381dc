"""Reads of a journal page: four queries beside the actor's and the course head's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row, union_all
from sqlalchemy.orm import Session

from journal.attendance.page_selects import absences_of_page, releases_beside
from journal.grading.page_selects import (
    lessons_of_page,
    marks_of_page,
    rules_beside,
    rules_of_side,
    term_marks_beside,
    work_types_beside,
)
from journal.lessons.rules import CourseHead
from journal.register.rules.facts import (
    AbsenceFacts,
    Facts,
    LessonFacts,
    MarkFacts,
    Release,
    SideFacts,
    TermMarkFacts,
    WorkFacts,
    WorkTypeFacts,
)
from journal.school.rules import Span


def lessons_with_works(
    session: Session, course_id: int, *, span: Span, lesson_ids: Collection[int] = ()
) -> list[LessonFacts]:
    """The lessons of a span, and the named ones, with homework and works, in order of time."""
    facts = _parameters(course_id, span, lesson_ids)
    rows = session.execute(lessons_of_page(), facts).all()
    works: dict[int, list[WorkFacts]] = {}
    for row in rows:
        if row.work_id is not None:
            works.setdefault(row.id, []).append(
                WorkFacts(row.work_id, row.work_type_id, row.weight, row.caption)
            )
    return [_lesson(row, tuple(works.get(row.id, ()))) for row in _first_of_each(rows)]


def _parameters(course_id: int, span: Span, lesson_ids: Collection[int]) -> dict[str, Any]:
    return {
        "course_id": course_id,
        "starts_on": span.starts_on,
        "ends_before": span.ends_before,
        "lesson_ids": list(lesson_ids),
    }


def _first_of_each(rows: Sequence[Row[Any]]) -> Iterator[Row[Any]]:
    seen = None
    for row in rows:
        if row.id != seen:
            seen = row.id
            yield row


def _lesson(row: Row[Any], works: tuple[WorkFacts, ...]) -> LessonFacts:
    return LessonFacts(
        id=row.id,
        held_on=row.held_on,
        number=row.lesson_number,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        staff_id=row.staff_id,
        replaced_staff_id=row.replaced_staff_id,
        cancelled=row.status == "cancelled",
        distance=row.mode == "distance",
        kind=row.kind,
        topic=row.topic or "",
        taken_at=row.attendance_taken_at,
        version=row.version,
        homework=row.homework or "",
        nothing_set=bool(row.nothing_set),
        minutes=row.minutes,
        works=works,
    )


def entries(
    session: Session,
    course_id: int,
    *,
    span: Span,
    lesson_ids: Collection[int] = (),
    pupil_ids: Collection[int] | None = None,
) -> Facts:
    """Every mark and absence in those lessons, in one query, keyed by (lesson, pupil)."""
    parameters = _parameters(course_id, span, lesson_ids)
    if pupil_ids is not None:
        parameters["pupil_ids"] = list(pupil_ids)
    rows = session.execute(_entries_query(of_pupils=pupil_ids is not None), parameters)
    facts = Facts({}, {})
    for what, lesson_id, pupil_id, row_id, work_id, value, version, number, *rest in rows:
        cell = (lesson_id, pupil_id)
        if what == "m":
            mark = MarkFacts(row_id, work_id, value, version, *rest)
            facts.marks.setdefault(cell, []).append(mark)
        else:
            facts.absences[cell] = AbsenceFacts(value, number, version)
    return facts


@cache
def _entries_query(*, of_pupils: bool) -> Any:
    marks, absences = marks_of_page(of_pupils=of_pupils), absences_of_page(of_pupils=of_pupils)
    return union_all(marks, absences).order_by("lesson_id", "pupil_id", "number")


def side_facts(session: Session, head: CourseHead, pupil_ids: Collection[int]) -> SideFacts:
    """What stands beside the cells, in one query."""
    rows = session.execute(
        _side_query(),
        {
            "subject_id": head.subject_id,
            "year_id": head.year_id,
            "organisation_id": head.organisation_id,
            "pupil_ids": list(pupil_ids),
        },
    ).all()
    types = [WorkTypeFacts(r[1], r[4], r[5], r[2], r[3]) for r in rows if r[0] == "w"]
    marks = [TermMarkFacts(r[1], r[4], r[2], r[5]) for r in rows if r[0] == "t"]
    releases = [Release(r[1], r[4], Span(r[6], r[7])) for r in rows if r[0] == "e"]
    rules = [rules_of_side(r) for r in rows if r[0] == "r"]
    return SideFacts(sorted(types, key=lambda one: one.id), marks, releases, tuple(rules))


@cache
def _side_query() -> Any:
    return union_all(work_types_beside(), term_marks_beside(), releases_beside(), rules_beside())
