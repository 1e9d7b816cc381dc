"""Notifications: what the journal tells its people, and how they want to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.core.db import db
from journal.core.errors import NotFound
from journal.messages.queries import kinds_for, notifications, own_addresses, ways
from journal.messages.rules import ABOUT, WAY_NAMES, Way
from journal.messages.service import choose_ways, open_notification, read_all
from journal.people.notices import NoticeKind
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.filters import typed_page
from journal.webkit.links import path_of
from journal.webkit.moment import now

if TYPE_CHECKING:
    from config import Settings

blueprint = Blueprint("notifications", __name__, url_prefix="/notifications")


@blueprint.get("")
@requires(Permission.SIGNED_IN)
def listing() -> ResponseReturnValue:
    """One's own, newest first; ?show=unread leaves out what was read."""
    actor, page = current_actor(), typed_page()
    unread_only = request.args.get("show") == "unread"
    rows, more = notifications(db.session(), actor, unread_only=unread_only, page=page)
    return render_template(
        "shared/notifications/listing.html",
        rows=rows,
        unread_only=unread_only,
        page=page,
        more=more,
    )


@blueprint.post("/<int:notification_id>/open")
@requires(Permission.SIGNED_IN)
@commits
def open_one(notification_id: int) -> ResponseReturnValue:
    """Mark it as read and go where it leads."""
    link = open_notification(db.session(), current_actor(), notification_id, now=now())
    return redirect(path_of(link) or url_for("notifications.listing"))


@blueprint.post("/read")
@requires(Permission.SIGNED_IN)
@commits
def read() -> ResponseReturnValue:
    """Mark everything as read."""
    read_all(db.session(), current_actor(), now=now())
    return redirect(url_for("notifications.listing"))


@blueprint.route("/settings", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
@commits
def settings() -> ResponseReturnValue:
    """How one wants to be told of each kind; a kind the form does not name stays as it is."""
    if request.method == "POST":
        choose_ways(db.session(), current_actor(), _chosen())
        flash(_("Saved."), "ok")
        return redirect(url_for("notifications.settings"))
    held: Settings = current_app.config["SETTINGS"]
    return render_template(
        "shared/notifications/settings.html",
        ways=ways(db.session(), current_actor()),
        about=ABOUT,
        way_names=WAY_NAMES,
        addresses=own_addresses(db.session(), current_actor()),
        sends_mail=held.sends_mail,
    )


def _chosen() -> dict[NoticeKind, Way]:
    chosen = {}
    for kind in kinds_for(current_actor()):
        way = request.form.get(kind.value)
        if way is None:
            continue
        if way not in set(Way):
            raise NotFound()
        chosen[kind] = Way(way)
    return chosen
