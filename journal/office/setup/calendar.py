"""Commands on the calendar: academic years and their terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.errors import RuleViolation, SeveralViolations
from journal.core.messages import N_
from journal.grading.models import TermMark
from journal.office.service.following import lessons_follow
from journal.office.setup.dependants import check_free
from journal.office.setup.rows import change, create, may_set_up, owned_row, remove
from journal.school.frame_rules import (
    Wrong,
    wrong_sequence,
    wrong_term,
    wrong_years,
)
from journal.school.models import AcademicYear, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFacts:
    """учебный год, half-open."""

    name: str
    starts_on: date
    ends_before: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFacts:
    """учебный период; empty `grades` = all parallels. `place` is the row of the form."""

    kind: str
    number: int
    grades: frozenset[int]
    starts_on: date
    ends_before: date
    marks_from: date | None = None
    marks_before: date | None = None
    place: int = field(default=0, compare=False)

    @property
    def columns(self) -> dict[str, Any]:
        """What the table keeps."""
        facts = asdict(self)
        del facts["place"]
        return facts


def save_year(
    session: Session, actor: Actor, *, year_id: int | None, facts: YearFacts, now: datetime
) -> int:
    """Create or change a year; the lessons follow. RuleViolations: name, starts_on, ends_before."""
    others = [
        YearFacts(name=name, starts_on=starts_on, ends_before=ends_before)
        for row_id, name, starts_on, ends_before in session.execute(
            select(
                AcademicYear.id, AcademicYear.name, AcademicYear.starts_on, AcademicYear.ends_before
            )
        )
        if row_id != year_id
    ]
    if any(one.name == facts.name for one in others):
        raise RuleViolation("name", N_("There is a year of this name already. Correct it."))
    _refuse((wrong, None) for wrong in wrong_years([*others, facts]))
    if year_id is None:
        return create(session, actor, AcademicYear, asdict(facts), now=now)
    year = owned_row(session, AcademicYear, year_id)
    _keep_terms_inside(session, year_id, facts)
    if change(session, actor, year, asdict(facts), now=now):
        lessons_follow(session, actor, now=now, year_id=year_id)
    return year_id


def _keep_terms_inside(session: Session, year_id: int, facts: YearFacts) -> None:
    """A year does not shrink away from under its terms."""
    outside = exists().where(
        Term.academic_year_id == year_id,
        (Term.starts_on < facts.starts_on) | (Term.ends_before > facts.ends_before),
    )
    if session.scalar(select(outside)):
        message = N_("A term would lie outside of the year. Change the terms first.")
        raise RuleViolation("starts_on", message)


def delete_year(session: Session, actor: Actor, year_id: int, *, now: datetime) -> None:
    """Delete a year in which there is nothing yet."""
    year = owned_row(session, AcademicYear, year_id)
    check_free(session, AcademicYear, year_id)
    remove(session, actor, year, {"name": year.name}, now=now)


def save_terms(
    session: Session,
    actor: Actor,
    *,
    year_id: int,
    terms: Sequence[TermFacts],
    now: datetime,
) -> None:
    """Make these the terms of the year: known ones change, those left out go.

    SeveralViolations with the place of the term in the field: «2.starts_on».
    """
    may_set_up(actor)
    year = owned_row(session, AcademicYear, year_id)
    _check_terms(year, terms)
    held = {_term_key(row): row for row in terms_of(session, year_id)}
    wanted = {_term_key(one): one for one in terms}
    gone = [row for key, row in held.items() if key not in wanted]
    for row in gone:
        _check_no_marks(session, row)
    for row in gone:
        remove(session, actor, row, {"kind": row.kind, "number": row.number}, now=now)
    for key, one in wanted.items():
        if key in held:
            change(session, actor, held[key], one.columns, now=now)
        else:
            facts = {"academic_year_id": year_id, **one.columns}
            create(session, actor, Term, facts, now=now)


TermKey = tuple[str, int, frozenset[int]]


def _term_key(one: Term | TermFacts) -> TermKey:
    return one.kind, one.number, one.grades


def terms_of(session: Session, year_id: int) -> Sequence[Term]:
    """The rows of the year's terms."""
    return session.scalars(select(Term).where(Term.academic_year_id == year_id)).all()


ALL_GRADES = range(1, 13)


def _check_terms(year: AcademicYear, terms: Sequence[TermFacts]) -> None:
    faults: list[tuple[Wrong[TermFacts], int | None]] = []
    by_grade: dict[int, list[int]] = defaultdict(list)
    for place, term in enumerate(terms):
        wrong = [(one, term.place) for one in wrong_term(term, year)]
        faults += wrong
        if not wrong:
            for grade in term.grades or ALL_GRADES:
                by_grade[grade].append(place)
    told: set[tuple[int, str]] = set()
    for grade, places in by_grade.items():
        places.sort(key=lambda place: (terms[place].starts_on, place))
        for fault in wrong_sequence(grade, [terms[place] for place in places]):
            if (fault.row.place, fault.field) not in told:
                told.add((fault.row.place, fault.field))
                faults.append((fault, fault.row.place))
    _refuse(faults)


def _check_no_marks(session: Session, row: Term) -> None:
    marked = exists().where(
        TermMark.academic_year_id == row.academic_year_id,
        TermMark.kind == row.kind,
        TermMark.number == row.number,
    )
    if session.scalar(select(marked)):
        message = N_("Marks were given for a term that is missing here. Put it back.")
        raise RuleViolation("", message)


def _refuse(faults: Iterable[tuple[Wrong[TermFacts] | Wrong[YearFacts], int | None]]) -> None:
    violations = [
        RuleViolation(one.field if place is None else f"{place}.{one.field}", one.message)
        for one, place in faults
    ]
    if violations:
        raise SeveralViolations(violations)
