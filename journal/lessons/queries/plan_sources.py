"""The plans that can be taken over: a colleague's, or those of earlier years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from journal.lessons.models import LessonPlan, PlanTopic
from journal.school.models import AcademicYear, ClassGroup
from journal.school.titles import classes_and_group


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSource:
    """A plan that can be taken over: of the same subject and grade, this year's or an earlier."""

    plan_id: int
    year: str
    this_year: bool
    classes_key: str
    subgroup: str
    topics: int
    hours: int

    @property
    def title(self) -> str:
        """«5А, 5Б (1 группа)»."""
        return classes_and_group(self.classes_key, self.subgroup)


def plan_sources(
    session: Session, *, subject_id: int, grade: int, year_id: int, not_plan: int | None
) -> list[PlanSource]:
    """Plans with topics whose classes are of that grade, the latest year first. One query."""
    wanted = (LessonPlan.subject_id == subject_id, LessonPlan.id != (not_plan or 0))
    rows = session.execute(_sources().where(*wanted, _of_grade(grade)))
    return [
        PlanSource(
            plan_id=row[0],
            year=row[1],
            this_year=row[2] == year_id,
            classes_key=row[3],
            subgroup=row[4],
            topics=row.topics,
            hours=int(row.hours),
        )
        for row in rows
    ]


def _sources() -> Select[*tuple[Any, ...]]:
    columns = (
        LessonPlan.id,
        AcademicYear.name,
        LessonPlan.academic_year_id,
        LessonPlan.classes_key,
        LessonPlan.subgroup,
        AcademicYear.starts_on,
    )
    counts = (func.count(PlanTopic.id).label("topics"), func.sum(PlanTopic.hours).label("hours"))
    return (
        select(*columns, *counts)
        .join(AcademicYear, AcademicYear.id == LessonPlan.academic_year_id)
        .join(PlanTopic, PlanTopic.lesson_plan_id == LessonPlan.id)
        .group_by(*columns)
        .order_by(AcademicYear.starts_on.desc(), LessonPlan.classes_key, LessonPlan.subgroup)
    )


def _of_grade(grade: int) -> ColumnElement[bool]:
    """Whether the first class of the plan is of that grade."""
    return exists().where(
        ClassGroup.academic_year_id == LessonPlan.academic_year_id,
        ClassGroup.grade == grade,
        (LessonPlan.classes_key + ",").startswith(ClassGroup.name + ","),
    )
