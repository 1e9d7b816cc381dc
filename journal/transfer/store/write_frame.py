"""Writing the frame: organisation, years, terms, holidays, bells, subjects, rooms."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from journal.core.text import sort_key
from journal.people.models import Organisation
from journal.school.models import AcademicYear, Holiday, Room, Subject, Term
from journal.timetable.models import BellPeriod, BellSchedule
from journal.transfer.changes import Changes
from journal.transfer.school.rows import OrganisationRow, YearRow
from journal.transfer.store.ground import Ground, change_pairs

Ids = dict[tuple[object, ...], int]


def write_organisation(ground: Ground, row: OrganisationRow | None) -> bool:
    """Bring the organisation in line; whether anything changed."""
    organisation = ground.session.get(Organisation, ground.organisation_id)
    if row is None or organisation is None:
        return False
    facts = asdict(row)
    changed = {k: v for k, v in facts.items() if getattr(organisation, k) != v}
    for name, value in changed.items():
        setattr(organisation, name, value)
    return bool(changed)


def write_years(ground: Ground, changes: Changes[Any], ids: Ids) -> None:
    """Years by name."""
    for row in changes.added:
        ground.owned(AcademicYear, name=row.name, **_dates(row))
    for found in change_pairs(changes, ids):
        ground.change(AcademicYear, found.id, **_dates(found.row))
    ground.session.flush()


def settle_year(ground: Ground, row: YearRow | None) -> None:
    """The year everything else belongs to."""
    if row is None:
        return
    ground.year_starts_on = row.starts_on
    ground.year_id = (
        ground.session.scalar(select(AcademicYear.id).where(AcademicYear.name == row.name)) or 0
    )


def write_terms(ground: Ground, changes: Changes[Any], ids: Ids) -> None:
    """Terms, each of its own year."""
    years = {
        row[0]: row[1] for row in ground.session.execute(select(AcademicYear.name, AcademicYear.id))
    }

    def facts(row: Any) -> dict[str, Any]:
        return {**_dates(row), "marks_from": row.marks_from, "marks_before": row.marks_before}

    for row in changes.added:
        ground.owned(
            Term,
            academic_year_id=years[row.year],
            kind=row.kind,
            number=row.number,
            grades=frozenset(row.grades),
            **facts(row),
        )
    for found in change_pairs(changes, ids):
        ground.change(Term, found.id, **facts(found.row))


def write_holidays(ground: Ground, changes: Changes[Any], ids: Ids) -> None:
    """Holidays of the year."""
    for row in changes.added:
        ground.owned(
            Holiday,
            academic_year_id=ground.year_id,
            name=row.name,
            grades=frozenset(row.grades),
            **_dates(row),
        )
    for found in change_pairs(changes, ids):
        ground.change(Holiday, found.id, ends_before=found.row.ends_before)


def write_bells(ground: Ground, changes: Changes[Any], ids: Ids) -> None:
    """Bell schedules by name and shift, and their lessons."""
    schedules = {
        (row[0], row[1]): row[2]
        for row in ground.session.execute(
            select(BellSchedule.name, BellSchedule.shift, BellSchedule.id)
        )
    }
    for row in changes.added:
        key = (row.bell_set, row.shift)
        if key not in schedules:
            schedule = ground.owned(BellSchedule, name=row.bell_set, shift=row.shift)
            ground.session.flush()
            schedules[key] = schedule.id
        ground.owned(
            BellPeriod,
            bell_schedule_id=schedules[key],
            lesson_number=row.lesson_number,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )
    for found in change_pairs(changes, ids):
        ground.change(
            BellPeriod, found.id, starts_at=found.row.starts_at, ends_at=found.row.ends_at
        )


def write_subjects(ground: Ground, changes: Changes[Any], ids: Ids) -> None:
    """Subjects by name."""

    def facts(row: Any) -> dict[str, Any]:
        return {"short_name": row.short_name, "area": row.area, "scale": row.scale}

    for row in changes.added:
        ground.owned(Subject, name=row.name, sort_key=sort_key(row.name), **facts(row))
    for found in change_pairs(changes, ids):
        ground.change(Subject, found.id, **facts(found.row))


def write_rooms(ground: Ground, changes: Changes[Any], ids: Ids) -> None:
    """Rooms by name."""
    for row in changes.added:
        ground.owned(Room, name=row.name, capacity=row.capacity, purpose=row.purpose)
    for found in change_pairs(changes, ids):
        ground.change(Room, found.id, capacity=found.row.capacity, purpose=found.row.purpose)


def _dates(row: Any) -> dict[str, Any]:
    return {"starts_on": row.starts_on, "ends_before": row.ends_before}
