"""The blueprint of a school's monitoring cabinet and the words its pages say."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from journal.core.messages import N_, Message
from journal.exchange.queries import ParticipationCard
from journal.exchange.rules import Request, WindowState
from journal.webkit.access import work_in_current_organisation
from journal.webkit.filters import here
from journal.webkit.i18n import say

blueprint = Blueprint("monitoring", __name__, url_prefix="/monitoring")
blueprint.before_request(work_in_current_organisation)

WINDOWS: dict[WindowState, tuple[Message, str]] = {
    WindowState.COMING: (N_("not yet open"), "wait"),
    WindowState.OPEN: (N_("open for data"), "ok"),
    WindowState.CLOSED: (N_("closed for data"), "plain"),
}
REQUESTS: dict[Request, tuple[Message, str]] = {
    Request.NONE: (N_("no request"), "plain"),
    Request.REQUESTED: (N_("request sent"), "wait"),
    Request.APPROVED: (N_("request approved"), "ok"),
    Request.DECLINED: (N_("request declined"), "bad"),
    Request.WITHDRAWN: (N_("request withdrawn"), "plain"),
}
ATTEMPTS: dict[str, tuple[Message, str]] = {
    "received": (N_("being processed"), "wait"),
    "accepted": (N_("accepted"), "ok"),
    "refused": (N_("not accepted"), "bad"),
}
KINDS: dict[str, Message] = {"file": N_("file"), "table": N_("on-line table")}


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {
        "windows": WINDOWS,
        "requests": REQUESTS,
        "attempt_states": ATTEMPTS,
        "attempt_kinds": KINDS,
        "here": here,
        "kilobytes": kilobytes,
        "statement": statement,
    }


def kilobytes(size: int) -> str:
    """«38», never 0: as the link to the template says it."""
    return str(max(1, round(size / 1024)))


def statement(card: ParticipationCard, school: str) -> str:
    """What the administration confirms by the tick (000:50)."""
    form = card.procedure.form
    return say(
        N_(
            "The administration of %(school)s confirms that the data provided (%(form)s, "
            "%(period)s, academic year %(year)s) fully agree with the class registers of that "
            "time.",
            school=school,
            form=form.name,
            period=form.period_names[card.procedure.period],
            year=card.procedure.year,
        )
    )
