"""The integrated base: a graph by municipality, stage, parallel, school or procedure, by year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.region.blueprint import blueprint
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.messages import N_, Message
from journal.exchange.forms import Form
from journal.exchange.forms.specification import ClassSheet, Column
from journal.exchange.gathering import integrated_base
from journal.exchange.pivot import DIMENSIONS, Pivot, forms_of, pivot
from journal.exchange.queries import centre_procedures
from journal.exchange.summing import Total
from journal.webkit import plots
from journal.webkit.access import current_actor, requires

NAMES: dict[str, Message] = {
    "municipality": N_("municipalities"),
    "stage": N_("stages"),
    "grade": N_("parallels"),
    "school": N_("schools"),
    "procedure": N_("procedures"),
}
BARS, WIDEST = 12, 11
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: ?form=, ?sheet=, ?by=, ?letter=."""

    form: Form
    sheet: ClassSheet
    dimension: str
    column: Column


@blueprint.get("/base")
@requires(Permission.RUN_MONITORING)
def base() -> ResponseReturnValue:
    """The pivot with its plots; sums of what was handed in, procedures of all years together."""
    session = db.session()
    cards = [one for one in centre_procedures(session, current_actor()) if one.opened_at]
    filled = integrated_base(session, cards)
    forms = forms_of(filled.cards)
    if not forms:
        return render_template("cabinets/region/base.html", asked=None)
    asked = _asked(forms)
    found = pivot(session, filled.of_form(asked.form), asked.sheet, asked.dimension)
    return render_template(
        "cabinets/region/base.html",
        asked=asked,
        forms=forms,
        names=NAMES,
        found=found,
        letter=asked.column.letter,
        bars=_bars(found, asked),
        trend=_trend(found, asked),
    )


def _asked(forms: list[Form]) -> Asked:
    form = _one(forms, lambda one: one.schema, request.args.get("form"))
    sheet = _one(list(form.sheets), lambda one: one.name, request.args.get("sheet"))
    by = _one(list(DIMENSIONS), lambda one: one, request.args.get("by"))
    shares = next((one.letter for one in sheet.columns if one.tenths), sheet.columns[0].letter)
    letter = request.args.get("letter") or shares
    column = next((one for one in sheet.columns if one.letter == letter), None)
    return Asked(form, sheet, by, column or sheet.column(shares))


def _one(items: Sequence[T], key: Callable[[T], str], asked: str | None) -> T:
    found = next((one for one in items if asked in (None, "", key(one))), None)
    if found is None:
        raise NotFound()
    return found


def _amount(total: Total | None, letter: str) -> Fraction | None:
    value = None if total is None else total.value(letter)
    return None if value is None or isinstance(value, str) else Fraction(Decimal(value))


def _bars(found: Pivot, asked: Asked) -> plots.BarPlot | None:
    """The latest year, as many lines as a plot can hold."""
    letter = asked.column.letter
    columns = [
        plots.Column(short(line.name), amount, line.totals[-1].words(letter), name=line.name)
        for line in found.lines
        if line.totals[-1] is not None and (amount := _amount(line.totals[-1], letter)) is not None
    ]
    if not 1 < len(columns) <= BARS:
        return None
    return plots.bar_plot(_caption(asked, found.years[-1]), columns)


def short(name: str) -> str:
    """As much of a name as stands under a bar, without the kind of the municipality."""
    name = name.removeprefix("г. ").removesuffix(" район")
    return name if len(name) <= WIDEST else f"{name[: WIDEST - 1]}…"


def _trend(found: Pivot, asked: Asked) -> plots.LinePlot | None:
    """The region by year."""
    letter = asked.column.letter
    points = [
        plots.Point(year, _amount(total, letter), total.words(letter) if total else "")
        for year, total in zip(found.years, found.whole.totals, strict=True)
    ]
    known = [Fraction(one.value) for one in points if one.value is not None]
    if len(known) < 2:
        return None
    ticks = [(value, str(round(float(value), 1)).replace(".", ",")) for value in axis_ends(known)]
    return plots.line_plot(_caption(asked, _("by year")), points, ticks)


def axis_ends(known: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """Of the axis: a tenth of the values at least, or a trifle would look like a leap."""
    low, high = min(known), max(known)
    lacking = max(abs(high) / 10 - (high - low), Fraction(0)) / 2
    return low - lacking, high + lacking


def _caption(asked: Asked, what: str) -> plots.Caption:
    title = f"{asked.column.header.format(**asked.form.thresholds)}, {what}"
    return plots.Caption(title=title, sentence=title, corner="", row=asked.column.header)
