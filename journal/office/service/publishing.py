"""Publishing: timetables become dated lessons. Worked out before a transaction, written in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from journal.core.audit import Change, Origin, record
from journal.core.db import bulk_insert, bulk_update
from journal.core.errors import NotFound
from journal.lessons.models import Lesson
from journal.office.queries.publishing import (
    breaks_of_year,
    entered_since,
    existing_lessons,
    lesson_keys,
    moved_days,
    slots_of_year,
)
from journal.office.rules import Plan, PlannedLesson, Slot, plan_changes, planned_lessons
from journal.people.models import Organisation
from journal.school.models import AcademicYear
from journal.school.rules import Span
from journal.timetable.bells import bell_exceptions, bell_times

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Published:
    """How many lessons publishing added, corrected, dropped and left alone."""

    added: int
    corrected: int
    dropped: int
    kept: int

    @classmethod
    def of(cls, plan: Plan) -> Published:
        """The sizes of a plan."""
        return cls(len(plan.add), len(plan.correct), len(plan.drop), plan.kept)


def publish_year(
    session: Session,
    *,
    academic_year_id: int,
    origin: Origin,
    now: datetime,
    check: Callable[[Plan], None] = lambda plan: None,
) -> Published:
    """Bring the year's lessons in line with its published timetables. Twice changes nothing.

    `check` may refuse the plan before anything is written.
    """
    year = session.get(AcademicYear, academic_year_id)
    if year is None:
        raise NotFound()
    planned = lessons_meant(session, year, slots_of_year(session, year.id))
    plan = plan_changes(planned, existing_lessons(session, year.id))
    check(plan)
    write_plan(session, year.organisation_id, plan)
    published = Published.of(plan)
    if not plan.empty:
        change = publication("academic_year", year.id, published)
        record(session, organisation_id=year.organisation_id, origin=origin, change=change, now=now)
    return published


def lessons_meant(
    session: Session, year: AcademicYear, slots: Iterable[Slot]
) -> dict[tuple[int, Any, int], PlannedLesson]:
    """The dated lessons of slots in their year: breaks, moved days and bells as they are set."""
    zone = session.get_one(Organisation, year.organisation_id).time_zone
    return planned_lessons(
        slots,
        breaks_of_year(session, year.id),
        bell_times(session),
        year=Span(year.starts_on, year.ends_before),
        zone=zone,
        others=bell_exceptions(session),
        moved=moved_days(session, year.id),
    )


def publication(object_type: str, object_id: int, published: Published) -> Change:
    """The line of the log."""
    return Change(
        action="publish_timetable",
        object_type=object_type,
        object_id=object_id,
        after=asdict(published),
    )


def still_right(session: Session, academic_year_id: int, span: Span, plan: Plan) -> Plan:
    """The plan without what was entered or made while it was worked out."""
    touched = [*plan.drop, *(lesson_id for lesson_id, _ in plan.correct)]
    entered: set[int] = set()
    for ids in _in_batches(touched):
        entered |= entered_since(session, ids)
    there = lesson_keys(session, academic_year_id, span)
    return replace(
        plan,
        add=tuple(one for one in plan.add if one.key not in there),
        correct=tuple(pair for pair in plan.correct if pair[0] not in entered),
        drop=tuple(one for one in plan.drop if one not in entered),
    )


def write_plan(session: Session, organisation_id: int, plan: Plan) -> None:
    """Write the lessons in bulk, in the caller's transaction."""
    for ids in _in_batches(plan.drop):
        session.execute(
            delete(Lesson).where(Lesson.id.in_(ids)).execution_options(synchronize_session=False)
        )
    own = {"organisation_id": organisation_id}
    corrected = [{"id": key, **own, **_facts(target)} for key, target in plan.correct]
    bulk_update(session, Lesson, corrected)
    for ids in _in_batches(key for key, _ in plan.correct):
        session.execute(
            update(Lesson)
            .where(Lesson.id.in_(ids))
            .values(version=Lesson.version + 1)
            .execution_options(synchronize_session=False)
        )
    bulk_insert(session, Lesson, [{**own, **_key(one), **_facts(one)} for one in plan.add])
    session.expire_all()


def _key(target: PlannedLesson) -> dict[str, Any]:
    return {
        "course_id": target.course_id,
        "held_on": target.held_on,
        "lesson_number": target.lesson_number,
    }


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
