"""«Экспорт результатов»: a job with its messages, then «Загрузить отчет»."""

from __future__ import annotations

import mimetypes

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.region.audience import own_card
from journal.cabinets.region.blueprint import blueprint
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.jobs import JobView, enqueue_once, job_output, recent_jobs
from journal.core.messages import N_
from journal.exchange.queries import statistics_of
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.answers import download
from journal.webkit.i18n import say
from journal.webkit.job_kinds import EXPORT_REGION
from journal.webkit.job_progress import tell_if_begun_before
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
    queued = enqueue_once(
        db.session(),
        organisation_id=card.centre_id,
        kind=EXPORT_REGION,
        params={"procedure": card.id, "suffix": suffix},
        account_id=current_actor().account_id,
        now=now(),
    )
    tell_if_begun_before(queued)
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
