"""Archives of years: make one in the background, download it, check it."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from config import Settings
from journal.access import Permission
from journal.cabinets.common.archive.blueprint import blueprint
from journal.cabinets.common.archive.shelf import shelf
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.files import stored_file
from journal.core.jobs import enqueue_once, job_view, recent_jobs
from journal.school.calendar import years
from journal.school.retention.queries import decisions_of_school
from journal.school.retention.rules import KEPT_NAMES, STEP_NAMES, Kept, Step
from journal.transfer.archive.keeping import archives, check_kept, kept_archive
from journal.transfer.archive.keys import SigningKey, fingerprint
from journal.transfer.archive.service import INSTRUCTIONS
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.answers import download
from journal.webkit.files import file_store, send_stored
from journal.webkit.i18n import say
from journal.webkit.job_kinds import DELETE_KEPT, JOB_NAMES, MAKE_ARCHIVE
from journal.webkit.job_progress import job_progress, tell_if_begun_before
from journal.webkit.moment import now, today

KINDS = frozenset({MAKE_ARCHIVE, DELETE_KEPT})


@blueprint.get("")
@requires(Permission.KEEP_ARCHIVE)
def page() -> ResponseReturnValue:
    """Every year with its archives and terms, what is under way, what was decided, how to check."""
    session, actor = db.session(), current_actor()
    jobs = recent_jobs(session, organisation_id=actor.organisation_id, limit=3, kinds=KINDS)
    found = decisions_of_school(session)
    return render_template(
        "archive/page.html",
        shelf=shelf(years(session), archives(session), found, today(actor)),
        decisions=found,
        jobs=jobs,
        job_names=JOB_NAMES,
        kept_names=KEPT_NAMES,
        step_names=STEP_NAMES,
        Kept=Kept,
        Step=Step,
        key=fingerprint(_key().public_pem),
        instructions=say(INSTRUCTIONS),
    )


def _key() -> SigningKey:
    settings: Settings = current_app.config["SETTINGS"]
    return SigningKey.of(settings.instance_dir)


@blueprint.post("/years/<int:year_id>/make")
@requires(Permission.KEEP_ARCHIVE)
@commits
def make(year_id: int) -> ResponseReturnValue:
    """Put the work into the queue, unless somebody has asked for it already."""
    session, actor = db.session(), current_actor()
    year = next((one for one in years(session) if one.id == year_id), None)
    if year is None:
        raise NotFound()
    queued = enqueue_once(
        session,
        organisation_id=actor.organisation_id,
        kind=MAKE_ARCHIVE,
        now=now(),
        params={"year_id": year_id, "year": year.name, "name": year.name},
        account_id=actor.account_id,
        for_all=True,
    )
    tell_if_begun_before(queued)
    if queued.begun:
        flash(_("The archive is being made. You may leave the page."), "ok")
    return redirect(url_for("archive.page"))


@blueprint.get("/jobs/<int:job_id>/state")
@requires(Permission.KEEP_ARCHIVE)
def job_state(job_id: int) -> ResponseReturnValue:
    """What the page asks for while the work goes on."""
    found = job_view(db.session(), job_id)
    if found.kind not in KINDS:
        raise NotFound()
    return job_progress(found)


@blueprint.get("/files/<int:archive_id>")
@requires(Permission.KEEP_ARCHIVE)
def file(archive_id: int) -> ResponseReturnValue:
    """The archive itself."""
    found = kept_archive(db.session(), archive_id)
    return send_stored(stored_file(db.session(), found.file_id))


@blueprint.get("/files/<int:archive_id>/check")
@requires(Permission.KEEP_ARCHIVE)
def check(archive_id: int) -> ResponseReturnValue:
    """Whether the kept file is what was signed."""
    found = kept_archive(db.session(), archive_id)
    verdict = check_kept(file_store(), found, trusted=found.signer)
    return render_template("archive/check.html", archive=found, verdict=verdict)


@blueprint.get("/public_key.pem")
@requires(Permission.KEEP_ARCHIVE)
def public_key() -> Response:
    """The key archives are checked with: to be kept apart from them."""
    return download(_key().public_pem, name="public_key.pem", mimetype="application/x-pem-file")
