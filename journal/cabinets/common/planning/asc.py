"""A file of aSc Timetables into a draft."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.planning.blueprint import attempt, blueprint, planner, present_year
from journal.cabinets.common.planning.forms import AscForm
from journal.core.errors import NotFound
from journal.core.messages import N_, Message
from journal.documents.guards import UnreadableFile
from journal.transfer.asc import AscRefused, import_asc
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.i18n import say
from journal.webkit.moment import today


@blueprint.route("/import", methods=["GET", "POST"])
@requires(Permission.PLAN_TIMETABLE)
@commits
def import_file() -> ResponseReturnValue:
    """Take the file whole, or show everything that stands against it."""
    form = AscForm(**_offered())
    if not form.validate_on_submit():
        return _page(form, ()), 422 if form.is_submitted() else 200
    try:
        with attempt(form):
            version_id = _import(form)
            flash(_("The file is taken into a draft."), "ok")
            return redirect(url_for("planning.editor", version_id=version_id))
    except AscRefused as refused:
        return _page(form, refused.faults), 422
    except UnreadableFile as refused:
        form.file.errors = [say(refused.message)]
    return _page(form, ()), 422


def _import(form: AscForm) -> int:
    year = present_year()
    if year is None:
        raise NotFound(N_("There is no academic year yet. Set it up first."))
    data = form.file.data.read()
    return import_asc(planner(), academic_year_id=year.id, data=data, dates=form.dates())


def _offered() -> dict[str, object]:
    year, day = present_year(), today(current_actor())
    if year is None:
        return {}
    return {"first_day": max(day, year.starts_on), "last_day": year.last_day}


def _page(form: AscForm, faults: Sequence[Message]) -> str:
    return render_template("planning/asc.html", form=form, faults=faults)
