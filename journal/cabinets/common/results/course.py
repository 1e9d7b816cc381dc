"""The results of a course: read, enter, explain."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from journal.access import Permission
from journal.cabinets.common.results.blueprint import blueprint
from journal.cabinets.common.results.links import place_links
from journal.cabinets.common.results.painting import entry_rows
from journal.cabinets.common.results.typed import pupils_of, typed_decisions
from journal.core.db import db
from journal.core.errors import NotFound
from journal.office.term_marks import Entered, enter_term_marks
from journal.results.queries.course import CourseResults, course_results
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.answers import wants_fragment
from journal.webkit.moment import now


@blueprint.get("/courses/<int:course_id>")
@requires(Permission.OPEN_JOURNAL)
def course(course_id: int) -> ResponseReturnValue:
    """Pupils × terms, year, exam, final (?at=); ?fill=1 puts proposals into the empty fields."""
    page = _page(course_id, request.args.get("at"))
    return _render(page, fill=request.args.get("fill") == "1")


def _page(course_id: int, at: str | None) -> CourseResults:
    return course_results(db.session(), current_actor(), course_id=course_id, at=at, now=now())


def _render(page: CourseResults, *, fill: bool = False, entered: Entered | None = None) -> str:
    rows = entry_rows(page, fill=fill, entered=entered)
    links = place_links(
        page.places,
        page.chosen,
        lambda key: url_for("results.course", course_id=page.head.course_id, at=key),
    )
    return render_template("results/course.html", page=page, rows=rows, fill=fill, links=links)


@blueprint.post("/courses/<int:course_id>/enter")
@requires(Permission.WRITE_LESSONS)
@commits
def enter(course_id: int) -> ResponseReturnValue:
    """Save the decisions of the page (?at=); what is refused stays in its field."""
    at = request.args.get("at", "")
    decisions = typed_decisions(request.form, pupils_of(request.form))
    entered = enter_term_marks(
        db.session(), current_actor(), course_id=course_id, at=at, decisions=decisions, now=now()
    )
    if entered.changed:
        flash(ngettext("%(num)s mark is saved.", "%(num)s marks are saved.", entered.changed), "ok")
    if entered.refused:
        return _render(_page(course_id, at), entered=entered), 422
    if not entered.changed:
        flash(_("Nothing was changed."), "ok")
    return redirect(url_for("results.course", course_id=course_id, at=at))


@blueprint.get("/courses/<int:course_id>/proposal/<int:pupil_id>")
@requires(Permission.OPEN_JOURNAL)
def proposal(course_id: int, pupil_id: int) -> ResponseReturnValue:
    """Why a result is proposed; a fragment for the popover, a page without it."""
    page = _page(course_id, request.args.get("at"))
    row = next((one for one in page.rows if one.pupil_id == pupil_id), None)
    if row is None:
        raise NotFound()
    fragment = wants_fragment()
    template = "results/_proposal.html" if fragment else "results/proposal.html"
    return render_template(template, page=page, row=row, cell=page.cell(row), fragment=fragment)
