"""The present instant of a request: read once, from the application's clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from flask import current_app, g, request

from journal.access import Actor
from journal.core.clock import local_date, utc_now
from journal.core.errors import NotFound
from journal.webkit.addresses import day_of


def now() -> datetime:
    """The request's instant; the same for its whole length."""
    if "now" not in g:
        clock: Callable[[], datetime] = current_app.config.get("CLOCK", utc_now)
        g.now = clock()
    instant: datetime = g.now
    return instant


def today(actor: Actor) -> date:
    """The present day of the actor's current organisation."""
    return local_date(now(), actor.current.time_zone)


def asked_day(name: str = "date") -> date | None:
    """The day in the address (2026-11-20), None without one; a garbled one is NotFound."""
    text = request.args.get(name, "")
    if not text:
        return None
    day = day_of(text)
    if day is None:
        raise NotFound()
    return day
