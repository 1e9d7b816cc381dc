"""What the exchange files cannot say: by whom entries were made, which of them came late."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import select, update

from journal.attendance.models import Absence
from journal.core.clock import instant
from journal.demo.ground import Ground
from journal.demo.plans import work_kinds
from journal.demo.result_states import add_results
from journal.demo.school import TIME_ZONE
from journal.grading.models import Mark, TermMark, Work, WorkType
from journal.lessons.models import Lesson
from journal.people.models import Person, StaffMember

_LATE_EACH, _LATE_BY = 29, timedelta(days=4)
_LATE_WITHIN = timedelta(days=60)


def describe_work_types(ground: Ground) -> None:
    """Short names and terms of checking of the kinds of work the school uses."""
    for kind in work_kinds().values():
        ground.session.execute(
            update(WorkType)
            .where(WorkType.name == kind.name)
            .values(short_name=kind.short, checking_days=kind.checking_days, weight=kind.weight)
            .execution_options(synchronize_session=False)
        )


def sign_entries(ground: Ground) -> None:
    """Entries were made by whoever held their lesson; a few came days later.

    A statement for each of the staff: one with a subquery for every mark depends on statistics
    that a table just filled does not have.
    """
    accounts = select(StaffMember.id, Person.account_id).join(Person)
    for staff_id, account_id in ground.session.execute(accounts).all():
        held = select(Lesson.id).where(Lesson.staff_id == staff_id)
        works = select(Work.id).join(Lesson).where(Lesson.staff_id == staff_id)
        for statement in (
            update(Mark).where(Mark.work_id.in_(works)),
            update(Absence).where(Absence.lesson_id.in_(held)),
        ):
            ground.session.execute(
                statement.values(entered_by=account_id).execution_options(synchronize_session=False)
            )
    _delay_some(ground)
    _date_term_marks(ground)
    add_results(ground)


def _delay_some(ground: Ground) -> None:
    """Every so manyth lesson of the last weeks was filled days after its window."""
    since, before = ground.now - _LATE_WITHIN, ground.now - _LATE_BY
    rows = ground.session.execute(
        select(Lesson.id, Lesson.ends_at).where(
            Lesson.ends_at > since, Lesson.ends_at < before, Lesson.id % _LATE_EACH == 0
        )
    ).all()
    for row in rows:
        _delay(ground, row.id, row.ends_at + _LATE_BY)


def _delay(ground: Ground, lesson_id: int, at: datetime) -> None:
    works = select(Work.id).where(Work.lesson_id == lesson_id)
    for statement in (
        update(Mark).where(Mark.work_id.in_(works)).values(entered_at=at),
        update(Absence).where(Absence.lesson_id == lesson_id).values(entered_at=at),
        update(Lesson)
        .where(Lesson.id == lesson_id, Lesson.attendance_taken_at.is_not(None))
        .values(attendance_taken_at=at),
    ):
        ground.session.execute(statement.execution_options(synchronize_session=False))


def _date_term_marks(ground: Ground) -> None:
    """On the last day of the term; of the year, on its last day."""
    calendar = ground.school.calendar
    ends = {(term.kind, term.number): term.ends_before for term in calendar.terms}
    for kind in ("year", "exam", "final"):
        ends[kind, 0] = calendar.ends_before
    for (kind, number), day in ends.items():
        at = instant(day - timedelta(days=1), time(15, 0), TIME_ZONE)
        ground.session.execute(
            update(TermMark)
            .where(TermMark.kind == kind, TermMark.number == number)
            .values(entered_at=min(at, ground.now))
            .execution_options(synchronize_session=False)
        )


def apply_coming_changes(ground: Ground) -> None:
    """Substitutions and cancellations of the next school day, when today has no lessons."""
    for story in ground.journal.coming_changes():
        lesson, change = story.lesson, story.change
        replaced = None if change.planned is None else ground.employee(change.planned).id
        ground.session.execute(
            update(Lesson)
            .where(
                Lesson.course_id == ground.course_id(lesson.course),
                Lesson.held_on == lesson.day,
                Lesson.lesson_number == lesson.number,
            )
            .values(
                staff_id=ground.employee(change.teacher).id,
                replaced_staff_id=replaced,
                status="cancelled" if change.cancelled else "scheduled",
                mode="distance" if change.distance else "on_site",
                version=Lesson.version + 1,
            )
            .execution_options(synchronize_session=False)
        )
