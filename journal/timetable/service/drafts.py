"""Drafts: made, copied, dated, thrown away. A published version is replaced by another one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from journal.core.db import bulk_insert
from journal.core.errors import Forbidden, NotFound, RuleViolation
from journal.core.messages import N_
from journal.school.models import AcademicYear
from journal.school.planning import planned_classes
from journal.timetable.models import Timetable, TimetableSlot
from journal.timetable.service.planner import Planner, timetable_change

NOTE_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDates:
    """When a draft shall hold, half-open, and what it is called."""

    starts_on: date
    ends_before: date
    note: str


def create_draft(
    planner: Planner, *, academic_year_id: int, dates: DraftDates, copy_of: int | None
) -> int:
    """A new draft, empty or with the lessons of another version; returns its id."""
    check_dates(planner.session, academic_year_id, dates)
    draft = Timetable(
        organisation_id=planner.actor.organisation_id,
        academic_year_id=academic_year_id,
        starts_on=dates.starts_on,
        ends_before=dates.ends_before,
        status="draft",
        note=dates.note.strip()[:NOTE_MAX] or None,
    )
    planner.session.add(draft)
    planner.session.flush()
    copied = 0
    if copy_of is not None:
        source = planner.session.get(Timetable, copy_of)
        if source is None or source.academic_year_id != academic_year_id:
            raise NotFound()
        copied = copy_slots(planner.session, copy_of, draft)
    facts = {"from": draft.starts_on, "before": draft.ends_before, "slots": copied}
    planner.log(timetable_change("create_draft", draft.id, after=facts))
    return draft.id


def check_dates(session: Session, academic_year_id: int, dates: DraftDates) -> None:
    """A version lies in its year and ends after it begins."""
    year = session.get(AcademicYear, academic_year_id)
    if year is None:
        raise NotFound()
    if dates.ends_before <= dates.starts_on:
        raise RuleViolation("last_day", N_("The last day is before the first. Correct it."))
    if dates.starts_on < year.starts_on or dates.ends_before > year.ends_before:
        raise RuleViolation(
            "first_day", N_("The version must lie in the academic year %(year)s.", year=year.name)
        )


def copy_slots(session: Session, source_id: int, target: Timetable) -> int:
    """Copy the lessons of one version into another; how many."""
    names = ("course_id", "staff_id", "weekday", "week_kind", "lesson_number", "room_id")
    columns = [getattr(TimetableSlot, name) for name in names]
    rows = session.execute(select(*columns).where(TimetableSlot.timetable_id == source_id)).all()
    own = {"organisation_id": target.organisation_id, "timetable_id": target.id}
    bulk_insert(session, TimetableSlot, [{**own, **row._mapping} for row in rows])
    return len(rows)


def change_draft(planner: Planner, *, timetable_id: int, dates: DraftDates) -> None:
    """Other dates or another name of a draft."""
    draft = planner.draft(timetable_id)
    check_dates(planner.session, draft.academic_year_id, dates)
    before = {"from": draft.starts_on, "before": draft.ends_before}
    draft.starts_on, draft.ends_before = dates.starts_on, dates.ends_before
    draft.note = dates.note.strip()[:NOTE_MAX] or None
    draft.version += 1
    planner.session.flush()
    after = {"from": draft.starts_on, "before": draft.ends_before}
    planner.log(timetable_change("change_draft", draft.id, before=before, after=after))


def drop_draft(planner: Planner, *, timetable_id: int) -> None:
    """Throw a draft away. Who plans some classes only cannot throw away everybody's work."""
    draft = planner.draft(timetable_id)
    if planned_classes(planner.session, planner.actor, draft.academic_year_id).names is not None:
        raise Forbidden(N_("The draft holds lessons of classes that others plan."))
    planner.session.execute(
        delete(TimetableSlot)
        .where(TimetableSlot.timetable_id == draft.id)
        .execution_options(synchronize_session=False)
    )
    facts = {"from": draft.starts_on, "before": draft.ends_before}
    planner.session.delete(draft)
    planner.session.flush()
    planner.log(timetable_change("drop_draft", timetable_id, before=facts))
