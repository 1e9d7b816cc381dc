"""Views of the day of a class."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from journal.access import Permission
from journal.attendance.looks import keep_look
from journal.cabinets.common.class_day.answering import day_answer
from journal.cabinets.common.class_day.facts import page_json
from journal.cabinets.common.class_day.painting import paint_day
from journal.cabinets.common.class_day.words import day_words
from journal.cabinets.common.register.facts import Sayer
from journal.cabinets.common.register.parsing import parse_operations
from journal.cabinets.common.register.script import script_json
from journal.control.class_register import ClassRegister, class_register, lessons_after_save
from journal.core.db import db
from journal.core.errors import NotFound
from journal.register.class_saving import DAY_ACTS, save_day
from journal.register.service import KINDS, Operation
from journal.webkit.access import (
    commits,
    current_actor,
    requires,
    work_in_current_organisation,
)
from journal.webkit.addresses import day_of
from journal.webkit.moment import now

blueprint = Blueprint("class_day", __name__, url_prefix="/classes")
blueprint.before_request(work_in_current_organisation)


@blueprint.get("/<int:class_id>/days/<day>")
@requires(Permission.OPEN_CLASS_DAY)
def page(class_id: int, day: str) -> ResponseReturnValue:
    """The day of a class: written by its class teacher, read by the office and the specialist."""
    actor = current_actor()
    found = _read(class_id, _day(day))
    sayer = Sayer(found.head.zone)
    facts = page_json(found, sayer, account_id=actor.account_id, locale=actor.locale)
    return render_template(
        "shared/class_day/page.html",
        page=found,
        painted=paint_day(found, sayer, locale=actor.locale),
        data=script_json(facts | _addresses(found)),
        words=day_words(actor.locale),
        now=now(),
    )


@blueprint.post("/<int:class_id>/days/<day>/save")
@requires(Permission.WRITE_CLASS_ATTENDANCE)
@commits
def save(class_id: int, day: str) -> ResponseReturnValue:
    """Save a small batch of entries; the answer tells of each (see docs/journal-page.md)."""
    on = _day(day)
    operations = _operations(request.get_json(silent=True))
    session = db.session()
    saved = save_day(
        session, current_actor(), class_id=class_id, day=on, operations=operations, now=now()
    )
    lessons = lessons_after_save(
        session,
        saved.head,
        day=on,
        lesson_ids=saved.lesson_ids,
        roster=saved.roster,
        now=now(),
    )
    page = _read(class_id, on, only=saved.pupil_ids) if saved.of_whole_days else None
    body, status = day_answer(saved, lessons, page)
    return jsonify(body), status


@blueprint.post("/<int:class_id>/days/<day>/seen")
@requires(Permission.WRITE_CLASS_ATTENDANCE)
@commits
def seen(class_id: int, day: str) -> ResponseReturnValue:
    """The class teacher has looked through the day as it was at the instant `at` of his page."""
    on = _day(day)
    at = _instant(request.form.get("at", ""))
    keep_look(db.session(), current_actor(), class_id=class_id, day=on, seen_at=at, now=now())
    return redirect(url_for("class_day.page", class_id=class_id, day=on.isoformat()))


def _operations(body: object) -> tuple[Operation, ...]:
    """What the page sends; the excuse of a whole day carries the words it is kept with."""
    words = gettext("Absent the whole day, by the word of the class teacher")
    return tuple(
        replace(one, comment=words) if one.kind in ("put_day", "clear_day") else one
        for one in parse_operations(body, KINDS | DAY_ACTS.keys())
    )


def _read(class_id: int, day: date, only: Collection[int] | None = None) -> ClassRegister:
    session, actor = db.session(), current_actor()
    return class_register(session, actor, class_id=class_id, asked=day, now=now(), only=only)


def _instant(text: str) -> datetime:
    """An instant in UTC as the page wrote it."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotFound() from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _day(text: str) -> date:
    day = day_of(text)
    if day is None:
        raise NotFound()
    return day


def _addresses(found: ClassRegister) -> dict[str, str]:
    """Where the grid saves and whom it asks who is signed in."""
    return {
        "save": url_for("class_day.save", class_id=found.head.id, day=found.day.isoformat()),
        "session": url_for("common.session_state"),
        "login": url_for("common.sign_in"),
    }
