"""Reading a journal page in figures: the queries of the page without its grid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.clock import local_date
from journal.core.errors import NotFound
from journal.grading.rules import Entry, Figure, RuleBook, weighted_average
from journal.lessons.queries import load_course
from journal.lessons.rules import CourseHead
from journal.register.queries import entries, lessons_with_works, side_facts
from journal.register.reading import choose_term
from journal.register.rules.facts import AverageBook
from journal.register.rules.figures import (
    Share,
    Stretch,
    distribution,
    first_of_month,
    monday,
    stretches,
)
from journal.school.rules import TermSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFigures:
    """Shares and averages of all pupils of the page. `term` None: the year, by months."""

    head: CourseHead
    term: TermSpan | None
    shares: tuple[Share, ...]
    average: Figure
    stretches: tuple[Stretch, ...]


def course_figures(
    session: Session, actor: Actor, *, course_id: int, term_id: int | None, now: datetime
) -> CourseFigures:
    """For whoever may read the journal page: four queries. Raises NotFound, Forbidden."""
    head = load_course(session, actor, course_id, now=now)
    term, span = choose_term(head, term_id, local_date(now, head.zone))
    lessons = lessons_with_works(session, course_id, span=span)
    facts = entries(session, course_id, span=span)
    beside = side_facts(session, head, [])
    rules = RuleBook(beside.rule_sets, local_date(now, head.zone)).until(span.ends_before)
    book = AverageBook(lessons, facts, {one.id: one for one in beside.types})
    marks: list[Entry] = [entry for pupil_id in facts.marks for entry in book.of(pupil_id)]
    return CourseFigures(
        head=head,
        term=term,
        shares=distribution(marks, head.scale, rules),
        average=weighted_average(marks, rules),
        stretches=stretches(marks, monday if term else first_of_month, rules),
    )


def average_of(figures: CourseFigures, starts_on: date | None) -> Figure:
    """The average of the stretch that begins that day, of all of them for None."""
    if starts_on is None:
        return figures.average
    found = [one.figure for one in figures.stretches if one.starts_on == starts_on]
    if not found:
        raise NotFound()
    return found[0]
