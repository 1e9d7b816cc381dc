"""Today of every child of a login: four statements, however many children and schools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.pupil_facts import PupilLesson
from journal.attendance.pupil_queries import pupil_lessons
from journal.diary.pages import NewMark, TodayOf
from journal.diary.queries.reader import Reader, breaks_of, class_name, reader_of
from journal.diary.queries.tasks import tasks_and_works
from journal.diary.queries.week import DUE_WITHIN
from journal.diary.rules.days import Diary, build_days
from journal.diary.rules.marks import shown_marks
from journal.grading.pupil_facts import Fresh, PupilMark
from journal.grading.pupil_queries import new_marks
from journal.lessons.rules.homework import PupilHomework, own_homework
from journal.school.pupil_facts import YearCalendar
from journal.school.pupil_queries import calendars, family

COMING_WITHIN = timedelta(days=11)  # over an autumn break


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of all children at once."""

    years: dict[int, YearCalendar]
    lessons: Sequence[PupilLesson]
    marks: Sequence[PupilMark]
    homework: PupilHomework


def today_pages(session: Session, actor: Actor, *, now: datetime) -> tuple[TodayOf, ...]:
    """Oneself and one's children, each in the day of his own school."""
    found = family(session, actor, pupil_id=None, now=now)
    readers = [reader_of(actor, found, pupil, now) for pupil in found.own]
    if not readers:
        return ()
    rows = _rows(session, readers)
    return tuple(_today_of(actor, reader, rows) for reader in readers)


def _rows(session: Session, readers: Sequence[Reader]) -> _Rows:
    ids = [reader.pupil.id for reader in readers]
    first = min(reader.today for reader in readers)
    before = max(reader.today for reader in readers) + COMING_WITHIN
    stays = [stay for one in readers if (stay := one.pupil.stay_on(one.today)) is not None]
    year_ids = {stay.academic_year_id for stay in stays}
    fresh = _earliest([reader.fresh for reader in readers])
    lessons = _lessons(session, ids, first=first, before=before, fresh=fresh)
    set_ = {one.homework_id for one in lessons if one.homework_id}
    return _Rows(
        calendars(session, year_ids, first=first, before=before),
        lessons,
        new_marks(session, ids, fresh),
        tasks_and_works(session, ids, set_, first=first, ahead=(first, first), now=readers[0].now)[
            0
        ],
    )


def _lessons(
    session: Session, ids: list[int], *, first: date, before: date, fresh: Fresh
) -> list[PupilLesson]:
    days = {"first": first, "before": before, "set_from": first - DUE_WITHIN}
    return pupil_lessons(session, ids, **days, set_lately=fresh.entered_since)


def _today_of(actor: Actor, reader: Reader, rows: _Rows) -> TodayOf:
    stay = reader.pupil.stay_on(reader.today)
    diary = _diary(reader, rows)
    school = actor.member_of(reader.pupil.organisation_id) or actor.current
    coming = _coming_day(diary.lessons, reader.today)
    return TodayOf(
        pupil_id=reader.pupil.id,
        name=reader.pupil.name,
        class_name=class_name(stay),
        school=school.organisation_name,
        today=reader.today,
        day=build_days(diary, [reader.today])[0],
        coming=build_days(diary, [coming])[0] if coming else None,
        news=tuple(
            NewMark(row.subject, mark)
            for row, mark in zip(diary.marks, shown_marks(diary.marks), strict=True)
        ),
    )


def _diary(reader: Reader, rows: _Rows) -> Diary:
    mine = reader.pupil.id
    stay = reader.pupil.stay_on(reader.today)
    year = rows.years.get(stay.academic_year_id) if stay else None
    return Diary(
        homework=own_homework(rows.homework, mine),
        lessons=[lesson for lesson in rows.lessons if lesson.pupil_id == mine],
        marks=[one for one in rows.marks if one.pupil_id == mine],
        breaks=breaks_of(year, stay),
        zone=reader.zone,
        today=reader.today,
        now=reader.now,
    )


def _coming_day(lessons: Sequence[PupilLesson], today: date) -> date | None:
    """The next day with a lesson that is not cancelled."""
    days = (one.held_on for one in lessons if one.held_on > today and not one.cancelled)
    return min(days, default=None)


def _earliest(freshes: Sequence[Fresh]) -> Fresh:
    """Two schools may live in two time zones: the earlier yesterday serves both."""
    return Fresh(
        entered_since=min(one.entered_since for one in freshes),
        held_since=min(one.held_since for one in freshes),
    )
