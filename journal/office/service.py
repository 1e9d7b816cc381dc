"""Publishing: the year's published timetables become dated lessons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from journal.core.audit import Change, Origin, record
from journal.core.db import bulk_insert
from journal.core.errors import NotFound
from journal.lessons.models import Lesson
from journal.office.queries import (
    bell_times,
    breaks_of_year,
    existing_lessons,
    moved_days,
    slots_of_year,
)
from journal.office.rules import Plan, PlannedLesson, plan_changes, planned_lessons
from journal.people.models import Organisation
from journal.school.models import AcademicYear
from journal.school.rules import Span

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Published:
    """How many lessons publishing added, corrected, dropped and left alone."""

    added: int
    corrected: int
    dropped: int
    kept: int


def publish_year(
    session: Session, *, academic_year_id: int, origin: Origin, now: datetime
) -> Published:
    """Bring the year's lessons in line with its published timetables. Twice changes nothing."""
    year = session.get(AcademicYear, academic_year_id)
    organisation = session.get(Organisation, year.organisation_id) if year else None
    if year is None or organisation is None:
        raise NotFound()
    planned = planned_lessons(
        slots_of_year(session, year.id),
        breaks_of_year(session, year.id),
        bell_times(session),
        year=Span(year.starts_on, year.ends_before),
        zone=organisation.time_zone,
        moved=moved_days(session, year.id),
    )
    plan = plan_changes(planned, existing_lessons(session, year.id))
    _write(session, organisation.id, plan)
    published = Published(len(plan.add), len(plan.correct), len(plan.drop), plan.kept)
    if plan.add or plan.correct or plan.drop:
        change = _publication(year.id, published)
        record(session, organisation_id=organisation.id, origin=origin, change=change, now=now)
    return published


def _publication(year_id: int, published: Published) -> Change:
    return Change(
        action="publish_timetable",
        object_type="academic_year",
        object_id=year_id,
        after=asdict(published),
    )


def _write(session: Session, organisation_id: int, plan: Plan) -> None:
    for ids in _in_batches(plan.drop):
        session.execute(
            delete(Lesson).where(Lesson.id.in_(ids)).execution_options(synchronize_session=False)
        )
    for lesson_id, target in plan.correct:
        session.execute(
            update(Lesson)
            .where(Lesson.id == lesson_id)
            .values(**_facts(target), version=Lesson.version + 1)
            .execution_options(synchronize_session=False)
        )
    rows = [
        {
            "organisation_id": organisation_id,
            "course_id": one.course_id,
            "held_on": one.held_on,
            "lesson_number": one.lesson_number,
            **_facts(one),
        }
        for one in plan.add
    ]
    bulk_insert(session, Lesson, rows)
    session.expire_all()


def _facts(target: PlannedLesson) -> dict[str, Any]:
    return {
        "starts_at": target.starts_at,
        "ends_at": target.ends_at,
        "staff_id": target.staff_id,
        "room_id": target.room_id,
    }


def _in_batches(ids: Iterable[int]) -> Iterable[list[int]]:
    ids = list(ids)
    return [ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH)]
