"""The form from the school's own journal: filled by a job, looked at, explained, sent."""

from __future__ import annotations

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.monitoring.blueprint import blueprint
from journal.cabinets.monitoring.forms import ConfirmForm
from journal.cabinets.monitoring.remarks import remark_lines, to_explain, typed_explanations
from journal.cabinets.monitoring.table import chosen_sheet
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.jobs import JobView, recent_jobs
from journal.exchange.figures import Figures
from journal.exchange.forms import MP1
from journal.exchange.forms.specification import TOTAL
from journal.exchange.queries import FilledView, ParticipationCard, filled_of, participation
from journal.exchange.service.journal import ask_filling, explained, send_filled, take_filled
from journal.exchange.tables import sheet_view
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.forms import field_errors
from journal.webkit.i18n import say
from journal.webkit.job_kinds import FILL_FORM
from journal.webkit.job_progress import tell_if_begun_before
from journal.webkit.moment import now


@blueprint.post("/<int:procedure_id>/journal/fill")
@requires(Permission.FILL_MONITORING)
@commits
def fill(procedure_id: int) -> ResponseReturnValue:
    """Have the form filled from the journal as of now."""
    queued = ask_filling(db.session(), current_actor(), procedure_id, now=now())
    tell_if_begun_before(queued)
    return redirect(url_for("monitoring.journal", procedure_id=procedure_id))


def filling_job(procedure_id: int) -> JobView | None:
    """The latest filling of this procedure, if it has not ended well."""
    place = current_actor().organisation_id
    jobs = recent_jobs(db.session(), organisation_id=place, limit=20, kinds=[FILL_FORM])
    return next((one for one in jobs if one.params["procedure"] == procedure_id), None)


@blueprint.get("/<int:procedure_id>/journal/state")
@requires(Permission.FILL_MONITORING)
def fill_state(procedure_id: int) -> ResponseReturnValue:
    """What the page asks for while the form is being filled."""
    participation(db.session(), current_actor(), procedure_id)
    job = filling_job(procedure_id)
    if job is None:
        raise NotFound()
    words = say(job.message) if job.message else ""
    return jsonify(ended=job.ended, done=job.done_steps, all=job.all_steps, words=words)


@blueprint.get("/<int:procedure_id>/journal")
@requires(Permission.FILL_MONITORING)
def journal(procedure_id: int) -> ResponseReturnValue:
    """A sheet (?sheet=) as the journal fills it, every remark, before any file is made."""
    card = participation(db.session(), current_actor(), procedure_id)
    return _page(card, ConfirmForm(formdata=None))


def _page(card: ParticipationCard, form: ConfirmForm) -> str:
    view, procedure = filled_of(db.session(), card.id), card.procedure
    sheet = chosen_sheet(card, request.args.get("sheet", ""))
    return render_template(
        "cabinets/monitoring/journal.html",
        card=card,
        procedure=procedure,
        view=view,
        job=filling_job(procedure.id),
        sheets=procedure.form.in_period(procedure.period),
        sheet=None if view is None else _sheet(card, view, sheet.name),
        sheet_name=sheet.name,
        remarks=[] if view is None else remark_lines(procedure.form, view.findings),
        explain=[] if view is None else _to_explain(view),
        form=form,
        state=card.window.state(now()),
        school=current_actor().current.organisation_name,
        drilled=procedure.form_schema == MP1.schema,
        whole_school=TOTAL,
    )


def _to_explain(view: FilledView) -> list[object]:
    given = typed_explanations() if request.method == "POST" else []
    return list(to_explain(explained(view.content, given), view.findings))


def _sheet(card: ParticipationCard, view: FilledView, name: str) -> object:
    procedure = card.procedure
    figures = Figures(procedure.form, view.content, procedure.thresholds)
    return sheet_view(figures, procedure.form.sheet(name), procedure.period, view.findings)


@blueprint.post("/<int:procedure_id>/journal/take")
@requires(Permission.FILL_MONITORING)
@commits
def take(procedure_id: int) -> ResponseReturnValue:
    """Put the figures of the journal into the on-line table, to be gone over there."""
    card = participation(db.session(), current_actor(), procedure_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            given = typed_explanations()
            take_filled(db.session(), current_actor(), procedure_id, explanations=given, now=now())
            flash(_("The figures of the journal stand in the table."), "ok")
            return redirect(url_for("monitoring.table", procedure_id=procedure_id))
    return _page(card, form), 422


@blueprint.post("/<int:procedure_id>/journal/send")
@requires(Permission.POST_MONITORING)
@commits
def send_journal(procedure_id: int) -> ResponseReturnValue:
    """Hand in the form as it is looked at here, in one step."""
    card = participation(db.session(), current_actor(), procedure_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            sent = send_filled(
                db.session(),
                current_actor(),
                procedure_id,
                explanations=typed_explanations(),
                confirmed=bool(form.confirmed.data),
                now=now(),
            )
            return redirect(
                url_for("monitoring.attempt", procedure_id=procedure_id, attempt_id=sent)
            )
    return _page(card, form), 422
