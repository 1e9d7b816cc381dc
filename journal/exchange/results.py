"""Regional results as schools read them after the end (S31): own school, municipality, region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from journal.core.errors import Forbidden
from journal.core.messages import N_
from journal.exchange.forms.specification import GRADES, STAGES, WHOLE_SCHOOL, ClassSheet
from journal.exchange.gathering import Gathered, sums_of_procedure
from journal.exchange.queries import ProcedureCard
from journal.exchange.queries.base import Handed, handed_in
from journal.exchange.summing import Sums, Total, added

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
    mine = [] if organisation_id is None else handed_in(session, [card], organisation_id)
    own = mine[0] if mine else None
    place = own.school.municipality if own else None
    found = sums_of_procedure(session, card, place)
    sheets = []
    for sheet in card.form.in_period(card.period):
        of_sheet = {one.place: one for one in found if one.sheet == sheet.name}
        near = of_sheet.get(place) if own else None
        sheets.append((sheet, tuple(_levels(sheet, own, near, of_sheet.get(None)))))
    schools = max((one.schools for one in found if one.place is None), default=0)
    return Results(schools, place or "", tuple(sheets))


def check_ended(card: ProcedureCard, now: datetime) -> None:
    """The main part appears when the procedure has ended in the region (001:90)."""
    if now < card.closes_before:
        day = card.window().last_words
        raise Forbidden(N_("The results of the region appear after %(day)s.", day=day))


def _levels(
    sheet: ClassSheet, own: Handed | None, near: Gathered | None, region: Gathered | None
) -> list[Compared]:
    if region is None:
        return []
    enough = near is not None and near.schools >= LEAST_SCHOOLS
    found = []
    for name, grades in (*STAGES, (WHOLE_SCHOOL, GRADES)):
        whole = _total(region.card, sheet, region.sums, grades)
        if whole is None:
            continue
        mine = None if own is None else _total(region.card, sheet, own.sums[sheet.name], grades)
        around = _total(region.card, sheet, near.sums, grades) if near and enough else None
        found.append(Compared(name, mine, around, whole))
    return found


def _total(
    card: ProcedureCard, sheet: ClassSheet, sums: Mapping[int, Sums], grades: Sequence[int]
) -> Total | None:
    found = added(row for grade, row in sums.items() if grade in grades)
    return Total(sheet, found, card.thresholds) if found else None
