"""The automatic report on an accepted version: what the region has, summed up."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.monitoring.blueprint import blueprint
from journal.cabinets.monitoring.remarks import RemarkLine, remark_lines
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.exchange.figures import Figures
from journal.exchange.forms import Form
from journal.exchange.forms.specification import ClassSheet
from journal.exchange.queries import SubmissionView, participation, submissions
from journal.exchange.report_pdf import Paper, PaperSheet, report_pdf
from journal.exchange.results import check_ended, results
from journal.exchange.tables import LevelView, SheetView, sheet_view, summary_view
from journal.people.queries import organisation_card
from journal.webkit.access import current_actor, requires
from journal.webkit.answers import download
from journal.webkit.filters import typed_number
from journal.webkit.i18n import say
from journal.webkit.moment import now


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


@blueprint.get("/<int:procedure_id>/report.pdf")
@requires(Permission.FILL_MONITORING)
def report_file(procedure_id: int) -> ResponseReturnValue:
    """The report on paper: sums by parallel and stage."""
    session, actor = db.session(), current_actor()
    card = participation(session, actor, procedure_id)
    version = chosen_version(submissions(session, card.id))
    figures = Figures(card.procedure.form, version.content, card.procedure.thresholds)
    sheets = card.procedure.form.in_period(card.procedure.period)
    paper = Paper(
        school=organisation_card(session, card.organisation_id).full_name,
        title=card.procedure.title,
        subtitle=say(N_("Report, version %(number)s", number=version.number)),
        made_at=version.accepted_at,
        zone=actor.current.time_zone,
    )
    data = report_pdf(paper, [_paper(figures, one, card.procedure.period) for one in sheets], say)
    return download(data, name=f"{say(N_('Report'))}.pdf", mimetype="application/pdf")


def _paper(figures: Figures, sheet: ClassSheet, period: str) -> PaperSheet:
    made = _sheet(figures, sheet, period)
    lines = [(_level(one), one.values, one.stage) for one in made.levels]
    return PaperSheet(made.sheet, lines)


def _level(one: LevelView) -> str:
    return one.name if one.stage else say(N_("Parallel %(grade)s", grade=one.name))


@blueprint.get("/<int:procedure_id>/results")
@requires(Permission.FILL_MONITORING)
def regional(procedure_id: int) -> ResponseReturnValue:
    """The results of the region beside the school's own, after the end."""
    session = db.session()
    card = participation(session, current_actor(), procedure_id)
    check_ended(card.procedure, now())
    found = results(session, card.procedure, card.organisation_id)
    return render_template(
        "shared/monitoring/results.html",
        procedure=card.procedure,
        found=found,
        back=url_for("monitoring.card", procedure_id=procedure_id),
    )


def _sheet(figures: Figures, sheet: ClassSheet, period: str) -> ReportSheet:
    return ReportSheet(sheet_view(figures, sheet, period), summary_view(figures, sheet))


def remarks_of(version: SubmissionView, form: Form) -> list[RemarkLine]:
    """Remarks that did not keep the form from being accepted."""
    return remark_lines(form, version.findings)
