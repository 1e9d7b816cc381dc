"""The selects of a journal page that know lessons, works and marks. Each is built once.

The register executes them, some of them as branches of a union: such a select says what its
columns hold, and those of `journal.attendance.page_selects` keep to the same order and types.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    false,
    func,
    literal,
    null,
    select,
)

from journal.core.json_rows import json_rows
from journal.grading.models import Mark, MarkRules, TermMark, Work, WorkType
from journal.grading.rules import Half, Retake, RuleSet
from journal.lessons.models import Homework, Lesson
from journal.lessons.queries.page_filter import of_page

AnySelect = Select[*tuple[Any, ...]]

LESSON = (
    Lesson.id,
    Lesson.held_on,
    Lesson.lesson_number,
    Lesson.starts_at,
    Lesson.ends_at,
    Lesson.staff_id,
    Lesson.replaced_staff_id,
    Lesson.status == "cancelled",
    Lesson.mode == "distance",
    Lesson.kind,
    func.coalesce(Lesson.topic, ""),
    Lesson.attendance_taken_at,
    Lesson.version,
    func.coalesce(Homework.text, ""),
    func.coalesce(Homework.nothing_set, false()),
    Homework.minutes,
)
"""In the order of the register's LessonFacts, which ends with the works."""
_WORK = (Work.id.label("work_id"), Work.work_type_id, Work.weight, Work.caption)


@cache
def lessons_of_page(*, named: bool) -> AnySelect:
    """LESSON of `of_page`, then a work (None without one): a row a work, in order of time."""
    return (
        select(*LESSON, *_WORK)
        .outerjoin(Homework, Homework.lesson_id == Lesson.id)
        .outerjoin(Work, Work.lesson_id == Lesson.id)
        .where(*of_page(named=named))
        .order_by(Lesson.held_on, Lesson.lesson_number, Lesson.id, Work.id)
    )


_MARK = (
    Work.lesson_id,
    Mark.pupil_id,
    Mark.number,
    Mark.id,
    Mark.work_id,
    Mark.value,
    Mark.version,
    Mark.comment,
    Mark.retake_of_id,
    Mark.deadline,
)


@cache
def marks_of_page(*, named: bool, of_pupils: bool) -> Any:
    """Marks in the lessons of `of_page` as one text; with `of_pupils` of pupil_ids (expanding)
    only.

    Lesson, pupil, the place in the cell, then as the register's MarkFacts.
    """
    query = (
        select(json_rows(*_MARK))
        .select_from(Mark)
        .join(Work, Work.id == Mark.work_id)
        .join(Lesson, Lesson.id == Work.lesson_id)
        .where(*of_page(named=named))
    )
    if of_pupils:
        query = query.where(Mark.pupil_id.in_(bindparam("pupil_ids", expanding=True)))
    return query.scalar_subquery()


@cache
def work_types_beside() -> AnySelect:
    """Side facts «w»: what, id, weight, checking_days, name, short_name, and two empty dates."""
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


@cache
def term_marks_beside() -> AnySelect:
    """Side facts «t» of subject_id, year_id and pupil_ids (expanding):
    what, pupil_id, number, nothing, kind, value, and two empty dates."""
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


@cache
def rules_beside() -> AnySelect:
    """Side facts «r» of organisation_id: a version of the mark rules, see `rules_of_side`.

    The averages are hundredths; the three numbers and the title, for which there is no column,
    travel as one text.
    """
    numbers = (MarkRules.three_from, MarkRules.minimum_marks, MarkRules.missed_over)
    three, minimum, missed = (cast(cast(one, Integer), String) for one in numbers)
    return select(
        literal("r"),
        MarkRules.id,
        cast(MarkRules.five_from, Integer),
        cast(MarkRules.four_from, Integer),
        MarkRules.retake,
        three + " " + minimum + " " + missed + " " + MarkRules.title,
        MarkRules.valid_from,
        cast(null(), Date),
    ).where(MarkRules.organisation_id == bindparam("organisation_id"))


def rules_of_side(row: Sequence[Any]) -> RuleSet:
    """The version of a row of `rules_beside`: what figures need, without the act's text."""
    three, minimum, missed, title = row[5].split(" ", 3)
    return RuleSet(
        id=row[1],
        valid_from=row[6],
        title=title,
        five_from=Decimal(row[2]) / 100,
        four_from=Decimal(row[3]) / 100,
        three_from=Decimal(three) / 100,
        minimum_marks=int(minimum),
        missed_over=int(missed),
        retake=Retake(row[4]),
        final_half=Half.UP,
    )
