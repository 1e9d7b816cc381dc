"""Whom a class teacher may write to: the guardians of the own class, with what a text may name.

This is the loader of letters: who is not in its answer cannot be written to.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.counting import attendance_facts
from journal.attendance.rules.counting import tallies
from journal.core.clock import local_date
from journal.lessons.queries.agenda import Days
from journal.people.person_card import guardians_of
from journal.school.class_desk import OwnClass, own_classes, pupils_on
from journal.school.queries import term_spans
from journal.school.rules import term_to_open, terms_of_grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A guardian of a pupil of the class. `reachable` is not who declined the e-service."""

    pupil_id: int
    pupil: str
    person_id: int
    name: str
    reachable: bool
    email: str | None

    @property
    def key(self) -> str:
        """«pupil-person», as the form names him."""
        return f"{self.pupil_id}-{self.person_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFamilies:
    """The own class today and its families in the order of the pupils."""

    group: OwnClass
    groups: tuple[OwnClass, ...]
    families: tuple[Family, ...]


def class_families(
    session: Session, actor: Actor, *, class_id: int | None, now: datetime
) -> ClassFamilies:
    """NotFound, Forbidden for a class that is not the actor's own."""
    today = local_date(now, actor.current.time_zone)
    group, groups = own_classes(session, actor, class_id=class_id, today=today)
    pupils = pupils_on(session, class_group_id=group.id, day=today)
    guardians = guardians_of(session, [one.pupil_id for one in pupils])
    found = tuple(
        Family(
            pupil_id=pupil.pupil_id,
            pupil=pupil.name,
            person_id=one.person_id,
            name=one.name,
            reachable=not one.declined_e_service,
            email=one.email,
        )
        for pupil in pupils
        for one in guardians[pupil.pupil_id]
    )
    return ClassFamilies(group=group, groups=tuple(groups), families=found)


def missed_lessons(
    session: Session, group: OwnClass, pupil_ids: Collection[int], *, now: datetime, today: date
) -> dict[int, int]:
    """Lessons missed since the present term began, by pupil: the same count as in the reports."""
    terms = terms_of_grade(term_spans(session, group.year_id), group.grade)
    term = term_to_open(terms, today)
    first = term.starts_on if term else group.year.starts_on
    span = Days(first, max(first, date.fromordinal(today.toordinal() + 1)))
    facts = attendance_facts(session, span=span, now=now, class_ids=[group.id])
    found = tallies(facts, key=lambda state: state.pupil_id, only=pupil_ids)
    return {pupil_id: tally.missed for pupil_id, tally in found.items()}
