"""Gathering a journal page: the six queries, then the pure builder."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.clock import local_date
from journal.core.errors import NotFound
from journal.grading.rule_queries import rule_book
from journal.grading.rules import Figure, RuleBook, RuleSet
from journal.lessons.queries import load_course
from journal.lessons.rules import CourseHead
from journal.register.queries import entries, lessons_with_works, side_facts
from journal.register.rules.build import PageFacts, build_page
from journal.register.rules.facts import AverageBook, Facts, LessonFacts, WorkTypeFacts
from journal.register.rules.offers import Offers
from journal.register.rules.page import JournalPage
from journal.school.queries import rosters
from journal.school.rules import Span, TermSpan, term_at, term_to_open

WHOLE_YEAR = 0


def journal_page(
    session: Session, actor: Actor, *, course_id: int, term_id: int | None, now: datetime
) -> JournalPage:
    """The page of a term (None: the present one; WHOLE_YEAR: all of it)."""
    head = load_course(session, actor, course_id, now=now)
    term, span = choose_term(head, term_id, local_date(now, head.zone))
    lessons = lessons_with_works(session, course_id, span=span)
    facts = entries(session, course_id, span=span)
    roster = rosters(session, [head.group_id])
    beside = side_facts(session, head, {one.pupil_id for one in roster})
    source = PageFacts(
        head=head,
        term=term,
        span=span,
        lessons=lessons,
        roster=roster,
        facts=facts,
        types=beside.types,
        term_marks=beside.term_marks,
        releases=beside.releases,
        rule_sets=beside.rule_sets,
        known=beside.known,
    )
    return build_page(actor, source, now)


def choose_term(head: CourseHead, term_id: int | None, today: date) -> tuple[TermSpan | None, Span]:
    """The term that is asked for (None: the present one; WHOLE_YEAR: None) and its span."""
    terms = list(head.terms)
    if term_id == WHOLE_YEAR or not terms:
        return None, head.year
    if term_id is None:
        term = term_to_open(terms, today)
    else:
        term = next((one for one in terms if one.id == term_id), None)
    if term is None:
        raise NotFound()
    return term, Span(term.starts_on, term.ends_before)


@dataclass(frozen=True, slots=True)
class Recent:
    """What a save answers with: the present facts around the touched cells, and the rules.

    `offers` is None in a break: there is no term to propose for.
    """

    lessons: list[LessonFacts]
    facts: Facts
    types: dict[int, WorkTypeFacts]
    span: Span
    rules: RuleSet
    offers: Offers | None


def recent(
    session: Session,
    head: CourseHead,
    *,
    day: date,
    now: datetime,
    lesson_ids: Collection[int],
    pupil_ids: Collection[int],
) -> Recent:
    """The term around `day` for these pupils (the year in a break), for figures and cells."""
    term = term_at(head.terms, day)
    span = Span(term.starts_on, term.ends_before) if term else head.year
    lessons = lessons_with_works(session, head.course_id, span=span, lesson_ids=lesson_ids)
    facts = entries(session, head.course_id, span=span, lesson_ids=lesson_ids, pupil_ids=pupil_ids)
    beside = side_facts(session, head, pupil_ids)
    rules = RuleBook(beside.rule_sets, local_date(now, head.zone)).until(span.ends_before)
    offers = Offers(head, span, lessons, facts, beside.releases, rules, now) if term else None
    return Recent(lessons, facts, {one.id: one for one in beside.types}, span, rules, offers)


@dataclass(frozen=True, slots=True)
class AverageShown:
    """A pupil's average with its explanation, for the popover and its page."""

    head: CourseHead
    term: TermSpan | None
    pupil_id: int
    name: str
    figure: Figure


def explained_average(
    session: Session,
    actor: Actor,
    *,
    course_id: int,
    pupil_id: int,
    term_id: int | None,
    now: datetime,
) -> AverageShown:
    """The same figure as on the page, with what it was made of."""
    head = load_course(session, actor, course_id, now=now)
    term, span = choose_term(head, term_id, local_date(now, head.zone))
    stays = rosters(session, [head.group_id], pupil_ids=[pupil_id])
    if not stays:
        raise NotFound()
    lessons = lessons_with_works(session, course_id, span=span)
    facts = entries(session, course_id, span=span, pupil_ids=[pupil_id])
    types = {one.id: one for one in side_facts(session, head, []).types}
    rules = rule_book(session, head.organisation_id, today=local_date(now, head.zone))
    figure = AverageBook(lessons, facts, types).average(pupil_id, rules.until(span.ends_before))
    return AverageShown(head, term, pupil_id, stays[0].name, figure)
