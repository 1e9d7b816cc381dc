"""A class with the results of all its subjects: eight statements, seven more for proposals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.clock import local_date
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.grading.council_queries import Decided, council_decisions
from journal.grading.progress import Asked, expected_marks
from journal.grading.subject_queries import final_windows
from journal.results.queries.offers import class_offers, without_marks
from journal.results.rules.class_page import ClassTable, class_table
from journal.results.rules.places import (
    Place,
    named_place,
    place_to_open,
    places_of_grade,
    result_window,
)
from journal.school.class_desk import pupils_on
from journal.school.class_reader import ReadClass, load_class
from journal.school.course_names import named_courses
from journal.school.queries import term_spans


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassResults:
    """The page: all subjects of a class at the chosen place, rosters as of its last day."""

    group: ReadClass
    today: date
    places: tuple[Place, ...]
    chosen: Place
    table: ClassTable
    decisions: Mapping[int, tuple[Decided, ...]]

    @property
    def early(self) -> bool:
        """Nothing is missing as long as the days of entering have not come."""
        return result_window(self.chosen, self.today).early


def class_results(
    session: Session, actor: Actor, *, class_id: int, at: str | None, now: datetime
) -> ClassResults:
    """NotFound, Forbidden as `load_class`; NotFound for a place the grade does not have."""
    group = load_class(session, actor, class_id)
    today = local_date(now, actor.current.time_zone)
    places = places_of_class(session, group)
    chosen = place_to_open(places, today) if at is None else named_place(places, at)
    if chosen is None:
        raise NotFound(N_("This class has no terms: the administrator enters them."))
    table = _table(session, actor, group, chosen, now)
    pupils = [row.pupil_id for row in table.rows]
    return ClassResults(
        group=group,
        today=today,
        places=places,
        chosen=chosen,
        table=table,
        decisions=council_decisions(session, pupils, academic_year_id=group.year_id),
    )


def places_of_class(session: Session, group: ReadClass) -> tuple[Place, ...]:
    """Where its pupils get results this year, in order. Two queries.

    NotFound for a class whose grade has no terms yet.
    """
    places = places_of_grade(
        term_spans(session, group.year_id),
        group.grade,
        year=group.year,
        windows=final_windows(session, group.year_id),
    )
    if not places:
        raise NotFound(N_("This class has no terms: the administrator enters them."))
    return places


def asked_of_class(group: ReadClass, place: Place) -> Asked:
    """The marks that are expected of the class at a place."""
    return Asked(
        academic_year_id=group.year_id,
        kind=place.kind,
        number=place.number,
        day=place.last_day,
        grades=frozenset(),
        class_id=group.id,
    )


def _table(
    session: Session, actor: Actor, group: ReadClass, place: Place, now: datetime
) -> ClassTable:
    asked = asked_of_class(group, place)
    expected = expected_marks(session, asked)
    courses = named_courses(session, {one.course_id for one in expected}, day=asked.day)
    pupils = pupils_on(session, class_group_id=group.id, day=asked.day)
    offers = class_offers(
        session,
        actor,
        group=group,
        place=place,
        wanted=without_marks(expected, courses),
        now=now,
    )
    return class_table(pupils, courses.values(), expected, offers)
