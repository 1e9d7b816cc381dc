"""Templates to download: empty, and filled from the journal as it was looked at."""

from __future__ import annotations

from dataclasses import replace

from flask import current_app, request
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.monitoring.blueprint import blueprint
from journal.core.db import db
from journal.core.errors import NotFound
from journal.exchange.queries import filled_of, participation
from journal.exchange.service.blanks import blank_workbook
from journal.exchange.service.processing import heading_of
from journal.exchange.workbook import write_form
from journal.webkit.access import current_actor, requires
from journal.webkit.answers import XLSX, download
from journal.webkit.moment import now

XLS = "application/vnd.ms-excel"
TYPES = {".xls": XLS, ".xlsx": XLSX}


def _suffix() -> str:
    asked = request.args.get("suffix", ".xls")
    if asked not in TYPES:
        raise NotFound()
    return asked


@blueprint.get("/<int:procedure_id>/template")
@requires(Permission.FILL_MONITORING)
def template(procedure_id: int) -> ResponseReturnValue:
    """The workbook with the classes and no numbers: .xls, or ?suffix=.xlsx."""
    session, suffix = db.session(), _suffix()
    card = participation(session, current_actor(), procedure_id)
    secret = current_app.config["SECRET_KEY"]
    content, name = blank_workbook(session, card, suffix=suffix, secret=secret, now=now())
    return download(content, name=name, mimetype=TYPES[suffix])


@blueprint.get("/<int:procedure_id>/journal/file")
@requires(Permission.FILL_MONITORING)
def filled_template(procedure_id: int) -> ResponseReturnValue:
    """The workbook as the journal filled it last: .xls, or ?suffix=.xlsx."""
    session, suffix = db.session(), _suffix()
    card = participation(session, current_actor(), procedure_id)
    view = filled_of(session, card.id)
    if view is None:
        raise NotFound()
    head = heading_of(session, card.procedure, card.organisation_id, view.as_of)
    heading = replace(head, spans=view.spans)
    secret = current_app.config["SECRET_KEY"]
    content = write_form(view.content, heading, suffix=suffix, secret=secret)
    name = heading.form.file_name(heading.organisation_code, heading.year, suffix)
    return download(content, name=name, mimetype=TYPES[suffix])
