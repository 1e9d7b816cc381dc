"""Today of every child of a login: four statements, however many children and schools."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.pupil_facts import PupilLesson
from journal.attendance.pupil_queries import pupil_lessons
from journal.diary.pages import NewMark, TodayOf
from journal.diary.queries.reader import Reader, breaks_of, class_name, reader_of
from journal.diary.queries.week import DUE_WITHIN
from journal.diary.rules.days import Diary, build_days
from journal.diary.rules.marks import shown_marks
from journal.grading.pupil_facts import Fresh, PupilMark
from journal.grading.pupil_queries import new_marks
from journal.school.pupil_facts import YearCalendar
from journal.school.pupil_queries import calendars, family

COMING_WITHIN = timedelta(days=11)  # over an autumn break


def today_pages(session: Session, actor: Actor, *, now: datetime) -> tuple[TodayOf, ...]:
    """Oneself and one's children, each in the day of his own school."""
    found = family(session, actor, pupil_id=None, now=now)
    readers = [reader_of(actor, found, pupil, now) for pupil in found.own]
    if not readers:
        return ()
    ids = [reader.pupil.id for reader in readers]
    first = min(reader.today for reader in readers)
    before = max(reader.today for reader in readers) + COMING_WITHIN
    stays = [stay for one in readers if (stay := one.pupil.stay_on(one.today)) is not None]
    years = calendars(
        session, {stay.academic_year_id for stay in stays}, first=first, before=before
    )
    lessons = pupil_lessons(session, ids, first=first, before=before, set_from=first - DUE_WITHIN)
    marks = new_marks(session, ids, _earliest([reader.fresh for reader in readers]))
    return tuple(_today_of(actor, reader, years, lessons, marks) for reader in readers)


def _today_of(
    actor: Actor,
    reader: Reader,
    years: dict[int, YearCalendar],
    lessons: Sequence[PupilLesson],
    marks: Sequence[PupilMark],
) -> TodayOf:
    pupil, today = reader.pupil, reader.today
    stay = pupil.stay_on(today)
    mine = [mark for mark in marks if mark.pupil_id == pupil.id and reader.fresh.covers(mark)]
    diary = Diary(
        lessons=[lesson for lesson in lessons if lesson.pupil_id == pupil.id],
        marks=mine,
        breaks=breaks_of(years.get(stay.academic_year_id) if stay else None, stay),
        zone=reader.zone,
        now=reader.now,
        fresh=reader.fresh,
    )
    school = actor.member_of(pupil.organisation_id) or actor.current
    coming = _coming_day(diary.lessons, today)
    return TodayOf(
        pupil_id=pupil.id,
        name=pupil.name,
        class_name=class_name(stay),
        school=school.organisation_name,
        today=today,
        day=build_days(diary, [today])[0],
        coming=build_days(diary, [coming])[0] if coming else None,
        news=tuple(
            NewMark(row.subject, mark)
            for row, mark in zip(mine, shown_marks(mine, fresh=reader.fresh), strict=True)
        ),
    )


def _coming_day(lessons: Sequence[PupilLesson], today: date) -> date | None:
    """The next day with a lesson that is not cancelled."""
    days = (one.held_on for one in lessons if one.held_on > today and not one.cancelled)
    return min(days, default=None)


def _earliest(freshes: Sequence[Fresh]) -> Fresh:
    """Two schools may live in two time zones; each child's own limit is applied afterwards."""
    return Fresh(
        entered_since=min(one.entered_since for one in freshes),
        held_since=min(one.held_since for one in freshes),
    )
