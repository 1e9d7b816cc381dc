"""The pages of the inbox; a letter to a teacher is made of his remarks in one click."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.control.inbox.queries import IN_INBOX, OF_CLASSES, ahead, board, inbox, statistics
from journal.control.inbox.rules import FEW_PUPILS, KIND_NAMES, Remark, RemarkKind, Where
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.messages.letters import write_to_staff
from journal.school.keepers import keeper_by_id
from journal.webkit.access import (
    commits,
    current_actor,
    requires,
    work_in_current_organisation,
)
from journal.webkit.filters import typed_day, typed_number
from journal.webkit.i18n import day_year, say
from journal.webkit.moment import now

blueprint = Blueprint("inbox", __name__, url_prefix="/control/inbox")
blueprint.before_request(work_in_current_organisation)
SHOWN = 250  # lines of one group
LETTER_LINES = 60


@blueprint.context_processor
def _words() -> dict[str, object]:
    return {"kind_names": KIND_NAMES, "link_of": link_of, "most": SHOWN, "few": FEW_PUPILS}


def link_of(where: Where) -> str:
    """The address of the very place."""
    return url_for(where.endpoint, **dict(where.args))  # type: ignore[arg-type]


@blueprint.get("/")
@requires(Permission.CONTROL_FILLING)
def listing() -> ResponseReturnValue:
    """What is open now (?kind=, ?teacher=, ?class=), by teacher or by age (?by=age)."""
    typed = request.args.get("kind", "")
    kind = RemarkKind(typed) if typed in set(RemarkKind) else None
    aged = request.args.get("by") == "age"
    page = inbox(
        db.session(),
        current_actor(),
        kind=kind,
        staff_id=typed_number("teacher"),
        class_name=request.args.get("class") or None,
        aged=aged,
        now=now(),
    )
    return render_template("inbox/listing.html", page=page, kind=kind, aged=aged, kinds=IN_INBOX)


@blueprint.get("/board")
@requires(Permission.CONTROL_FILLING)
def school_board() -> ResponseReturnValue:
    """Classes × kinds, green or red."""
    lines = board(db.session(), current_actor(), now=now())
    return render_template("inbox/board.html", lines=lines, kinds=OF_CLASSES)


@blueprint.get("/ahead")
@requires(Permission.CONTROL_FILLING)
def coming() -> ResponseReturnValue:
    """What the term will end with unless something is done."""
    page = ahead(db.session(), current_actor(), now=now())
    return render_template("inbox/ahead.html", page=page)


@blueprint.get("/statistics")
@requires(Permission.CONTROL_FILLING)
def late() -> ResponseReturnValue:
    """Who fills in time, of ?from= to ?to=."""
    page = statistics(
        db.session(), current_actor(), first=typed_day("from"), last=typed_day("to"), now=now()
    )
    return render_template("inbox/statistics.html", page=page)


@blueprint.post("/letter/<int:keeper_id>")
@requires(Permission.CONTROL_FILLING)
@commits
def letter(keeper_id: int) -> ResponseReturnValue:
    """Write the teacher what is open: the letter is made of the remarks."""
    session, actor = db.session(), current_actor()
    keeper = keeper_by_id(session, keeper_id)
    if keeper is None:
        raise NotFound()
    lines = _lines(keeper_id)
    if not lines:
        flash(_("Nothing is open for this teacher any more: no letter is needed."), "ok")
        return redirect(url_for("inbox.listing"))
    letter_id = write_to_staff(
        session,
        actor,
        person_id=keeper.person_id,
        subject=say(_SUBJECT),
        text="\n".join([say(_GREETING), "", *lines]),
        now=now(),
    )
    flash(_("The letter is sent: %(name)s.", name=keeper.name), "ok")
    return redirect(url_for("letters.receipts", letter_id=letter_id))


_SUBJECT = N_("Remarks on the journal")
_GREETING = N_("Please look at these places of the journal; a remark closes by itself when mended.")


def _told(one: Remark) -> tuple[str, ...]:
    return one.course, say(one.words), day_year(one.since)


def _lines(staff_id: int) -> list[str]:
    page = inbox(db.session(), current_actor(), kind=None, staff_id=staff_id, aged=False, now=now())
    found = [
        f"• {'. '.join(say(KIND_NAMES[kind]) for kind in line.kinds)}: "
        + ", ".join(part for part in _told(line.first) if part)
        for group in page.groups
        for line in group.lines
    ]
    more = len(found) - LETTER_LINES
    return [*found[:LETTER_LINES], *([f"… +{more}"] if more > 0 else [])]
