"""Pivots of the integrated base: a graph by municipality, stage, parallel, procedure or school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from journal.core.text import sort_key
from journal.exchange.forms import Form
from journal.exchange.forms.specification import GRADES, STAGES, ClassSheet
from journal.exchange.gathering import Base, Gathered, latest_of, sums_of_base
from journal.exchange.queries import ProcedureCard
from journal.exchange.queries.base import handed_in
from journal.exchange.summing import Sums, Total, added, of_grades

SCHOOL = "school"
Part = tuple[str, Sums]


def _by_municipality(one: Gathered) -> Iterable[Part]:
    if one.place is not None:
        yield one.place or "–", one.whole


def _by_stage(one: Gathered) -> Iterable[Part]:
    for name, grades in STAGES:
        yield name, of_grades({one.sheet: one.sums}, one.sheet, grades)


def _by_grade(one: Gathered) -> Iterable[Part]:
    for grade, sums in one.sums.items():
        yield str(grade), sums


def _by_procedure(one: Gathered) -> Iterable[Part]:
    if one.place is None:
        yield one.card.title, one.whole


def _nothing(_one: Gathered) -> Iterable[Part]:
    return ()


DIMENSIONS: Mapping[str, Callable[[Gathered], Iterable[Part]]] = {
    "municipality": _by_municipality,
    "stage": _by_stage,
    "grade": _by_grade,
    SCHOOL: _nothing,  # sums of schools are not kept apart: `_of_schools` reads the versions
    "procedure": _by_procedure,
}


@dataclass(frozen=True, slots=True)
class PivotLine:
    """A row of the pivot: a total a year; a year without data is None."""

    name: str
    totals: tuple[Total | None, ...]


@dataclass(frozen=True, slots=True)
class Pivot:
    """Years as columns; the last line is everything together. `schools` by year."""

    years: tuple[str, ...]
    lines: tuple[PivotLine, ...]
    whole: PivotLine
    schools: tuple[int, ...]


def pivot(session: Session, base: Base, sheet: ClassSheet, dimension: str) -> Pivot:
    """What was handed in by that dimension and by year. Thresholds are those of the procedure; of
    several procedures of a year, the latest version of a school counts."""
    found = sums_of_base(session, base, sheet.name, places=dimension == "municipality")
    region = sorted(
        (one for one in found if one.place is None), key=lambda o: (o.card.opens_at, o.card.id)
    )
    years = tuple(sorted({one.card.year for one in region}))
    parts: dict[tuple[str, str], list[Sums]] = defaultdict(list)
    for one in found if dimension == "municipality" else region:
        for name, sums in DIMENSIONS[dimension](one):
            if sums:
                parts[name, one.card.year].append(sums)
    if dimension == SCHOOL:
        parts |= _of_schools(session, base, sheet.name)
    names = sorted({name for name, _ in parts}, key=_order(dimension))
    thresholds = region[0].card.thresholds if region else {}
    total = _totals(sheet, thresholds)
    whole = {year: [one.whole for one in region if one.card.year == year] for year in years}
    return Pivot(
        years,
        tuple(PivotLine(name, tuple(total(parts.get((name, y))) for y in years)) for name in names),
        PivotLine("", tuple(total(whole[year]) for year in years)),
        tuple(sum(one.schools for one in region if one.card.year == year) for year in years),
    )


def _of_schools(session: Session, base: Base, sheet: str) -> dict[tuple[str, str], list[Sums]]:
    handed = handed_in(session, base.cards) if base.handed is None else base.handed
    there = [one for one in handed if sheet in one.sums]
    found: dict[tuple[str, str], list[Sums]] = defaultdict(list)
    for one in latest_of(there):
        sums = of_grades(one.sums, sheet, tuple(GRADES))
        if sums:
            found[one.school.short_name, one.card.year].append(sums)
    return found


def _totals(
    sheet: ClassSheet, thresholds: Mapping[str, int]
) -> Callable[[Sequence[Sums] | None], Total | None]:
    return lambda rows: Total(sheet, added(rows), thresholds) if rows else None


def _order(dimension: str) -> Callable[[str], tuple[int, str]]:
    if dimension == "grade":
        return lambda name: (int(name), "")
    if dimension == "stage":
        return lambda name: ([stage for stage, _ in STAGES].index(name), "")
    return lambda name: (0, sort_key(name))


def forms_of(cards: Collection[ProcedureCard]) -> list[Form]:
    """The forms of these procedures, each schema once, by name."""
    found = {card.form_schema: card.form for card in cards}
    return sorted(found.values(), key=lambda one: one.name)
