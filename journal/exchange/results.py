"""Regional results as schools read them after the end (S31): own school, municipality, region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from journal.core.errors import Forbidden
from journal.core.messages import N_
from journal.exchange.forms.specification import GRADES, STAGES, WHOLE_SCHOOL, ClassSheet
from journal.exchange.queries import ProcedureCard
from journal.exchange.queries.base import Handed, handed_in
from journal.exchange.summing import Sums, Total, added, of_grades

LEAST_SCHOOLS = 3
"""Fewer schools would tell one another's figures."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A level: the own school, its municipality (None: too few schools in it), the region."""

    name: str
    own: Total | None
    place: Total | None
    region: Total


@dataclass(frozen=True, slots=True)
class Results:
    """What a procedure came to. `schools` have handed in."""

    schools: int
    municipality: str
    sheets: tuple[tuple[ClassSheet, tuple[Compared, ...]], ...]


def results(session: Session, card: ProcedureCard, organisation_id: int | None) -> Results:
    """Of a procedure; `organisation_id` is the school that looks (None: the centre)."""
    handed = handed_in(session, [card])
    own = next((one for one in handed if one.school.id == organisation_id), None)
    place = own.school.municipality if own else ""
    near = [one for one in handed if one.school.municipality == place] if own else []
    sheets = tuple(
        (sheet, tuple(_levels(card, sheet, own, near, handed)))
        for sheet in card.form.in_period(card.period)
    )
    return Results(len(handed), place, sheets)


def check_ended(card: ProcedureCard, now: datetime) -> None:
    """The main part appears when the procedure has ended in the region (001:90)."""
    if now < card.closes_before:
        day = card.window().last_words
        raise Forbidden(N_("The results of the region appear after %(day)s.", day=day))


def _levels(
    card: ProcedureCard,
    sheet: ClassSheet,
    own: Handed | None,
    near: Sequence[Handed],
    handed: Sequence[Handed],
) -> list[Compared]:
    found = []
    for name, grades in (*STAGES, (WHOLE_SCHOOL, GRADES)):
        region = _sums(handed, sheet, grades)
        if not region:
            continue
        mine = _sums([own] if own else [], sheet, grades)
        around = _sums(near, sheet, grades) if len(near) >= LEAST_SCHOOLS else {}
        found.append(
            Compared(
                name,
                Total(sheet, mine, card.thresholds) if mine else None,
                Total(sheet, around, card.thresholds) if around else None,
                Total(sheet, region, card.thresholds),
            )
        )
    return found


def _sums(handed: Sequence[Handed], sheet: ClassSheet, grades: Sequence[int]) -> Sums:
    return added(of_grades(one.sums, sheet.name, grades) for one in handed)
