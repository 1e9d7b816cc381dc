"""Remarks on marks and plans: too few marks, sudden changes, «2» and н/а ahead, КТП behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.rules.counting import tallies
from journal.control.inbox.rules import (
    AHEAD,
    LAG,
    Item,
    Remark,
    RemarkKind,
    Where,
    marks_needed,
    needed_since,
    sudden_change,
)
from journal.core.clock import local_date
from journal.core.messages import N_, Message
from journal.grading.progress import Asked, Expected, expected_at_all
from journal.grading.pupil_entries import entries_of_pupils
from journal.grading.rule_queries import rule_book
from journal.grading.rules import Entry, RuleSet
from journal.grading.rules.averages import SCALES
from journal.grading.rules.proposals import Attended, propose_for_term
from journal.lessons.queries.agenda import Days
from journal.lessons.queries.calendar import SchoolCalendar
from journal.lessons.queries.plan_facts import fact_of_course
from journal.lessons.queries.plans import (
    PlannedCourse,
    planned_courses,
    slots_of_courses,
    topics_of_courses,
)
from journal.lessons.rules.planning import PlanFact
from journal.school.calendar import holidays
from journal.school.course_names import NamedCourse, named_courses
from journal.school.keepers import Keeper, course_keepers
from journal.school.pupils_named import named_pupils
from journal.school.rules import TermSpan

_BAD = frozenset({"2", "1", "н/а", "незач"})
_NO_MARK = frozenset({"•"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFacts:
    """Everything the remarks on marks are made from, of the terms that last today."""

    today: date
    rules: RuleSet
    terms: tuple[TermSpan, ...]
    expected: tuple[tuple[Expected, ...], ...]
    courses: Mapping[int, NamedCourse]
    keepers: Mapping[int, Keeper]
    names: Mapping[int, str]
    entries: Mapping[tuple[int, int], Sequence[Entry]]
    attended: Mapping[tuple[int, int], Attended] | None


def term_facts(
    session: Session, actor: Actor, calendar: SchoolCalendar, *, now: datetime, always: bool
) -> TermFacts | None:
    """Of the terms that last today, roster of today; None in a break. Attendance, which proposals
    need, is read three weeks before a term's end, or `always`. At most twelve statements."""
    today = local_date(now, calendar.zone)
    terms = tuple(one for one in calendar.terms if one.covers(today))
    if not terms or calendar.year_id is None:
        return None
    year_id, every = calendar.year_id, today + timedelta(days=1)
    expected = expected_at_all(session, [_asked(year_id, one, today) for one in terms])
    course_ids = {one.course_id for found in expected for one in found}
    first = min(one.starts_on for one in terms)
    near = always or any(today >= one.ends_before - AHEAD for one in terms)
    return TermFacts(
        today=today,
        rules=rule_book(session, actor.organisation_id, today=today).until(None),
        terms=terms,
        expected=tuple(tuple(one) for one in expected),
        courses=named_courses(session, course_ids, day=today),
        keepers=course_keepers(session, year_id, day=today),
        names=_names(session, expected, today),
        entries=entries_of_pupils(session, None, first=first, before=every),
        attended=_attended(session, first, today, now) if near else None,
    )


def _names(session: Session, expected: Iterable[Iterable[Expected]], today: date) -> dict[int, str]:
    pupils = {one.pupil_id for found in expected for one in found}
    return {one.pupil_id: one.name for one in named_pupils(session, pupils, day=today)}


def _attended(
    session: Session, first: date, today: date, now: datetime
) -> dict[tuple[int, int], Attended]:
    span = Days(first, today + timedelta(days=1))
    facts = attendance_facts(session, Chosen(span, now, taken_only=True))
    found = tallies(facts, key=lambda one: (one.pupil_id, one.lesson.subject_id))
    return {key: Attended.of(tally) for key, tally in found.items()}


def _asked(year_id: int, term: TermSpan, today: date) -> Asked:
    return Asked(
        academic_year_id=year_id,
        kind=term.kind,
        number=term.number,
        day=today,
        grades=term.grades,
    )


def mark_remarks(facts: TermFacts, *, always: bool = False) -> Iterator[Remark]:
    """Course by course, each kind with the pupils it is about. «2» and н/а ahead are told three
    weeks before the term's end, or `always`."""
    for term, expected in zip(facts.terms, facts.expected, strict=True):
        by_course: dict[int, list[Expected]] = defaultdict(list)
        for one in expected:
            if one.value is None and facts.names.get(one.pupil_id):
                by_course[one.course_id].append(one)
        for course_id, own in by_course.items():
            course, keeper = facts.courses[course_id], facts.keepers.get(course_id)
            if keeper is not None:
                yield from _CourseBook(facts, term, course, keeper, always).remarks(own)


@dataclass(frozen=True, slots=True)
class _CourseBook:
    """One course in the term."""

    facts: TermFacts
    term: TermSpan
    course: NamedCourse
    keeper: Keeper
    always: bool

    def remarks(self, own: Sequence[Expected]) -> Iterator[Remark]:
        few = [one for one in own if self._marks(one) < self._needed]
        if few:
            words = N_(
                "fewer than %(needed)s marks: %(few)s of %(all)s pupils",
                needed=self._needed,
                few=len(few),
                all=len(own),
            )
            items = tuple(self._item(one, str(self._marks(one))) for one in few)
            yield self._remark(RemarkKind.FEW, self._few_since, words, items)
        yield from self._jumps(own)
        yield from self._risks(own)

    @property
    def _minimum(self) -> int:
        return self.facts.rules.minimum_marks if self.course.scale == "five_point" else 1

    @property
    def _needed(self) -> int:
        term = self.term
        return marks_needed(self._minimum, term.starts_on, term.ends_before, self.facts.today)

    @property
    def _few_since(self) -> date:
        term = self.term
        return needed_since(self._minimum, term.starts_on, term.ends_before, self.facts.today)

    def _entries(self, one: Expected) -> list[Entry]:
        found = self.facts.entries.get((one.pupil_id, self.course.subject_id), ())
        return [entry for entry in found if self.term.covers(entry.held_on)]

    def _marks(self, one: Expected) -> int:
        values = SCALES[self.course.scale] - _NO_MARK
        return sum(entry.value in values for entry in self._entries(one))

    def _jumps(self, own: Iterable[Expected]) -> Iterator[Remark]:
        found = [
            (one, jump)
            for one in own
            if (jump := sudden_change(self._entries(one), self.facts.rules, self.facts.today))
        ]
        if found:
            since = min(jump.since for _, jump in found)
            items = tuple(self._item(one, jump.words) for one, jump in found)
            yield self._remark(RemarkKind.JUMP, since, _pupils(len(found)), items)

    def _risks(self, own: Iterable[Expected]) -> Iterator[Remark]:
        since = max(self.term.starts_on, self.term.ends_before - AHEAD)
        if self.facts.today < since and not self.always:
            return
        found = [(one, value) for one in own if (value := self.offer(one)) in _BAD]
        if found:
            items = tuple(self._item(one, value or "") for one, value in found)
            yield self._remark(
                RemarkKind.RISK, min(since, self.facts.today), _pupils(len(found)), items
            )

    def offer(self, one: Expected) -> str | None:
        """What the rules would propose today."""
        key = (one.pupil_id, self.course.subject_id)
        return propose_for_term(
            self._entries(one),
            (self.facts.attended or {}).get(key, Attended()),
            scale=self.course.scale,
            grade=self.course.grade,
            rules=self.facts.rules,
        ).value

    def _item(self, one: Expected, figure: str) -> Item:
        place = f"{self.term.kind}-{self.term.number}"
        args: tuple[tuple[str, int | str], ...] = (
            ("course_id", one.course_id),
            ("pupil_id", one.pupil_id),
            ("at", place),
        )
        words = f"{self.facts.names[one.pupil_id]}: {figure}"
        return Item(words=words, where=Where(endpoint="results.proposal", args=args))

    def _remark(
        self, kind: RemarkKind, since: date, words: Message, items: tuple[Item, ...]
    ) -> Remark:
        course = self.course
        return Remark(
            kind=kind,
            staff_id=self.keeper.staff_id,
            teacher=self.keeper.name,
            since=since,
            classes=tuple(course.classes.split(",")),
            course=course.title,
            words=words,
            where=Where(endpoint="register.journal", args=(("course_id", course.course_id),)),
            items=items,
        )


def _pupils(count: int) -> Message:
    return N_("pupils: %(count)s", count=count)


def plan_remarks(
    session: Session, calendar: SchoolCalendar, *, today: date, now: datetime
) -> Iterator[Remark]:
    """Courses three lessons or more behind their plan, and three or more hours that will not fit
    into the year. Six queries."""
    if calendar.year_id is None or calendar.year is None:
        return
    courses = planned_courses(session, year_id=calendar.year_id, day=today)
    keepers = course_keepers(session, calendar.year_id, day=today)
    planned = [one for one in courses if one.plan_id is not None and one.course_id in keepers]
    ids = [one.course_id for one in planned]
    topics, slots = topics_of_courses(session, ids), slots_of_courses(session, ids)
    breaks = holidays(session, calendar.year_id)
    for course in planned:
        own = slots.get(course.course_id, [])
        plan = topics.get(course.course_id, [])
        fact = fact_of_course(course, plan, own, year=calendar.year, breaks=breaks, now=now)
        over = [slot.held_on for slot in own if slot.ends_at <= now]
        for lack in _lacks(fact, over, today):
            yield _plan_remark(keepers[course.course_id], course, *lack)


def _plan_remark(
    keeper: Keeper, course: PlannedCourse, kind: RemarkKind, since: date, words: Message
) -> Remark:
    return Remark(
        kind=kind,
        staff_id=keeper.staff_id,
        teacher=keeper.name,
        since=since,
        classes=tuple(course.classes_key.split(",")),
        course=course.title,
        words=words,
        where=Where(endpoint="plans.plan", args=(("course_id", course.course_id),)),
    )


def _lacks(
    fact: PlanFact, over: Sequence[date], today: date
) -> Iterator[tuple[RemarkKind, date, Message]]:
    """What is wrong with a plan, since when: behind since as many lessons ago as it lags."""
    if fact.lag >= LAG:
        words = N_("lessons behind the plan: %(count)s", count=fact.lag)
        yield RemarkKind.LAG, over[-min(fact.lag, len(over))], words
    if fact.misfit >= LAG:
        words = N_("hours of the plan that find no lesson: %(count)s", count=fact.misfit)
        yield RemarkKind.MISFIT, over[-1] if over else today, words
