"""What a request to unlock is checked by: whose lessons, which terms, asked before."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.clock import local_date
from journal.core.errors import Forbidden, NotFound, RuleViolation
from journal.core.messages import N_
from journal.lessons.queries import load_course
from journal.lessons.queries.unlock_lessons import AskedLesson, holds_lessons, lessons_to_name
from journal.lessons.queries.unlocks import earlier_unlocks
from journal.lessons.rules import CourseHead, closed_on
from journal.lessons.rules.unlocks import Wanted, check_not_asked, check_wanted
from journal.school.models import Course
from journal.school.rules import term_at

NOT_YOURS = N_("An unlock is asked for by the teacher of the course. This course is not yours.")


def check_request(
    session: Session,
    actor: Actor,
    head: CourseHead,
    wanted: Wanted,
    *,
    reason: str,
    now: datetime,
) -> int:
    """Every rule of a request; returns the staff row that asks."""
    course_id, today = head.course_id, local_date(now, head.zone)
    check_wanted(wanted, reason=reason, today=today)
    if wanted.lessons:
        staff_id = _named_lessons(session, actor, head, wanted, today)
    else:
        _check_terms(head, wanted, today)
        staff_id = _own_lessons(session, actor, course_id, wanted)
    # One request of a course at a time: two presses of a button must not both find none before.
    session.execute(select(Course.id).where(Course.id == course_id).with_for_update())
    earlier = earlier_unlocks(session, course_id=course_id, staff_id=staff_id, now=now)
    check_not_asked(wanted, earlier)
    return staff_id


def own_course(session: Session, actor: Actor, course_id: int, *, now: datetime) -> CourseHead:
    """The course, for the teacher who may ask to unlock it."""
    head = load_course(session, actor, course_id, now=now)
    staff_id = actor.current.staff_id
    mine = any(one.staff_id == staff_id for one in head.teachers) or head.substituted
    if not (
        mine
        and staff_id
        and head.organisation_id == actor.organisation_id
        and actor.may(Permission.REQUEST_UNLOCK)
    ):
        raise Forbidden(NOT_YOURS)
    return head


def _own_lessons(session: Session, actor: Actor, course_id: int, wanted: Wanted) -> int:
    staff_id = actor.current.staff_id
    if staff_id is None:
        raise Forbidden(NOT_YOURS)
    if not holds_lessons(
        session,
        course_id=course_id,
        staff_id=staff_id,
        starts_on=wanted.lessons_from,
        ends_before=wanted.lessons_before,
    ):
        raise RuleViolation(
            "lessons_from", N_("On these days the lessons of the course were not yours.")
        )
    return staff_id


def _named_lessons(
    session: Session, actor: Actor, head: CourseHead, wanted: Wanted, today: date
) -> int:
    """Each named lesson has to be the actor's to write and able to take entries at all."""
    staff_id = head.writer(actor)
    found = lessons_to_name(session, course_id=head.course_id, lesson_ids=wanted.lesson_ids)
    if staff_id is None or len(found) != len(wanted.lessons):
        raise NotFound()
    for one in found:
        _check_named(actor, head, one, today)
    return staff_id


def _check_named(actor: Actor, head: CourseHead, one: AskedLesson, today: date) -> None:
    if not head.writes(actor, held_on=one.held_on, lesson_staff_id=one.staff_id):
        raise RuleViolation("lessons", N_("The lesson of %(day)s was not yours.", day=one.held_on))
    if one.cancelled:
        raise RuleViolation(
            "lessons",
            N_("The lesson of %(day)s was cancelled: nothing is entered in it.", day=one.held_on),
        )
    _refuse_closed(head, one.held_on, today, field="lessons")


def _check_terms(head: CourseHead, wanted: Wanted, today: date) -> None:
    """A closed term does not open again: an unlock that could change nothing is not given."""
    last_day = wanted.lessons_before - timedelta(days=1)
    day = last_day if term_at(head.terms, last_day) else wanted.lessons_from
    _refuse_closed(head, day, today, field="lessons_to")


def _refuse_closed(head: CourseHead, day: date, today: date, *, field: str) -> None:
    closed = closed_on(head.terms, day, today)
    if closed is not None:
        raise RuleViolation(
            field,
            N_(
                "The term of %(day)s was closed on %(closed)s: its entries do not change.",
                day=day,
                closed=closed,
            ),
        )
