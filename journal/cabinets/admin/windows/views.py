"""Views of edit windows: versions with a preview, extensions, days for checking."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.admin.blueprint import blueprint
from journal.cabinets.admin.windows.forms import ExtensionForm, PolicyForm
from journal.cabinets.admin.windows.page import (
    calendar,
    offered,
    preview_of,
    windows_page,
    with_grades,
    with_people,
)
from journal.core.db import db
from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.grading.work_types import set_checking_days, work_type_rows
from journal.lessons.policies import add_extension, drop_policy, end_extension, set_policy
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.filters import number_of
from journal.webkit.forms import field_errors
from journal.webkit.moment import now


@blueprint.get("/windows")
@requires(Permission.SET_WINDOWS)
def windows() -> ResponseReturnValue:
    """What holds, what is ahead, the exceptions, and the form of a new version."""
    return _page()


def _page(
    policy_form: PolicyForm | None = None, extension_form: ExtensionForm | None = None
) -> str:
    school = calendar()
    form = with_grades(policy_form or PolicyForm(formdata=None, **offered(school)), school)
    extension = with_people(extension_form or ExtensionForm(formdata=None), school)
    page = windows_page(form, school=school)
    return render_template(
        "cabinets/admin/windows/page.html", page=page, form=form, extension=extension
    )


@blueprint.get("/windows/preview")
@requires(Permission.SET_WINDOWS)
def windows_preview() -> ResponseReturnValue:
    """What the typed version would mean, as a part of the page: asked while one types."""
    school = calendar()
    form = with_grades(PolicyForm(formdata=request.args, meta={"csrf": False}), school)
    form.validate()
    found = preview_of(form, school, work_type_rows(db.session()))
    return render_template("cabinets/admin/windows/preview.html", preview=found)


@blueprint.post("/windows/versions")
@requires(Permission.SET_WINDOWS)
@commits
def set_windows() -> ResponseReturnValue:
    """Put a version into force from its day on; with `look` only show what it would mean."""
    form = with_grades(PolicyForm(), calendar())
    if form.validate():
        if "look" in request.form:
            return _page(policy_form=form)
        with field_errors(form):
            set_policy(db.session(), current_actor(), form.policy, now=now())
            flash(_("Saved: it holds for lessons from the chosen day on."), "ok")
            return redirect(url_for("admin.windows"))
    return _page(policy_form=form), 422


@blueprint.post("/windows/<int:policy_id>/drop")
@requires(Permission.SET_WINDOWS)
@commits
def drop_windows(policy_id: int) -> ResponseReturnValue:
    """Take back a version that lies ahead."""
    drop_policy(db.session(), current_actor(), policy_id, now=now())
    flash(_("Taken back."), "ok")
    return redirect(url_for("admin.windows"))


@blueprint.post("/windows/extensions")
@requires(Permission.SET_WINDOWS)
@commits
def extend_windows() -> ResponseReturnValue:
    """Open past days for longer."""
    form = with_people(ExtensionForm(), calendar())
    if form.validate():
        with field_errors(form):
            reason = form.reason.data or ""
            add_extension(db.session(), current_actor(), form.wanted(), reason=reason, now=now())
            flash(_("Opened. The teachers are told."), "ok")
            return redirect(url_for("admin.windows", _anchor="extensions"))
    return _page(extension_form=form), 422


@blueprint.post("/windows/extensions/<int:extension_id>/end")
@requires(Permission.SET_WINDOWS)
@commits
def end_windows_extension(extension_id: int) -> ResponseReturnValue:
    """Take an exception back."""
    end_extension(db.session(), current_actor(), extension_id, now=now())
    flash(_("Taken back. What was entered stays."), "ok")
    return redirect(url_for("admin.windows", _anchor="extensions"))


@blueprint.post("/windows/work-types")
@requires(Permission.SET_WINDOWS)
@commits
def checking_days() -> ResponseReturnValue:
    """Days for checking of every kind of work; an empty field means the usual ones."""
    changed = set_checking_days(db.session(), current_actor(), _typed_days(), now=now())
    flash(_("Saved.") if changed else _("Nothing has changed."), "ok")
    return redirect(url_for("admin.windows", _anchor="work-types"))


def _typed_days() -> dict[int, int | None]:
    """«type-17» = 7; what is no number is refused with the kind of work left as it is."""
    typed: dict[int, int | None] = {}
    for name, value in request.form.items():
        type_id = number_of(name.removeprefix("type-")) if name.startswith("type-") else None
        if type_id is None:
            continue
        days = number_of(value.strip()) if value.strip() else None
        if days is None and value.strip():
            raise RuleViolation(name, N_("«%(text)s» is no number of days.", text=value[:20]))
        typed[type_id] = days
    return typed
