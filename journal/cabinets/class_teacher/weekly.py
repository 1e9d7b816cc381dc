"""Weekly sheets of the own class (D15): to print, and whom one was handed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from journal.access import Permission
from journal.cabinets.class_teacher.views import asked_class, blueprint
from journal.core.db import db
from journal.core.errors import NotFound, RuleViolation
from journal.diary.rules.weeks import named_week
from journal.reports.forms.writing import FORMATS, Making
from journal.reports.weekly.form import TITLE, SheetHead, weekly_pdf
from journal.reports.weekly.queries import SheetFamily, WeeklyPage, weekly_page
from journal.reports.weekly.service import hand_over, take_note_back
from journal.reports.weekly.sheets import week_sheets
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.addresses import day_of
from journal.webkit.answers import download
from journal.webkit.filters import number_of, typed_number
from journal.webkit.i18n import say
from journal.webkit.moment import now

EVERYBODY = "all"


@blueprint.get("/weekly")
@requires(Permission.KEEP_CLASS)
def weekly() -> ResponseReturnValue:
    """The sheets of a week (?week=, the last one by default): families that declined the
    electronic service, or the whole class (?who=all)."""
    return render_template("cabinets/class_teacher/weekly.html", page=_page(), refused=None)


@blueprint.get("/weekly/sheets.pdf")
@requires(Permission.KEEP_CLASS)
def weekly_sheets() -> ResponseReturnValue:
    """The sheets of these families in one document, or of one pupil (?pupil=)."""
    page, actor = _page(), current_actor()
    zone = actor.current.time_zone
    sheets = week_sheets(db.session(), page, _families(page), zone=zone, now=now())
    first, last = (f"{day:%d.%m.%Y}" for day in (page.week.days[0], page.week.days[-1]))
    head = SheetHead(
        school=actor.current.organisation_name,
        class_name=page.group.name,
        first=first,
        last=last,
        class_teacher=actor.name,
    )
    content = weekly_pdf(head, sheets, Making(at=now(), time_zone=zone), say)
    name = f"{say(TITLE)}. {page.group.name}, {first}.pdf"
    return download(content, name=name, mimetype=FORMATS["pdf"])


@blueprint.post("/weekly/hand")
@requires(Permission.KEEP_CLASS)
@commits
def hand_weekly() -> ResponseReturnValue:
    """Note whom the sheets were handed and when; a refusal stands on the page."""
    page, session = _page(), db.session()
    try:
        with session.begin_nested():
            count = hand_over(
                session,
                current_actor(),
                page,
                pupil_ids=_ticked(),
                handed_on=_handed_on(page),
                now=now(),
            )
    except RuleViolation as refused:
        message = say(refused.message)
        answer = render_template("cabinets/class_teacher/weekly.html", page=page, refused=message)
        return answer, 422
    said = ngettext("%(num)s sheet is noted as handed over.", "%(num)s sheets are noted.", count)
    flash(said, "ok")
    return redirect(_address(page))


@blueprint.post("/weekly/take-back")
@requires(Permission.KEEP_CLASS)
@commits
def take_weekly_back() -> ResponseReturnValue:
    """Take back a note made by mistake."""
    page = _page()
    pupil_id = number_of(request.form.get("pupil", ""))
    if pupil_id is None:
        abort(400)
    take_note_back(db.session(), current_actor(), page, pupil_id=pupil_id, now=now())
    return redirect(_address(page))


def _page() -> WeeklyPage:
    text = request.args.get("week", "")
    week = named_week(text) if text else None
    if text and week is None:
        raise NotFound()
    page = weekly_page(
        db.session(),
        current_actor(),
        class_id=asked_class(),
        week=week,
        everybody=request.args.get("who") == EVERYBODY,
        now=now(),
    )
    if not page.begun:
        raise NotFound()
    return page


def _families(page: WeeklyPage) -> Sequence[SheetFamily]:
    """Those the page is about, or the one asked for. NotFound for a pupil of another class."""
    if "pupil" not in request.args:
        return page.chosen
    asked = typed_number("pupil")
    found = [one for one in page.families if one.pupil_id == asked]
    if not found:
        raise NotFound()
    return found


def _ticked() -> list[int]:
    found = [number_of(text) for text in request.form.getlist("pupils")]
    return [0 if one is None else one for one in found]


def _handed_on(page: WeeklyPage) -> date:
    return day_of(request.form.get("handed_on", "")) or page.today


def _address(page: WeeklyPage) -> str:
    asked: dict[str, Any] = {"class": page.group.id, "week": page.week.name}
    if page.everybody:
        asked["who"] = EVERYBODY
    return url_for("class_teacher.weekly", **asked)
