"""The audit log: who did what, and whether the chain is whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.admin.blueprint import blueprint
from journal.cabinets.admin.opening import typed
from journal.control.audit_fields import FIELDS
from journal.control.audit_log import AuditFilter, log_page
from journal.control.audit_words import ACTIONS, OBJECTS, words_of
from journal.core.db import db
from journal.core.jobs import JobState, enqueue, recent_jobs
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.filters import day_begins, day_ends, here, typed_day, typed_number
from journal.webkit.job_kinds import VERIFY_AUDIT
from journal.webkit.moment import now


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The filters as they stand in the form."""

    since: date | None
    until: date | None
    who: str
    action: str
    object_type: str


@blueprint.get("/audit")
@requires(Permission.READ_AUDIT)
def audit() -> ResponseReturnValue:
    """A hundred entries, newest first; ?from=&to=&who=&action=&object=&id=&below=."""
    session = db.session()
    organisation_id = current_actor().organisation_id
    form = _typed()
    checks = recent_jobs(session, organisation_id=organisation_id, kinds=[VERIFY_AUDIT], limit=2)
    page = log_page(session, organisation_id, _wanted(form))
    return render_template(
        "cabinets/admin/audit.html",
        page=page,
        form=form,
        actions=ACTIONS,
        objects=OBJECTS,
        fields=FIELDS,
        words_of=words_of,
        checked=next((job for job in checks if job.ended), None),
        checking=any(not job.ended for job in checks),
        newest_url=here(below=None) if request.args.get("below") else None,
        older_url=here(below=page.older) if page.older else None,
    )


@blueprint.post("/audit/verify")
@requires(Permission.READ_AUDIT)
@commits
def verify() -> ResponseReturnValue:
    """Have the chain checked now; the nightly check does the same."""
    session = db.session()
    organisation_id = current_actor().organisation_id
    open_states = [JobState.WAITING, JobState.RUNNING]
    under_way = recent_jobs(
        session, organisation_id=organisation_id, kinds=[VERIFY_AUDIT], states=open_states, limit=1
    )
    if not under_way:
        enqueue(
            session,
            organisation_id=organisation_id,
            kind=VERIFY_AUDIT,
            now=now(),
            account_id=current_actor().account_id,
        )
    flash(_("The check has begun; its outcome appears here."), "ok")
    return redirect(url_for("admin.audit"))


def _typed() -> Typed:
    return Typed(
        since=typed_day("from"),
        until=typed_day("to"),
        who=typed("who"),
        action=typed("action"),
        object_type=typed("object"),
    )


def _wanted(form: Typed) -> AuditFilter:
    return AuditFilter(
        since=day_begins(form.since),
        before=day_ends(form.until),
        who=form.who,
        action=form.action,
        object_type=form.object_type,
        object_id=typed_number("id"),
        below=typed_number("below"),
        grant_id=typed_number("grant"),
    )
