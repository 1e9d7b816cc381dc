"""A school of any size, written straight into the tables: every class has the same full journal.

Each class has 28 pupils and 8 subjects a day; each course 60 lessons in its half-year with topic,
homework, a work, marks for a third of the class and an absence here and there, and a mark of the
half-year for everybody. A teacher holds the same subject in six classes, so he has six lessons a
day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection

from bench.people import NOW, YEAR, Readers, new_pupil, new_readers, new_teacher
from bench.rows import Ids
from journal.core.clock import instant

ZONE = "Europe/Moscow"
TODAY = date(2026, 12, 11)
HALF_YEARS = ((date(2026, 9, 1), date(2026, 12, 29)), (date(2027, 1, 11), date(2027, 6, 1)))
PUPILS, SUBJECTS, LESSONS, BLOCK = 28, 8, 60, 6
MARKS = "5443"


@dataclass(frozen=True, slots=True)
class Size:
    """Pupils of a class, lessons of a course."""

    pupils: int = PUPILS
    lessons: int = LESSONS


USUAL = Size()


@dataclass(frozen=True, slots=True)
class BenchSchool:
    """Whose pages are measured: ids, and session cookies' texts («account.epoch»)."""

    teacher: str
    class_teacher: str
    administrator: str
    parent: str
    pupil: str
    course_id: int
    lesson_id: int
    class_id: int
    other_lesson_id: int
    pupil_ids: tuple[int, ...]


def lesson_places(lessons: int) -> list[tuple[date, int]]:
    """The last school days up to and with today; where they do not suffice, two lessons a day:
    the day, and whether it is the day's second lesson (0, 1)."""
    length = (TODAY - YEAR[0]).days + 1
    days = [YEAR[0] + timedelta(days=after) for after in range(length)]
    days = [day for day in days if day.weekday() < 5]
    twice = days[len(days) - max(0, lessons - len(days)) :]
    return sorted([(day, 0) for day in days[-lessons:]] + [(day, 1) for day in twice])


def fill(connection: Connection, classes: int, size: Size = USUAL) -> BenchSchool:
    """Write a school of so many classes (a multiple of six)."""
    ids = Ids(organisation_id=1)
    ids.add("organisation", kind="school", code="1", full_name="Школа", short_name="Школа")
    ids.rows["organisation"][0] |= {"time_zone": ZONE, "demonstration": False}
    calendar = _calendar(ids)
    teachers = {
        (subject, block): new_teacher(ids, subject, block)
        for subject in range(SUBJECTS)
        for block in range(classes // BLOCK)
    }
    pupils = [_class(ids, index, calendar, teachers, size) for index in range(classes)]
    found = _subject_of_measurement(ids, pupils, new_readers(ids, pupils))
    ids.write(connection)
    return found


@dataclass(frozen=True, slots=True)
class _Calendar:
    year: int
    bells: int
    work_type: int
    subjects: tuple[int, ...]
    timetable: int


def _calendar(ids: Ids) -> _Calendar:
    year = ids.add("academic_year", name="2026-2027", starts_on=YEAR[0], ends_before=YEAR[1])
    for number, (starts_on, ends_before) in enumerate(HALF_YEARS, 1):
        span = {"starts_on": starts_on, "ends_before": ends_before}
        ids.add(
            "term", academic_year_id=year, kind="half_year", number=number, grades=set(), **span
        )
    bells = ids.add("bell_schedule", name="Основной", shift=1)
    for number in range(1, SUBJECTS + 1):
        times = {"starts_at": _begins(number), "ends_at": _ends(number)}
        ids.add("bell_period", bell_schedule_id=bells, lesson_number=number, **times)
    subjects = tuple(_subject(ids, f"Предмет {number}") for number in range(1, SUBJECTS + 1))
    kind = ids.add("work_type", name="Ответ на уроке", short_name="Отв", weight=1)
    span = {"starts_on": YEAR[0], "ends_before": YEAR[1]}
    timetable = ids.add("timetable", academic_year_id=year, status="published", **span)
    return _Calendar(year, bells, kind, subjects, timetable)


def _subject(ids: Ids, name: str) -> int:
    return ids.add("subject", name=name, short_name=name, scale="five_point", sort_key=name)


def _begins(number: int) -> time:
    return time(8 + number - 1, 0)


def _ends(number: int) -> time:
    return time(8 + number - 1, 45)


def _class(
    ids: Ids,
    index: int,
    calendar: _Calendar,
    teachers: dict[tuple[int, int], int],
    size: Size,
) -> list[int]:
    grade, name = 5 + index % 7, f"{5 + index % 7}-{index}"
    of_year = {"academic_year_id": calendar.year, "grade": grade}
    habits = {"study_form": "full_time", "shift": 1, "days_per_week": 5}
    habits |= {"class_teacher_id": None}
    group = ids.add("class_group", name=name, letter=str(index), **of_year, **habits)
    ids.add("class_bells", class_group_id=group, bell_schedule_id=calendar.bells)
    whole = ids.add("study_group", classes_key=name, name="", **of_year)
    ids.add("study_group_class", study_group_id=whole, class_group_id=group)
    pupils = [new_pupil(ids, group, number) for number in range(size.pupils)]
    for subject in range(SUBJECTS):
        number = (subject + index) % SUBJECTS + 1
        staff = teachers[subject, index // BLOCK]
        course = _course(ids, calendar, whole, calendar.subjects[subject], staff)
        _slots(ids, calendar.timetable, course, staff, number)
        _full_journal(ids, calendar, course, staff, number, pupils, size.lessons)
        _term_marks(ids, calendar.year, calendar.subjects[subject], pupils)
    return pupils


def _term_marks(ids: Ids, year: int, subject: int, pupils: list[int]) -> None:
    """The first half-year's, for everybody."""
    of = {"subject_id": subject, "academic_year_id": year, "kind": "half_year", "number": 1}
    for row, pupil in enumerate(pupils):
        value = MARKS[(row + subject) % len(MARKS)]
        ids.add("term_mark", pupil_id=pupil, value=value, entered_at=NOW, version=1, **of)


def _full_journal(
    ids: Ids,
    calendar: _Calendar,
    course: int,
    staff: int,
    number: int,
    pupils: list[int],
    lessons: int,
) -> None:
    for order, (day, second) in enumerate(lesson_places(lessons)):
        place = (number - 1 + second) % SUBJECTS + 1
        lesson, work = _lesson(ids, calendar, course, staff, place, order, day)
        ends = instant(day, _ends(place), ZONE)
        for row, pupil in enumerate(pupils):
            _cell(ids, lesson, work, pupil, row + order * 5, ends)


def _course(ids: Ids, calendar: _Calendar, group: int, subject: int, staff: int) -> int:
    row = {"academic_year_id": calendar.year, "study_group_id": group, "subject_id": subject}
    course = ids.add("course", **row)
    load = {"staff_id": staff, "weekly_hours": 5, "starts_on": YEAR[0]}
    ids.add("course_teacher", course_id=course, **load)
    return course


def _slots(ids: Ids, timetable: int, course: int, staff: int, number: int) -> None:
    for weekday in range(1, 6):
        place = {"weekday": weekday, "lesson_number": number, "week_kind": "every"}
        row = {"timetable_id": timetable, "course_id": course, "staff_id": staff}
        ids.add("timetable_slot", **row, **place)


def _lesson(
    ids: Ids, calendar: _Calendar, course: int, staff: int, number: int, order: int, day: date
) -> tuple[int, int]:
    """A held lesson with everything entered; returns (lesson, work)."""
    begins, ends = instant(day, _begins(number), ZONE), instant(day, _ends(number), ZONE)
    place = {"course_id": course, "held_on": day, "lesson_number": number}
    times = {"starts_at": begins, "ends_at": ends}
    taken = {"staff_id": staff, "attendance_taken_at": ends, "attendance_taken_by": staff}
    plain = {"status": "scheduled", "mode": "on_site", "kind": "lesson", "version": 1}
    topic = f"Тема урока номер {order}, довольно длинная"
    lesson = ids.add("lesson", topic=topic, **place, **times, **taken, **plain)
    text = f"§ {order + 1}, упражнения 3, 5, 8 письменно"
    due = {"due_on": day + timedelta(days=1), "entered_at": ends, "nothing_set": False}
    ids.add("homework", lesson_id=lesson, text=text, **due)
    kind = {"work_type_id": calendar.work_type, "weight": 1, "version": 1}
    return lesson, ids.add("work", lesson_id=lesson, **kind)


def _cell(ids: Ids, lesson: int, work: int, pupil: int, chance: int, at: datetime) -> None:
    entry = {"pupil_id": pupil, "entered_at": at, "version": 1}
    if chance % 3 == 0:
        value = MARKS[chance // 3 % len(MARKS)]
        ids.add("mark", work_id=work, value=value, number=1, **entry)
    elif chance % 17 == 1:
        ids.add("absence", lesson_id=lesson, code="n", **entry)


def _subject_of_measurement(ids: Ids, pupils: list[list[int]], readers: Readers) -> BenchSchool:
    """The first course: its teacher, its last lesson, its pupils; a lesson of another course of
    the class that day; the other readers."""
    accounts = {row["id"]: row["account_id"] for row in ids.rows["person"]}
    staff = {row["id"]: row["person_id"] for row in ids.rows["staff_member"]}
    course = ids.rows["course"][0]["id"]
    lesson = next(row for row in ids.rows["lesson"] if row["held_on"] == TODAY)
    other = next(row for row in ids.rows["lesson"] if _beside(row, lesson))
    pupil = ids.rows["pupil"][0]
    return BenchSchool(
        teacher=f"{accounts[staff[lesson['staff_id']]]}.1",
        class_teacher=f"{accounts[readers.class_teacher]}.1",
        administrator=f"{accounts[readers.administrator]}.1",
        parent=f"{accounts[readers.parent]}.1",
        pupil=f"{accounts[pupil['person_id']]}.1",
        course_id=course,
        lesson_id=lesson["id"],
        class_id=ids.rows["class_group"][0]["id"],
        other_lesson_id=other["id"],
        pupil_ids=tuple(pupils[0]),
    )


def _beside(row: Mapping[str, Any], lesson: Mapping[str, Any]) -> bool:
    """A lesson of the same day in the class's next course: courses are numbered class by class."""
    return row["held_on"] == lesson["held_on"] and row["course_id"] == lesson["course_id"] + 1
