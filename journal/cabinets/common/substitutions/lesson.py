"""One lesson: everything that can be done to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.substitutions.blueprint import (
    REASON_MAX,
    attempt,
    blueprint,
    office,
    sent_number,
)
from journal.cabinets.common.substitutions.forms import ActForm
from journal.core.db import db
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.office.queries.lesson_page import lesson_page
from journal.office.queries.lessons import lesson_facts
from journal.office.service.arranging import cancel, change_room, hold_at_distance, undo
from journal.office.service.choices import accept
from journal.office.service.moving import Place, move, swap
from journal.office.service.office import Office
from journal.webkit.access import commits, requires
from journal.webkit.addresses import day_of
from journal.webkit.moment import now


@blueprint.get("/lessons/<int:lesson_id>")
@requires(Permission.PLAN_TIMETABLE)
def lesson(lesson_id: int) -> ResponseReturnValue:
    """The lesson: who could hold it, where, when, with which to exchange it."""
    return _page(lesson_id, ActForm())


@blueprint.post("/lessons/<int:lesson_id>/change")
@requires(Permission.PLAN_TIMETABLE)
@commits
def change(lesson_id: int) -> ResponseReturnValue:
    """One act, named by `act`."""
    act = ACTS.get(request.form.get("act", ""))
    if act is None:
        raise NotFound()
    form = ActForm()
    day = lesson_facts(db.session(), lesson_id).held_on
    if form.validate_on_submit():
        with attempt(form):
            act(office(request.form.get("reason", "")[:REASON_MAX]), lesson_id)
            flash(_("Changed. Teachers, pupils and parents see it at once."), "ok")
            return redirect(url_for("substitutions.desk", date=day))
    return _page(lesson_id, form), 422


def _accept(at: Office, lesson_id: int) -> None:
    accept(at, lesson_id=lesson_id, code=request.form.get("choice", ""))


def _room(at: Office, lesson_id: int) -> None:
    room_id = sent_number("room") if request.form.get("room") else None
    change_room(at, lesson_id=lesson_id, room_id=room_id)


def _move(at: Office, lesson_id: int) -> None:
    day = day_of(request.form.get("day", ""))
    if day is None:
        raise RuleViolation("day", N_("Enter a date."))
    move(at, lesson_id=lesson_id, place=Place(day, sent_number("number")))


def _swap(at: Office, lesson_id: int) -> None:
    swap(at, lesson_id=lesson_id, other_id=sent_number("other"))


ACTS: Mapping[str, Callable[[Office, int], object]] = {
    "accept": _accept,
    "cancel": lambda at, lesson_id: cancel(at, lesson_id=lesson_id),
    "distance": lambda at, lesson_id: hold_at_distance(at, lesson_id=lesson_id),
    "move": _move,
    "room": _room,
    "swap": _swap,
    "undo": lambda at, lesson_id: undo(at, lesson_id=lesson_id),
}


def _page(lesson_id: int, form: ActForm) -> str:
    page = lesson_page(db.session(), lesson_id, now=now())
    return render_template("substitutions/lesson.html", page=page, form=form)
