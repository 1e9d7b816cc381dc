"""What of the school is set up, as the data prove it (duties.md, «Adoption plan»)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Select
from sqlalchemy.orm import Session

from journal.core.counting import count_groups
from journal.core.messages import N_, Message
from journal.lessons.queries.counts import LessonCounts, lesson_counts
from journal.school.access_overview import SchoolAccess, school_access
from journal.school.calendar import YearSpan
from journal.school.counts import SchoolCounts, school_counts
from journal.timetable.counts import TimetableCounts, timetable_counts

State = Literal["ok", "warn", "bad"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupItem:
    """One line of the list: `key` names the page that shows it, `words` what the data say."""

    key: str
    label: Message
    state: State
    words: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Everything counted for one year."""

    year: YearSpan
    school: SchoolCounts
    timetable: TimetableCounts
    lessons: LessonCounts
    access: SchoolAccess
    more: Mapping[str, int]

    @property
    def items(self) -> list[SetupItem]:
        """The lines in the order of the work."""
        return [_organisation(self), *_calendar(self), *_people(self), *_teaching(self)]

    @property
    def ready(self) -> int:
        """How many lines are in order."""
        return sum(item.state == "ok" for item in self.items)


def read_setup(
    session: Session,
    *,
    year: YearSpan,
    today: date,
    now: datetime,
    more: Mapping[str, Select[int]] | None = None,
) -> Setup:
    """Count it all, and `more` beside it. Two queries."""
    day = year.day_within(today)
    span = {"starts_on": year.starts_on, "ends_before": year.ends_before}
    found = count_groups(
        session,
        school=school_counts(year.id, day),
        timetable=timetable_counts(year.id, day),
        lessons=lesson_counts(academic_year_id=year.id, now=now, **span),
        more=more or {},
    )
    return Setup(
        year=year,
        school=SchoolCounts(**found["school"]),
        timetable=TimetableCounts(**found["timetable"]),
        lessons=LessonCounts(**found["lessons"]),
        access=school_access(session, day),
        more=found["more"],
    )


def _item(key: str, label: Message, words: Message, *, there: int, gaps: int = 0) -> SetupItem:
    """Red when nothing is there, amber when something is missing from it."""
    state: State = "bad" if not there else "warn" if gaps else "ok"
    return SetupItem(key=key, label=label, state=state, words=words)


def _organisation(setup: Setup) -> SetupItem:
    gaps = setup.school.details_missing
    words = N_("details and contacts are entered")
    if gaps:
        words = N_("address, director or the contacts for users are missing")
    return _item("organisation", N_("Organisation"), words, there=1, gaps=gaps)


def _calendar(setup: Setup) -> Iterator[SetupItem]:
    school, timetable = setup.school, setup.timetable
    terms, unset = school.terms, school.terms_without_window
    words = N_("%(count)s terms", count=terms)
    if unset:
        words = N_(
            "%(count)s terms; %(gaps)s without dates for term marks", count=terms, gaps=unset
        )
    yield _item("calendar", N_("Terms"), words, there=terms, gaps=unset)
    words = N_("%(count)s breaks and holidays", count=school.holidays)
    yield _item("calendar", N_("Holidays"), words, there=school.holidays)
    bells, gaps = timetable.bells, timetable.classes_without_bells
    words = N_("%(count)s schedules", count=bells)
    if gaps:
        words = N_("%(count)s schedules; %(gaps)s classes without bells", count=bells, gaps=gaps)
    yield _item("bells", N_("Bells"), words, there=bells, gaps=gaps)
    words = N_("%(count)s subjects, %(rooms)s rooms", count=school.subjects, rooms=school.rooms)
    yield _item("lists", N_("Subjects and rooms"), words, there=school.subjects)


def _people(setup: Setup) -> Iterator[SetupItem]:
    school = setup.school
    yield _item(
        "staff", N_("Staff"), N_("%(count)s people", count=school.staff), there=school.staff
    )
    gaps = school.classes_without_teacher
    words = N_("%(count)s classes, each has a class teacher", count=school.classes)
    if gaps:
        words = N_(
            "%(count)s classes; %(gaps)s without a class teacher", count=school.classes, gaps=gaps
        )
    yield _item("classes", N_("Classes"), words, there=school.classes, gaps=gaps)
    away = school.pupils - school.pupils_in_class
    words = N_("%(count)s in classes, %(away)s left", count=school.pupils_in_class, away=away)
    yield _item("pupils", N_("Pupils"), words, there=school.pupils_in_class)
    gaps = school.pupils_without_guardian
    words = N_("%(count)s people, every pupil has one", count=school.guardians)
    if gaps:
        words = N_("%(count)s people; %(gaps)s pupils without", count=school.guardians, gaps=gaps)
    yield _item("guardians", N_("Parents"), words, there=school.guardians, gaps=gaps)


def _teaching(setup: Setup) -> Iterator[SetupItem]:
    school, timetable, lessons = setup.school, setup.timetable, setup.lessons
    gaps = school.courses_without_teacher
    words = N_("%(count)s courses, each has a teacher", count=school.courses)
    if gaps:
        words = N_("%(count)s courses; %(gaps)s without a teacher", count=school.courses, gaps=gaps)
    yield _item("courses", N_("Teaching load"), words, there=school.courses, gaps=gaps)
    yield _item("timetable", N_("Timetable"), _timetable(timetable), there=timetable.slots)
    words = N_("%(count)s lessons, %(ended)s held", count=lessons.lessons, ended=lessons.ended)
    yield _item("timetable", N_("Lessons"), words, there=lessons.lessons)


def _timetable(counts: TimetableCounts) -> Message:
    """What is published; a draft is nobody's lesson yet."""
    if not counts.versions:
        return N_("nothing is published; drafts: %(count)s", count=counts.drafts)
    facts = {"slots": counts.slots, "count": counts.versions, "drafts": counts.drafts}
    return N_(
        "%(slots)s lessons a week; versions published: %(count)s, drafts: %(drafts)s", **facts
    )
