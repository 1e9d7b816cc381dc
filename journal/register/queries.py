"""Reads of a journal page: four queries beside the actor's and the course head's."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from journal.attendance.page_selects import absences_of_page, excuses_beside, releases_beside
from journal.core.json_rows import rows_of
from journal.grading.page_selects import (
    LESSON,
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
    Absences,
    Announced,
    Facts,
    LessonFacts,
    MarkFacts,
    Marks,
    Release,
    SideFacts,
    TermMarkFacts,
    WorkFacts,
    WorkTypeFacts,
)
from journal.school.rules import Span

_WORKS = len(LESSON)


def lessons_with_works(
    session: Session, course_id: int, *, span: Span, lesson_ids: Collection[int] = ()
) -> list[LessonFacts]:
    """The lessons of a span, and the named ones, with homework and works, in order of time."""
    facts = _parameters(course_id, span, lesson_ids)
    rows = session.execute(lessons_of_page(named=bool(lesson_ids)), facts).all()
    lessons = []
    for _, group in groupby(rows, key=itemgetter(0)):
        of_lesson = list(group)
        works = tuple(WorkFacts(*row[_WORKS:]) for row in of_lesson if row.work_id is not None)
        lessons.append(LessonFacts._make((*of_lesson[0][:_WORKS], works)))
    return lessons


def _parameters(course_id: int, span: Span, lesson_ids: Collection[int]) -> dict[str, Any]:
    parameters = {
        "course_id": course_id,
        "starts_on": span.starts_on,
        "ends_before": span.ends_before,
    }
    return parameters | {"lesson_ids": list(lesson_ids)} if lesson_ids else parameters


def entries(
    session: Session,
    course_id: int,
    *,
    span: Span,
    lesson_ids: Collection[int] = (),
    pupil_ids: Collection[int] | None = None,
) -> Facts:
    """Every mark and absence in those lessons, in one query, by pupil and lesson."""
    parameters = _parameters(course_id, span, lesson_ids)
    if pupil_ids is not None:
        parameters["pupil_ids"] = list(pupil_ids)
    query = _entries_query(named=bool(lesson_ids), of_pupils=pupil_ids is not None)
    marks, absences = map(rows_of, session.execute(query, parameters).one())
    marks.sort()  # by lesson, pupil and the place in the cell
    return Facts(_marks(marks), _absences(absences), marks, absences)


def _marks(rows: list[list[Any]]) -> dict[int, Marks]:
    """Named tuples are made as tuples here: their own constructor takes three times as long."""
    pupils: dict[int, Marks] = {}
    for row in rows:
        facts = row[_PLACES:]
        if facts[_DEADLINE] is not None:
            facts[_DEADLINE] = date.fromisoformat(facts[_DEADLINE])
        mark = tuple.__new__(MarkFacts, facts)
        pupils.setdefault(row[1], {}).setdefault(row[0], []).append(mark)
    return pupils


def _absences(rows: list[list[Any]]) -> dict[int, Absences]:
    pupils: dict[int, Absences] = {}
    for row in rows:
        pupils.setdefault(row[1], {})[row[0]] = tuple.__new__(AbsenceFacts, row[2:])
    return pupils


_PLACES, _DEADLINE = 3, MarkFacts._fields.index("deadline")


@cache
def _entries_query(*, named: bool, of_pupils: bool) -> Any:
    return select(
        marks_of_page(named=named, of_pupils=of_pupils),
        absences_of_page(named=named, of_pupils=of_pupils),
    )


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
    known = [
        Announced(r[1], r[4], r[5] == "confirmed", Span(r[6], r[7])) for r in rows if r[0] == "x"
    ]
    types.sort(key=lambda one: one.id)
    return SideFacts(types, marks, releases, tuple(rules), known)


@cache
def _side_query() -> Any:
    return union_all(
        work_types_beside(),
        term_marks_beside(),
        releases_beside(),
        excuses_beside(),
        rules_beside(),
    )
