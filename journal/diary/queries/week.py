"""A week of a diary: five statements, whatever the number of pupils, lessons and marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.pupil_facts import PupilLesson
from journal.attendance.pupil_queries import pupil_lessons
from journal.diary.pages import WeekPage
from journal.diary.queries.reader import Reader, breaks_of, calendar_of, head, load_reader
from journal.diary.queries.tasks import tasks_and_works
from journal.diary.rules.days import Day, Diary, build_days
from journal.diary.rules.terms import GRADE_WITHOUT_MARKS, TermMarks, term_marks_of
from journal.diary.rules.weeks import Week, opening_week, week_of
from journal.grading.load_queries import AheadWork
from journal.grading.pupil_facts import PupilMark, ResultsYear
from journal.grading.pupil_queries import marks_and_results, pupil_marks
from journal.lessons.rules.homework import PupilHomework
from journal.school.pupil_facts import ClassStay, YearCalendar
from journal.school.rules import TermSpan, term_to_open, terms_of_grade

DUE_WITHIN = timedelta(days=42)  # homework set earlier than this is not looked for
AHEAD = timedelta(days=14)
LOOK_AHEAD = timedelta(days=4)  # from a Friday over a long week-end to the next lessons


@dataclass(frozen=True, slots=True)
class _Frame:
    """The week of a page, the last day of what it reads, and the pupil's year then."""

    reader: Reader
    week: Week
    before: date
    stay: ClassStay | None
    calendar: YearCalendar | None
    term: TermSpan | None


def week_page(
    session: Session, actor: Actor, *, pupil_id: int, week: Week | None, now: datetime
) -> WeekPage:
    """The week asked for, or the one a diary opens with. Raises NotFound."""
    reader = load_reader(session, actor, pupil_id=pupil_id, now=now)
    frame = _frame(session, reader, week)
    marks = _marks(session, frame)
    lessons = _lessons(session, frame)
    homework, ahead = _tasks(session, frame, lessons)
    shown = _days(frame, lessons, homework, marks.shown)
    days, earlier = _in_order(shown, frame.week, reader.today)
    return WeekPage(
        head=head(reader, frame.stay, marks.news),
        week=frame.week,
        today=reader.today,
        days=days,
        earlier=earlier,
        year_over=_year_over(frame.calendar, frame.week),
        term=marks.term,
        ahead=tuple(ahead),
    )


def _frame(session: Session, reader: Reader, asked: Week | None) -> _Frame:
    week = asked or opening_week(reader.today, reader.pupil.left_before)
    before = week.before + (LOOK_AHEAD if week.holds(reader.today) else timedelta())
    stay = reader.pupil.stay_on(week.days[-1])
    calendar = calendar_of(session, stay, first=week.monday, before=before)
    return _Frame(reader, week, before, stay, calendar, _term(reader, stay, calendar, week))


def _term(
    reader: Reader, stay: ClassStay | None, calendar: YearCalendar | None, week: Week
) -> TermSpan | None:
    if calendar is None or stay is None or stay.grade == GRADE_WITHOUT_MARKS:
        return None
    day = reader.today if week.holds(reader.today) else week.days[-1]
    return term_to_open(terms_of_grade(calendar.terms, stay.grade), day)


@dataclass(frozen=True, slots=True)
class _Marks:
    """Marks of the days shown, the child of each new one, and those of the term by subject."""

    shown: list[PupilMark]
    news: list[int]
    term: TermMarks | None


def _marks(session: Session, frame: _Frame) -> _Marks:
    reader, first, before = frame.reader, frame.week.monday, frame.before
    known: dict[str, Any] = {"news_of": reader.siblings, "fresh": reader.fresh}
    if frame.term is not None and frame.calendar is not None:
        return _marks_of_term(session, frame, frame.term, frame.calendar.id, known)
    marks = pupil_marks(session, reader.pupil.id, first=first, before=before, **known)
    news = [mark.pupil_id for mark in marks if mark.is_new]
    return _Marks([one for one in marks if one.pupil_id == reader.pupil.id], news, None)


def _marks_of_term(
    session: Session, frame: _Frame, term: TermSpan, year_id: int, known: dict[str, Any]
) -> _Marks:
    """The marks of the week and all of the term with its results."""
    pupil, first = frame.reader.pupil, frame.week.monday
    year = ResultsYear(id=year_id, organisation_id=pupil.organisation_id, today=frame.reader.today)
    found = marks_and_results(
        session,
        pupil.id,
        first=min(term.starts_on, first),
        before=max(term.ends_before, frame.before),
        year=year,
        **known,
    )
    subjects = found.marks.subjects(term.starts_on, term.ends_before)
    return _Marks(
        found.marks.since(first),
        [pupil.id] * found.marks.news + found.news_of,
        term_marks_of(term, subjects, found.given, found.rules),
    )


def _lessons(session: Session, frame: _Frame) -> list[PupilLesson]:
    monday = frame.week.monday
    days = {"first": monday, "before": frame.before, "set_from": monday - DUE_WITHIN}
    lately = frame.reader.fresh.entered_since
    return pupil_lessons(session, [frame.reader.pupil.id], **days, set_lately=lately)


def _tasks(
    session: Session, frame: _Frame, lessons: list[PupilLesson]
) -> tuple[PupilHomework, list[AheadWork]]:
    """Assessments are looked for while the present week is shown."""
    reader = frame.reader
    until = reader.today + (AHEAD if frame.week.holds(reader.today) else timedelta())
    return tasks_and_works(
        session,
        [reader.pupil.id],
        {one.homework_id for one in lessons if one.homework_id},
        first=frame.week.monday,
        ahead=(reader.today, until),
        now=reader.now,
    )


def _days(
    frame: _Frame, lessons: list[PupilLesson], homework: PupilHomework, marks: list[PupilMark]
) -> tuple[Day, ...]:
    reader = frame.reader
    diary = Diary(
        homework=homework,
        lessons=lessons,
        marks=marks,
        breaks=breaks_of(frame.calendar, frame.stay),
        zone=reader.zone,
        today=reader.today,
        now=reader.now,
    )
    taught = {one.held_on for one in lessons}
    return build_days(diary, _shown_days(reader.today, frame.stay, frame.week, taught))


def _shown_days(today: date, stay: ClassStay | None, week: Week, taught: set[date]) -> list[date]:
    """The week without an empty Saturday of a five-day class, with the next day at school."""
    days = list(week.days)
    if stay is not None and stay.days_per_week == 5 and days[-1] not in {today, *taught}:
        days.pop()
    if week.holds(today):
        coming = min((day for day in taught if day > today), default=None)
        if coming is not None and coming not in days:
            days.append(coming)
    return days


def _in_order(
    days: tuple[Day, ...], week: Week, today: date
) -> tuple[tuple[Day, ...], tuple[Day, ...]]:
    """From today on first, then what is past; another week stays as it is."""
    upcoming = tuple(day for day in days if day.last >= today)
    if not week.holds(today) or not upcoming:
        return days, ()
    return upcoming, tuple(day for day in days if day.last < today)


def _year_over(calendar: YearCalendar | None, week: Week) -> Week | None:
    end = calendar.span.ends_before if calendar else None
    if end is None or week.monday < end:
        return None
    return week_of(end - timedelta(days=1))
