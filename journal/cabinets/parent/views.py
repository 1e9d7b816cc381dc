"""Home of a family."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from journal.access import Actor, Permission
from journal.core.db import db
from journal.core.messages import N_
from journal.diary.queries import today_pages
from journal.webkit.access import current_actor, requires
from journal.webkit.diary_days import day_painter
from journal.webkit.menu import MenuEntry
from journal.webkit.moment import now

blueprint = Blueprint("parent", __name__)


def is_guardian(actor: Actor) -> bool:
    """Whether the login is a parent's in any school."""
    return any(member.guardian_id is not None for member in actor.memberships)


MENU = (
    MenuEntry(
        label=N_("Children"),
        endpoint="parent.family",
        permission=Permission.READ_DIARY,
        order=80,
        home=True,
        concerns=is_guardian,
    ),
)


@blueprint.get("/family")
@requires(Permission.READ_DIARY)
def family() -> ResponseReturnValue:
    """Each child's today: lessons and changes, what is due next, new marks."""
    pages = today_pages(db.session(), current_actor(), now=now())
    if not pages:
        return render_template("shared/diary_nobody.html")
    painter = day_painter()
    return render_template("cabinets/parent/family.html", children=[*map(painter.today, pages)])
