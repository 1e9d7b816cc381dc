"""Two timetable versions of the year, and the dated lessons they mean. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from journal.demo.calendar import YearCalendar
from journal.demo.model import Block, DemoCourse, Employee, Placement, SchoolClass
from journal.demo.solver import Unsolvable, solve
from journal.demo.staff import SUBSTITUTE_KEY

SATURDAY_SUBJECT = ("10А", "Алгебра и начала математического анализа")
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Version:
    """A timetable valid in [starts_on, ends_before), with the courses as taught then."""

    starts_on: date
    ends_before: date
    blocks: tuple[Block, ...]
    placements: tuple[Placement, ...]


@dataclass(frozen=True, slots=True)
class DatedLesson:
    """One lesson of the timetable on its day."""

    course: DemoCourse
    day: date
    number: int

    @property
    def key(self) -> str:
        """Unique in the year."""
        return f"{self.course.key}|{self.day:%m%d}|{self.number}"


def make_versions(
    seed: str,
    classes: Sequence[SchoolClass],
    blocks: tuple[Block, ...],
    staff: Sequence[Employee],
    calendar: YearCalendar,
) -> tuple[Version, Version]:
    """The timetable of the first quarter, and the one after it: another arrangement, with a
    colleague taking over from one mathematician."""
    second = tuple(_taken_over(block, staff) for block in blocks)
    change = calendar.second_timetable_from
    return (
        Version(calendar.starts_on, change, blocks, _solve(f"{seed}|1", classes, blocks)),
        Version(change, calendar.lessons_before, second, _solve(f"{seed}|2", classes, second)),
    )


def taken_over(staff: Sequence[Employee]) -> tuple[int, int]:
    """Who goes on leave with the first timetable, and who takes over: indices into the staff."""
    newcomer = next(i for i, one in enumerate(staff) if one.key == SUBSTITUTE_KEY)
    leaving = max(i for i, one in enumerate(staff) if one.key == "maths")
    return leaving, newcomer


def _taken_over(block: Block, staff: Sequence[Employee]) -> Block:
    leaving, newcomer = taken_over(staff)
    return replace(
        block,
        courses=tuple(
            replace(c, teacher=newcomer) if c.teacher == leaving else c for c in block.courses
        ),
    )


def _solve(
    seed: str, classes: Sequence[SchoolClass], blocks: Sequence[Block]
) -> tuple[Placement, ...]:
    name, subject = SATURDAY_SUBJECT
    saturday = next(
        index
        for index, block in enumerate(blocks)
        if block.classes == (name,) and block.courses[0].subject == subject
    )
    for attempt in range(_TRIES):
        try:
            pinned = [Placement(saturday, 6, 2)]
            return solve(classes, blocks, Random(f"{seed}|{attempt}"), pinned)
        except Unsolvable:
            continue
    raise Unsolvable(f"no timetable in {_TRIES} tries")


def dated_lessons(
    versions: Sequence[Version], classes: Mapping[str, SchoolClass], calendar: YearCalendar
) -> Iterator[DatedLesson]:
    """Every lesson of the year, by day and lesson number."""
    for version in versions:
        weekly: dict[int, list[tuple[int, DemoCourse]]] = {}
        for one in version.placements:
            for course in version.blocks[one.block].courses:
                weekly.setdefault(one.weekday, []).append((one.number, course))
        for hours in weekly.values():
            hours.sort(key=lambda hour: (hour[0], hour[1].grade, hour[1].key))
        for day in calendar.school_days(grade=11, days_per_week=6):
            if version.starts_on <= day < version.ends_before:
                yield from _day(weekly.get(day.isoweekday(), []), day, classes, calendar)


def _day(
    hours: Sequence[tuple[int, DemoCourse]],
    day: date,
    classes: Mapping[str, SchoolClass],
    calendar: YearCalendar,
) -> Iterator[DatedLesson]:
    parity = "odd" if calendar.week_number(day) % 2 else "even"
    for number, course in hours:
        days = classes[course.classes[0]].days_per_week
        if course.week in ("every", parity) and calendar.is_school_day(
            day, grade=course.grade, days_per_week=days
        ):
            yield DatedLesson(course, day, number)
