"""Pupils at risk: absences, falling averages, н/а ahead. Of the whole school or of one pupil.

The same facts and the same rules as the journal pages, the proposals of term marks and the reports:
a figure here is the figure there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.rules.counting import Facts, PupilState, tallies
from journal.attendance.rules.states import MISSED
from journal.attendance.rules.tally import Tally, over_threshold
from journal.core.clock import local_date
from journal.grading.rule_queries import rule_book
from journal.grading.rules import Entry, RuleBook
from journal.grading.rules.outlook import Ahead, Fall, ahead_of, fall_of, is_falling
from journal.grading.rules.proposals import Attended
from journal.grading.school_entries import (
    CourseSubject,
    SubjectEntries,
    course_subjects,
    school_entries,
)
from journal.lessons.queries.agenda import Days
from journal.school.queries import terms_on
from journal.school.rules import TermSpan, term_to_open, terms_of_grade

LOOK_BACK = timedelta(days=28)
LIMIT_PERCENT = 30
FEWEST_MISSED = 2
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilOutlook:
    """A pupil and the reasons to look after him. `recent` is his attendance of the last four
    weeks, of lessons with a register."""

    pupil_id: int
    name: str
    class_name: str
    recent: Tally
    falls: tuple[Fall, ...] = ()
    ahead: tuple[Ahead, ...] = ()

    @property
    def missed(self) -> Fraction:
        """The share of lessons missed in the last four weeks."""
        return Fraction(self.recent.missed, self.recent.due) if self.recent.due else Fraction(0)

    @property
    def misses_much(self) -> bool:
        """More than the limit, and not a single lesson: one of two says nothing."""
        missed = self.recent.missed
        return missed >= FEWEST_MISSED and over_threshold(missed, self.recent.due, LIMIT_PERCENT)

    @property
    def falling(self) -> bool:
        """Averages fell so far that it is a risk."""
        return is_falling(self.falls)

    @property
    def reasons(self) -> int:
        """How many kinds of reasons there are."""
        return self.misses_much + self.falling + bool(self.ahead)

    @property
    def weight(self) -> tuple[int, int, Fraction, Fraction]:
        """More reasons first; then more н/а, more missed, deeper falls."""
        depth = sum((one.depth for one in self.falls), Fraction(0))
        return (self.reasons, len(self.ahead), self.missed, depth)


@dataclass(frozen=True, slots=True)
class GradeTerms:
    """The term a grade is in (the latest begun in a break) and the one before it, if any."""

    present: TermSpan
    earlier: TermSpan | None

    @property
    def marked_from(self) -> date:
        """The first day whose marks are looked at."""
        return (self.earlier or self.present).starts_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a risk is judged by. `terms` by grade; `recent` are the last four weeks."""

    today: date
    recent: Days
    terms: Mapping[int, GradeTerms] = field(default_factory=dict)
    book: RuleBook
    courses: Mapping[int, CourseSubject]
    attendance: Facts
    entries: Mapping[tuple[int, int], SubjectEntries]

    @property
    def last_day(self) -> date:
        """The last of the recent days."""
        return self.recent.ends_before - _ONE_DAY


def grounds(
    session: Session,
    actor: Actor,
    *,
    now: datetime,
    pupil_ids: Collection[int] | None = None,
    class_ids: Collection[int] | None = None,
) -> Grounds:
    """Everything a risk is judged by, of the school or of pupils of these classes. Eight
    statements, whatever the size of the school."""
    today = local_date(now, actor.current.time_zone)
    terms = _terms(terms_on(session, today), today)
    recent = Days(today - LOOK_BACK + _ONE_DAY, today + _ONE_DAY)
    begun = [one.present.starts_on for one in terms.values()]
    span = Days(min([recent.starts_on, *begun]), recent.ends_before)
    facts = attendance_facts(session, Chosen(span, now, class_ids=class_ids, taken_only=True))
    first = min([today, *(one.marked_from for one in terms.values())])
    return Grounds(
        today=today,
        recent=recent,
        terms=terms,
        book=rule_book(session, actor.organisation_id, today=today),
        courses=course_subjects(session, today),
        attendance=facts,
        entries=school_entries(session, first=first, before=span.ends_before, pupil_ids=pupil_ids),
    )


def _terms(spans: Sequence[TermSpan], today: date) -> dict[int, GradeTerms]:
    found = {}
    for grade in {grade for term in spans for grade in term.grades or range(1, 12)}:
        own = terms_of_grade(spans, grade)
        present = term_to_open(own, today)
        if present is not None and present.starts_on <= today:
            place = own.index(present)
            found[grade] = GradeTerms(present, own[place - 1] if place else None)
    return found


def pupils_at_risk(known: Grounds) -> list[PupilOutlook]:
    """Everybody in a class today with a reason, those with more reasons first."""
    found = [one for one in _outlooks(known, _with_absences(known)) if one.reasons]
    return sorted(found, key=lambda one: one.weight, reverse=True)  # stable: by name


def outlook_of(known: Grounds, pupil_id: int) -> PupilOutlook | None:
    """One pupil, with reasons or without; None for one who is in no class today."""
    found = (one for one in _outlooks(known, {pupil_id}) if one.pupil_id == pupil_id)
    return next(found, None)


def _outlooks(known: Grounds, wanted: Collection[int]) -> Iterable[PupilOutlook]:
    """Everybody who is in a class today; attendance is counted of the wanted alone."""
    recent, falls, ahead = _recent(known, wanted), _falls(known), _ahead(known, wanted)
    here = {one.pupil_id: one for one in known.attendance.roster if one.span.covers(known.today)}
    for pupil_id, one in here.items():
        yield PupilOutlook(
            pupil_id=pupil_id,
            name=one.name,
            class_name=one.class_name,
            recent=recent.get(pupil_id, Tally()),
            falls=tuple(falls.get(pupil_id, ())),
            ahead=tuple(ahead.get(pupil_id, ())),
        )


def _with_absences(known: Grounds) -> set[int]:
    """Whom a risk of attendance can concern at all: most pupils have missed next to nothing."""
    counts = Counter(
        pupil_id
        for entries in known.attendance.absences.values()
        for pupil_id, code in entries.items()
        if code in MISSED
    )
    return {pupil_id for pupil_id, count in counts.items() if count >= FEWEST_MISSED}


def _recent(known: Grounds, wanted: Collection[int]) -> Mapping[int, Tally]:
    lessons = [one for one in known.attendance.lessons if known.recent.covers(one.day)]
    facts = replace(known.attendance, lessons=lessons)
    return tallies(facts, key=lambda state: state.pupil_id, only=wanted)


def _falls(known: Grounds) -> dict[int, list[Fall]]:
    found: dict[int, list[Fall]] = {}
    for (pupil_id, subject_id), one in known.entries.items():
        terms = known.terms.get(one.grade)
        if one.scale != "five_point" or terms is None or terms.earlier is None:
            continue
        parts = [
            (_inside(one.entries, term), known.book.until(term.ends_before))
            for term in (terms.earlier, terms.present)
        ]
        fall = fall_of((subject_id, one.subject), *parts)
        if fall is not None:
            found.setdefault(pupil_id, []).append(fall)
    return {
        pupil_id: sorted(falls, key=lambda one: -one.depth) for pupil_id, falls in found.items()
    }


def _inside(entries: Iterable[Entry], term: TermSpan) -> list[Entry]:
    return [one for one in entries if term.covers(one.held_on)]


def _ahead(known: Grounds, wanted: Collection[int]) -> dict[int, list[Ahead]]:
    """Of the subjects of the present term, those with no mark at all among them."""
    subjects = {one.subject_id: one for one in known.courses.values()}
    found: dict[int, list[Ahead]] = {}
    for (pupil_id, subject_id, grade), tally in _term_tallies(known, wanted).items():
        subject, marks = subjects[subject_id], known.entries.get((pupil_id, subject_id))
        term = known.terms[grade].present
        ahead = ahead_of(
            (subject_id, subject.subject),
            _inside(marks.entries, term) if marks else (),
            Attended.of(tally),
            scale=subject.scale,
            grade=grade,
            rules=known.book.until(term.ends_before),
        )
        if ahead is not None:
            found.setdefault(pupil_id, []).append(ahead)
    return found


def _term_tallies(known: Grounds, wanted: Collection[int]) -> Mapping[tuple[int, int, int], Tally]:
    """By (pupil, subject, grade), of the lessons of each grade's present term."""
    places = {
        course_id: (one.subject_id, one.grade, known.terms[one.grade].present)
        for course_id, one in known.courses.items()
        if one.grade in known.terms
    }
    lessons = [
        one
        for one in known.attendance.lessons
        if one.course_id in places and places[one.course_id][2].covers(one.day)
    ]

    def key(state: PupilState) -> tuple[int, int, int]:
        return (state.pupil_id, *places[state.lesson.course_id][:2])

    return tallies(replace(known.attendance, lessons=lessons), key=key, only=wanted)
