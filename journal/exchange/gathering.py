"""Adding up what was handed in: by procedure, sheet and municipality.

One function adds (`gathered`); what it gives is kept by `gather_due`. As long as a procedure is
due, readers add up what they need by the same function: it takes longer and is as right.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, literal, or_, select, union
from sqlalchemy.orm import Session

from journal.exchange.forms import Form
from journal.exchange.kept_sums import KeptSums, SumsDue
from journal.exchange.queries.base import Handed, handed_in
from journal.exchange.queries.procedures import ProcedureCard, procedure_cards, procedures_of
from journal.exchange.summing import Sums, added


@dataclass(frozen=True, slots=True)
class Gathered:
    """Sums of a sheet over a municipality (None: the region); see `KeptSums`."""

    card: ProcedureCard
    latest: bool
    sheet: str
    place: str | None
    schools: int
    sums: Mapping[int, Sums]
    whole: Sums


def gathered(handed: Collection[Handed]) -> list[Gathered]:
    """Of any procedures; `latest` is right where all of a year are there. Pure."""
    found: list[Gathered] = []
    for name in sorted({sheet for one in handed for sheet in one.sums}):
        there = [one for one in handed if name in one.sums]
        for latest, counting in ((False, there), (True, latest_of(there))):
            by_card: dict[int, list[Handed]] = defaultdict(list)
            for one in counting:
                by_card[one.card.id].append(one)
            for rows in by_card.values():
                found += _of_sheet(rows, name, latest=latest)
    return found


def latest_of(handed: Collection[Handed]) -> list[Handed]:
    """Of several procedures of a year and form, the latest version of a school counts."""
    found: dict[tuple[int, str, str], Handed] = {}
    for one in sorted(handed, key=lambda one: (one.card.opens_at, one.card.id)):
        found[one.school.id, one.card.form_schema, one.card.year] = one
    return list(found.values())


def _of_sheet(handed: Sequence[Handed], sheet: str, *, latest: bool) -> Iterator[Gathered]:
    places: dict[str | None, list[Handed]] = defaultdict(list)
    for one in handed:
        places[None].append(one)
        places[one.school.municipality].append(one)
    for place, rows in places.items():
        grades = sorted({grade for one in rows for grade in one.sums[sheet]})
        sums = {g: added(one.sums[sheet].get(g, {}) for one in rows) for g in grades}
        whole = added(sums.values())
        yield Gathered(handed[0].card, latest, sheet, place, len(rows), sums, whole)


def sums_of_procedure(session: Session, card: ProcedureCard, place: str | None) -> list[Gathered]:
    """The region and that municipality, of every sheet. Two statements, or those of `handed_in`."""
    if _are_due(session, [card.id]):
        found = gathered(handed_in(session, [card]))
        return [one for one in found if not one.latest and one.place in (None, place)]
    wanted = or_(KeptSums.place.is_(None), KeptSums.place == place)
    return _kept(session, [card], latest=False, also=[wanted])


@dataclass(frozen=True, slots=True)
class Base:
    """Procedures in which somebody has handed in; `handed`: what, where the kept sums are due."""

    cards: list[ProcedureCard]
    handed: list[Handed] | None

    def of_form(self, form: Form) -> Base:
        """Those of a form alone."""
        cards = [one for one in self.cards if one.form_schema == form.schema]
        handed = self.handed and [o for o in self.handed if o.card.form_schema == form.schema]
        return Base(cards, handed)


def integrated_base(session: Session, cards: Collection[ProcedureCard]) -> Base:
    """Of these procedures. One statement, and those of `handed_in` where sums are due."""
    ids = [card.id for card in cards]
    kept = select(KeptSums.procedure_id, literal(False)).where(KeptSums.procedure_id.in_(ids))
    due = select(SumsDue.procedure_id, literal(True)).where(SumsDue.procedure_id.in_(ids))
    rows = session.execute(union(kept, due)).all()
    handed = handed_in(session, cards) if any(row[1] for row in rows) else None
    there = {row[0] for row in rows} if handed is None else {one.card.id for one in handed}
    return Base([card for card in cards if card.id in there], handed)


def sums_of_base(session: Session, base: Base, sheet: str, *, places: bool) -> list[Gathered]:
    """What counts of a sheet: of the region, or (`places`) of municipalities too, those without
    their parallels. One statement, none where the sums are due."""
    if base.handed is None:
        also = [KeptSums.sheet == sheet, *([] if places else [KeptSums.place.is_(None)])]
        return _kept(session, base.cards, latest=True, also=also)
    return [
        one
        for one in gathered(base.handed)
        if one.latest and one.sheet == sheet and (places or one.place is None)
    ]


def _are_due(session: Session, procedure_ids: Collection[int]) -> bool:
    marked = select(SumsDue.procedure_id).where(SumsDue.procedure_id.in_(procedure_ids))
    return session.scalar(marked.limit(1)) is not None


def _kept(
    session: Session, cards: Collection[ProcedureCard], *, latest: bool, also: Iterable[Any]
) -> list[Gathered]:
    known = {card.id: card for card in cards}
    query = select(
        KeptSums.procedure_id,
        KeptSums.sheet,
        KeptSums.place,
        KeptSums.schools,
        KeptSums.sums,
        KeptSums.whole,
    ).where(KeptSums.procedure_id.in_(list(known)), KeptSums.latest.is_(latest), *also)
    return [
        Gathered(
            known[row.procedure_id],
            latest,
            row.sheet,
            row.place,
            row.schools,
            _sums(row.sums) if row.place is None or not latest else {},
            json.loads(row.whole),
        )
        for row in session.execute(query.order_by(KeptSums.id))
    ]


def _sums(text: str) -> Mapping[int, Sums]:
    return {int(grade): sums for grade, sums in json.loads(text).items()}


def sums_are_due(session: Session) -> bool:
    """Whether there is anything to add up."""
    return session.scalar(select(SumsDue.procedure_id).limit(1)) is not None


def gather_due(session: Session) -> int:
    """Add up what is due and keep it; returns how many procedures were. The caller commits.

    The marks are taken away first: who marks meanwhile waits, and marks again."""
    due = session.scalars(delete(SumsDue).returning(SumsDue.procedure_id)).all()
    years = {
        (card.centre_id, card.form_schema, card.year)
        for card in procedure_cards(session, due).values()
    }
    for centre, schema, year in sorted(years):
        cards = [
            card
            for card in procedures_of(session, centre)
            if (card.form_schema, card.year) == (schema, year)
        ]
        _keep(session, cards, gathered(handed_in(session, cards)))
    return len(due)


def _keep(session: Session, cards: Collection[ProcedureCard], found: Iterable[Gathered]) -> None:
    ids = [card.id for card in cards]
    session.execute(delete(KeptSums).where(KeptSums.procedure_id.in_(ids)))
    rows = [
        {
            "procedure_id": one.card.id,
            "latest": one.latest,
            "sheet": one.sheet,
            "place": one.place,
            "schools": one.schools,
            "sums": json.dumps(one.sums),
            "whole": json.dumps(one.whole),
        }
        for one in found
    ]
    if rows:
        session.execute(insert(KeptSums), rows)
