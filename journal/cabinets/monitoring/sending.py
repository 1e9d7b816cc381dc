"""Sending a file, and what became of what was sent."""

from __future__ import annotations

import csv
import io

from flask import jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.monitoring.blueprint import ATTEMPTS, blueprint
from journal.cabinets.monitoring.forms import SendForm
from journal.cabinets.monitoring.remarks import remark_lines
from journal.cabinets.monitoring.views import card_view
from journal.core.db import db
from journal.core.messages import N_
from journal.exchange.queries import attempt_copy, attempt_of, participation
from journal.exchange.service.school import send_file
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.answers import XLSX, download
from journal.webkit.forms import field_errors
from journal.webkit.i18n import say
from journal.webkit.moment import now


@blueprint.post("/<int:procedure_id>/upload")
@requires(Permission.POST_MONITORING)
@commits
def upload(procedure_id: int) -> ResponseReturnValue:
    """«Отправить файл с данными»: whatever it is, it is an attempt; a job processes it."""
    at = now()  # what arrives inside the window counts, however long the file takes
    participation(db.session(), current_actor(), procedure_id)
    form = SendForm()
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            attempt_id = send_file(
                db.session(),
                current_actor(),
                procedure_id,
                name=form.file.data.filename or "",
                data=form.file.data.read(),
                confirmed=bool(form.confirmed.data),
                now=at,
            )
            return redirect(_attempt_url(procedure_id, attempt_id))
    return card_view(procedure_id, form=form), 422


def _attempt_url(procedure_id: int, attempt_id: int) -> str:
    return url_for("monitoring.attempt", procedure_id=procedure_id, attempt_id=attempt_id)


@blueprint.get("/<int:procedure_id>/attempts/<int:attempt_id>")
@requires(Permission.FILL_MONITORING)
def attempt(procedure_id: int, attempt_id: int) -> ResponseReturnValue:
    """Being processed, accepted, or the list of errors by sheet, class and graph."""
    session = db.session()
    card = participation(session, current_actor(), procedure_id)
    found = attempt_of(session, card.id, attempt_id)
    return render_template(
        "cabinets/monitoring/attempt.html",
        card=card,
        procedure=card.procedure,
        attempt=found,
        lines=remark_lines(card.procedure.form, found.findings),
    )


@blueprint.get("/<int:procedure_id>/attempts/<int:attempt_id>/state")
@requires(Permission.FILL_MONITORING)
def attempt_state(procedure_id: int, attempt_id: int) -> ResponseReturnValue:
    """What the page asks for while the form is being processed."""
    card = participation(db.session(), current_actor(), procedure_id)
    found = attempt_of(db.session(), card.id, attempt_id)
    words = say(ATTEMPTS[found.state][0])
    return jsonify(ended=found.state != "received", done=0, all=0, words=words)


@blueprint.get("/<int:procedure_id>/attempts/<int:attempt_id>/copy.xlsx")
@requires(Permission.FILL_MONITORING)
def attempt_marked(procedure_id: int, attempt_id: int) -> ResponseReturnValue:
    """The coloured copy of a form that was not accepted."""
    card = participation(db.session(), current_actor(), procedure_id)
    content = attempt_copy(db.session(), card.id, attempt_id)
    name = f"{say(N_('Remarks'))} {card.procedure.form.name}.xlsx"
    return download(content, name=name, mimetype=XLSX)


@blueprint.get("/<int:procedure_id>/attempts/<int:attempt_id>/remarks.csv")
@requires(Permission.FILL_MONITORING)
def attempt_remarks(procedure_id: int, attempt_id: int) -> ResponseReturnValue:
    """The list of errors as a table."""
    card = participation(db.session(), current_actor(), procedure_id)
    found = attempt_of(db.session(), card.id, attempt_id)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["Код", "Лист", "Класс", "Графа", "Замечание", "Что сделать"])
    for one in remark_lines(card.procedure.form, found.findings):
        writer.writerow([one.code, one.sheet, one.class_name, one.graph, one.text, one.advice])
    content = out.getvalue().encode("utf-8-sig")
    name = f"{say(N_('Remarks'))} {card.procedure.form.name}.csv"
    return download(content, name=name, mimetype="text/csv")
