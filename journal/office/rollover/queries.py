"""Reads of the roll-over: the ending year, the coming one, pupils with what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.errors import NotFound
from journal.office.rollover.models import Promotion, YearTurn
from journal.office.rollover.rules import Decision, OldClass, OldPupil
from journal.people.directory import NAME_COLUMNS, name_of
from journal.people.models import Person, Pupil
from journal.school.calendar import YearSpan, years
from journal.school.directory import in_class_on
from journal.school.models import ClassGroup, ClassMembership, Subject


@dataclass(frozen=True, slots=True)
class Turn:
    """The pair of years; `done` is the roll-over that was made, if any."""

    old: YearSpan
    new: YearSpan | None
    done: YearTurn | None


def turn_of(session: Session, today: date) -> Turn:
    """The latest year with classes that has begun, and the one after it. NotFound without."""
    spans = years(session)
    held = set(session.scalars(select(ClassGroup.academic_year_id).distinct()))
    turns = session.scalars(select(YearTurn)).all()
    begun = [span for span in spans if span.id in held and span.starts_on <= today]
    latest = next((one for one in turns if not _began(spans, one.to_year_id, today)), None)
    old = next((span for span in spans if latest and span.id == latest.from_year_id), None)
    old = old or (begun[-1] if begun else None)
    if old is None:
        raise NotFound()
    new = next((span for span in spans if span.starts_on >= old.ends_before), None)
    done = next((one for one in turns if one.from_year_id == old.id), None)
    return Turn(old, new, done)


def _began(spans: list[YearSpan], year_id: int, today: date) -> bool:
    return any(span.id == year_id and span.starts_on <= today for span in spans)


def old_classes(session: Session, year_id: int) -> list[OldClass]:
    """The classes of the ending year."""
    rows = session.execute(
        select(ClassGroup.id, ClassGroup.name, ClassGroup.grade)
        .where(ClassGroup.academic_year_id == year_id)
        .order_by(ClassGroup.grade, ClassGroup.name)
    )
    return [OldClass(*row) for row in rows]


_OLD_PUPIL = (
    Pupil.id,
    ClassMembership.id.label("membership_id"),
    ClassMembership.class_group_id,
    *NAME_COLUMNS,
    Promotion.decision,
    Pupil.entry_class,
)


def old_pupils(session: Session, year: YearSpan, *, class_id: int | None = None) -> list[OldPupil]:
    """Everybody in a class on the last day of the year, by class and name. One query."""
    decided = (Promotion.pupil_id == Pupil.id) & (Promotion.academic_year_id == year.id)
    query = (
        select(*_OLD_PUPIL)
        .join(Person, Person.id == Pupil.person_id)
        .join(ClassMembership, ClassMembership.pupil_id == Pupil.id)
        .join(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .outerjoin(Promotion, decided)
        .where(
            ClassGroup.academic_year_id == year.id,
            in_class_on(year.ends_before - timedelta(days=1)),
        )
        .order_by(ClassGroup.grade, ClassGroup.name, Person.sort_key, Pupil.id)
    )
    if class_id is not None:
        query = query.where(ClassGroup.id == class_id)
    return [_old_pupil(row) for row in session.execute(query)]


def subject_names(session: Session) -> dict[int, str]:
    """Subjects by id."""
    return {row.id: row.name for row in session.execute(select(Subject.id, Subject.name))}


def _old_pupil(row: Any) -> OldPupil:
    return OldPupil(
        pupil_id=row.id,
        membership_id=row.membership_id,
        class_id=row.class_group_id,
        name=name_of(row),
        decision=Decision(row.decision) if row.decision else Decision.PROMOTED,
        entry_class=row.entry_class,
    )
