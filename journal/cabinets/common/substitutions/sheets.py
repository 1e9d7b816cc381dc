"""The daily sheet of substitutions to print and sign; hours by teacher for a month."""

from __future__ import annotations

import re
from datetime import date, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.common.substitutions.blueprint import blueprint
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.office.queries.desk import substitution_day
from journal.office.queries.hours import TeacherHours, hours_by_teacher
from journal.reports.substitutions import (
    HoursReport,
    SubstitutionSheet,
    hours_xlsx,
    substitution_sheet_pdf,
)
from journal.webkit.access import current_actor, requires
from journal.webkit.answers import XLSX, download
from journal.webkit.i18n import say
from journal.webkit.moment import asked_day, now, today

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@blueprint.get("/sheet")
@requires(Permission.READ_SCHOOL_TIMETABLE)
def sheet() -> ResponseReturnValue:
    """The sheet of a day (?date=) on the screen."""
    day = asked_day() or today(current_actor())
    return render_template(
        "substitutions/sheet.html",
        page=substitution_day(db.session(), day),
        previous=day - timedelta(days=1),
        next=day + timedelta(days=1),
    )


@blueprint.get("/sheet.pdf")
@requires(Permission.READ_SCHOOL_TIMETABLE)
def sheet_pdf() -> ResponseReturnValue:
    """The same to print, with a line to sign for each teacher."""
    day = asked_day() or today(current_actor())
    facts = SubstitutionSheet(
        school=current_actor().current.organisation_name,
        day=day,
        made_at=now(),
        time_zone=current_actor().current.time_zone,
        rows=substitution_day(db.session(), day).changed,
    )
    name = f"{say(N_('Substitutions'))} {day:%d.%m.%Y}.pdf"
    content = substitution_sheet_pdf(facts, say)
    return download(content, name=name, mimetype="application/pdf", inline=True)


@blueprint.get("/hours")
@requires(Permission.PLAN_TIMETABLE)
def hours() -> ResponseReturnValue:
    """Hours by teacher in a month (?month=2026-11)."""
    first, before = _month()
    return render_template(
        "substitutions/hours.html",
        rows=_hours(),
        first=first,
        previous=first - timedelta(days=1),
        following=before,
        month=first.strftime("%Y-%m"),
    )


@blueprint.get("/hours.xlsx")
@requires(Permission.PLAN_TIMETABLE)
def hours_file() -> ResponseReturnValue:
    """The same as a workbook."""
    first, _before = _month()
    school = current_actor().current.organisation_name
    report = HoursReport(school=school, month=first, made_at=now(), rows=tuple(_hours()))
    name = f"{say(N_('Hours of substitutions'))} {first:%m.%Y}.xlsx"
    return download(hours_xlsx(report, say), name=name, mimetype=XLSX)


def _hours() -> list[TeacherHours]:
    first, before = _month()
    return hours_by_teacher(db.session(), first=first, before=before, now=now())


def _month() -> tuple[date, date]:
    """The first day of the month asked for, and of the next one."""
    text = request.args.get("month", "") or today(current_actor()).strftime("%Y-%m")
    found = MONTH.fullmatch(text)
    if found is None:
        raise NotFound()
    first = date(int(found[1]), int(found[2]), 1)
    return first, (first + timedelta(days=32)).replace(day=1)
