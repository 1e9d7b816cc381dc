"""The header of the public site: «О проекте», «Регистрация участников», «Участники проекта»."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.exchange.authority import opened_file, sending_by_key
from journal.exchange.queries import public_participants
from journal.exchange.service.authority import confirm_receipt
from journal.office.enrolment.queries import Centre, enrolment_by_key, portal_centre
from journal.office.enrolment.rules import STATE_WORDS
from journal.office.enrolment.service import apply
from journal.people.queries import OrganisationCard
from journal.webkit.access import commits, public
from journal.webkit.answers import XLSX, download
from journal.webkit.enrolment_form import EnrolmentForm
from journal.webkit.forms import field_errors
from journal.webkit.i18n import choose_locale, say, speaking_to
from journal.webkit.menu import MenuEntry
from journal.webkit.moment import now
from journal.webkit.security import limiter

blueprint = Blueprint("portal", __name__, url_prefix="/region")
BLUEPRINTS = (blueprint,)
MENU: tuple[MenuEntry, ...] = ()


def _centre() -> Centre:
    """The centre of this installation; without one there is no site."""
    found = portal_centre(db.session())
    if found is None:
        raise NotFound(N_("There is no regional centre here: this journal takes part in none."))
    return found


@blueprint.get("/")
@public
def about() -> ResponseReturnValue:
    """«О проекте»."""
    return render_template("portal/about.html", centre=_centre())


@blueprint.route("/registration", methods=["GET", "POST"])
@public
@limiter.limit("20 per hour", methods=["POST"])
@commits
def registration() -> ResponseReturnValue:
    """An application, which the centre approves; its answer is at a secret address."""
    centre, form = _centre(), EnrolmentForm()
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            key = apply(db.session(), form.applicant, now=now())
            return redirect(url_for("portal.application", key=key))
    status = 422 if form.is_submitted() else 200
    return render_template("portal/registration.html", centre=centre, form=form), status


@blueprint.get("/registration/<key>")
@public
@limiter.limit("60 per minute")
def application(key: str) -> ResponseReturnValue:
    """What became of an application; who has the address may read it."""
    centre = _centre()
    card = enrolment_by_key(db.session(), key)
    facts = {"centre": centre, "card": card, "words": STATE_WORDS}
    with speaking_to(choose_locale(), centre.time_zone):
        return render_template("portal/application.html", **facts)


@blueprint.get("/participants")
@public
def participants() -> ResponseReturnValue:
    """«Участники проекта»: schools the procedures were opened for, by municipality."""
    centre = _centre()
    schools = public_participants(db.session(), centre.id)
    places = _by_place(schools)
    return render_template(
        "portal/participants.html", centre=centre, places=places, total=len(schools)
    )


def _by_place(schools: Iterable[OrganisationCard]) -> list[tuple[str, list[OrganisationCard]]]:
    return [(place, list(found)) for place, found in groupby(schools, lambda one: one.municipality)]


@blueprint.get("/results/<key>")
@public
@limiter.limit("60 per minute")
def results(key: str) -> ResponseReturnValue:
    """Results sent to the education authority, for who has the address (R15)."""
    centre = _centre()
    sending = sending_by_key(db.session(), key, now=now())
    with speaking_to(choose_locale(), centre.time_zone):
        return render_template("portal/results.html", centre=centre, sending=sending, key=key)


@blueprint.post("/results/<key>")
@public
@limiter.limit("20 per hour")
@commits
def confirm_results(key: str) -> ResponseReturnValue:
    """The authority says that it has them; twice is once."""
    _centre()
    confirm_receipt(db.session(), key, now=now())
    return redirect(url_for("portal.results", key=key))


@blueprint.get("/results/<key>/file<suffix>")
@public
@limiter.limit("60 per minute")
def results_file(key: str, suffix: str) -> ResponseReturnValue:
    """The letter with the results (.pdf), or the sums by municipality (.xlsx)."""
    _centre()
    sending = sending_by_key(db.session(), key, now=now())
    data = opened_file(db.session(), sending, suffix)
    kind = XLSX if suffix == ".xlsx" else "application/pdf"
    return download(data, name=say(N_("Results")) + suffix, mimetype=kind)
