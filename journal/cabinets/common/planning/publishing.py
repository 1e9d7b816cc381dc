"""Publication: what would change is shown first; the work is a job."""

from __future__ import annotations

from collections.abc import Mapping

from flask import jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.common.planning.blueprint import attempt, blueprint
from journal.cabinets.common.planning.forms import ActForm
from journal.core.db import db
from journal.core.errors import NotFound, RuleViolation
from journal.core.jobs import JobView, enqueue, job_view
from journal.core.messages import Message, message_from_facts
from journal.office.service.versions import Preview
from journal.office.service.versions import preview as preview_of
from journal.school.planning import planned_classes
from journal.timetable.plan import version_head
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.filters import typed_number
from journal.webkit.i18n import say
from journal.webkit.job_kinds import JOB_NAMES, PUBLISH_TIMETABLE
from journal.webkit.moment import now

SHOWN = 100


@blueprint.get("/<int:version_id>/publish")
@requires(Permission.PLAN_TIMETABLE)
def preview(version_id: int) -> ResponseReturnValue:
    """What stands against it, else what would change."""
    return _page(version_id, ActForm())


@blueprint.post("/<int:version_id>/publish/go")
@requires(Permission.PLAN_TIMETABLE)
@commits
def publish(version_id: int) -> ResponseReturnValue:
    """Start the work; the draft must be the one that was looked at (`version`)."""
    form = ActForm()
    if form.validate_on_submit():
        with attempt(form):
            return redirect(url_for("planning.job", job_id=_start(version_id)))
    return _page(version_id, form), 422


def _start(version_id: int) -> int:
    shown = _preview(version_id)
    if not shown.head.draft:
        raise NotFound()
    if shown.faults:
        raise RuleViolation("version", shown.faults[0])
    planned = planned_classes(db.session(), current_actor(), shown.head.academic_year_id)
    names = None if planned.names is None else sorted(planned.names)
    params = {"version_id": version_id, "version": shown.head.version, "classes": names}
    return _enqueue(PUBLISH_TIMETABLE, params)


def _enqueue(kind: str, params: Mapping[str, object]) -> int:
    actor = current_actor()
    return enqueue(
        db.session(),
        organisation_id=actor.organisation_id,
        kind=kind,
        now=now(),
        params=params,
        account_id=actor.account_id,
    )


@blueprint.get("/jobs/<int:job_id>")
@requires(Permission.PLAN_TIMETABLE)
def job(job_id: int) -> ResponseReturnValue:
    """How far it is, what came of it."""
    found = _job(job_id)
    lines = [message_from_facts(line) for line in found.facts.get("lines", [])]
    title = JOB_NAMES[found.kind]
    return render_template("planning/job.html", job=found, lines=lines, title=title)


@blueprint.get("/jobs/<int:job_id>/state")
@requires(Permission.PLAN_TIMETABLE)
def job_state(job_id: int) -> ResponseReturnValue:
    """What the page asks for while the work goes on."""
    found = _job(job_id)
    words: Message | str = found.message or ""
    return jsonify(ended=found.ended, done=found.done_steps, all=found.all_steps, words=say(words))


def _job(job_id: int) -> JobView:
    found = job_view(db.session(), job_id)
    if found.kind != PUBLISH_TIMETABLE:
        raise NotFound()
    return found


def _preview(version_id: int) -> Preview:
    session = db.session()
    head = version_head(session, version_id)
    planned = planned_classes(session, current_actor(), head.academic_year_id)
    return preview_of(session, version_id, planned)


def _page(version_id: int, form: ActForm) -> str:
    shown = _preview(version_id)
    if not shown.head.draft:
        raise NotFound()
    limit = SHOWN if typed_number("all") is None else None
    return render_template("planning/publish.html", page=shown, form=form, limit=limit)
