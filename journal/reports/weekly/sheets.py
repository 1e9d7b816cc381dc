"""What stands on the sheets of a week: lessons, homework, marks, absences. Nine statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.pupil_facts import PupilLesson
from journal.attendance.pupil_queries import pupil_lessons
from journal.attendance.rules.counting import PupilState, states_by_day
from journal.attendance.rules.tally import Tallies, Tally
from journal.core.clock import instant
from journal.diary.queries.tasks import tasks_and_works
from journal.diary.rules.weeks import Week
from journal.grading.week_marks import WeekMark, week_marks
from journal.lessons.queries.agenda import Days
from journal.lessons.rules.homework import PupilTask
from journal.reports.weekly.queries import SheetFamily, WeeklyPage


@dataclass(frozen=True, slots=True)
class SheetLesson:
    """A lesson of the pupil: `state` as attendance counts it (empty: it has not ended), `tasks`
    given to him alone, `marks` for it."""

    lesson: PupilLesson
    state: str
    tasks: tuple[PupilTask, ...]
    marks: tuple[WeekMark, ...]


@dataclass(frozen=True, slots=True)
class WeekSheet:
    """The sheet of a pupil. `earlier` are marks entered in the week for lessons before it."""

    family: SheetFamily
    lessons: tuple[SheetLesson, ...]
    earlier: tuple[WeekMark, ...]
    attendance: Tally


def week_sheets(
    session: Session,
    page: WeeklyPage,
    families: Collection[SheetFamily],
    *,
    zone: str,
    now: datetime,
) -> tuple[WeekSheet, ...]:
    """The sheets of these families of the page, in its order. `zone` is the school's."""
    ids, week = [one.pupil_id for one in families], page.week
    days, first = Days(week.monday, week.before), week.monday
    lessons = pupil_lessons(session, ids, first=first, before=week.before, set_from=first)
    marks = week_marks(session, ids, days=days, entered=_instants(week, zone))
    tasks = _own_tasks(session, ids, first, now)
    states, tallies = _attendance(session, page, ids, now)
    return tuple(
        WeekSheet(
            one,
            tuple(_lessons(one.pupil_id, lessons, states, tasks, marks)),
            tuple(m for m in marks if m.pupil_id == one.pupil_id and m.held_on < first),
            tallies.get(one.pupil_id, Tally()),
        )
        for one in families
    )


def _instants(week: Week, zone: str) -> tuple[datetime, datetime]:
    return instant(week.monday, time.min, zone), instant(week.before, time.min, zone)


def _own_tasks(
    session: Session, pupil_ids: list[int], monday: date, now: datetime
) -> list[PupilTask]:
    """Tasks of single pupils; works ahead are not asked for."""
    nothing = (monday, monday)
    return tasks_and_works(session, pupil_ids, [], first=monday, ahead=nothing, now=now)[0].own


def _attendance(
    session: Session, page: WeeklyPage, pupil_ids: list[int], now: datetime
) -> tuple[dict[tuple[int, int], str], dict[int, Tally]]:
    """States by pupil and lesson, and the sums by pupil."""
    span = Days(page.week.monday, page.week.before)
    facts = attendance_facts(session, Chosen(span, now, class_ids={page.group.id}))
    found: Tallies[int] = Tallies()
    states: dict[tuple[int, int], str] = {}
    for day in states_by_day(facts, only=pupil_ids):
        found.add(day, _whose)
        states.update({(one.pupil_id, one.lesson.id): one.state for one in day})
    return states, found.frozen()


def _whose(state: PupilState) -> int:
    return state.pupil_id


def _lessons(
    pupil_id: int,
    lessons: Iterable[PupilLesson],
    states: Mapping[tuple[int, int], str],
    tasks: Iterable[PupilTask],
    marks: Iterable[WeekMark],
) -> Iterable[SheetLesson]:
    own_tasks = [one for one in tasks if one.pupil_id == pupil_id]
    own_marks = [one for one in marks if one.pupil_id == pupil_id]
    for lesson in lessons:
        if lesson.pupil_id != pupil_id or lesson.off_timetable:
            continue
        yield SheetLesson(
            lesson,
            states.get((pupil_id, lesson.id), ""),
            tuple(one for one in own_tasks if one.lesson_id == lesson.id),
            tuple(one for one in own_marks if one.lesson_id == lesson.id),
        )
