"""Files in and out: upload, check, import, export. The work itself is a job (journal.jobs)."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from journal.access import Permission
from journal.cabinets.admin.blueprint import blueprint
from journal.cabinets.admin.opening import open_year
from journal.core.db import db
from journal.core.errors import NotFound, RuleViolation
from journal.core.jobs import enqueue, enqueue_next, enqueue_once, job_view, recent_jobs
from journal.core.messages import N_
from journal.transfer.school import write_template
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.answers import XLSX, download
from journal.webkit.forms import Form, field_errors
from journal.webkit.i18n import say
from journal.webkit.job_kinds import (
    CHECK_HISTORY,
    CHECK_SCHOOL,
    EXPORT_HISTORY,
    EXPORT_SCHOOL,
    JOB_NAMES,
    NEXT_STEP,
)
from journal.webkit.job_progress import tell_if_begun_before
from journal.webkit.moment import now

RECENT = 20
FILE_NAMES = {EXPORT_SCHOOL: N_("School workbook"), EXPORT_HISTORY: N_("Journal history")}
SUFFIXES = {CHECK_SCHOOL: (".xlsx", ".ods", ".xls", ".csv"), CHECK_HISTORY: (".zip",)}


class UploadForm(Form):
    """One file."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])


@blueprint.get("/exchange")
@requires(Permission.MANAGE_SCHOOL)
def exchange() -> ResponseReturnValue:
    """Upload forms, export buttons, what was done lately."""
    return _page(UploadForm(prefix=CHECK_SCHOOL), UploadForm(prefix=CHECK_HISTORY))


@blueprint.get("/exchange/template")
@requires(Permission.MANAGE_SCHOOL)
def template() -> ResponseReturnValue:
    """The empty workbook with drop-downs and an example row."""
    name = say(N_("School workbook, empty"))
    return download(write_template(made_at=now()), name=f"{name}.xlsx", mimetype=XLSX)


@blueprint.post("/exchange/<kind>")
@requires(Permission.MANAGE_SCHOOL)
@commits
def upload(kind: str) -> ResponseReturnValue:
    """Take a file in and check it; nothing is written before the check is seen."""
    if kind not in SUFFIXES:
        raise NotFound()
    form = UploadForm(prefix=kind)
    if form.validate_on_submit():
        with field_errors(form):
            return redirect(url_for("admin.job", job_id=_enqueue_check(kind, form)))
    blank = {other: UploadForm(formdata=None, prefix=other) for other in SUFFIXES}
    school, history = ({**blank, kind: form}[one] for one in (CHECK_SCHOOL, CHECK_HISTORY))
    return _page(school, history), 422


def _enqueue_check(kind: str, form: UploadForm) -> int:
    name = form.file.data.filename or ""
    if not name.casefold().endswith(SUFFIXES[kind]):
        expected = ", ".join(SUFFIXES[kind])
        raise RuleViolation("file", N_("Choose a file of the kind %(kinds)s.", kinds=expected))
    content = form.file.data.read()
    if not content:
        raise RuleViolation("file", N_("The file is empty. Choose another one."))
    return enqueue(
        db.session(),
        organisation_id=current_actor().organisation_id,
        kind=kind,
        now=now(),
        params={"name": name},
        payload=content,
        account_id=current_actor().account_id,
    )


@blueprint.post("/exchange/jobs/<int:job_id>/import")
@requires(Permission.MANAGE_SCHOOL)
@commits
def import_checked(job_id: int) -> ResponseReturnValue:
    """Import the file whose check found no errors."""
    checked = job_view(db.session(), job_id)
    if checked.kind not in NEXT_STEP:
        raise NotFound()
    next_id = enqueue_next(
        db.session(),
        job_id=job_id,
        kind=NEXT_STEP[checked.kind],
        now=now(),
        params=checked.params,
        account_id=current_actor().account_id,
    )
    return redirect(url_for("admin.job", job_id=next_id))


@blueprint.post("/export/<kind>")
@requires(Permission.MANAGE_SCHOOL)
@commits
def export(kind: str) -> ResponseReturnValue:
    """Make a file of the present state."""
    opening = open_year(db.session())
    if kind not in FILE_NAMES or opening.year is None:
        raise NotFound()
    queued = enqueue_once(
        db.session(),
        organisation_id=current_actor().organisation_id,
        kind=kind,
        now=now(),
        params={"year": opening.year.name, "name": say(FILE_NAMES[kind])},
        account_id=current_actor().account_id,
    )
    tell_if_begun_before(queued)
    return redirect(url_for("admin.job", job_id=queued.job_id))


def _page(school: UploadForm, history: UploadForm) -> str:
    session = db.session()
    organisation_id = current_actor().organisation_id
    jobs = recent_jobs(session, organisation_id=organisation_id, limit=RECENT, kinds=JOB_NAMES)
    return render_template(
        "cabinets/admin/exchange.html",
        school=school,
        history=history,
        opening=open_year(session),
        jobs=jobs,
    )
