"""The automatic report on an accepted version: what the region has, summed up."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.monitoring.blueprint import blueprint
from journal.cabinets.monitoring.remarks import RemarkLine, remark_lines
from journal.core.db import db
from journal.core.errors import NotFound
from journal.exchange.figures import Figures
from journal.exchange.forms import Form
from journal.exchange.forms.specification import ClassSheet
from journal.exchange.queries import SubmissionView, participation, submissions
from journal.exchange.tables import LevelView, SheetView, sheet_view, summary_view
from journal.webkit.access import current_actor, requires
from journal.webkit.filters import typed_number


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """A sheet of the report: sums by parallel and stage, and the classes."""

    sheet: SheetView
    levels: tuple[LevelView, ...]


@blueprint.get("/<int:procedure_id>/report")
@requires(Permission.FILL_MONITORING)
def report(procedure_id: int) -> ResponseReturnValue:
    """The version that counts, or ?version=."""
    session = db.session()
    card = participation(session, current_actor(), procedure_id)
    versions = submissions(session, card.id)
    version = chosen_version(versions)
    figures = Figures(card.procedure.form, version.content, card.procedure.thresholds)
    sheets = card.procedure.form.in_period(card.procedure.period)
    return render_template(
        "cabinets/monitoring/report.html",
        card=card,
        procedure=card.procedure,
        version=version,
        versions=versions,
        sheets=[_sheet(figures, one, card.procedure.period) for one in sheets],
        remarks=remarks_of(version, card.procedure.form),
        explanations=[one for one in version.content.explanations if one.text],
        school=current_actor().current.organisation_name,
    )


def chosen_version(versions: list[SubmissionView]) -> SubmissionView:
    """?version=, else the one that counts. Raises NotFound."""
    number = typed_number("version")
    found = next((one for one in versions if number in (None, one.number)), None)
    if found is None:
        raise NotFound()
    return found


def _sheet(figures: Figures, sheet: ClassSheet, period: str) -> ReportSheet:
    return ReportSheet(sheet_view(figures, sheet, period), summary_view(figures, sheet))


def remarks_of(version: SubmissionView, form: Form) -> list[RemarkLine]:
    """Remarks that did not keep the form from being accepted."""
    return remark_lines(form, version.findings)
