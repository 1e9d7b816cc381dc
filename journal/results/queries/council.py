"""A class before the council: results of the year that stand in the way, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.clock import local_date
from journal.grading.council_queries import Decided, council_decisions
from journal.grading.progress import Asked, expected_marks
from journal.grading.rules.proposals import NOT_ATTESTED, NOT_PASSED
from journal.school.class_desk import pupils_on
from journal.school.class_reader import ReadClass, load_class
from journal.school.course_names import named_courses

FAILING = frozenset({"2", "1", NOT_PASSED, NOT_ATTESTED})


@dataclass(frozen=True, slots=True)
class CouncilRow:
    """A pupil: subjects of the year he failed (subject, mark), how many have no mark, decisions."""

    pupil_id: int
    name: str
    failing: tuple[tuple[str, str], ...]
    missing: int
    decisions: tuple[Decided, ...]


@dataclass(frozen=True, slots=True)
class CouncilPage:
    """The class as of today, of the last day of a year that is over."""

    group: ReadClass
    today: date
    rows: tuple[CouncilRow, ...]


def council_page(session: Session, actor: Actor, *, class_id: int, now: datetime) -> CouncilPage:
    """NotFound, Forbidden as `load_class`. Six statements."""
    group = load_class(session, actor, class_id)
    today = local_date(now, actor.current.time_zone)
    last_day = (group.year.ends_before or date.max) - timedelta(days=1)
    pupils = pupils_on(session, class_group_id=class_id, day=min(today, last_day))
    failing, missing = _year(session, group, last_day)
    decided = council_decisions(
        session, [one.pupil_id for one in pupils], academic_year_id=group.year_id
    )
    rows = tuple(
        CouncilRow(
            one.pupil_id,
            one.name,
            tuple(failing.get(one.pupil_id, ())),
            missing.get(one.pupil_id, 0),
            decided.get(one.pupil_id, ()),
        )
        for one in pupils
    )
    return CouncilPage(group, today, rows)


def _year(
    session: Session, group: ReadClass, last_day: date
) -> tuple[dict[int, list[tuple[str, str]]], dict[int, int]]:
    asked = Asked(
        academic_year_id=group.year_id,
        kind="year",
        number=0,
        day=last_day,
        grades=frozenset(),
        class_id=group.id,
    )
    expected = expected_marks(session, asked)
    names = named_courses(session, {one.course_id for one in expected}, day=last_day)
    failing: dict[int, list[tuple[str, str]]] = {}
    missing: dict[int, int] = {}
    for one in expected:
        if one.value is None:
            missing[one.pupil_id] = missing.get(one.pupil_id, 0) + 1
        elif one.value in FAILING:
            failing.setdefault(one.pupil_id, []).append((names[one.course_id].subject, one.value))
    return failing, missing
