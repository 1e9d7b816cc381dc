"""Движение контингента: who was there, came, left and is there, by class; one figure for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from journal.school.models import ClassGroup, ClassMembership
from journal.school.rules import Span


@dataclass(frozen=True, slots=True)
class DatedStay:
    """A pupil's stay in a class."""

    pupil_id: int
    class_id: int
    span: Span


@dataclass(frozen=True, slots=True)
class Flow:
    """на начало · прибыло (из других классов школы) · выбыло (в другие классы) · на конец."""

    at_start: int = 0
    arrived: int = 0
    from_classes: int = 0
    left: int = 0
    to_classes: int = 0

    @property
    def at_end(self) -> int:
        """на конец = на начало + прибыло − выбыло."""
        return self.at_start + self.arrived - self.left

    def __add__(self, other: Flow) -> Flow:
        return Flow(
            self.at_start + other.at_start,
            self.arrived + other.arrived,
            self.from_classes + other.from_classes,
            self.left + other.left,
            self.to_classes + other.to_classes,
        )


def stay_flows(
    stays: Iterable[DatedStay], *, first: date, last: date
) -> list[tuple[DatedStay, Flow]]:
    """Each stay with what it adds to the flow of its class: of whom a figure is made.

    Who is in the class on the first day is «на начало»; a stay that begins on the day another one
    of the pupil ends is a move between classes of the school.
    """
    by_pupil: dict[int, list[DatedStay]] = defaultdict(list)
    for stay in stays:
        by_pupil[stay.pupil_id].append(stay)
    return [(stay, _flow(stay, own, first, last)) for own in by_pupil.values() for stay in own]


def _by_class(parts: Iterable[tuple[DatedStay, Flow]]) -> dict[int, Flow]:
    found: dict[int, Flow] = defaultdict(Flow)
    for stay, flow in parts:
        found[stay.class_id] += flow
    return found


def _flow(stay: DatedStay, own: Sequence[DatedStay], first: date, last: date) -> Flow:
    starts, ends = stay.span.starts_on, stay.span.ends_before
    if starts > last or (ends is not None and ends <= first):
        return Flow()
    arrived = starts > first
    left = ends is not None and ends <= last
    came = arrived and any(one.span.ends_before == starts for one in own)
    went = left and any(one.span.starts_on == ends for one in own)
    return Flow(int(not arrived), int(arrived), int(came), int(left), int(went))


@dataclass(frozen=True, slots=True)
class ClassFlow:
    """The flow of a class."""

    id: int
    name: str
    grade: int
    flow: Flow


@dataclass(frozen=True, slots=True)
class GradeFlow:
    """A parallel: its classes and their sum."""

    grade: int
    classes: tuple[ClassFlow, ...]

    @property
    def total(self) -> Flow:
        """The sum of the parallel."""
        return sum((one.flow for one in self.classes), Flow())


@dataclass(frozen=True, slots=True)
class Contingent:
    """The movement of a period by parallel; both days included. `parts` is what each stay adds."""

    first: date
    last: date
    grades: tuple[GradeFlow, ...]
    parts: tuple[tuple[DatedStay, Flow], ...]

    @property
    def total(self) -> Flow:
        """The sum of the school."""
        return sum((one.total for one in self.grades), Flow())


def stays_in_class(
    session: Session, class_id: int, *, first: date, last: date
) -> list[tuple[DatedStay, Flow]]:
    """The stays in one class with what they add to its flow; both days included. One query."""
    inside = select(ClassMembership.pupil_id).where(ClassMembership.class_group_id == class_id)
    stays = _stays(session, first, last, ClassMembership.pupil_id.in_(inside))
    parts = stay_flows(stays, first=first, last=last)
    return [(stay, flow) for stay, flow in parts if stay.class_id == class_id]


def contingent(session: Session, academic_year_id: int, *, first: date, last: date) -> Contingent:
    """Every class of the year. Two queries."""
    classes = session.execute(
        select(ClassGroup.id, ClassGroup.name, ClassGroup.grade)
        .where(ClassGroup.academic_year_id == academic_year_id)
        .order_by(ClassGroup.grade, ClassGroup.name)
    ).all()
    parts = stay_flows(_stays(session, first, last), first=first, last=last)
    found = _by_class(parts)
    by_grade: dict[int, list[ClassFlow]] = defaultdict(list)
    for row in classes:
        by_grade[row.grade].append(
            ClassFlow(row.id, row.name, row.grade, found.get(row.id, Flow()))
        )
    grades = tuple(GradeFlow(grade, tuple(own)) for grade, own in by_grade.items())
    return Contingent(first, last, grades, tuple(parts))


def _stays(
    session: Session, first: date, last: date, *criteria: ColumnElement[bool]
) -> list[DatedStay]:
    rows = session.execute(
        select(
            ClassMembership.pupil_id,
            ClassMembership.class_group_id,
            ClassMembership.starts_on,
            ClassMembership.ends_before,
        ).where(
            ClassMembership.starts_on <= last,
            or_(ClassMembership.ends_before.is_(None), ClassMembership.ends_before >= first),
            *criteria,
        )
    )
    return [DatedStay(row[0], row[1], Span(row[2], row[3])) for row in rows]
