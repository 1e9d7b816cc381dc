"""The summary sheet of a class: live on the screen, to print, to work with, with explanations."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from markupsafe import Markup

from journal.access import Permission
from journal.attendance.rules.states import ILL, INVALID, LATE, UNKNOWN, VALID
from journal.cabinets.common.results.blueprint import blueprint
from journal.cabinets.common.results.links import Link, place_links
from journal.cabinets.common.results.sheet_painting import forget_rows, painted_rows
from journal.core.db import db
from journal.core.messages import N_
from journal.reports.forms import PaperForm
from journal.reports.forms.writing import FORMATS, Making, written_form
from journal.reports.summary_form import summary_form
from journal.results.queries.summary import SummarySheet, summary_sheet
from journal.results.queries.summary_content import KEPT, forget
from journal.results.queries.summary_why import why_of_sheet
from journal.school.directory import subject_rows
from journal.webkit.access import current_actor, requires
from journal.webkit.answers import download, wants_fragment
from journal.webkit.filters import typed_number
from journal.webkit.i18n import say
from journal.webkit.moment import now


@blueprint.get("/classes/<int:class_id>/summary")
@requires(Permission.OPEN_JOURNAL)
def summary(class_id: int) -> ResponseReturnValue:
    """The sheet at this moment: of a term, or of the whole year (?at=all)."""
    page = read_page(class_id)
    shown = _shown(page, _school(), _stray_subjects(page), str(get_locale()))
    return render_template(
        "results/summary.html", page=page, shown=shown, links=_links(page, class_id)
    )


@blueprint.get("/classes/<int:class_id>/summary.<kind>")
@requires(Permission.OPEN_JOURNAL)
def summary_file(class_id: int, kind: str) -> ResponseReturnValue:
    """The same sheet as PDF, xlsx or csv."""
    if kind not in FORMATS:
        abort(404)
    form = form_of(read_page(class_id))
    making = Making(at=now(), time_zone=current_actor().current.time_zone)
    name = f"{form.title}. {form.subtitle}.{kind}"
    return download(written_form(form, making, kind, say), name=name, mimetype=FORMATS[kind])


@blueprint.get("/classes/<int:class_id>/summary/why")
@requires(Permission.OPEN_JOURNAL)
def summary_why(class_id: int) -> ResponseReturnValue:
    """How a figure came about (?at=, ?figure=, ?pupil= or ?subject=): for a popover, or a page."""
    why = why_of_sheet(
        db.session(),
        current_actor(),
        class_id=class_id,
        at=request.args.get("at", ""),
        figure=request.args.get("figure", "missed"),
        about=typed_number("pupil") or typed_number("subject") or 0,
        now=now(),
    )
    fragment = wants_fragment()
    template = "results/_why.html" if fragment else "results/why.html"
    return render_template(template, why=why, fragment=fragment, codes=CODES)


CODES = {
    ILL: N_("illness"),
    VALID: N_("valid reason"),
    INVALID: N_("no valid reason"),
    UNKNOWN: N_("reason unknown"),
    LATE: N_("late"),
}


def read_page(class_id: int) -> SummarySheet:
    """The sheet the address asks for (?at=), as the actor may read it."""
    at = request.args.get("at")
    return summary_sheet(db.session(), current_actor(), class_id=class_id, at=at, now=now())


def form_of(page: SummarySheet) -> PaperForm:
    """The form of the sheet in the reader's language."""
    return summary_form(page, say, school=_school(), subjects=dict(_stray_subjects(page)))


def _school() -> str:
    return current_actor().current.organisation_name


def _stray_subjects(page: SummarySheet) -> tuple[tuple[int, str], ...]:
    """Names of subjects, read only if somebody brought marks of one that nobody here learns."""
    strays = subject_rows(db.session(), page.group.year_id) if page.sheet.strays else ()
    return tuple((one.id, one.name) for one in strays)


class _Shown(NamedTuple):
    """A sheet as it is written into its page: table and notes, or only why there is no table."""

    table: Markup | None
    why_empty: str


@lru_cache(maxsize=KEPT)
def _shown(
    page: SummarySheet, school: str, subjects: tuple[tuple[int, str], ...], _locale: str
) -> _Shown:
    """Made once of all that stands in it, whoever reads it (ADR 0066)."""
    form = summary_form(page, say, school=school, subjects=dict(subjects))
    if not form.rows:
        return _Shown(None, form.notes[0])
    rows = painted_rows(form, page.group.id)
    table = render_template("results/_sheet.html", form=form, rows=rows, name=page.group.name)
    return _Shown(Markup(table), "")


def forget_sheets() -> None:
    """Keep nothing of the sheets opened so far, as a worker that has just begun."""
    forget()
    forget_rows()
    _shown.cache_clear()


def _links(page: SummarySheet, class_id: int) -> list[Link]:
    def address(key: str) -> str:
        return url_for("results.summary", class_id=class_id, at=key)

    whole = Link(say(N_("Whole year")), address("all"), page.chosen is None)
    if page.chosen is not None:
        return [*place_links(page.places, page.chosen, address), whole]
    return [*(Link(say(one.name), address(one.key), False) for one in page.places), whole]
