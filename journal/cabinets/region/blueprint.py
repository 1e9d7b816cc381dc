"""The blueprint of the regional side and the words its pages say."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint

from journal.core.clock import instant
from journal.core.messages import N_, Message
from journal.exchange.rules import Progress, WindowState
from journal.webkit.access import current_actor, work_in_current_organisation

blueprint = Blueprint("region", __name__, url_prefix="/centre/monitoring")
blueprint.before_request(work_in_current_organisation)

LAST_MINUTE = time(23, 59)
WINDOWS: dict[WindowState, tuple[Message, str]] = {
    WindowState.COMING: (N_("not yet open"), "wait"),
    WindowState.OPEN: (N_("open for data"), "ok"),
    WindowState.CLOSED: (N_("closed for data"), "plain"),
}
PROGRESS: dict[Progress, tuple[Message, str]] = {
    Progress.NOT_BEGUN: (N_("not begun"), "plain"),
    Progress.FILLING: (N_("being filled"), "warn"),
    Progress.SUBMITTED: (N_("handed in"), "ok"),
}


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"windows": WINDOWS, "progress": PROGRESS, "states": Progress}


def first_instant(day: date, at: time | None) -> datetime:
    """The instant of a wall-clock time of the region; midnight without one."""
    return instant(day, at or time.min, current_actor().current.time_zone)


def before_instant(day: date, at: time | None) -> datetime:
    """The first instant after a minute of the region; the end of the day without one."""
    minute = instant(day, at or LAST_MINUTE, current_actor().current.time_zone)
    return minute + timedelta(minutes=1)
