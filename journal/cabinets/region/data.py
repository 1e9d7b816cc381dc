"""«Введённые данные» of a school, to be read only."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.region.audience import own_card
from journal.cabinets.region.blueprint import blueprint
from journal.core.db import db
from journal.core.errors import NotFound
from journal.exchange.control import findings
from journal.exchange.figures import Content, Figures
from journal.exchange.forms.specification import ClassSheet
from journal.exchange.queries import ProcedureCard, SchoolData, school_data
from journal.exchange.tables import sheet_view, summary_view
from journal.people.queries import organisation_card
from journal.webkit.access import requires

DRAFT = "draft"


@blueprint.get("/<int:procedure_id>/participants/<int:organisation_id>")
@requires(Permission.RUN_MONITORING)
def entered(procedure_id: int, organisation_id: int) -> ResponseReturnValue:
    """What the school has sent (?version=), or has typed so far (?version=draft); ?sheet=."""
    card = own_card(procedure_id)
    data = school_data(db.session(), card, organisation_id)
    chosen, content = _chosen(data, request.args.get("version", ""))
    sheet = _sheet(card, request.args.get("sheet", ""))
    figures = None if content is None else Figures(card.form, content, card.thresholds)
    return render_template(
        "cabinets/region/entered.html",
        card=card,
        school=organisation_card(db.session(), organisation_id),
        data=data,
        chosen=chosen,
        sheets=card.form.in_period(card.period),
        sheet_name=sheet.name,
        sheet=None if figures is None else _view(figures, sheet, card.period),
        levels=() if figures is None else summary_view(figures, sheet),
        explanations=[one for one in (content.explanations if content else ()) if one.text],
    )


def _chosen(data: SchoolData, asked: str) -> tuple[str, Content | None]:
    """The version asked for, else the one that counts, else the draft."""
    for one in data.submissions:
        if asked in ("", str(one.number)):
            return str(one.number), one.content
    if asked in ("", DRAFT):
        return DRAFT, None if data.draft is None else data.draft.content
    raise NotFound()


def _sheet(card: ProcedureCard, name: str) -> ClassSheet:
    sheets = card.form.in_period(card.period)
    found = next((one for one in sheets if one.name == name or not name), None)
    if found is None:
        raise NotFound()
    return found


def _view(figures: Figures, sheet: ClassSheet, period: str) -> object:
    return sheet_view(figures, sheet, period, findings(figures, period))
