"""Attendance of all classes one may see, with the sums of the stages."""

from __future__ import annotations

import re

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.common.attendance.blueprint import (
    asked,
    asked_here,
    blueprint,
    explanation,
    form_file,
    period_links,
)
from journal.control.attendance.school_report import SchoolReport, school_report, why_of_school
from journal.core.db import db
from journal.reports.attendance_school import EVERY_GRADE, school_form
from journal.reports.forms import PaperForm
from journal.webkit.access import current_actor, requires
from journal.webkit.i18n import say
from journal.webkit.moment import now


@blueprint.get("")
@requires(Permission.OPEN_ATTENDANCE)
def school() -> ResponseReturnValue:
    """The classes over the chosen days (?from=, ?to=); a class teacher's only class is opened."""
    report = _report()
    if not report.whole and len(report.lines) == 1:
        only = report.lines[0].group.id
        return redirect(url_for("attendance.class_group", class_id=only, **asked_here()))
    return render_template(
        "attendance/school.html",
        report=report,
        form=_form(report),
        terms=period_links(report.known, report.period, "term", "year"),
        months=period_links(report.known, report.period, "month"),
    )


@blueprint.get("/school.<kind>")
@requires(Permission.OPEN_ATTENDANCE)
def school_file(kind: str) -> ResponseReturnValue:
    """The same table as PDF, xlsx or csv."""
    return form_file(_form(_report()), kind)


@blueprint.get("/why")
@requires(Permission.OPEN_ATTENDANCE)
def school_why() -> ResponseReturnValue:
    """What a sum of classes is made of (?figure=, ?grades=5-9)."""
    why = why_of_school(
        db.session(),
        current_actor(),
        asked=asked(),
        figure=request.args.get("figure", "missed"),
        grades=_grades(),
        now=now(),
    )
    return explanation("why_school", why=why)


def _report() -> SchoolReport:
    return school_report(db.session(), current_actor(), asked=asked(), now=now())


def _form(report: SchoolReport) -> PaperForm:
    return school_form(report, say, school=current_actor().current.organisation_name)


def _grades() -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", request.args.get("grades", ""))
    return (int(found[1]), int(found[2])) if found else EVERY_GRADE
