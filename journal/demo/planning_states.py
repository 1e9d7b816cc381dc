"""What the deputy has before him: a teacher who is ill, a timetable in the making."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select

from journal.access import Role
from journal.demo.ground import Ground
from journal.demo.shown import shown_people
from journal.lessons.models import Lesson
from journal.office.service.absences import AbsenceDraft, note_absence
from journal.office.service.office import Office
from journal.school.models import AcademicYear, Term
from journal.timetable.models import Timetable
from journal.timetable.service import DraftDates, Planner, create_draft

_LOOK_AHEAD = timedelta(days=14)
_AWAY = timedelta(days=2)
_LESSONS = 3  # the fewest of the day on which he falls out
_DRAFT_NOTE = "Черновик: меньше окон у старших классов"


def add_sick_teacher(ground: Ground) -> None:
    """Ill on the next day none of whose lessons of his has begun: they want substitutes.

    Late in the day that is the next school day; when the year is over, nobody.
    """
    found = _falls_out(ground)
    if found is None:
        return
    staff_id, day = found
    people = shown_people(ground.session, ground.organisation_id)
    deputy = ground.actor(people[Role.DEPUTY_DIRECTOR])
    office = Office(session=ground.session, actor=deputy, now=ground.now - timedelta(minutes=30))
    draft = AbsenceDraft(
        staff_id=staff_id, starts_on=day, ends_before=day + _AWAY, reason="illness"
    )
    note_absence(office, draft)


def _falls_out(ground: Ground) -> tuple[int, date] | None:
    """(teacher, day): of those with all lessons still to come the one who has most."""
    school = ground.school
    shown = ground.employee(school.shown_teacher).id
    row = ground.session.execute(
        select(Lesson.held_on, Lesson.staff_id, func.count().label("lessons"))
        .where(
            Lesson.held_on >= school.today,
            Lesson.held_on < school.today + _LOOK_AHEAD,
            Lesson.status == "scheduled",
            Lesson.staff_id != shown,
        )
        .group_by(Lesson.held_on, Lesson.staff_id)
        .having(func.min(Lesson.starts_at) > ground.now, func.count() >= _LESSONS)
        .having(func.count(Lesson.replaced_staff_id) == 0)
        .order_by(Lesson.held_on, func.count().desc(), Lesson.staff_id)
        .limit(1)
    ).first()
    return (row.staff_id, row.held_on) if row is not None else None


def add_draft(ground: Ground) -> None:
    """A version for the coming term, copied from the one that holds; none in the last term."""
    session, today = ground.session, ground.school.today
    year = session.execute(select(AcademicYear.id, AcademicYear.ends_before)).one()
    starts_on = session.scalar(select(func.min(Term.starts_on)).where(Term.starts_on > today))
    held = session.scalar(
        select(Timetable.id).where(Timetable.starts_on <= today, Timetable.ends_before > today)
    )
    if starts_on is None or held is None:
        return
    people = shown_people(session, ground.organisation_id)
    deputy = ground.actor(people[Role.DEPUTY_DIRECTOR])
    planner = Planner(session=session, actor=deputy, now=ground.now - timedelta(minutes=25))
    dates = DraftDates(starts_on=starts_on, ends_before=year.ends_before, note=_DRAFT_NOTE)
    create_draft(planner, academic_year_id=year.id, dates=dates, copy_of=held)
