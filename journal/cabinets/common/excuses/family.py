"""A family explains absences: announces, answers, withdraws (D11; domain.md, «Attendance»)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from journal.access import Permission
from journal.attendance.excuses.deeds import Deed, own_excuse
from journal.attendance.excuses.family import answer_excuse, submit_excuses, withdraw_excuse
from journal.attendance.excuses.queries import excuses_of_pupils
from journal.attendance.rules.states import ILL
from journal.cabinets.common.excuses.forms import AnswerForm, FamilyExcuseForm, keep_files
from journal.core.db import db
from journal.core.messages import N_
from journal.school.pupil_facts import KnownPupil
from journal.school.pupil_queries import family
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.filters import typed_number
from journal.webkit.forms import field_errors
from journal.webkit.menu import MenuEntry
from journal.webkit.moment import asked_day, now, today

blueprint = Blueprint("family_excuses", __name__, url_prefix="/family/excuses")
MENU = (
    MenuEntry(
        label=N_("Absence notices"),
        short=N_("Report it"),
        endpoint="family_excuses.listing",
        permission=Permission.SUBMIT_EXCUSE,
        order=85,
    ),
)


def _deed() -> Deed:
    return Deed(db.session(), current_actor(), now())


def _children() -> tuple[KnownPupil, ...]:
    actor = current_actor()
    own = family(db.session(), actor, pupil_id=None, now=now()).own
    may = Permission.SUBMIT_EXCUSE
    return tuple(one for one in own if actor.may(may, one.organisation_id))


@blueprint.get("/")
@requires(Permission.SUBMIT_EXCUSE)
def listing() -> ResponseReturnValue:
    """Everything sent for one's children, what is asked back first."""
    return _listing()


def _listing(refused: tuple[int, AnswerForm] | None = None) -> str:
    children = _children()
    rows = excuses_of_pupils(db.session(), [one.id for one in children], day=today(current_actor()))
    rows.sort(key=lambda one: one.status != "asked")  # stable
    form = AnswerForm()
    return render_template(
        "cabinets/parent/excuses.html", rows=rows, children=children, form=form, refused=refused
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.SUBMIT_EXCUSE)
@commits
def new() -> ResponseReturnValue:
    """The notice: for whom, which days, why, with photos of the certificate."""
    children = _children()
    form = FamilyExcuseForm(pupils=[typed_number("pupil") or 0], **_days())
    form.pupils.choices = [SelectChoice(one.id, one.name) for one in children]
    if len(children) == 1 and not form.pupils.data:
        form.pupils.data = [children[0].id]
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            _submit(form)
            flash(_("The notice is sent to the class teacher."), "ok")
            return redirect(url_for("family_excuses.listing"))
    status = 422 if form.is_submitted() else 200
    return render_template("cabinets/parent/excuse_new.html", form=form, children=children), status


def _days() -> dict[str, object]:
    """Of one day (?date=), or of an illness begun that day which has ended (?ended=1)."""
    day = asked_day() or today(current_actor())
    if not request.args.get("ended"):
        return {"first": day, "last": day}
    return {"first": day, "last": max(day, today(current_actor())), "code": ILL}


def _submit(form: FamilyExcuseForm) -> None:
    """Files belong to a school: for children of two schools each keeps its own copy."""
    chosen = [one for one in _children() if one.id in (form.pupils.data or ())]
    places = {one.organisation_id for one in chosen}
    kept = {place: keep_files(place, form.files.data) for place in sorted(places)}
    for place in sorted(places) or [0]:
        ids = [one.id for one in chosen if one.organisation_id == place]
        submit_excuses(_deed(), pupil_ids=ids, draft=form.draft, file_ids=kept.get(place, ()))


@blueprint.post("/<int:excuse_id>/answer")
@requires(Permission.SUBMIT_EXCUSE)
@commits
def answer(excuse_id: int) -> ResponseReturnValue:
    """Answer the class teacher's question."""
    form, deed = AnswerForm(), _deed()
    excuse, _child = own_excuse(deed, excuse_id)
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            files = keep_files(excuse.organisation_id, form.files.data)
            text = (form.answer.data or "").strip()
            answer_excuse(deed, excuse_id=excuse_id, text=text, file_ids=files)
            flash(_("The answer is sent."), "ok")
            return redirect(url_for("family_excuses.listing"))
    return _listing((excuse_id, form)), 422


@blueprint.post("/<int:excuse_id>/withdraw")
@requires(Permission.SUBMIT_EXCUSE)
@commits
def withdraw(excuse_id: int) -> ResponseReturnValue:
    """Take a notice back while nobody has decided it."""
    withdraw_excuse(_deed(), excuse_id=excuse_id)
    flash(_("The notice is taken back."), "ok")
    return redirect(url_for("family_excuses.listing"))
