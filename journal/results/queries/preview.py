"""What a new version of the rules would change: the proposals of the present terms, twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.rules.counting import PupilState, tallies
from journal.core.clock import local_date
from journal.grading.rule_queries import rule_book
from journal.grading.rules import RuleSet
from journal.grading.rules.proposals import Attended, propose_for_term
from journal.grading.school_entries import SubjectEntries, school_entries
from journal.lessons.queries.agenda import Days
from journal.school.calendar import year_to_open, years
from journal.school.pupils_named import named_pupils
from journal.school.queries import term_spans
from journal.school.rules import TermSpan, term_to_open, terms_of_grade

EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class Changed:
    """A proposal that would be another one; None is no proposal."""

    pupil: str
    class_name: str
    subject: str
    now: str | None
    then: str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """`counted` proposals were made twice; `changes` counts (now, then) of those that differ."""

    first: date
    counted: int
    changes: tuple[tuple[tuple[str | None, str | None], int], ...]
    examples: tuple[Changed, ...]

    @property
    def changed(self) -> int:
        """How many would be another one."""
        return sum(count for _, count in self.changes)


def preview(session: Session, actor: Actor, rules: RuleSet, *, now: datetime) -> Preview | None:
    """Both sets of rules over the marks of the terms that go on (of the latest begun in a break).

    None where there are no terms yet. Ten statements, and seconds: it is asked for rarely.
    """
    today = local_date(now, actor.current.time_zone)
    terms = _terms(session, today)
    if not terms:
        return None
    first = min(term.starts_on for term in terms.values())
    before = max(term.ends_before for term in terms.values())
    entries = school_entries(session, first=first, before=before)
    attended = _attended(session, Days(first, before), terms, entries, now)
    present = rule_book(session, actor.organisation_id, today=today).until(None)
    pairs = {
        key: tuple(_proposed(one, terms, attended.get(key), by) for by in (present, rules))
        for key, one in entries.items()
        if one.grade in terms
    }
    changed = {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}
    counts = Counter((pair[0], pair[1]) for pair in changed.values())
    examples = _examples(session, changed, entries, today)
    return Preview(first, len(pairs), tuple(counts.most_common()), examples)


def _terms(session: Session, today: date) -> dict[int, TermSpan]:
    """The term of each grade that is looked at."""
    year = year_to_open(years(session), today)
    spans = term_spans(session, year.id) if year else []
    grades = {grade for term in spans for grade in term.grades or range(1, 12)}
    found = {grade: term_to_open(terms_of_grade(spans, grade), today) for grade in grades}
    return {grade: term for grade, term in found.items() if term and term.starts_on <= today}


def _attended(
    session: Session,
    span: Days,
    terms: Mapping[int, TermSpan],
    entries: Mapping[tuple[int, int], SubjectEntries],
    now: datetime,
) -> dict[tuple[int, int], Attended]:
    facts = attendance_facts(session, Chosen(span, now, taken_only=True))

    def key(state: PupilState) -> tuple[int, int]:
        place = (state.pupil_id, state.lesson.subject_id)
        known = entries.get(place)
        term = terms.get(known.grade) if known else None
        return place if term and term.covers(state.lesson.day) else (0, 0)

    return {place: Attended.of(tally) for place, tally in tallies(facts, key=key).items()}


def _proposed(
    one: SubjectEntries,
    terms: Mapping[int, TermSpan],
    attended: Attended | None,
    rules: RuleSet,
) -> str | None:
    term = terms[one.grade]
    inside = [entry for entry in one.entries if term.covers(entry.held_on)]
    return propose_for_term(
        inside, attended or Attended(), scale=one.scale, grade=one.grade, rules=rules
    ).value


def _examples(
    session: Session,
    changed: Mapping[tuple[int, int], Sequence[str | None]],
    entries: Mapping[tuple[int, int], SubjectEntries],
    today: date,
) -> tuple[Changed, ...]:
    """The first by class and name."""
    of_pupil: dict[int, list[Changed]] = {}
    pupils = named_pupils(session, {pupil_id for pupil_id, _ in changed}, day=today)
    names = {one.pupil_id: one for one in pupils}
    for key, (at_present, then) in changed.items():
        if key[0] in names:
            named = names[key[0]]
            line = Changed(named.name, named.class_name, entries[key].subject, at_present, then)
            of_pupil.setdefault(key[0], []).append(line)
    lines = (line for pupil_id in names for line in of_pupil[pupil_id])
    return tuple(islice(lines, EXAMPLES))
