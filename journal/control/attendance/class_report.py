"""Attendance of a class over any days, by pupil and subject: nine statements, whatever its size.

What counts is what the class had: lessons and absences stay with the class of their day, so that
the sum of the classes is the school and the figures are those of the monitoring.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.rules.counting import (
    CountedLesson,
    Facts,
    FullDay,
    PupilState,
    count,
    states_by_day,
)
from journal.attendance.rules.tally import Missed, Tally, summed
from journal.control.attendance.periods import Asked, Period, chosen_period, periods_of_year
from journal.core.clock import local_date
from journal.core.errors import NotFound
from journal.lessons.queries.agenda import Days
from journal.school.class_reader import ReadClass, load_class
from journal.school.directory import SubjectRow, subject_rows
from journal.school.queries import term_spans
from journal.school.rules import Span, intersect, terms_of_grade
from journal.school.stays import NamedStay, stays_of_class


@dataclass(frozen=True, slots=True)
class ReportPupil:
    """Who was in the class on some of the days: his first day if it is later than theirs, and the
    day after his last one if it is earlier."""

    pupil_id: int
    name: str
    came_on: date | None
    left_on: date | None


@dataclass(frozen=True, kw_only=True)
class ClassReport:
    """Figures of pupils × subjects; `subject` narrows them to one. `unfilled` are the class's
    lessons without a register: lessons, where a pupil's figure counts his own."""

    group: ReadClass
    today: date
    known: tuple[Period, ...]
    period: Period
    pupils: tuple[ReportPupil, ...]
    taught: tuple[SubjectRow, ...]
    subject: SubjectRow | None
    cells: Mapping[tuple[int, int], Tally]
    full_days: tuple[FullDay, ...]
    unfilled: tuple[CountedLesson, ...]

    @cached_property
    def by_pupil(self) -> Mapping[int, Missed]:
        """Every pupil's figures; full days only where no subject is chosen."""
        days = {one.pupil_id: [0, 0] for one in self.pupils}
        for full in self.full_days:
            days[full.pupil_id][0] += 1
            days[full.pupil_id][1] += full.ill
        return {
            one.pupil_id: Missed(self._sum(pupil_id=one.pupil_id), *days[one.pupil_id])
            for one in self.pupils
        }

    @cached_property
    def by_subject(self) -> Mapping[int, Missed]:
        """Every subject's figures; a full day is of no subject."""
        return {one.id: Missed(self._sum(subject_id=one.id), 0, 0) for one in self.taught}

    @cached_property
    def total(self) -> Missed:
        """The class."""
        return sum(self.by_pupil.values(), Missed(Tally(), 0, 0))

    def cell(self, pupil_id: int, subject_id: int) -> Missed:
        """A pupil in a subject."""
        return Missed(self.cells.get((pupil_id, subject_id), Tally()), 0, 0)

    def _sum(self, *, pupil_id: int | None = None, subject_id: int | None = None) -> Tally:
        return summed(
            tally
            for (pupil, subject), tally in self.cells.items()
            if pupil_id in (None, pupil) and subject_id in (None, subject)
        )

    def unfilled_in(self, subject_id: int) -> int:
        """How many lessons of the subject have no register."""
        return sum(one.subject_id == subject_id for one in self.unfilled)

    @property
    def running(self) -> bool:
        """Whether the days are not over: figures are up to now."""
        return self.period.last >= self.today


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report is asked for: a class, days, perhaps one subject."""

    class_id: int
    asked: Asked
    subject_id: int | None = None


def class_report(session: Session, actor: Actor, wanted: Wanted, *, now: datetime) -> ClassReport:
    """NotFound, Forbidden as `load_class`; NotFound for a subject the class did not have."""
    return counted_report(session, actor, wanted, now=now)[0]


def counted_report(
    session: Session, actor: Actor, wanted: Wanted, *, now: datetime
) -> tuple[ClassReport, Facts]:
    """The report with the facts it was counted from."""
    whole = Permission.READ_ANY_ATTENDANCE
    group = load_class(session, actor, wanted.class_id, whole_school=whole)
    today = local_date(now, actor.current.time_zone)
    known, period = _periods(session, group, wanted.asked, today)
    stays = stays_of_class(session, group.id, academic_year_id=group.year_id)
    facts = attendance_facts(session, Chosen(period.span, now, class_ids={group.id}))
    taught = _taught(subject_rows(session, group.year_id), facts, group.id)
    subject = _chosen(taught, wanted.subject_id)
    facts = _narrowed(facts, subject)
    cells, full_days = _counted(facts, group.id)
    return ClassReport(
        group=group,
        today=today,
        known=known,
        period=period,
        pupils=report_pupils(stays, group.id, period.span),
        taught=taught,
        subject=subject,
        cells=cells,
        full_days=() if subject else full_days,
        unfilled=tuple(_unfilled(facts, group.id)),
    ), facts


def _periods(
    session: Session, group: ReadClass, asked: Asked, today: date
) -> tuple[tuple[Period, ...], Period]:
    terms = terms_of_grade(term_spans(session, group.year_id), group.grade)
    known = periods_of_year(terms, group.year, today)
    return known, chosen_period(known, asked, today)


def _taught(subjects: Sequence[SubjectRow], facts: Facts, class_id: int) -> tuple[SubjectRow, ...]:
    """Subjects of lessons in which somebody of the class had a seat, in alphabetical order."""
    groups = {one.study_group_id for one in facts.roster if one.class_group_id == class_id}
    ids = {one.subject_id for one in facts.lessons if one.group_id in groups}
    return tuple(one for one in subjects if one.id in ids)


def _chosen(taught: Sequence[SubjectRow], subject_id: int | None) -> SubjectRow | None:
    if subject_id is None:
        return None
    found = next((one for one in taught if one.id == subject_id), None)
    if found is None:
        raise NotFound()
    return found


def _narrowed(facts: Facts, subject: SubjectRow | None) -> Facts:
    if subject is None:
        return facts
    own = [one for one in facts.lessons if one.subject_id == subject.id]
    return replace(facts, lessons=own)


def _counted(
    facts: Facts, class_id: int
) -> tuple[dict[tuple[int, int], Tally], tuple[FullDay, ...]]:
    """Tallies of the class by pupil and subject, and its full days."""

    def key(state: PupilState) -> tuple[int, int, int]:
        return state.class_group_id, state.pupil_id, state.lesson.subject_id

    counted = count(facts, key=key, part=lambda _class_id, _day: None)
    cells = {
        (pupil_id, subject_id): tally
        for (own, pupil_id, subject_id), tally in counted.tallies.items()
        if own == class_id
    }
    return cells, tuple(one for one in counted.full_days if one.class_group_id == class_id)


def _unfilled(facts: Facts, class_id: int) -> Iterator[CountedLesson]:
    """Lessons held without a register in which somebody of the class had a seat."""
    empty = [one for one in facts.lessons if not (one.taken or one.cancelled)]
    for states in states_by_day(replace(facts, lessons=empty)):
        yield from {one.lesson: None for one in states if one.class_group_id == class_id}


def report_pupils(stays: Sequence[NamedStay], class_id: int, span: Days) -> tuple[ReportPupil, ...]:
    """Who was in the class on some of the days, in the order of names."""
    days = Span(span.starts_on, span.ends_before)
    inside = [one for one in stays if one.class_group_id == class_id and intersect(one.span, days)]
    own = groupby(inside, key=attrgetter("pupil_id"))
    return tuple(_pupil(list(stays_here), span) for _, stays_here in own)


def _pupil(own: Sequence[NamedStay], span: Days) -> ReportPupil:
    came, ends = own[0].span.starts_on, own[-1].span.ends_before
    left = ends if ends is not None and ends < span.ends_before else None
    return ReportPupil(own[0].pupil_id, own[0].name, came if came > span.starts_on else None, left)
