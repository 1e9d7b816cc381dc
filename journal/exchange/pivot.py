"""Pivots of the integrated base: a graph by municipality, stage, parallel or school. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from journal.core.text import sort_key
from journal.exchange.forms import Form
from journal.exchange.forms.specification import GRADES, STAGES, ClassSheet
from journal.exchange.queries.base import Handed
from journal.exchange.summing import Sums, Total, added, of_grades

ALL_GRADES = tuple(GRADES)
Part = tuple[str, Sums]


def _by_school(one: Handed, sheet: str) -> Iterable[Part]:
    yield one.school.short_name, of_grades(one.sums, sheet, ALL_GRADES)


def _by_municipality(one: Handed, sheet: str) -> Iterable[Part]:
    yield one.school.municipality or "–", of_grades(one.sums, sheet, ALL_GRADES)


def _by_stage(one: Handed, sheet: str) -> Iterable[Part]:
    for name, grades in STAGES:
        yield name, of_grades(one.sums, sheet, grades)


def _by_grade(one: Handed, sheet: str) -> Iterable[Part]:
    for grade, sums in one.sums.get(sheet, {}).items():
        yield str(grade), sums


def _by_procedure(one: Handed, sheet: str) -> Iterable[Part]:
    yield one.card.title, of_grades(one.sums, sheet, ALL_GRADES)


DIMENSIONS: Mapping[str, Callable[[Handed, str], Iterable[Part]]] = {
    "municipality": _by_municipality,
    "stage": _by_stage,
    "grade": _by_grade,
    "school": _by_school,
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


def pivot(handed: Collection[Handed], sheet: ClassSheet, dimension: str) -> Pivot:
    """What was handed in by that dimension and by year. Thresholds are those of the procedure; of
    several procedures of a year, the latest version of a school counts."""
    latest = _latest(handed, sheet.name)
    years = tuple(sorted({one.card.year for one in latest}))
    parts: dict[tuple[str, str], list[Sums]] = defaultdict(list)
    for one in latest:
        for name, sums in DIMENSIONS[dimension](one, sheet.name):
            if sums:
                parts[name, one.card.year].append(sums)
    names = sorted({name for name, _ in parts}, key=_order(dimension))
    whole = {
        year: [of_grades(o.sums, sheet.name, ALL_GRADES) for o in latest if o.card.year == year]
        for year in years
    }
    thresholds = latest[0].card.thresholds if latest else {}
    total = _totals(sheet, thresholds)
    return Pivot(
        years,
        tuple(PivotLine(name, tuple(total(parts.get((name, y))) for y in years)) for name in names),
        PivotLine("", tuple(total(whole[year]) for year in years)),
        tuple(len(whole[year]) for year in years),
    )


def _latest(handed: Collection[Handed], sheet: str) -> list[Handed]:
    found: dict[tuple[int, str], Handed] = {}
    for one in sorted(handed, key=lambda one: (one.card.opens_at, one.card.id)):
        if sheet in one.sums:
            found[one.school.id, one.card.year] = one
    return list(found.values())


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


def forms_of(handed: Iterable[Handed]) -> list[Form]:
    """The forms there are data of, each schema once, by name."""
    found = {one.card.form_schema: one.card.form for one in handed}
    return sorted(found.values(), key=lambda one: one.name)
