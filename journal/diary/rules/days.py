"""A pupil's days: lessons with what was set, what is due, what changed, and what he got."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from journal.attendance.pupil_facts import PupilLesson, SetTask
from journal.core.messages import N_, Message
from journal.diary.rules.marks import ShownMark, by_lesson, shown_marks
from journal.diary.rules.moves import Place, pair_moves, pair_subjects
from journal.diary.rules.tasks import Due, due_tasks, own_tasks, with_files, with_news
from journal.grading.pupil_facts import PupilMark
from journal.lessons.rules.homework import PupilHomework
from journal.school.pupil_facts import Break


class ShownAbsence(NamedTuple):
    """A code of the register, and the minutes of a lateness."""

    code: str
    minutes: int | None

    @property
    def letter(self) -> str:
        """As it stands in the register."""
        return "о" if self.late else _ABSENCES[self.code][0]

    @property
    def css(self) -> str:
        """The class that colours it."""
        return f"c-{self.code}"

    @property
    def late(self) -> bool:
        """Whether he came late and was there."""
        return self.code == "o"

    @property
    def words(self) -> Message:
        """What it means."""
        return absence_words(self.code, self.minutes)


@dataclass(frozen=True, slots=True)
class Change:
    """How a lesson differs from the timetable.

    `moved_from` and `moved_to` name the other half of a move; `other_subject` what the
    timetable has in this hour or, where this one fell out for it, what is held instead; `extra` is
    a lesson the timetable does not have and neither explains.
    """

    instead_of: str | None
    cancelled: bool
    distance: bool
    moved_from: Place | None
    moved_to: Place | None
    extra: bool
    other_subject: str | None = None


class ShownLesson(NamedTuple):
    """A lesson of a diary, a tuple as its rows are. Times are wall-clock texts of the school.

    `task` was set in it, `own` to this pupil alone, `due` is to be ready for it.
    `change` is None for a lesson as planned, `exempt` a key of EXEMPTIONS. Everything in it can be
    hashed: what is painted of it is kept.
    """

    number: int
    starts: str
    ends: str
    subject: str
    subgroup: str
    teacher: str
    room: str | None
    topic: str | None
    task: SetTask | None
    absence: ShownAbsence | None
    exempt: str | None
    change: Change | None
    running: bool
    due: tuple[SetTask, ...]
    marks: tuple[ShownMark, ...]
    own: tuple[SetTask, ...] = ()

    @property
    def cancelled(self) -> bool:
        """Struck out, with the word."""
        return self.change is not None and self.change.cancelled


@dataclass(frozen=True, slots=True)
class LooseTask:
    """Homework due on a day that has no lesson of its course."""

    subject: str
    task: SetTask


@dataclass(frozen=True, slots=True)
class Day:
    """One day, or several days of one break (`last` is then later than `first`).

    `minutes` is what the homework due on a coming day will take; None when nobody said.
    """

    first: date
    last: date
    lessons: tuple[ShownLesson, ...] = ()
    loose: tuple[LooseTask, ...] = ()
    pause: str | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """Everything the days of one pupil are made of."""

    lessons: Sequence[PupilLesson]
    marks: Sequence[PupilMark]
    breaks: Sequence[Break]
    zone: str
    today: date
    now: datetime
    homework: PupilHomework = field(default_factory=PupilHomework)


_ABSENCES = {
    "n": ("н", N_("Absent, no reason given yet")),
    "b": ("б", N_("Absent because of illness")),
    "u": ("у", N_("Absent for a valid reason")),
    "p": ("п", N_("Absent without a valid reason")),
}
EXEMPTIONS = {
    "attending": N_("released from attending"),
    "practice": N_("released from practice"),
}


def absence_words(code: str, minutes: int | None) -> Message:
    """What a code of the register means, in words."""
    if code != "o":
        return _ABSENCES[code][1]
    if minutes is None:
        return N_("Late")
    return N_("Late by %(minutes)s min", minutes=minutes)


def build_days(diary: Diary, days: Iterable[date]) -> tuple[Day, ...]:
    """The days in their order, each with its lessons; days of one break are one entry."""
    homework = with_news(diary.homework, diary.lessons, zone=diary.zone, today=diary.today)
    first = min((one.held_on for one in diary.lessons), default=diary.today)
    moves = pair_moves(diary.lessons)
    links = _Links(
        moves,
        pair_subjects(diary.lessons, moves),
        due_tasks(diary.lessons, homework),
        by_lesson(diary.marks, first),
        homework,
    )
    taught: dict[date, list[PupilLesson]] = {}
    for one in diary.lessons:
        taught.setdefault(one.held_on, []).append(one)
    built: list[Day] = []
    for day in days:
        lessons = taught.get(day, [])
        pause = None if lessons else pause_on(diary.breaks, day)
        if pause and built and built[-1].pause == pause:
            built[-1] = Day(built[-1].first, day, pause=pause)
        else:
            built.append(_day(diary, links, day, lessons, pause))
    return tuple(built)


@dataclass(frozen=True, slots=True)
class _Links:
    """What ties lessons together: moves, another subject in the hour, homework by the day it is
    due, marks by lesson; and all homework."""

    moves: dict[int, Place]
    subjects: dict[int, str]
    due: dict[date, list[Due]]
    marks: dict[int, list[PupilMark]]
    homework: PupilHomework


def pause_on(breaks: Iterable[Break], day: date) -> str | None:
    """The name of the break the day lies in."""
    return next((one.name for one in breaks if one.span.covers(day)), None)


def _day(
    diary: Diary, links: _Links, day: date, lessons: list[PupilLesson], pause: str | None
) -> Day:
    holders = {one.course_id: one.id for one in reversed(lessons) if not one.cancelled}
    due: dict[int, list[SetTask]] = {}
    loose = []
    for one in links.due.get(day, ()):
        if one.course_id in holders:
            due.setdefault(holders[one.course_id], []).append(one.task)
        else:
            loose.append(LooseTask(one.subject, one.task))
    shown = tuple(_lesson(diary, links, one, due.get(one.id, ())) for one in lessons)
    minutes = _minutes(links.due.get(day, ())) if day > diary.today else None
    return Day(day, day, shown, tuple(loose), pause, minutes)


def _minutes(due: Iterable[Due]) -> int | None:
    known = [one.task.minutes for one in due if one.task.minutes is not None]
    return sum(known) if known else None


def _lesson(
    diary: Diary, links: _Links, lesson: PupilLesson, due: Iterable[SetTask]
) -> ShownLesson:
    marks, ends_at = links.marks.get(lesson.id), lesson.ends_at
    facts = (
        lesson.number,
        _wall_clock(lesson.starts_at, diary.zone),
        _wall_clock(ends_at, diary.zone),
        lesson.subject,
        lesson.subgroup,
        lesson.teacher,
        lesson.room,
        lesson.topic,
        with_files(lesson, links.homework),
        _absence(lesson),
        lesson.exempt,
        _change(lesson, links.moves.get(lesson.id), links.subjects.get(lesson.id)),
        not lesson.cancelled and lesson.starts_at <= diary.now < ends_at,
        tuple(due) if diary.now < ends_at else (),
        shown_marks(marks) if marks else (),
        own_tasks(lesson, links.homework),
    )
    return tuple.__new__(
        ShownLesson, facts
    )  # a named tuple's constructor takes three times as long


@lru_cache(maxsize=4096)  # a whole school has the same dozen a day
def _wall_clock(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.hour:02}:{local.minute:02}"


def _change(lesson: PupilLesson, other: Place | None, subject: str | None) -> Change | None:
    differs = lesson.planned_surname or lesson.cancelled or lesson.distance
    if not (differs or lesson.off_timetable):
        return None
    return Change(
        lesson.instead_of,
        lesson.cancelled,
        lesson.distance,
        moved_from=None if lesson.cancelled else other,
        moved_to=other if lesson.cancelled else None,
        extra=bool(lesson.off_timetable) and not (other or subject or lesson.cancelled),
        other_subject=subject,
    )


def _absence(lesson: PupilLesson) -> ShownAbsence | None:
    if lesson.absence is None or lesson.cancelled:
        return None
    return ShownAbsence(lesson.absence, lesson.late_minutes)
