"""Moving lessons: to another date or number, two exchanged; another subject in the same hour.

The lesson is cancelled in its own place and another one stands for it: what a diary, a plan and a
report know from imported histories.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.lessons.models import Lesson
from journal.office.queries.days import day_bells, free_day
from journal.office.queries.lessons import LessonFacts, TaughtCourse, hold_lessons, taught_course
from journal.office.service.arranging import keep_planned, movable, tell
from journal.office.service.office import Office
from journal.office.service.requirements import require_free, require_present
from journal.people.models import Organisation
from journal.timetable.rules import Reason

EVERY_REASON = frozenset(Reason)


@dataclass(frozen=True, slots=True)
class Place:
    """A day and a lesson number."""

    day: date
    number: int


def move(office: Office, *, lesson_id: int, place: Place) -> int:
    """The lesson goes to another place; returns the id of the one that stands there."""
    lesson = movable(office, lesson_id)
    if (lesson.held_on, lesson.number) == (place.day, place.number):
        raise RuleViolation("place", N_("The lesson is there already. Choose another place."))
    starts_at, ends_at = _times(office, lesson, place)
    wanted = _at(lesson, place, starts_at, ends_at)
    require_free(office, wanted, kinds=EVERY_REASON)
    return _stand_in(office, lesson, wanted, "move_lesson")


def swap(office: Office, *, lesson_id: int, other_id: int) -> None:
    """Two lessons of one class exchange their places."""
    hold_lessons(office.session, Lesson.id.in_((lesson_id, other_id)))
    one, other = movable(office, lesson_id), movable(office, other_id)
    if one.course_id == other.course_id or not one.classes & other.classes:
        raise RuleViolation(
            "other", N_("Choose a lesson of another subject of the same class to exchange with.")
        )
    there = _at(one, Place(other.held_on, other.number), other.starts_at, other.ends_at)
    back = _at(other, Place(one.held_on, one.number), one.starts_at, one.ends_at)
    for wanted in (there, back):
        require_free(office, wanted, kinds=EVERY_REASON, but={one.id, other.id})
    _stand_in(office, one, there, "swap_lessons")
    _stand_in(office, other, back, "swap_lessons")


def put_other(office: Office, *, lesson_id: int, staff_id: int, course_id: int) -> int:
    """Another teacher gives a subject of his own in the hour; returns the id of that lesson."""
    lesson = movable(office, lesson_id)
    wanted = _of_course(office, lesson, taught_course(office.session, course_id, staff_id, lesson))
    require_present(office, staff_id, lesson.held_on)
    require_free(office, wanted, kinds=EVERY_REASON, but={lesson.id})
    return _stand_in(office, lesson, wanted, "put_other_subject")


def _of_course(office: Office, lesson: LessonFacts, course: TaughtCourse) -> LessonFacts:
    """The other lesson in the place and room of this one, instead of its planned teacher."""
    if course.classes_key != lesson.classes_key or course.course_id == lesson.course_id:
        raise RuleViolation("choice", N_("Choose a value from the list."))
    planned = lesson.staff_id if lesson.staff_id != course.staff_id else None
    return replace(lesson, planned_staff_id=planned, **asdict(course))


def _at(lesson: LessonFacts, place: Place, starts_at: datetime, ends_at: datetime) -> LessonFacts:
    return replace(
        lesson, held_on=place.day, number=place.number, starts_at=starts_at, ends_at=ends_at
    )


def _times(office: Office, lesson: LessonFacts, place: Place) -> tuple[datetime, datetime]:
    """When the bells ring there for the lesson's group."""
    session = office.session
    pause = free_day(session, lesson.year_id, place.day, lesson.grade)
    if pause is not None:
        raise RuleViolation("day", pause)
    zone = session.get_one(Organisation, office.actor.organisation_id).time_zone
    bells = day_bells(session, lesson.group_id, lesson.grade, place.day, zone)
    if place.number not in bells:
        raise RuleViolation(
            "number",
            N_(
                "The bells of %(classes)s have no lesson %(number)s. Choose another number.",
                classes=lesson.classes_key,
                number=place.number,
            ),
        )
    return bells[place.number]


def _stand_in(office: Office, lesson: LessonFacts, wanted: LessonFacts, action: str) -> int:
    """Cancel the lesson in its place and put one like it where it is wanted."""
    _require_no_twin(office, wanted)
    made = Lesson(
        organisation_id=office.actor.organisation_id,
        course_id=wanted.course_id,
        held_on=wanted.held_on,
        lesson_number=wanted.number,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        staff_id=wanted.staff_id,
        replaced_staff_id=wanted.planned_staff_id,
        room_id=wanted.room_id,
        mode=wanted.mode,
    )
    office.session.add(made)
    office.session.flush()
    keep_planned(office, lesson, made_lesson_id=made.id)
    row = office.session.get_one(Lesson, lesson.id, populate_existing=True)
    row.status = "cancelled"
    row.version += 1
    office.session.flush()
    before, after = _said(lesson), _said(wanted)
    told = lesson if wanted.group else replace(lesson, group_id=wanted.group_id)
    tell(office, told, action, before=before, after=after)
    return made.id


def _said(lesson: LessonFacts) -> dict[str, object]:
    """What of it the log and those concerned are told; what stays is left out."""
    return {
        "held_on": lesson.held_on,
        "lesson_number": lesson.number,
        "subject": lesson.subject_title,
        "staff_id": lesson.staff_id,
    }


def _require_no_twin(office: Office, wanted: LessonFacts) -> None:
    twin = office.session.scalar(
        select(Lesson.id).where(
            Lesson.course_id == wanted.course_id,
            Lesson.held_on == wanted.held_on,
            Lesson.lesson_number == wanted.number,
        )
    )
    if twin is not None:
        raise RuleViolation(
            "place", N_("This subject has a lesson of that number that day. Choose another place.")
        )
