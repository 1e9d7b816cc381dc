"""One's calendar: secret addresses for calendar programs, and what they are given."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.core.clock import local_date
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.core.tenancy import bind
from journal.documents.ical import render_calendar
from journal.lessons.queries.agenda import Days
from journal.office.feeds import feed_events, feed_state
from journal.people.calendar_addresses import (
    Feed,
    FeedOwner,
    addresses_made,
    drop_address,
    feed_owner,
    feeds_of,
    make_address,
)
from journal.webkit.access import commits, current_actor, public, requires
from journal.webkit.filters import number_of
from journal.webkit.forms import Form
from journal.webkit.i18n import say
from journal.webkit.moment import now

BACK, AHEAD = timedelta(days=30), timedelta(days=335)
KEPT = 16  # files a process keeps: programs of one family come again within minutes

blueprint = Blueprint("calendar", __name__, url_prefix="/calendar")
BLUEPRINTS = (blueprint,)
MENU = ()


class _Files:
    """The latest files, each with the instant it was made at, by the state they were made of."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, tuple[bytes, datetime]] = OrderedDict()
        self._lock = Lock()

    def get(self, state: str) -> tuple[bytes, datetime] | None:
        with self._lock:
            found = self._files.get(state)
            if found is not None:
                self._files.move_to_end(state)
            return found

    def put(self, state: str, content: bytes, made_at: datetime) -> None:
        with self._lock:
            self._files[state] = content, made_at
            if len(self._files) > KEPT:
                self._files.popitem(last=False)


_files = _Files()


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def addresses() -> ResponseReturnValue:
    """The feeds one may have, and whether an address was made for each."""
    return _page()


@blueprint.post("/make")
@requires(Permission.SIGNED_IN)
@commits
def make() -> ResponseReturnValue:
    """A new address, shown this once; the one before stops to work."""
    feed = _asked()
    token = make_address(db.session(), current_actor(), pupil_id=feed.pupil_id, now=now())
    address = url_for("calendar.feed", token=token, _external=True)
    return _page(made=(feed, address)), 200, {"Cache-Control": "no-store"}


@blueprint.post("/drop")
@requires(Permission.SIGNED_IN)
@commits
def drop() -> ResponseReturnValue:
    """Programs get nothing any more."""
    feed = _asked()
    drop_address(db.session(), current_actor(), pupil_id=feed.pupil_id, now=now())
    flash(_("The address does not work any more."), "ok")
    return redirect(url_for("calendar.addresses"))


@blueprint.get("/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """What a calendar program gets; it brings the secret and nothing else."""
    session = db.session()
    owner = feed_owner(session, token, now())
    if owner is None:
        raise NotFound(N_("This calendar address does not work any more. Make a new one."))
    bind(session, {owner.organisation_id})
    today = local_date(now(), owner.time_zone)
    span = Days(today - BACK, today + AHEAD)
    state = f"{token}/{feed_state(session, owner, span)}"
    answer = Response(mimetype="text/calendar")
    answer.set_etag(hashlib.sha256(state.encode()).hexdigest()[:32])
    answer.headers["Cache-Control"] = "private, max-age=300"
    if request.if_none_match.contains_raw(answer.headers["ETag"]):
        answer.status_code = 304
        return answer
    content, answer.last_modified = _file(owner, span, state)
    answer.set_data(content)
    return answer.make_conditional(request)


def _file(owner: FeedOwner, span: Days, state: str) -> tuple[bytes, datetime]:
    found = _files.get(state)
    if found is None:
        events = feed_events(db.session(), owner, span, say)
        found = render_calendar(owner.school, events, stamp=now()), now()
        _files.put(state, *found)
    return found


def _feeds() -> list[Feed]:
    actor = current_actor()
    teaches = actor.may(Permission.WRITE_LESSONS)
    bind(db.session(), {actor.organisation_id})
    return feeds_of(db.session(), actor, teaches)


def _asked() -> Feed:
    """The feed the form names; NotFound for what is not one's own."""
    if not Form().validate_on_submit():
        raise NotFound()
    pupil_id = number_of(request.form.get("pupil", ""))
    found = next((one for one in _feeds() if one.pupil_id == pupil_id), None)
    if found is None:
        raise NotFound()
    return found


def _page(made: tuple[Feed, str] | None = None) -> str:
    feeds = _feeds()
    return render_template(
        "shared/calendar.html",
        feeds=feeds,
        dates=addresses_made(db.session(), current_actor()),
        made=made,
    )
