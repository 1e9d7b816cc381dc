"""The lists beside the people: years, terms and holidays, bells, subjects and rooms."""

from __future__ import annotations

from collections.abc import Iterable

from flask import render_template
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.admin.blueprint import blueprint
from journal.cabinets.admin.opening import open_year
from journal.core.db import db
from journal.office.setup.reading import holiday_rows, moved_day_rows
from journal.school.directory import grades_of, room_rows, subject_rows
from journal.school.queries import term_spans
from journal.school.rules import TermSpan, terms_of_grade
from journal.timetable.week import all_bells
from journal.webkit.access import requires


@blueprint.get("/timetable/calendar")
@requires(Permission.READ_SCHOOL_TIMETABLE)
def calendar() -> ResponseReturnValue:
    """The years, the terms and the holidays of one (?year=)."""
    session = db.session()
    opening = open_year(session)
    year_id = opening.year.id if opening.year else 0
    terms = term_spans(session, year_id)
    return render_template(
        "cabinets/admin/calendar.html",
        opening=opening,
        terms=terms,
        without=_without_terms(terms, grades_of(session, year_id)),
        holidays=holiday_rows(session, year_id),
        moved=moved_day_rows(session, year_id),
    )


def _without_terms(terms: Iterable[TermSpan], grades: Iterable[int]) -> list[int]:
    """Parallels that have classes and no term."""
    return [grade for grade in grades if not terms_of_grade(terms, grade)]


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
