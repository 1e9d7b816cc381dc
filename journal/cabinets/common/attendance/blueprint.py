"""The blueprint of the reports of attendance, and what all of its pages say with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from journal.control.attendance.figures import COUNTS, TITLES
from journal.control.attendance.periods import MONTHS, Asked, Period
from journal.reports.attendance_calendar import WEEKDAYS
from journal.reports.forms import PaperForm
from journal.reports.forms.writing import FORMATS, Making, written_form
from journal.school.class_desk import NoClassKept
from journal.webkit.access import current_actor, work_in_current_organisation
from journal.webkit.answers import download, wants_fragment
from journal.webkit.filters import here, typed_day
from journal.webkit.i18n import say
from journal.webkit.moment import now
from journal.webkit.words import STATES

blueprint = Blueprint("attendance", __name__, url_prefix="/reports/attendance")
blueprint.before_request(work_in_current_organisation)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    """What every template of the section says with."""
    return {
        "figure_counts": COUNTS,
        "figure_titles": TITLES,
        "months": dict(enumerate(MONTHS, start=1)),
        "states": STATES,
        "weekdays": WEEKDAYS,
    }


@blueprint.errorhandler(NoClassKept)
def nobody(refusal: NoClassKept) -> ResponseReturnValue:
    """A class teacher before the appointment: no error, and nothing to show."""
    return render_template("cabinets/class_teacher/nobody.html", message=refusal.message)


def asked() -> Asked:
    """?from= and ?to=, both days included; what is no date counts as not typed."""
    return Asked(typed_day("from"), typed_day("to"))


def asked_here() -> dict[str, Any]:
    """The same days for another address."""
    return {name: request.args[name] for name in ("from", "to") if name in request.args}


@dataclass(frozen=True, slots=True)
class Link:
    """As `components/toolbar.switch` takes it."""

    label: str
    url: str
    current: bool


def period_links(known: Iterable[Period], chosen: Period, *kinds: str) -> list[Link]:
    """This page at each of the known spans of those kinds."""
    return [
        Link(
            say(one.name),
            here(**{"from": one.first.isoformat(), "to": one.last.isoformat()}),
            one == chosen,
        )
        for one in known
        if one.kind in kinds
    ]


def form_file(form: PaperForm, kind: str) -> ResponseReturnValue:
    """The form as PDF, xlsx or csv; 404 for another kind."""
    if kind not in FORMATS:
        abort(404)
    making = Making(at=now(), time_zone=current_actor().current.time_zone)
    name = f"{form.title}. {form.subtitle}.{kind}"
    return download(written_form(form, making, kind, say), name=name, mimetype=FORMATS[kind])


def explanation(name: str, **facts: object) -> str:
    """A figure's explanation: for a popover, or a page of its own."""
    fragment = wants_fragment()
    template = f"attendance/_{name}.html" if fragment else f"attendance/{name}.html"
    return render_template(template, fragment=fragment, **facts)
