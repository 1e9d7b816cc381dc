"""The lists beside the people: years, terms and holidays, bells, subjects and rooms."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.admin.blueprint import blueprint
from journal.cabinets.admin.opening import open_year
from journal.core.db import db
from journal.school.calendar import holidays
from journal.school.directory import room_rows, subject_rows
from journal.school.queries import term_spans
from journal.timetable.week import all_bells
from journal.webkit.access import requires


@blueprint.get("/timetable/calendar")
@requires(Permission.READ_SCHOOL_TIMETABLE)
def calendar() -> ResponseReturnValue:
    """The years, the terms and the holidays of one (?year=)."""
    session = db.session()
    opening = open_year(session)
    return render_template(
        "cabinets/admin/calendar.html",
        opening=opening,
        terms=term_spans(session, opening.year.id) if opening.year else [],
        holidays=holidays(session, opening.year.id) if opening.year else [],
    )


@blueprint.get("/timetable/bells")
@requires(Permission.READ_SCHOOL_TIMETABLE)
def bells() -> ResponseReturnValue:
    """The bell schedules."""
    return render_template("cabinets/admin/bells.html", schedules=all_bells(db.session()))


@blueprint.get("/lists")
@requires(Permission.MANAGE_SCHOOL)
def lists() -> ResponseReturnValue:
    """Subjects and rooms."""
    session = db.session()
    opening = open_year(session)
    return render_template(
        "cabinets/admin/lists.html",
        subjects=subject_rows(session, opening.year.id if opening.year else 0),
        rooms=room_rows(session),
    )
