"""The day's desk: who is away, which lessons want somebody, what was changed."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.substitutions.blueprint import ONE_DAY, attempt, blueprint, office
from journal.cabinets.common.substitutions.forms import AbsenceForm
from journal.control.school_day import school_day
from journal.core.db import db
from journal.core.errors import NotFound
from journal.office.queries.desk import substitution_day
from journal.office.queries.orders import order_rows
from journal.office.service.absences import AbsenceDraft, note_absence
from journal.people.names import staff_choices
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.fields import choices
from journal.webkit.moment import asked_day, now, today


@blueprint.get("/")
@requires(Permission.PLAN_TIMETABLE)
def desk() -> ResponseReturnValue:
    """The desk of a day (?date=, today by default)."""
    day = asked_day() or today(current_actor())
    return _page(AbsenceForm(first_day=day, last_day=day))


@blueprint.post("/absences")
@requires(Permission.PLAN_TIMETABLE)
@commits
def note() -> ResponseReturnValue:
    """A teacher falls out: note it and go to his lessons."""
    form = AbsenceForm()
    _offer_staff(form)
    if form.validate_on_submit():
        with attempt(form):
            absence_id = note_absence(office(), _draft(form))
            flash(_("Noted. Now arrange the lessons."), "ok")
            return redirect(url_for("substitutions.absence", absence_id=absence_id))
    return _page(form), 422


def _draft(form: AbsenceForm) -> AbsenceDraft:
    first, last = form.first_day.data, form.last_day.data
    if first is None or last is None or form.staff.data is None:
        raise NotFound()
    return AbsenceDraft(
        staff_id=form.staff.data,
        starts_on=first,
        ends_before=last + ONE_DAY,
        reason=form.reason.data or "other",
    )


def _offer_staff(form: AbsenceForm) -> None:
    form.staff.choices = choices(staff_choices(db.session()))


def _page(form: AbsenceForm) -> str:
    session = db.session()
    day = asked_day() or form.first_day.data or today(current_actor())
    _offer_staff(form)
    return render_template(
        "substitutions/desk.html",
        page=substitution_day(session, day),
        orders=order_rows(session, day=day),
        school=school_day(session, current_actor(), asked=day, now=now()),
        form=form,
        today=today(current_actor()),
        previous=day - timedelta(days=1),
        next=day + timedelta(days=1),
    )
