"""Consents to the processing of personal data: given, withdrawn, with what follows."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.persons.blueprint import blueprint, load, name_of_whom
from journal.core.db import db
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.office.persons.consents import (
    Bearer,
    ConsentRow,
    consents_of,
    give_consent,
    withdraw_consent,
)
from journal.office.persons.rows import Whom
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.addresses import day_of
from journal.webkit.i18n import say
from journal.webkit.moment import now, today


@blueprint.get("/<int:person_id>/consents")
@requires(Permission.KEEP_PEOPLE)
def consents(person_id: int) -> ResponseReturnValue:
    """Every consent of the person: as staff, as a pupil, as a parent of each child."""
    return _page(person_id)


@blueprint.post("/<int:person_id>/consents/note")
@requires(Permission.KEEP_PEOPLE)
@commits
def consent(person_id: int) -> ResponseReturnValue:
    """A consent came in, or was withdrawn, on a day."""
    found = {row.key: bearer for row, bearer in _rows(load(person_id))}
    bearer = found.get(request.form.get("key", ""))
    act = {"give": give_consent, "withdraw": withdraw_consent}.get(request.form.get("act", ""))
    if bearer is None or act is None:
        raise NotFound()
    try:
        day = today(current_actor())
        act(db.session(), current_actor(), bearer=bearer, on=_day(), today=day, now=now())
    except RuleViolation as refused:
        return _page(person_id, say(refused.message), request.form.get("key", "")), 422
    flash(_("The consent is noted."), "ok")
    return redirect(url_for("persons.consents", person_id=person_id))


def _rows(whom: Whom) -> list[tuple[ConsentRow, Bearer]]:
    actor = current_actor()
    return consents_of(db.session(), actor, whom, today=today(actor))


def _day() -> date:
    day = day_of(request.form.get("day", ""))
    if day is None:
        raise RuleViolation("day", N_("Enter the day."))
    return day


def _page(person_id: int, refused: str = "", key: str = "") -> str:
    whom = load(person_id)
    rows = [row for row, _bearer in _rows(whom)]
    page = {"rows": rows, "name": name_of_whom(whom), "person_id": person_id}
    return render_template(
        "persons/consents.html", refused=refused, key=key, day=today(current_actor()), **page
    )
