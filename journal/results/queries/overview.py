"""The state of the terms: what is open, who has not entered. The same page for everybody: the
administration sees the school, a teacher his courses, a class teacher his class as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.clock import local_date
from journal.core.errors import NotFound
from journal.grading.progress import Asked, Progress, progress
from journal.grading.subject_queries import FinalWindowRow, final_windows
from journal.results.rules.places import Place
from journal.results.rules.states import Stage, StageState, stage_to_open, stages_of_year
from journal.school.calendar import YearSpan, year_to_open, years
from journal.school.class_names import StaffedClass, classes_of_staff
from journal.school.course_names import NamedCourse, named_courses
from journal.school.queries import term_spans


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A course and how many of its pupils have a mark."""

    course: NamedCourse
    expected: int
    given: int

    @property
    def missing(self) -> int:
        """Who has no mark yet."""
        return self.expected - self.given


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class and how many marks of all its subjects are there."""

    class_id: int
    name: str
    expected: int
    given: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The page. `stages` are the terms and what follows them; `whole_school`: nothing is left out;
    otherwise `classes` are those he keeps. `courses` come with the unfinished first."""

    year: YearSpan | None
    years: tuple[YearSpan, ...]
    today: date
    stages: tuple[Stage, ...]
    chosen: Stage | None
    state: StageState | None
    whole_school: bool
    classes: tuple[ClassLine, ...]
    courses: tuple[CourseLine, ...]

    @property
    def missing(self) -> int:
        """Marks that are not there though their days have come."""
        if self.state not in (StageState.OPEN, StageState.CLOSED):
            return 0
        return sum(one.missing for one in self.courses)

    @property
    def shown(self) -> tuple[CourseLine, ...]:
        """Of the whole school only courses where marks are missing; one's own all."""
        if not self.whole_school:
            return self.courses
        return tuple(one for one in self.courses if one.missing and self.missing)


def overview(
    session: Session, actor: Actor, *, year_id: int | None, stage: str | None, now: datetime
) -> Overview:
    """The state of one stage (None: that of most of his classes). Seven statements."""
    today = local_date(now, actor.current.time_zone)
    spans = years(session)
    year = next((one for one in spans if one.id == year_id), None) or year_to_open(spans, today)
    stages = _stages(session, year)
    whole, staff_id = actor.may(Permission.READ_ANY_JOURNAL), actor.current.staff_id or 0
    classes = classes_of_staff(session, year.id, staff_id=staff_id) if year else []
    chosen = _chosen(stages, stage, classes, whole, today)
    asked = _asked(year, chosen, None if whole else staff_id)
    found = progress(session, asked) if asked else []
    day = asked.day if asked else today
    names = named_courses(session, {one.course_id for one in found}, day=day)
    return Overview(
        year=year,
        years=tuple(spans),
        today=today,
        stages=stages,
        chosen=chosen,
        state=chosen.state(today) if chosen else None,
        whole_school=whole,
        classes=tuple(_classes((one for one in classes if whole or one.kept), found)),
        courses=tuple(_courses(found, names.values())),
    )


def _stages(session: Session, year: YearSpan | None) -> tuple[Stage, ...]:
    if year is None:
        return ()
    windows: Sequence[FinalWindowRow] = final_windows(session, year.id)
    return stages_of_year(term_spans(session, year.id), windows, year)


def _chosen(
    stages: Sequence[Stage],
    key: str | None,
    classes: Sequence[StaffedClass],
    whole: bool,
    today: date,
) -> Stage | None:
    if key is not None:
        return _named(stages, key)
    seen = [one.grade for one in classes if whole or one.kept or one.taught]
    return stage_to_open(stages, seen, today)


def _named(stages: Iterable[Stage], key: str) -> Stage:
    found = next((one for one in stages if one.key == key), None)
    if found is None:
        raise NotFound()
    return found


def _asked(year: YearSpan | None, stage: Stage | None, staff_id: int | None) -> Asked | None:
    """Nobody is expected to sit an exam: there is nothing to count."""
    if year is None or stage is None or stage.place.kind == "exam":
        return None
    place: Place = stage.place
    return Asked(
        academic_year_id=year.id,
        kind=place.kind,
        number=place.number,
        day=place.last_day,
        grades=stage.grades,
        staff_id=staff_id,
    )


def _classes(classes: Iterable[StaffedClass], found: Iterable[Progress]) -> Iterator[ClassLine]:
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for one in found:
        sums[one.class_id][0] += one.expected
        sums[one.class_id][1] += one.given
    for group in classes:
        if group.id in sums:
            yield ClassLine(group.id, group.name, *sums[group.id])


def _courses(found: Iterable[Progress], names: Iterable[NamedCourse]) -> list[CourseLine]:
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for one in found:
        sums[one.course_id][0] += one.expected
        sums[one.course_id][1] += one.given
    lines = [CourseLine(course, *sums[course.course_id]) for course in names]
    return sorted(lines, key=lambda one: not one.missing)
