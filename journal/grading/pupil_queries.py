"""Reads of a pupil's marks, with the lesson and the work each belongs to.

The statements are built once per process: a diary is opened more often than anything else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from journal.core.json_rows import json_rows, rows_of
from journal.grading.models import Mark, TermMark, Work, WorkType
from journal.grading.page_selects import rules_beside, rules_of_side
from journal.grading.pupil_facts import Fresh, PupilMark, PupilTermMark, ResultsYear
from journal.grading.pupil_rows import (
    MARK,
    TERM_MARK,
    Names,
    PupilRows,
    rules_of_text,
    term_marks_of,
)
from journal.grading.rules import RuleBook
from journal.lessons.models import Lesson
from journal.school.models import Course, Subject

_OF_YEAR = TermMark.academic_year_id == bindparam("year_id")


def pupil_marks(
    session: Session,
    pupil_id: int,
    *,
    first: date,
    before: date,
    fresh: Fresh,
    news_of: Collection[int] = (),
) -> list[PupilMark]:
    """Marks of lessons in [first, before), by subject, in the order they were earned.

    Also the news of the pupils `news_of`: brothers and sisters of the page.
    """
    values = {"pupil_id": pupil_id, "first": first, "before": before, **_limits(fresh)}
    if news_of:
        values["pupil_ids"] = list(news_of)
    rows = session.execute(_marks(True, bool(news_of)), values).all()
    return [PupilMark._make(row) for row in rows]


class MarksAndResults(NamedTuple):
    """Marks of a pupil, whose the news of others are, one for each, and the year's results."""

    marks: PupilRows
    news_of: list[int]
    given: list[PupilTermMark]
    rules: RuleBook


def marks_and_results(
    session: Session,
    pupil_id: int,
    *,
    first: date,
    before: date,
    fresh: Fresh,
    news_of: Collection[int],
    year: ResultsYear,
) -> MarksAndResults:
    """What `pupil_marks` and `year_results` bring, in one query."""
    values = {"pupil_id": pupil_id, "first": first, "before": before, **_limits(fresh)}
    values |= {"year_id": year.id, "organisation_id": year.organisation_id}
    values["pupil_ids"] = [pupil_id, *news_of]
    texts = session.execute(_marks_and_results(), values).one()
    marks, given, rules, subjects, kinds, news = map(rows_of, texts)
    names = Names({r[0]: r[1] for r in sorted(subjects, key=itemgetter(2))}, dict(kinds))
    return MarksAndResults(
        PupilRows(marks, names, pupil_id, frozenset(map(itemgetter(1), news))),
        [whose for whose, _ in news if whose != pupil_id],
        term_marks_of(given, names),
        RuleBook(tuple(map(rules_of_text, rules)), year.today),
    )


@cache
def _marks_and_results() -> Any:
    """Each kind of rows as one text: the marks, term marks, rules, and the names of subjects and
    kinds of work, which would be looked up anew for every mark; then whose marks are news."""
    given = select(json_rows(*TERM_MARK)).where(
        TermMark.pupil_id == bindparam("pupil_id"), _OF_YEAR
    )
    rules = select(json_rows(*rules_beside().subquery().c))
    subjects = select(json_rows(Subject.id, Subject.name, cast(Subject.sort_key, String)))
    kinds = select(json_rows(WorkType.id, WorkType.name))
    marks = _own_marks(MARK, Mark.pupil_id == bindparam("pupil_id"), _held_in_span())
    of_family = Mark.pupil_id.in_(bindparam("pupil_ids", expanding=True))
    recent = and_(of_family, Mark.entered_at >= bindparam("entered_since"))
    news = _own_marks((Mark.pupil_id, Mark.id), recent, _is_news())
    texts = marks, given, rules, subjects, kinds, news
    return select(*(one.scalar_subquery() for one in texts))


def _own_marks(
    columns: Iterable[Any], whose: ColumnElement[bool], wanted: ColumnElement[bool]
) -> Any:
    """The marks of the pupils that are wanted. The outer joins and the CASE hold SQLite to the
    marks of these pupils."""
    return (
        select(json_rows(*columns))
        .select_from(Mark)
        .outerjoin(Work, Work.id == Mark.work_id)
        .outerjoin(Lesson, Lesson.id == Work.lesson_id)
        .outerjoin(Course, Course.id == Lesson.course_id)
        .where(whose, case((wanted, 1), else_=0) == 1)
    )


def new_marks(session: Session, pupil_ids: Collection[int], fresh: Fresh) -> list[PupilMark]:
    """The news alone, by subject."""
    rows = session.execute(_marks(False, True), {"pupil_ids": list(pupil_ids), **_limits(fresh)})
    return [PupilMark._make(row) for row in rows]


def _limits(fresh: Fresh) -> dict[str, Any]:
    return {"entered_since": fresh.entered_since, "held_since": fresh.held_since}


@cache
def _marks(of_one: bool, news: bool) -> Any:
    """In the order of PupilMark.

    The outer joins and the CASE hold SQLite to the pupil's own marks: it would rather begin with
    all lessons of the dates, or with all subjects.
    """
    query = select(
        *(Mark.pupil_id, Mark.id, Mark.value, Mark.comment, Mark.retake_of_id),
        *(Mark.deadline, _is_news(), Work.weight),
        func.coalesce(func.nullif(Work.caption, ""), WorkType.name),
        *(Work.lesson_id, Lesson.held_on, Course.subject_id, Subject.name),
    )
    one = Mark.pupil_id == bindparam("pupil_id")
    some = Mark.pupil_id.in_(bindparam("pupil_ids", expanding=True))
    wanted = [and_(one, _held_in_span())] * of_one + [and_(some, _is_news())] * news
    return (
        query.select_from(Mark)
        .outerjoin(Work, Work.id == Mark.work_id)
        .outerjoin(WorkType, WorkType.id == Work.work_type_id)
        .outerjoin(Lesson, Lesson.id == Work.lesson_id)
        .outerjoin(Course, Course.id == Lesson.course_id)
        .outerjoin(Subject, Subject.id == Course.subject_id)
        .where(or_(*([one] * of_one + [some] * news)), case((or_(*wanted), 1), else_=0) == 1)
        .order_by(Subject.sort_key, Lesson.held_on, Lesson.lesson_number, Mark.number, Mark.id)
    )


def _held_in_span() -> ColumnElement[bool]:
    return and_(Lesson.held_on >= bindparam("first"), Lesson.held_on < bindparam("before"))


def _is_news() -> ColumnElement[bool]:
    return and_(
        Mark.entered_at >= bindparam("entered_since"),
        Lesson.held_on >= bindparam("held_since"),
    )


def year_results(
    session: Session, pupil_id: int, *, academic_year_id: int, organisation_id: int, today: date
) -> tuple[list[PupilTermMark], RuleBook]:
    """The term marks of a year, subjects in order of their names, and the rules. One query."""
    values = {"pupil_id": pupil_id, "year_id": academic_year_id}
    rows = session.execute(_results(), values | {"organisation_id": organisation_id}).all()
    marks = sorted((row for row in rows if row[0] == "t"), key=lambda row: (row[9], row[2]))
    rules = tuple(rules_of_side(row) for row in rows if row[0] == "r")
    found = [PupilTermMark(r[1], r[8], r[4], r[2], r[5], r[10], r[11]) for r in marks]
    return found, RuleBook(rules, today)


@cache
def _results() -> Any:
    """The columns of `rules_beside`, then the subject's name and sort key, proposal and reason."""
    nothing = cast(null(), String)
    marks = _term_marks(
        *(literal("t"), TermMark.subject_id, TermMark.number, cast(null(), Integer)),
        *(TermMark.kind, TermMark.value, cast(null(), Date), cast(null(), Date)),
        *(Subject.name, cast(Subject.sort_key, String), TermMark.proposed),
        cast(TermMark.reason, String),
    )
    return union_all(marks, rules_beside().add_columns(*[nothing] * 4))


def _term_marks(*columns: Any) -> Any:
    return (
        select(*columns)
        .join(Subject, Subject.id == TermMark.subject_id)
        .where(TermMark.pupil_id == bindparam("pupil_id"), _OF_YEAR)
    )
