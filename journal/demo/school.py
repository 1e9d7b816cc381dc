"""The whole demonstration school as one value: made from a date and nothing else. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo

from journal.core.clock import local_date
from journal.demo.calendar import YearCalendar, year_of
from journal.demo.guardians import DemoGuardian, make_guardians
from journal.demo.load import blocks, school_classes, teach
from journal.demo.model import Block, Employee, SchoolClass
from journal.demo.movements import Population, populate
from journal.demo.pupils import FAMILY_CLASSES, make_pupils, with_birthdays
from journal.demo.staff import lead_classes, make_staff
from journal.demo.timetables import DatedLesson, Version, dated_lessons, make_versions

TIME_ZONE = "Europe/Moscow"
CODE = "DEMO"


@dataclass(frozen=True)
class DemoSchool:
    """Everything the packages are written from. `now` is the instant the school is shown at.

    The same academic year gives the same people, courses and timetable on any day of it; `now`
    says how far the year has come.
    """

    now: datetime
    calendar: YearCalendar
    classes: tuple[SchoolClass, ...]
    staff: tuple[Employee, ...]
    leaders: dict[str, int]
    blocks: tuple[Block, ...]
    versions: tuple[Version, Version]
    population: Population
    guardians: tuple[DemoGuardian, ...]

    @property
    def today(self) -> date:
        """The school's day."""
        return local_date(self.now, TIME_ZONE)

    @property
    def clock(self) -> datetime:
        """The wall-clock time in the school."""
        return self.now.astimezone(ZoneInfo(TIME_ZONE))

    @cached_property
    def by_class(self) -> dict[str, SchoolClass]:
        """Classes by name."""
        return {one.name: one for one in self.classes}

    @cached_property
    def lessons(self) -> tuple[DatedLesson, ...]:
        """Every lesson of the year by the timetable, in order."""
        return tuple(dated_lessons(self.versions, self.by_class, self.calendar))

    @cached_property
    def shown_teacher(self) -> int:
        """Whose login is printed: the mathematician of the shown family's children."""
        return self.leaders[FAMILY_CLASSES[0]]

    @cached_property
    def shown_child(self) -> str:
        """The elder child of the shown family: away for two days, and nobody knows why yet."""
        return next(
            pupil.file
            for pupil in self.population.pupils
            if pupil.family.number == 0 and pupil.class_name == FAMILY_CLASSES[1]
        )

    def is_open(self, lesson: DatedLesson) -> bool:
        """Whether the lesson's term is not closed yet."""
        terms = self.calendar.terms_of(lesson.course.grade)
        here = [t for t in terms if t.starts_on <= lesson.day < t.ends_before]
        return all(self.today < term.marks_before for term in here)

    @cached_property
    def shown_day(self) -> date | None:
        """Today if there are lessons, else the next day with lessons; None in the summer."""
        days = (lesson.day for lesson in self.lessons if lesson.day >= self.today)
        return next(days, None)


def make_school(now: datetime) -> DemoSchool:
    """The demonstration school as it is at the instant `now`."""
    today = local_date(now, TIME_ZONE)
    calendar = year_of(today)
    seed = f"demonstration {calendar.name}"
    classes = school_classes()
    staff, leaders = lead_classes(make_staff(Random(f"{seed}|staff")), classes)
    first = leaders[FAMILY_CLASSES[0]]
    wishes = {(name, staff[first].key, ""): first for name in FAMILY_CLASSES}
    taught = teach(blocks(classes), staff, leaders, wishes)
    everybody = make_pupils(Random(f"{seed}|pupils"), classes, staff, calendar.first_year)
    pupils = with_birthdays(everybody, today)
    population = populate(Random(f"{seed}|movements"), pupils, classes, taught, calendar, today)
    guardians = make_guardians(Random(f"{seed}|guardians"), population.pupils, staff)
    return DemoSchool(
        now=now,
        calendar=calendar,
        classes=classes,
        staff=staff,
        leaders=leaders,
        blocks=taught,
        versions=make_versions(seed, classes, taught, staff, calendar),
        population=population,
        guardians=guardians,
    )
