"""Writing the lessons of a history: matched to those of the timetable, so that none doubles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from journal.core.db import bulk_insert, bulk_update
from journal.lessons.models import Homework, Lesson
from journal.office.queries import existing_lessons
from journal.office.rules import lesson_times
from journal.school.rules import Span
from journal.timetable.bells import bell_times, group_bells
from journal.transfer.history.rows import LessonRow
from journal.transfer.store.ground import Ground
from journal.transfer.store.history.held import NOTHING_SET, OWN
from journal.transfer.store.write_teaching import course_of

Place = tuple[int, date, int]
_BATCH = 500


@dataclass(frozen=True, slots=True)
class WrittenLesson:
    """A lesson of the file where it lies now; `ends_at` dates the entries that came with it."""

    id: int
    ends_at: datetime


def write_lessons(
    ground: Ground,
    rows: Sequence[LessonRow],
    held_ids: dict[str, int],
    *,
    held_rows: dict[str, LessonRow],
    zone: str,
) -> dict[str, WrittenLesson]:
    """Write new and changed lessons; «Урок» to where each lesson of the file lies."""
    places = {row.key: (_course(ground, row), row.held_on, row.lesson_number) for row in rows}
    times = _Times(ground, zone)
    known = _known(ground, places, held_ids)
    fresh = [row for row in rows if row.key not in known]
    changed = [row for row in rows if row.key in known and held_rows.get(row.key) != row]
    _insert(ground, fresh, places, times)
    _update(ground, [(known[row.key], row) for row in changed], places, times)
    ids = known | _ids_by_key(ground, [row.key for row in fresh])
    _write_homework(ground, [*fresh, *changed], ids, places, times)
    _drop_untold(ground, rows, set(ids.values()))
    ends = {row.key: times.of(places[row.key])[1] for row in rows}
    return {key: WrittenLesson(row_id, ends[key]) for key, row_id in ids.items()}


def _known(ground: Ground, places: dict[str, Place], held_ids: dict[str, int]) -> dict[str, int]:
    """«Урок» to the lesson that is there: of that name, else at that place of the timetable."""
    there = {one.key: one.id for one in existing_lessons(ground.session, ground.year_id)}
    found = {key: held_ids.get(key) or there.get(place) for key, place in places.items()}
    return {key: row_id for key, row_id in found.items() if row_id is not None}


def _course(ground: Ground, row: LessonRow) -> int:
    return course_of(ground, row.classes, row.subject, row.subgroup)


class _Times:
    """When the lessons of a course begin and end, by the bells of its group."""

    def __init__(self, ground: Ground, zone: str) -> None:
        bells = group_bells(ground.session)
        self._bells = {course: bells.get(key[0]) for key, course in ground.courses.items()}
        self._times = bell_times(ground.session)
        self._zone = zone

    def of(self, place: Place) -> tuple[datetime, datetime]:
        """The instants of the lesson at that place."""
        course_id, day, number = place
        return lesson_times(day, number, self._bells.get(course_id), self._times, self._zone)


def _facts(
    ground: Ground, row: LessonRow, place: Place, times: tuple[datetime, datetime]
) -> dict[str, Any]:
    staff_id = ground.staff[row.teacher]
    return {
        "organisation_id": ground.organisation_id,
        "course_id": place[0],
        "held_on": row.held_on,
        "lesson_number": row.lesson_number,
        "starts_at": times[0],
        "ends_at": times[1],
        "staff_id": staff_id,
        "replaced_staff_id": ground.staff[row.replaced_teacher] if row.replaced_teacher else None,
        "status": "cancelled" if row.cancelled else "scheduled",
        "mode": row.mode,
        "topic": row.topic,
        "attendance_taken_at": times[1] if row.attendance_taken else None,
        "attendance_taken_by": staff_id if row.attendance_taken else None,
        "external_key": row.key,
    }


def _insert(
    ground: Ground, rows: Sequence[LessonRow], places: dict[str, Place], times: _Times
) -> None:
    facts = [_facts(ground, row, places[row.key], times.of(places[row.key])) for row in rows]
    bulk_insert(ground.session, Lesson, facts)


def _update(
    ground: Ground,
    changed: Sequence[tuple[int, LessonRow]],
    places: dict[str, Place],
    times: _Times,
) -> None:
    """A lesson that is named after its place has that name without being given it, and stays one
    of the timetable."""
    rows = [
        {"id": row_id, **_facts(ground, row, places[row.key], times.of(places[row.key]))}
        for row_id, row in changed
    ]
    bulk_update(ground.session, Lesson, [{**row, **_unnamed(row)} for row in rows])


def _unnamed(facts: dict[str, Any]) -> dict[str, Any]:
    return {"external_key": None} if facts["external_key"].startswith(OWN) else {}


def _ids_by_key(ground: Ground, keys: Sequence[str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for start in range(0, len(keys), _BATCH):
        part = keys[start : start + _BATCH]
        rows = ground.session.execute(
            select(Lesson.external_key, Lesson.id).where(Lesson.external_key.in_(part))
        )
        ids |= {str(row[0]): row[1] for row in rows}
    return ids


def _write_homework(
    ground: Ground,
    rows: Sequence[LessonRow],
    ids: dict[str, int],
    places: dict[str, Place],
    times: _Times,
) -> None:
    """Replace the homework of these lessons; it is due at the next lesson of the course."""
    lesson_ids = [ids[row.key] for row in rows]
    for start in range(0, len(lesson_ids), _BATCH):
        ground.session.execute(
            delete(Homework)
            .where(Homework.lesson_id.in_(lesson_ids[start : start + _BATCH]))
            .execution_options(synchronize_session=False)
        )
    following = _next_days(ground)
    facts = [
        {
            **_homework_facts(ground, row, ids[row.key], times.of(places[row.key])[1]),
            "due_on": following.get((places[row.key][0], row.held_on)),
        }
        for row in rows
        if row.homework
    ]
    bulk_insert(ground.session, Homework, facts)


def _homework_facts(
    ground: Ground, row: LessonRow, lesson_id: int, entered_at: datetime
) -> dict[str, Any]:
    return {
        "organisation_id": ground.organisation_id,
        "lesson_id": lesson_id,
        "text": "" if row.homework == NOTHING_SET else row.homework,
        "nothing_set": row.homework == NOTHING_SET,
        "entered_at": entered_at,
    }


def _next_days(ground: Ground) -> dict[tuple[int, date], date]:
    """(course, day) to the day of the course's next lesson that takes place."""
    rows = ground.session.execute(
        select(Lesson.course_id, Lesson.held_on)
        .where(Lesson.status == "scheduled")
        .order_by(Lesson.course_id, Lesson.held_on.desc())
    )
    found: dict[tuple[int, date], date] = {}
    course, later, day = None, None, None
    for course_id, held_on in rows:
        if course_id != course:
            course, later, day = course_id, None, None
        if day is not None and held_on != day:
            later = day
        day = held_on
        if later is not None:
            found[course_id, held_on] = later
    return found


def _drop_untold(ground: Ground, rows: Sequence[LessonRow], told: set[int]) -> None:
    """Inside the history's days, lessons of the timetable that the file does not know and that hold
    nothing did not take place."""
    if not rows:
        return
    days = [row.held_on for row in rows]
    span = Span(min(days), max(days) + timedelta(days=1))
    gone = [
        one.id
        for one in existing_lessons(ground.session, ground.year_id, span)
        if not one.has_entries and one.id not in told
    ]
    for start in range(0, len(gone), _BATCH):
        ground.session.execute(
            delete(Lesson)
            .where(Lesson.id.in_(gone[start : start + _BATCH]))
            .execution_options(synchronize_session=False)
        )
