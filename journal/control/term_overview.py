"""A class's term for its class teacher: who slips, who improves, who is absent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.rules.counting import PupilState, tallies
from journal.attendance.rules.tally import Tally
from journal.core.clock import local_date
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.grading.class_marks import ClassMark, marks_of_pupils
from journal.grading.rule_queries import rule_book
from journal.grading.rules import Entry, RuleBook, weighted_average
from journal.grading.rules.trends import Change, change
from journal.lessons.queries.agenda import Days
from journal.school.class_desk import DayPupil, OwnClass, own_classes, pupils_on
from journal.school.queries import term_spans
from journal.school.rules import TermSpan, term_to_open, terms_of_grade

SHORTEST = timedelta(weeks=4)  # a shorter beginning of a year says nothing


@dataclass(frozen=True, slots=True)
class SubjectChange:
    """A pupil's averages in a subject over the two spans that are compared."""

    pupil: DayPupil
    subject_id: int
    subject: str
    change: Change


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared: the term with the one before it, or two halves of the first term."""

    before: Days
    now: Days
    halves: bool = False

    @property
    def middle(self) -> date:
        """The last day of the first half."""
        return self.before.ends_before - timedelta(days=1)

    @property
    def last(self) -> date:
        """The last day that is compared."""
        return self.now.ends_before - timedelta(days=1)


def sides_of(term: TermSpan, previous: TermSpan | None, today: date) -> Sides | None:
    """The first term of a year is compared within itself, half of what has gone of it with the
    other half, from its fifth week on; None before that."""
    if previous is not None:
        return Sides(Days(previous.starts_on, previous.ends_before), _days(term))
    ends = min(today + timedelta(days=1), term.ends_before)
    gone = ends - term.starts_on
    if gone < SHORTEST:
        return None
    middle = term.starts_on + timedelta(days=gone.days // 2)
    return Sides(Days(term.starts_on, middle), Days(middle, ends), halves=True)


def _days(term: TermSpan) -> Days:
    return Days(term.starts_on, term.ends_before)


@dataclass(frozen=True, slots=True)
class AbsentPupil:
    """A pupil who missed lessons of the term in this class."""

    pupil: DayPupil
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class TermOverview:
    """The page. `previous` is None in the first term of the year; `sides` are what is compared,
    None while there is too little of it. `compared` pairs of pupil and subject had marks enough
    on both sides, `few` had not."""

    group: OwnClass
    groups: tuple[OwnClass, ...]
    today: date
    terms: tuple[TermSpan, ...]
    term: TermSpan
    previous: TermSpan | None
    sides: Sides | None
    slips: tuple[SubjectChange, ...]
    gains: tuple[SubjectChange, ...]
    compared: int
    few: int
    absent: tuple[AbsentPupil, ...]

    @property
    def running(self) -> bool:
        """Whether the term goes on."""
        return self.today < self.term.ends_before


def term_overview(
    session: Session, actor: Actor, *, class_id: int | None, term_id: int | None, now: datetime
) -> TermOverview:
    """Of the present term by default; eleven statements. NotFound, Forbidden as `own_classes`;
    NotFound for a term the parallel does not have or that has not begun."""
    today = local_date(now, actor.current.time_zone)
    group, groups = own_classes(session, actor, class_id=class_id, today=today)
    terms = terms_of_grade(term_spans(session, group.year_id), group.grade)
    term, previous = _chosen(terms, term_id, today)
    last = min(today, term.ends_before - timedelta(days=1))
    pupils = pupils_on(session, class_group_id=group.id, day=last)
    sides = sides_of(term, previous, today)
    pairs = _pairs(session, actor, pupils, sides, today)
    return TermOverview(
        group=group,
        groups=tuple(groups),
        today=today,
        terms=tuple(one for one in terms if one.starts_on <= today),
        term=term,
        previous=previous,
        sides=sides,
        slips=_told(one for one in pairs.changes if one.change.difference < 0),
        gains=_told(one for one in pairs.changes if one.change.difference > 0),
        compared=len(pairs.changes),
        few=pairs.few,
        absent=tuple(_absent(session, group, pupils, term, now)),
    )


def _told(changes: Iterable[SubjectChange]) -> tuple[SubjectChange, ...]:
    """What is worth a word, the greatest first."""
    return tuple(sorted((one for one in changes if one.change.worth_a_word), key=_by_size))


def _by_size(one: SubjectChange) -> tuple[object, ...]:
    return -abs(one.change.difference), one.pupil.name, one.subject


def _chosen(
    terms: Sequence[TermSpan], term_id: int | None, today: date
) -> tuple[TermSpan, TermSpan | None]:
    if term_id is None:
        term = term_to_open(list(terms), today)
    else:
        begun = (one for one in terms if one.starts_on <= today)
        term = next((one for one in begun if one.id == term_id), None)
    if term is None:
        raise NotFound(N_("This class has no terms: the administrator enters them."))
    place = terms.index(term)
    return term, terms[place - 1] if place else None


class _Pairs(NamedTuple):
    changes: list[SubjectChange]
    few: int


def _pairs(
    session: Session,
    actor: Actor,
    pupils: Sequence[DayPupil],
    sides: Sides | None,
    today: date,
) -> _Pairs:
    if sides is None:
        return _Pairs([], 0)
    days = Days(sides.before.starts_on, sides.now.ends_before)
    marks = marks_of_pupils(session, [one.pupil_id for one in pupils], days)
    book = rule_book(session, actor.organisation_id, today=today)
    return _compared(pupils, marks, sides, book)


def _compared(
    pupils: Sequence[DayPupil],
    marks: Sequence[ClassMark],
    sides: Sides,
    book: RuleBook,
) -> _Pairs:
    """Pairs of pupil and subject with a mark on either side."""
    names = {one.subject_id: one.subject for one in marks}
    now, before = _entries(marks, sides.now), _entries(marks, sides.before)
    found, few = [], 0
    for pupil in pupils:
        for subject_id, subject in names.items():
            key = (pupil.pupil_id, subject_id)
            if key not in now and key not in before:
                continue
            changed = change(
                weighted_average(before.get(key, ()), book.until(sides.before.ends_before)),
                weighted_average(now.get(key, ()), book.until(sides.now.ends_before)),
            )
            if changed is None:
                few += 1
            else:
                found.append(SubjectChange(pupil, subject_id, subject, changed))
    return _Pairs(found, few)


def _entries(marks: Sequence[ClassMark], days: Days) -> Mapping[tuple[int, int], Sequence[Entry]]:
    found: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for one in marks:
        if days.covers(one.entry.held_on):
            found[one.pupil_id, one.subject_id].append(one.entry)
    return found


def _absent(
    session: Session, group: OwnClass, pupils: Sequence[DayPupil], term: TermSpan, now: datetime
) -> Iterator[AbsentPupil]:
    """Who missed most first; absences of another class stay there."""
    facts = attendance_facts(session, Chosen(_days(term), now, class_ids={group.id}))
    counted = tallies(facts, key=_key)
    own = [(one, counted.get((group.id, one.pupil_id), Tally())) for one in pupils]
    for pupil, tally in sorted(own, key=lambda pair: -pair[1].missed):
        if tally.missed:
            yield AbsentPupil(pupil, tally)


def _key(state: PupilState) -> tuple[int, int]:
    return state.class_group_id, state.pupil_id
