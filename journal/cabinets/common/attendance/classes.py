"""«Посещаемость класса»: by pupil, by subject, crosswise, with what every figure is made of."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.common.attendance.blueprint import (
    Link,
    asked,
    blueprint,
    explanation,
    form_file,
    period_links,
)
from journal.control.attendance.class_report import ClassReport, Wanted, class_report
from journal.control.attendance.why import why_of_class
from journal.core.db import db
from journal.reports.attendance_forms import VIEWS, class_form
from journal.reports.forms import PaperForm
from journal.webkit.access import current_actor, requires
from journal.webkit.filters import here, typed_number
from journal.webkit.i18n import say
from journal.webkit.moment import now


@blueprint.get("/classes/<int:class_id>")
@requires(Permission.OPEN_ATTENDANCE)
def class_group(class_id: int) -> ResponseReturnValue:
    """A class over the chosen days (?from=, ?to=) in a view (?view=), of a subject (?subject=)."""
    report, view = _report(class_id), _view()
    return render_template(
        "attendance/class.html",
        report=report,
        view=view,
        form=_form(report, view),
        views=[Link(say(name), here(view=key), key == view) for key, name in VIEWS.items()],
        terms=period_links(report.known, report.period, "term", "year"),
        months=period_links(report.known, report.period, "month"),
    )


@blueprint.get("/classes/<int:class_id>/report.<kind>")
@requires(Permission.OPEN_ATTENDANCE)
def class_file(class_id: int, kind: str) -> ResponseReturnValue:
    """The same table as PDF, xlsx or csv."""
    return form_file(_form(_report(class_id), _view()), kind)


@blueprint.get("/classes/<int:class_id>/why")
@requires(Permission.OPEN_ATTENDANCE)
def class_why(class_id: int) -> ResponseReturnValue:
    """What a figure is made of (?figure=, ?pupil=, ?subject=)."""
    why = why_of_class(
        db.session(),
        current_actor(),
        Wanted(class_id, asked(), typed_number("subject")),
        figure=request.args.get("figure", "missed"),
        pupil_id=typed_number("pupil"),
        now=now(),
    )
    return explanation("why", why=why)


def _report(class_id: int) -> ClassReport:
    subject_id = typed_number("subject") if _view() == "pupils" else None
    wanted = Wanted(class_id, asked(), subject_id)
    return class_report(db.session(), current_actor(), wanted, now=now())


def _view() -> str:
    view = request.args.get("view", "pupils")
    return view if view in VIEWS else "pupils"


def _form(report: ClassReport, view: str) -> PaperForm:
    school = current_actor().current.organisation_name
    return class_form(report, view, say, school=school)
