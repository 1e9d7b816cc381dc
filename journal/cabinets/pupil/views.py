"""The diary: a week, the marks and the absences of one pupil; and a pupil's own today."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, has_request_context, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.pupil.menu import MENU
from journal.cabinets.pupil.painting import paint_term, paint_week
from journal.core.db import db
from journal.core.errors import NotFound
from journal.diary.queries import (
    absences_page,
    average_page,
    first_pupil,
    marks_page,
    today_pages,
    week_page,
)
from journal.diary.queries.reader import load_reader
from journal.diary.rules.weeks import Week, named_week
from journal.lessons.queries.homework import file_of_pupil
from journal.webkit.access import current_actor, requires
from journal.webkit.answers import wants_fragment
from journal.webkit.diary_days import day_painter
from journal.webkit.files import send_stored
from journal.webkit.filters import number_of
from journal.webkit.moment import now

__all__ = ["MENU", "blueprint"]
blueprint = Blueprint("pupil", __name__)
_PUPIL = "<int:pupil_id>"
_OF_A_PUPIL = frozenset({"pupil.week", "pupil.marks", "pupil.absences"})


@blueprint.app_url_defaults
def keep_the_child(endpoint: str, values: dict[str, Any]) -> None:
    """From the diary of one child the sections lead to the marks and absences of the same one."""
    if endpoint not in _OF_A_PUPIL or "pupil_id" in values or not has_request_context():
        return
    chosen = (request.view_args or {}).get("pupil_id") if request.blueprint == "pupil" else None
    if chosen is not None:
        values["pupil_id"] = chosen


@blueprint.get("/today")
@requires(Permission.READ_DIARY)
def today() -> ResponseReturnValue:
    """A pupil's own day: lessons, what is due next, new marks."""
    pages = today_pages(db.session(), current_actor(), now=now())
    if not pages:
        return render_template("shared/diary_nobody.html")
    return render_template("cabinets/pupil/today.html", page=day_painter().today(pages[0]))


@blueprint.get("/diary", defaults={"pupil_id": None})
@blueprint.get(f"/diary/{_PUPIL}")
@requires(Permission.READ_DIARY)
def week(pupil_id: int | None) -> ResponseReturnValue:
    """A week of the diary, the present one unless the address names another."""
    if pupil_id is None:
        return _to_the_first("pupil.week")
    page = week_page(
        db.session(), current_actor(), pupil_id=pupil_id, week=_asked_week(), now=now()
    )
    return render_template("cabinets/pupil/week.html", page=page, week=paint_week(page))


@blueprint.get("/diary/marks", defaults={"pupil_id": None})
@blueprint.get(f"/diary/marks/{_PUPIL}")
@requires(Permission.READ_DIARY)
def marks(pupil_id: int | None) -> ResponseReturnValue:
    """Marks of a year by term and subject."""
    if pupil_id is None:
        return _to_the_first("pupil.marks")
    page = marks_page(
        db.session(), current_actor(), pupil_id=pupil_id, year_id=_asked_number("year"), now=now()
    )
    terms = [paint_term(term, pupil_id) for term in page.terms]
    return render_template("cabinets/pupil/marks.html", page=page, terms=terms)


@blueprint.get(f"/diary/average/{_PUPIL}/<int:subject_id>")
@requires(Permission.READ_DIARY)
def average(pupil_id: int, subject_id: int) -> ResponseReturnValue:
    """Why an average is what it is; a fragment for the popover, a page without it."""
    page = average_page(
        db.session(),
        current_actor(),
        pupil_id=pupil_id,
        subject_id=subject_id,
        term_id=_asked_number("term"),
        now=now(),
    )
    fragment = wants_fragment()
    template = "cabinets/pupil/_average.html" if fragment else "cabinets/pupil/average.html"
    return render_template(template, page=page, fragment=fragment)


@blueprint.get("/diary/absences", defaults={"pupil_id": None})
@blueprint.get(f"/diary/absences/{_PUPIL}")
@requires(Permission.READ_DIARY)
def absences(pupil_id: int | None) -> ResponseReturnValue:
    """Absences of a year by term."""
    if pupil_id is None:
        return _to_the_first("pupil.absences")
    page = absences_page(
        db.session(), current_actor(), pupil_id=pupil_id, year_id=_asked_number("year"), now=now()
    )
    return render_template("cabinets/pupil/absences.html", page=page)


@blueprint.get(f"/diary/{_PUPIL}/files/<int:file_id>")
@requires(Permission.READ_DIARY)
def file(pupil_id: int, file_id: int) -> ResponseReturnValue:
    """A file of a homework that is this pupil's."""
    reader = load_reader(db.session(), current_actor(), pupil_id=pupil_id, now=now())
    found = file_of_pupil(db.session(), pupil_id=reader.pupil.id, file_id=file_id)
    return send_stored(found)


def _to_the_first(endpoint: str) -> ResponseReturnValue:
    """Oneself or the first child; a sentence for who has neither."""
    pupil_id = first_pupil(db.session(), current_actor(), now=now())
    if pupil_id is None:
        return render_template("shared/diary_nobody.html")
    return redirect(url_for(endpoint, pupil_id=pupil_id))


def _asked_week() -> Week | None:
    name = request.args.get("week")
    if not name:
        return None
    week = named_week(name)
    if week is None:
        raise NotFound()
    return week


def _asked_number(name: str) -> int | None:
    text = request.args.get(name, "")
    if not text:
        return None
    year_id = number_of(text)
    if year_id is None:
        raise NotFound()
    return year_id
