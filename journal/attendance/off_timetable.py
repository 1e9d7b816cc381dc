"""Whether a lesson stands outside of the timetable of its day."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, extract, or_, select

from journal.lessons.models import Lesson
from journal.school.models import Course, MovedDay
from journal.timetable.models import Timetable, TimetableSlot


def off_timetable() -> ColumnElement[bool]:
    """Whether the published timetable of that day knows no such lesson (moved or extra).

    On a moved day the lessons of its own weekday or of the one it follows are planned: which of
    the two depends on the parallel, and no lesson of the other is there to be told apart.
    """
    covering = (
        Timetable.academic_year_id == Course.academic_year_id,
        Timetable.status == "published",
        Timetable.starts_on <= Lesson.held_on,
        Timetable.ends_before > Lesson.held_on,
    )
    planned = (
        select(TimetableSlot.id)
        .join(Timetable, Timetable.id == TimetableSlot.timetable_id)
        .where(
            *covering,
            TimetableSlot.course_id == Lesson.course_id,
            TimetableSlot.lesson_number == Lesson.lesson_number,
            or_(TimetableSlot.weekday == extract("dow", Lesson.held_on), _followed()),
        )
    )
    # Most lessons are planned: that is looked for first.
    return and_(~planned.exists(), select(Timetable.id).where(*covering).exists())


def _followed() -> ColumnElement[bool]:
    """Whether the lesson's day follows the weekday of the slot."""
    return (
        select(MovedDay.id)
        .where(
            MovedDay.academic_year_id == Course.academic_year_id,
            MovedDay.day == Lesson.held_on,
            MovedDay.follows_weekday == TimetableSlot.weekday,
        )
        .correlate(Course, Lesson, TimetableSlot)
        .exists()
    )
