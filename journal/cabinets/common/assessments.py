"""The calendar of assessments of a class: for its teachers, its class teacher, the office."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.core.db import db
from journal.core.messages import N_
from journal.grading.assessment_kinds import assessment_kinds, choose_assessments
from journal.register.assessments import assessment_calendar, readable_classes
from journal.webkit.access import commits, current_actor, requires, work_in_current_organisation
from journal.webkit.filters import number_of
from journal.webkit.menu import MenuEntry, MenuGroup
from journal.webkit.moment import asked_day, now

blueprint = Blueprint("assessments", __name__, url_prefix="/assessments")
blueprint.before_request(work_in_current_organisation)
MENU = (
    MenuEntry(
        label=N_("Assessments"),
        endpoint="assessments.first",
        permission=Permission.OPEN_JOURNAL,
        order=46,
        group=MenuGroup.JOURNALS,
    ),
)


@blueprint.get("/")
@requires(Permission.OPEN_JOURNAL)
def first() -> ResponseReturnValue:
    """The first class whose calendar the actor may open."""
    classes = readable_classes(db.session(), current_actor(), now=now())
    if not classes:
        return render_template("shared/assessments_nobody.html")
    return redirect(url_for("assessments.calendar", class_id=classes[0].id))


@blueprint.get("/<int:class_id>")
@requires(Permission.OPEN_JOURNAL)
def calendar(class_id: int) -> ResponseReturnValue:
    """Six weeks of a class, from the week of ?date=."""
    page = assessment_calendar(
        db.session(), current_actor(), class_id=class_id, asked=asked_day(), now=now()
    )
    kinds = assessment_kinds(db.session()) if current_actor().may(Permission.SET_WINDOWS) else ()
    return render_template("shared/assessments.html", page=page, kinds=kinds)


@blueprint.post("/kinds")
@requires(Permission.SET_WINDOWS)
@commits
def choose() -> ResponseReturnValue:
    """Say which kinds of work count as assessments in this school."""
    chosen = {number for text in request.form.getlist("kinds") if (number := number_of(text))}
    choose_assessments(db.session(), current_actor(), kind_ids=chosen, now=now())
    flash(_("The kinds of work that count are saved."), "ok")
    back = number_of(request.form.get("class", ""))
    if back is None:
        return redirect(url_for("assessments.first"))
    return redirect(url_for("assessments.calendar", class_id=back))
