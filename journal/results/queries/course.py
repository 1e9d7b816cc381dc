"""A course with its results: thirteen statements, however many pupils, terms and marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.rules.counting import PupilState, tallies
from journal.core.clock import local_date
from journal.core.errors import NotFound
from journal.grading.rule_queries import rule_book
from journal.grading.rules import RuleBook
from journal.grading.rules.proposals import Attended
from journal.grading.subject_queries import (
    GivenMark,
    final_windows,
    given_marks,
    subject_entries,
)
from journal.lessons.queries import load_course
from journal.lessons.queries.agenda import Days
from journal.lessons.rules import CourseHead
from journal.results.rules.course import Cell, Facts, PupilRow, pupil_rows
from journal.results.rules.places import (
    Place,
    ResultWindow,
    named_place,
    place_to_open,
    places_of_grade,
    result_window,
)
from journal.school.course_names import courses_of_pupils
from journal.school.queries import rosters
from journal.school.rules import term_at


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseResults:
    """The page: `chosen` is the place that is open on it; `mine` whether the actor enters there."""

    head: CourseHead
    today: date
    places: tuple[Place, ...]
    chosen: Place
    window: ResultWindow
    mine: bool
    rows: tuple[PupilRow, ...]
    book: RuleBook

    @property
    def can_enter(self) -> bool:
        """Own pupils, inside the window."""
        return self.mine and self.window.open

    @property
    def last_day(self) -> date | None:
        """The last day of entering at the chosen place."""
        before = self.chosen.marks_before
        return before - timedelta(days=1) if before else None

    def cell(self, row: PupilRow) -> Cell:
        """The row's cell at the chosen place."""
        return row.cells[self.places.index(self.chosen)]

    @property
    def missing(self) -> int:
        """How many pupils have no mark though the days of entering have come; nobody must sit an
        exam."""
        if self.chosen.kind == "exam" or self.window.early:
            return 0
        return sum(self.cell(row).missing for row in self.rows)


def course_results(
    session: Session, actor: Actor, *, course_id: int, at: str | None, now: datetime
) -> CourseResults:
    """The results of a course, opened at a place (None: where marks are entered now).

    NotFound, Forbidden as `load_course`; NotFound for a place the grade does not have.
    """
    head = load_course(session, actor, course_id, now=now)
    today = local_date(now, head.zone)
    roster = rosters(session, [head.group_id])
    ids = {one.pupil_id for one in roster}
    given = given_marks(session, ids, academic_year_id=head.year_id, subject_id=head.subject_id)
    places = _places(session, head, given)
    chosen = place_to_open(places, today) if at is None else named_place(places, at)
    if chosen is None:
        raise NotFound()
    facts = _facts(session, head, ids, given, now)
    return CourseResults(
        head=head,
        today=today,
        places=places,
        chosen=chosen,
        window=result_window(chosen, today),
        mine=enters(head, actor, chosen, today),
        rows=pupil_rows(roster, places, facts),
        book=facts.book,
    )


def _places(session: Session, head: CourseHead, given: Sequence[GivenMark]) -> tuple[Place, ...]:
    return places_of_grade(
        head.terms,
        head.grade,
        year=head.year,
        windows=final_windows(session, head.year_id),
        given={one.kind for one in given},
    )


def _facts(
    session: Session, head: CourseHead, ids: set[int], given: Sequence[GivenMark], now: datetime
) -> Facts:
    subject = {"subject_id": head.subject_id, "academic_year_id": head.year_id}
    return Facts(
        grade=head.grade,
        scale=head.scale,
        entries=subject_entries(session, ids, **subject),
        attended=_attended(session, head, ids, now),
        given={(one.pupil_id, one.kind, one.number): one for one in given},
        book=rule_book(session, head.organisation_id, today=local_date(now, head.zone)),
    )


def _attended(
    session: Session, head: CourseHead, pupil_ids: set[int], now: datetime
) -> dict[tuple[int, int], Attended]:
    """By (pupil, term), over every course of the subject the pupils were in: movers too."""
    courses = courses_of_pupils(
        session, pupil_ids, subject_id=head.subject_id, academic_year_id=head.year_id
    )
    span = Days(head.year.starts_on, head.year.ends_before or date.max)
    facts = attendance_facts(session, Chosen(span, now, course_ids=courses))

    def key(state: PupilState) -> tuple[int, int]:
        term = term_at(head.terms, state.lesson.day)
        return state.pupil_id, term.id if term else 0

    found = tallies(facts, key=key, only=pupil_ids)
    return {place: Attended.of(tally) for place, tally in found.items()}


def enters(head: CourseHead, actor: Actor, place: Place, today: date) -> bool:
    """Who teaches the course on the last day of what is summed up, or teaches it today."""
    staff_id = head.writer(actor)
    days = (place.last_day, today)
    return staff_id is not None and any(head.teaches(staff_id, day) for day in days)
