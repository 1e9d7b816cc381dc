"""Which schools a procedure addresses, and «Список участников»."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.region.blueprint import PROGRESS, blueprint
from journal.core.db import db
from journal.core.errors import RuleViolation
from journal.exchange.queries import (
    Participant,
    ProcedureCard,
    audience_choice,
    own_procedure,
    participants_page,
    statistics_of,
)
from journal.exchange.rules import Progress
from journal.exchange.service.centre import set_audience
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.filters import number_of, steps, typed_page
from journal.webkit.i18n import moment, say
from journal.webkit.moment import now


@blueprint.route("/<int:procedure_id>/schools", methods=["GET", "POST"])
@requires(Permission.RUN_MONITORING)
@commits
def set_schools(procedure_id: int) -> ResponseReturnValue:
    """Tick the schools; those that have begun or asked stay."""
    card = own_procedure(db.session(), current_actor(), procedure_id)
    if request.method == "POST":
        try:
            with db.session.begin_nested():
                _save(procedure_id)
        except RuleViolation as refused:
            return _choice(card, say(refused.message)), 422
        flash(_("The schools of the procedure are saved."), "ok")
        return redirect(url_for("region.procedure", procedure_id=procedure_id))
    return _choice(card, None)


def _save(procedure_id: int) -> None:
    session = db.session()
    known = {one.id for one in audience_choice(session, own_card(procedure_id))}
    typed = {number_of(one) for one in request.form.getlist("school")}
    chosen = [one for one in typed if one is not None and one in known]
    set_audience(session, current_actor(), procedure_id, chosen, now=now())


def own_card(procedure_id: int) -> ProcedureCard:
    """The procedure of the operator's centre."""
    return own_procedure(db.session(), current_actor(), procedure_id)


def _choice(card: ProcedureCard, refusal: str | None) -> str:
    choices = audience_choice(db.session(), card)
    places = [(name, list(found)) for name, found in groupby(choices, lambda one: one.municipality)]
    return render_template(
        "cabinets/region/schools.html",
        card=card,
        places=places,
        chosen=sum(one.chosen for one in choices),
        total=len(choices),
        refusal=refusal,
    )


@blueprint.get("/<int:procedure_id>/participants")
@requires(Permission.RUN_MONITORING)
def participants_list(procedure_id: int) -> ResponseReturnValue:
    """Status, beginning, transfer, entered data of every school; ?state= narrows the list."""
    session, card = db.session(), own_card(procedure_id)
    asked = request.args.get("state", "")
    state = Progress(asked) if asked in set(Progress) else None
    counted = statistics_of(session, card)
    page = participants_page(session, card, counted, state=state, number=typed_page())
    return render_template(
        "cabinets/region/participants.html",
        card=card,
        statistics=counted,
        page=page,
        lines=[_line(card, one) for one in page.rows],
        versions=_versions(page.rows),
        steps=steps(page),
        state=state or "",
        choices=[(key.value, words[0]) for key, words in PROGRESS.items()],
        open=card.opened_at is not None,
    )


def _versions(rows: Iterable[Participant]) -> dict[int | None, str]:
    """What counts of a school's data in words: said once for all who have that version."""
    return {
        one: _("Data, version %(number)s", number=one) if one else _("not yet sent")
        for one in {row.version for row in rows}
    }


class _Line(NamedTuple):
    """A school as the list says it: fifty of them are a page."""

    id: int
    name: str
    code: str
    place: str
    progress: Progress
    begun: str
    sent: str
    version: int | None


def _line(card: ProcedureCard, one: Participant) -> _Line:
    code, begun, sent = one.code, one.begun_at, one.submitted_at
    if one.extended_before:
        last = card.window(one.extended_before).last_words
        code += ", " + _("extended until %(day)s", day=last)
    return _Line(
        one.organisation_id,
        one.name,
        code,
        one.municipality,
        one.progress,
        moment(begun) if begun else "–",
        moment(sent) if sent else "–",
        one.version,
    )
