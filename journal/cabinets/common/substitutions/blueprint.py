"""The blueprint of substitutions, its words, and how a refused act is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from flask import Blueprint, request
from flask_wtf import FlaskForm

from journal.core.db import db
from journal.core.errors import RuleViolation
from journal.core.messages import N_, Message
from journal.office.service.office import Office
from journal.webkit.access import current_actor, work_in_current_organisation
from journal.webkit.filters import number_of
from journal.webkit.forms import field_errors
from journal.webkit.moment import now

blueprint = Blueprint("substitutions", __name__, url_prefix="/substitutions")
blueprint.before_request(work_in_current_organisation)

ABSENCE_REASONS: dict[str, Message] = {
    "illness": N_("illness"),
    "training": N_("training course"),
    "leave": N_("leave"),
    "other": N_("another reason"),
}
ORDER_KINDS: dict[str, Message] = {
    "frost": N_("frost day"),
    "quarantine": N_("quarantine"),
    "other": N_("another reason"),
}
ORDER_MODES: dict[str, Message] = {
    "cancelled": N_("lessons are cancelled"),
    "distance": N_("lessons are remote"),
}
WAYS: dict[str, Message] = {
    "same": N_("Same subject"),
    "free": N_("Free then"),
    "own": N_("Own subject in this hour"),
    "merge": N_("Merge subgroups"),
    "cancel": N_("Cancel the lesson"),
}
ONE_DAY = timedelta(days=1)
REASON_MAX = 300


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {
        "absence_reasons": ABSENCE_REASONS,
        "order_kinds": ORDER_KINDS,
        "order_modes": ORDER_MODES,
        "ways": WAYS,
    }


def office(reason: str | None = None) -> Office:
    """The actor at his desk, now."""
    typed = (reason or "").strip() or None
    return Office.of(db.session(), current_actor(), now=now(), reason=typed)


@contextmanager
def attempt(form: FlaskForm) -> Iterator[None]:
    """One command: what it refuses becomes an error of the form and leaves nothing behind."""
    with field_errors(form), db.session().begin_nested():
        yield


def sent_number(name: str) -> int:
    """A number of the form sent; RuleViolation where it is none."""
    number = number_of(request.form.get(name, ""))
    if number is None:
        raise RuleViolation(name, N_("Choose a value from the list."))
    return number
