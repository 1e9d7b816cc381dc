"""Who plans which classes (003:97): a page of the administrator."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.planning.blueprint import blueprint, present_year
from journal.cabinets.common.planning.forms import ActForm
from journal.core.db import db
from journal.core.errors import NotFound
from journal.people.service import origin_of
from journal.school.directory import class_choices
from journal.school.planning import planner_rows, set_planned
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.filters import number_of
from journal.webkit.moment import now


@blueprint.get("/planners")
@requires(Permission.MANAGE_SCHOOL)
def planners() -> ResponseReturnValue:
    """The deputies and the classes set for each; nobody's ticks = all classes."""
    year = present_year()
    session = db.session()
    return render_template(
        "planning/planners.html",
        rows=planner_rows(session, year.id) if year else [],
        classes=class_choices(session, year.id) if year else [],
    )


@blueprint.post("/planners/<int:deputy_id>")
@requires(Permission.MANAGE_SCHOOL)
@commits
def assign(deputy_id: int) -> ResponseReturnValue:
    """Set the classes of one deputy; none = all."""
    year = present_year()
    if year is None or not ActForm().validate_on_submit():
        raise NotFound()
    chosen = {number_of(one) for one in request.form.getlist("classes")}
    set_planned(
        db.session(),
        academic_year_id=year.id,
        staff_id=deputy_id,
        class_ids={one for one in chosen if one is not None},
        origin=origin_of(current_actor()),
        now=now(),
    )
    flash(_("Saved."), "ok")
    return redirect(url_for("planning.planners"))
