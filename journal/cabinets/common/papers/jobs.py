"""Forms of a whole class or school: a job with its page, which may be left and come back to."""

from __future__ import annotations

import mimetypes
from dataclasses import asdict
from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.common.papers.blueprint import blueprint
from journal.cabinets.common.papers.choices import choices_of
from journal.cabinets.common.papers.views import chosen_kind, desk_of_request
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.jobs import JobView, enqueue_once, job_output, job_view
from journal.reports.forms.writing import FORMATS
from journal.reports.kinds.asking import Ask
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.answers import download
from journal.webkit.i18n import say
from journal.webkit.job_kinds import MAKE_FORMS
from journal.webkit.job_progress import job_progress, tell_if_begun_before
from journal.webkit.moment import now


@blueprint.post("/<name>/job")
@requires(Permission.OPEN_FORMS)
@commits
def make(name: str) -> ResponseReturnValue:
    """Make every form of the choice in the address as one file (?suffix=pdf or xlsx)."""
    kind, actor = chosen_kind(name), current_actor()
    facts = _facts(choices_of(desk_of_request(), kind).ask)
    suffix = request.args.get("suffix", "pdf")
    if suffix not in FORMATS:
        raise NotFound()
    queued = enqueue_once(
        db.session(),
        organisation_id=actor.organisation_id,
        kind=MAKE_FORMS,
        now=now(),
        params={"form": name, "ask": facts, "suffix": suffix, "name": say(kind.title)},
        account_id=actor.account_id,
    )
    tell_if_begun_before(queued)
    return redirect(url_for("papers.job", job_id=queued.job_id))


def _facts(ask: Ask) -> dict[str, object]:
    """The choice as JSON; days as they are written down."""
    return {
        field: value.isoformat() if isinstance(value, date) else value
        for field, value in asdict(ask).items()
        if value is not None
    }


@blueprint.get("/jobs/<int:job_id>")
@requires(Permission.OPEN_FORMS)
def job(job_id: int) -> ResponseReturnValue:
    """How far it is, then its file."""
    return render_template("forms/job.html", job=_own(job_id))


@blueprint.get("/jobs/<int:job_id>/state")
@requires(Permission.OPEN_FORMS)
def job_state(job_id: int) -> ResponseReturnValue:
    """What the page asks for while the work goes on."""
    return job_progress(_own(job_id))


@blueprint.get("/jobs/<int:job_id>/file")
@requires(Permission.OPEN_FORMS)
def job_file(job_id: int) -> ResponseReturnValue:
    """The file that was made."""
    _own(job_id)
    content, name = job_output(db.session(), job_id)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return download(content, name=name, mimetype=kind)


def _own(job_id: int) -> JobView:
    """One's own job of forms: what it made is as private as the forms are."""
    found = job_view(db.session(), job_id)
    if found.kind != MAKE_FORMS or found.account_id != current_actor().account_id:
        raise NotFound()
    return found
