"""The class teacher's excuses: what families sent, certificates on paper, decisions."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice

from journal.access import Permission
from journal.attendance.excuses.decisions import (
    decide_excuse,
    end_excuse,
    enter_paper,
    revoke_excuse,
)
from journal.attendance.excuses.deeds import Deed, class_excuse
from journal.attendance.excuses.queries import excuses_of_class, leave_days
from journal.cabinets.common.excuses.forms import (
    DecisionForm,
    LastDayForm,
    NoteForm,
    PaperForm,
    keep_files,
)
from journal.core.db import db
from journal.core.errors import NotFound
from journal.school.class_desk import own_classes, pupils_on
from journal.webkit.access import (
    commits,
    current_actor,
    requires,
    work_in_current_organisation,
)
from journal.webkit.filters import typed_number
from journal.webkit.forms import field_errors
from journal.webkit.moment import asked_day, now, today

blueprint = Blueprint("class_excuses", __name__, url_prefix="/class/excuses")
blueprint.before_request(work_in_current_organisation)
DECISIONS = ("confirm", "ask", "refuse")


def _deed() -> Deed:
    return Deed(db.session(), current_actor(), now())


@blueprint.get("/")
@requires(Permission.KEEP_CLASS)
def listing() -> ResponseReturnValue:
    """Of the class: what waits for a decision first, open illnesses, everything else below."""
    return _listing()


def _listing(refused: tuple[int, FlaskForm] | None = None) -> str:
    actor, day = current_actor(), today(current_actor())
    group, groups = own_classes(db.session(), actor, class_id=typed_number("class"), today=day)
    return render_template(
        "cabinets/class_teacher/excuses.html",
        group=group,
        groups=groups,
        page={"group": group, "groups": groups},
        rows=excuses_of_class(db.session(), class_group_id=group.id, day=day),
        limit=leave_days(db.session(), actor.organisation_id, day),
        refused=refused,
        today=day,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.KEEP_CLASS)
@commits
def new() -> ResponseReturnValue:
    """A certificate handed in on paper."""
    actor, day = current_actor(), today(current_actor())
    group, _groups = own_classes(db.session(), actor, class_id=typed_number("class"), today=day)
    first = asked_day() or day
    form = PaperForm(pupil=typed_number("pupil"), first=first, last=first)
    pupils = pupils_on(db.session(), class_group_id=group.id, day=day)
    names = [SelectChoice(one.pupil_id, one.name) for one in pupils]
    form.pupil.choices = [SelectChoice("", _("choose a pupil")), *names]
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            files = keep_files(actor.organisation_id, form.files.data)
            enter_paper(_deed(), pupil_id=form.pupil.data, draft=form.draft, file_ids=files)
            flash(_("The certificate is entered."), "ok")
            return redirect(_back(group.id))
    status = 422 if form.is_submitted() else 200
    return render_template("cabinets/class_teacher/excuse_new.html", form=form, group=group), status


def _back(class_id: int | None) -> str:
    address = url_for("class_excuses.listing")
    return f"{address}?class={class_id}" if class_id else address


@blueprint.post("/<int:excuse_id>/decide")
@requires(Permission.KEEP_CLASS)
@commits
def decide(excuse_id: int) -> ResponseReturnValue:
    """Confirm, ask back or refuse."""
    form, deed = DecisionForm(), _deed()
    class_excuse(deed, excuse_id)
    if form.validate_on_submit():
        if form.decision.data not in DECISIONS:
            raise NotFound()
        with field_errors(form), db.session.begin_nested():
            note = (form.note.data or "").strip()
            decide_excuse(deed, excuse_id=excuse_id, decision=form.decision.data, note=note)
            flash(_("Done. The family is told."), "ok")
            return redirect(_back(typed_number("class")))
    return _listing((excuse_id, form)), 422


@blueprint.post("/<int:excuse_id>/revoke")
@requires(Permission.KEEP_CLASS)
@commits
def revoke(excuse_id: int) -> ResponseReturnValue:
    """Take a confirmed excuse back."""
    form, deed = NoteForm(), _deed()
    class_excuse(deed, excuse_id)
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            revoke_excuse(deed, excuse_id=excuse_id, note=(form.note.data or "").strip())
            flash(_("Taken back: the absences have no reason again."), "ok")
            return redirect(_back(typed_number("class")))
    return _listing((excuse_id, form)), 422


@blueprint.post("/<int:excuse_id>/end")
@requires(Permission.KEEP_CLASS)
@commits
def end(excuse_id: int) -> ResponseReturnValue:
    """The last day of an open illness."""
    form, deed = LastDayForm(), _deed()
    class_excuse(deed, excuse_id)
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            end_excuse(deed, excuse_id=excuse_id, last=form.last.data)
            flash(_("The last day is entered."), "ok")
            return redirect(_back(typed_number("class")))
    return _listing((excuse_id, form)), 422
