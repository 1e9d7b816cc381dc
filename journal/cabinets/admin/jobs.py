"""The page of a job: how far it is, what came of it, its file. It can be left and come back to."""

from __future__ import annotations

import mimetypes

from flask import render_template
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.admin.blueprint import blueprint
from journal.core.db import db
from journal.core.jobs import JobState, job_output, job_view
from journal.core.messages import Message, message_from_facts
from journal.webkit.access import requires
from journal.webkit.answers import download
from journal.webkit.i18n import say
from journal.webkit.job_kinds import NEXT_STEP
from journal.webkit.job_progress import job_progress

FAULTS_SHOWN = 200


@blueprint.get("/exchange/jobs/<int:job_id>")
@requires(Permission.MANAGE_SCHOOL)
def job(job_id: int) -> ResponseReturnValue:
    """Progress, then the outcome: errors by place, remarks, what changed, the file."""
    found = job_view(db.session(), job_id)
    faults = found.facts.get("faults", [])
    return render_template(
        "cabinets/admin/job.html",
        job=found,
        faults=[_with_message(fault) for fault in faults[:FAULTS_SHOWN]],
        all_faults=len(faults),
        notes=[_with_message(note) for note in found.facts.get("notes", [])[:FAULTS_SHOWN]],
        lines=[message_from_facts(line) for line in found.facts.get("lines", [])],
        may_import=found.kind in NEXT_STEP and found.state == JobState.DONE and found.has_payload,
    )


@blueprint.get("/exchange/jobs/<int:job_id>/state")
@requires(Permission.MANAGE_SCHOOL)
def job_state(job_id: int) -> ResponseReturnValue:
    """What the page asks for while the work goes on."""
    return job_progress(job_view(db.session(), job_id))


@blueprint.get("/exchange/jobs/<int:job_id>/file")
@requires(Permission.MANAGE_SCHOOL)
def job_file(job_id: int) -> ResponseReturnValue:
    """The file the job produced."""
    content, name = job_output(db.session(), job_id)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return download(content, name=name, mimetype=kind)


def _with_message(fault: dict[str, object]) -> dict[str, object]:
    said = fault.get("message")
    message: Message | str = message_from_facts(said) if isinstance(said, dict) else str(said)
    return {**fault, "message": say(message)}
