"""«Экспорт результатов»: a job with its messages, then «Загрузить отчет»."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.region.audience import own_card
from journal.cabinets.region.blueprint import blueprint
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.jobs import JobView, enqueue, job_output, recent_jobs
from journal.core.messages import N_
from journal.exchange.figures import Content, Figures
from journal.exchange.forms.specification import ClassSheet
from journal.exchange.queries import ProcedureCard, statistics_of
from journal.exchange.report_pdf import Paper, PaperSheet, report_pdf
from journal.exchange.results import Compared, results
from journal.exchange.tables import sheet_view
from journal.people.queries import organisation_card
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.answers import download
from journal.webkit.i18n import say
from journal.webkit.job_kinds import EXPORT_REGION
from journal.webkit.moment import now

SUFFIXES = (".xlsx", ".csv")


@blueprint.get("/<int:procedure_id>/export")
@requires(Permission.RUN_MONITORING)
def exports(procedure_id: int) -> ResponseReturnValue:
    """Start an export, see how far it is, load what is ready."""
    card = own_card(procedure_id)
    jobs = _jobs(procedure_id)
    return render_template(
        "cabinets/region/export.html",
        card=card,
        statistics=statistics_of(db.session(), card),
        jobs=jobs,
        running=any(not one.ended for one in jobs),
    )


def _jobs(procedure_id: int) -> list[JobView]:
    place = current_actor().organisation_id
    found = recent_jobs(db.session(), organisation_id=place, limit=30, kinds=[EXPORT_REGION])
    return [one for one in found if one.params["procedure"] == procedure_id]


@blueprint.post("/<int:procedure_id>/export")
@requires(Permission.RUN_MONITORING)
@commits
def export(procedure_id: int) -> ResponseReturnValue:
    """Have a file made: suffix=.xlsx or .csv."""
    card = own_card(procedure_id)
    suffix = request.form.get("suffix", ".xlsx")
    if suffix not in SUFFIXES:
        raise NotFound()
    enqueue(
        db.session(),
        organisation_id=card.centre_id,
        kind=EXPORT_REGION,
        params={"procedure": card.id, "suffix": suffix},
        account_id=current_actor().account_id,
        now=now(),
    )
    return redirect(url_for("region.exports", procedure_id=procedure_id))


@blueprint.get("/<int:procedure_id>/export/state")
@requires(Permission.RUN_MONITORING)
def export_state(procedure_id: int) -> ResponseReturnValue:
    """What the page asks for while a file is being made."""
    own_card(procedure_id)
    job = next((one for one in _jobs(procedure_id) if not one.ended), None)
    if job is None:
        return jsonify(ended=True, done=0, all=0, words="")
    words = say(N_("schools %(done)s of %(all)s", done=job.done_steps, all=job.all_steps))
    return jsonify(ended=False, done=job.done_steps, all=job.all_steps, words=words)


@blueprint.get("/<int:procedure_id>/export/file")
@requires(Permission.RUN_MONITORING)
def export_file(procedure_id: int) -> ResponseReturnValue:
    """«Загрузить отчет»: the latest file, or that of ?job=."""
    own_card(procedure_id)
    asked = request.args.get("job", "")
    ready = (one for one in _jobs(procedure_id) if one.has_output)
    job = next((one for one in ready if asked in ("", str(one.id))), None)
    if job is None:
        raise NotFound()
    content, name = job_output(db.session(), job.id)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return download(content, name=name, mimetype=kind)


@blueprint.get("/<int:procedure_id>/results")
@requires(Permission.RUN_MONITORING)
def regional(procedure_id: int) -> ResponseReturnValue:
    """What has come in so far, as schools will read it after the end."""
    card = own_card(procedure_id)
    return render_template(
        "shared/monitoring/results.html",
        procedure=card,
        found=results(db.session(), card, None),
        back=url_for("region.procedure", procedure_id=procedure_id),
        file_url=url_for("region.results_file", procedure_id=procedure_id),
    )


@blueprint.get("/<int:procedure_id>/results.pdf")
@requires(Permission.RUN_MONITORING)
def results_file(procedure_id: int) -> ResponseReturnValue:
    """The results of the region on paper, to be published or sent to the authority (R15)."""
    card = own_card(procedure_id)
    found = results(db.session(), card, None)
    paper = Paper(
        school=organisation_card(db.session(), card.centre_id).full_name,
        title=card.title,
        subtitle=say(N_("Results of the region, schools: %(count)s", count=found.schools)),
        made_at=now(),
        zone=card.zone,
    )
    data = report_pdf(paper, [_paper(card, sheet, levels) for sheet, levels in found.sheets], say)
    return download(
        data, name=f"{say(N_('Results of the region'))}.pdf", mimetype="application/pdf"
    )


def _paper(card: ProcedureCard, sheet: ClassSheet, levels: Sequence[Compared]) -> PaperSheet:
    """Numbers of pupils too small to be published are suppressed."""
    blank = Figures(card.form, Content(classes=[], numbers={}), card.thresholds)
    letters = [one.letter for one in sheet.columns]
    lines = [
        (one.name, [one.region.published(letter) for letter in letters], one is levels[-1])
        for one in levels
    ]
    return PaperSheet(sheet_view(blank, sheet, card.period), lines)
