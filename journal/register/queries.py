"""Reads of a journal page: four queries beside the actor's and the course head's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    Row,
    Select,
    String,
    Text,
    and_,
    bindparam,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, Exemption
from journal.grading.models import Mark, TermMark, Work, WorkType
from journal.lessons.models import Homework, Lesson
from journal.lessons.rules import CourseHead
from journal.people.models import Person
from journal.people.rules import short_name
from journal.register.rules.facts import (
    AbsenceFacts,
    Facts,
    LessonFacts,
    MarkFacts,
    Release,
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
    rows = session.execute(_lessons_query(), facts).all()
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


def _of_page() -> tuple[ColumnElement[bool], ...]:
    within = and_(
        Lesson.held_on >= bindparam("starts_on"), Lesson.held_on < bindparam("ends_before")
    )
    named = Lesson.id.in_(bindparam("lesson_ids", expanding=True))
    return Lesson.course_id == bindparam("course_id"), or_(within, named)


def _first_of_each(rows: Sequence[Row[Any]]) -> Iterator[Row[Any]]:
    seen = None
    for row in rows:
        if row.id != seen:
            seen = row.id
            yield row


@cache
def _lessons_query() -> Any:
    return (
        select(
            Lesson.id,
            Lesson.held_on,
            Lesson.lesson_number,
            Lesson.starts_at,
            Lesson.ends_at,
            Lesson.staff_id,
            Lesson.replaced_staff_id,
            Lesson.status,
            Lesson.mode,
            Lesson.kind,
            Lesson.topic,
            Lesson.attendance_taken_at,
            Lesson.version,
            Homework.text.label("homework"),
            Homework.nothing_set,
            Homework.minutes,
            Work.id.label("work_id"),
            Work.work_type_id,
            Work.weight,
            Work.caption,
        )
        .outerjoin(Homework, Homework.lesson_id == Lesson.id)
        .outerjoin(Work, Work.lesson_id == Lesson.id)
        .where(*_of_page())
        .order_by(Lesson.held_on, Lesson.lesson_number, Lesson.id, Work.id)
    )


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
    marks, absences = _marks(), _absences()
    if of_pupils:
        pupils: BindParameter[int] = bindparam("pupil_ids", expanding=True)
        marks = marks.where(Mark.pupil_id.in_(pupils))
        absences = absences.where(Absence.pupil_id.in_(pupils))
    return union_all(marks, absences).order_by("lesson_id", "pupil_id", "number")


def _marks() -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal("m").label("what"),
            Work.lesson_id.label("lesson_id"),
            Mark.pupil_id.label("pupil_id"),
            Mark.id,
            Mark.work_id,
            Mark.value,
            Mark.version,
            Mark.number.label("number"),
            Mark.comment,
            Mark.retake_of_id,
            Mark.deadline,
        )
        .join(Work, Work.id == Mark.work_id)
        .join(Lesson, Lesson.id == Work.lesson_id)
        .where(*_of_page())
    )


def _absences() -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal("a"),
            Absence.lesson_id,
            Absence.pupil_id,
            Absence.id,
            cast(null(), Integer),
            cast(Absence.code, String),
            Absence.version,
            Absence.minutes,
            cast(null(), Text),
            cast(null(), Integer),
            cast(null(), Date),
        )
        .join(Lesson, Lesson.id == Absence.lesson_id)
        .where(*_of_page())
    )


def side_facts(
    session: Session, head: CourseHead, pupil_ids: Collection[int]
) -> tuple[list[WorkTypeFacts], list[TermMarkFacts], list[Release]]:
    """What stands beside the cells, in one query: kinds of work, term marks, releases."""
    rows = session.execute(
        _side_query(),
        {"subject_id": head.subject_id, "year_id": head.year_id, "pupil_ids": list(pupil_ids)},
    ).all()
    types = [WorkTypeFacts(r[1], r[4], r[5], r[2], r[3]) for r in rows if r[0] == "w"]
    marks = [TermMarkFacts(r[1], r[4], r[2], r[5]) for r in rows if r[0] == "t"]
    releases = [Release(r[1], r[4], Span(r[6], r[7])) for r in rows if r[0] == "e"]
    return sorted(types, key=lambda one: one.id), marks, releases


@cache
def _side_query() -> Any:
    return union_all(_work_types(), _term_marks(), _releases())


def _work_types() -> Select[*tuple[Any, ...]]:
    return select(
        literal("w"),
        WorkType.id,
        WorkType.weight,
        WorkType.checking_days,
        WorkType.name,
        WorkType.short_name,
        cast(null(), Date),
        cast(null(), Date),
    )


def _term_marks() -> Select[*tuple[Any, ...]]:
    return select(
        literal("t"),
        TermMark.pupil_id,
        TermMark.number,
        cast(null(), Integer),
        TermMark.kind,
        TermMark.value,
        cast(null(), Date),
        cast(null(), Date),
    ).where(
        TermMark.subject_id == bindparam("subject_id"),
        TermMark.academic_year_id == bindparam("year_id"),
        TermMark.pupil_id.in_(bindparam("pupil_ids", expanding=True)),
    )


def _releases() -> Select[*tuple[Any, ...]]:
    return select(
        literal("e"),
        Exemption.pupil_id,
        cast(null(), Integer),
        cast(null(), Integer),
        Exemption.kind,
        cast(null(), String),
        Exemption.starts_on,
        Exemption.ends_before,
    ).where(
        Exemption.pupil_id.in_(bindparam("pupil_ids", expanding=True)),
        Exemption.subject_id.is_(None) | (Exemption.subject_id == bindparam("subject_id")),
    )


def author_name(session: Session, account_id: int | None, organisation_id: int) -> str | None:
    """Who entered a value, for a conflict: Фамилия И. О."""
    row = session.execute(
        select(Person.surname, Person.given_name, Person.patronymic)
        .where(Person.account_id == account_id, Person.organisation_id == organisation_id)
        .limit(1)
    ).one_or_none()
    return short_name(*row) if row else None
