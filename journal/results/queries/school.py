"""The results of a whole school in one period: a table of every class, in five statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from journal.grading.as_of import AsOf, changed_since
from journal.grading.progress import Asked, Expected, expected_at_all
from journal.results.rules.class_page import ClassTable, class_table
from journal.results.rules.periods import Period
from journal.results.rules.places import Place
from journal.results.rules.summary import present_at
from journal.school.calendar import YearSpan
from journal.school.course_names import NamedCourse, named_courses
from journal.school.stays import NamedStay, YearClass, named_stays, year_classes


@dataclass(frozen=True, slots=True)
class ClassOutcome:
    """A class with its results; `place` None: nothing is summed up for it in the period."""

    group: YearClass
    place: Place | None
    table: ClassTable


@dataclass(frozen=True, slots=True)
class CourseOutcome:
    """A course with the marks of everybody on its roster on the last day."""

    course: NamedCourse
    values: tuple[tuple[int, str | None], ...]


def school_outcomes(
    session: Session, year: YearSpan, period: Period, *, as_of: AsOf | None = None
) -> list[ClassOutcome]:
    """Every class of the year in order: the same table as on the page of the class; `as_of` a day
    the marks and the rosters of its end. RuleViolation as `changed_since`."""
    classes = year_classes(session, year.id)
    stays = named_stays(session, year.id)
    expected = [one for _, found in _expected(session, year, period, as_of=as_of) for one in found]
    courses = list(
        named_courses(session, _ids(expected), day=_day(period.last_day, as_of)).values()
    )
    by_pupil: dict[int, list[Expected]] = defaultdict(list)
    for one in expected:
        by_pupil[one.pupil_id].append(one)
    return [_outcome(one, period, as_of, stays, courses, by_pupil) for one in classes]


def _outcome(
    group: YearClass,
    period: Period,
    as_of: AsOf | None,
    stays: Iterable[NamedStay],
    courses: Sequence[NamedCourse],
    by_pupil: dict[int, list[Expected]],
) -> ClassOutcome:
    place = period.place_of(group.grade)
    day = _day(place.last_day if place else period.last_day, as_of)
    present = present_at(stays, group.id, day)
    mine = [one for pupil in present for one in by_pupil.get(pupil.pupil_id, ())] if place else []
    ids = _ids(mine)
    own = [course for course in courses if course.course_id in ids]
    return ClassOutcome(group, place, class_table(present, own, mine))


def _day(last: date, as_of: AsOf | None) -> date:
    """The day rosters are of."""
    return min(last, as_of.day) if as_of else last


def course_outcomes(
    session: Session,
    year: YearSpan,
    period: Period,
    *,
    staff_id: int | None = None,
    as_of: AsOf | None = None,
) -> list[CourseOutcome]:
    """Marked courses of the period in the order of parallels; `staff_id` narrows them to those he
    teaches and those of the class he keeps; `as_of` as in `school_outcomes`."""
    found = _expected(session, year, period, staff_id, as_of)
    values: dict[int, dict[int, str | None]] = defaultdict(dict)
    for _, expected in found:
        for one in expected:
            values[one.course_id][one.pupil_id] = one.value
    courses = named_courses(session, values, day=_day(period.last_day, as_of))
    return [
        CourseOutcome(course, tuple(values[course_id].items()))
        for course_id, course in courses.items()
    ]


def _expected(
    session: Session,
    year: YearSpan,
    period: Period,
    staff_id: int | None = None,
    as_of: AsOf | None = None,
) -> list[tuple[Place, list[Expected]]]:
    asked = [
        Asked(
            academic_year_id=year.id,
            kind=place.kind,
            number=place.number,
            day=_day(place.last_day, as_of),
            grades=grades,
            staff_id=staff_id,
        )
        for grades, place in period.places
    ]
    found = expected_at_all(session, asked)
    places = [place for _, place in period.places]
    if as_of is not None:
        found = _undone(session, year, as_of, places, found)
    return list(zip(places, found, strict=True))


def _undone(
    session: Session,
    year: YearSpan,
    as_of: AsOf,
    places: Sequence[Place],
    found: Sequence[Sequence[Expected]],
) -> list[list[Expected]]:
    """The marks as they stood at the end of the day."""
    known = changed_since(session, as_of, academic_year_id=year.id)
    courses = named_courses(session, _ids(one for own in found for one in own), day=as_of.day)

    def then(place: Place, one: Expected) -> Expected:
        subject_id = courses[one.course_id].subject_id
        key = (one.pupil_id, subject_id, place.kind, place.number)
        return one._replace(value=known.get(key, one.value))

    return [[then(place, one) for one in own] for place, own in zip(places, found, strict=True)]


def _ids(expected: Iterable[Expected]) -> set[int]:
    return {one.course_id for one in expected}
