"""An absent teacher's lessons with proposals: one by one, or all at once."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.substitutions.blueprint import ONE_DAY, attempt, blueprint, office
from journal.cabinets.common.substitutions.forms import ActForm, LastDayForm
from journal.core.db import db
from journal.core.errors import NotFound
from journal.office.queries.desk import absence_page
from journal.office.service.absences import change_absence, drop_absence
from journal.office.service.choices import accept
from journal.office.service.office import Office
from journal.webkit.access import commits, requires
from journal.webkit.filters import number_of

CHOICE = "choice-"


@blueprint.get("/absences/<int:absence_id>")
@requires(Permission.PLAN_TIMETABLE)
def absence(absence_id: int) -> ResponseReturnValue:
    """The lessons it costs, each with proposals in order."""
    return _page(absence_id, ActForm())


@blueprint.post("/absences/<int:absence_id>/arrange")
@requires(Permission.PLAN_TIMETABLE)
@commits
def arrange(absence_id: int) -> ResponseReturnValue:
    """Accept the choice of one lesson (button «lesson») or of every one."""
    form = ActForm()
    if form.validate_on_submit():
        with attempt(form):
            count = _accept(office(), absence_id)
            flash(_("Arranged: %(count)s.", count=count), "ok")
            return redirect(url_for("substitutions.absence", absence_id=absence_id))
    return _page(absence_id, form), 422


def _accept(at: Office, absence_id: int) -> int:
    """Only lessons that this absence leaves open."""
    page = absence_page(at.session, absence_id)
    wanting = {one.lesson.facts.id for _, rows in page.days for one in rows if one.proposals}
    asked = request.form.get("lesson", "")
    chosen = {number_of(asked)} if asked else wanting
    choices = {one: request.form.get(f"{CHOICE}{one}", "") for one in wanting & chosen}
    for lesson_id, code in choices.items():
        if code:
            accept(at, lesson_id=lesson_id, code=code)
    return sum(bool(code) for code in choices.values())


@blueprint.post("/absences/<int:absence_id>/last-day")
@requires(Permission.PLAN_TIMETABLE)
@commits
def change_last_day(absence_id: int) -> ResponseReturnValue:
    """He is back on another day."""
    form = LastDayForm()
    if form.validate_on_submit() and form.last_day.data:
        with attempt(form):
            change_absence(
                office(), absence_id=absence_id, ends_before=form.last_day.data + ONE_DAY
            )
            return redirect(url_for("substitutions.absence", absence_id=absence_id))
    return _page(absence_id, form), 422


@blueprint.post("/absences/<int:absence_id>/drop")
@requires(Permission.PLAN_TIMETABLE)
@commits
def drop(absence_id: int) -> ResponseReturnValue:
    """It was a mistake: the entry goes, lessons already arranged stay arranged."""
    if not ActForm().validate_on_submit():
        raise NotFound()
    drop_absence(office(), absence_id=absence_id)
    flash(_("The absence is removed. Lessons already arranged stay arranged."), "ok")
    return redirect(url_for("substitutions.desk"))


def _page(absence_id: int, form: ActForm | LastDayForm) -> str:
    return render_template(
        "substitutions/absence.html", page=absence_page(db.session(), absence_id), form=form
    )
