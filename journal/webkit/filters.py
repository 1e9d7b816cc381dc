"""Filters of lists live in the address: ids, days, the instants they mean, the page otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlencode

from flask import request

from journal.core.clock import end_of_day, instant
from journal.core.paging import Page
from journal.webkit.access import current_actor
from journal.webkit.addresses import LARGEST_ID, day_of


def typed_day(name: str) -> date | None:
    """?name=2026-11-20; what is no date counts as not typed."""
    return day_of(request.args.get(name, ""))


def number_of(text: str) -> int | None:
    """A whole number that can be an id; None for everything else."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 10:
        return None
    number = int(text)
    return number if number <= LARGEST_ID else None


def typed_number(name: str) -> int | None:
    """?name=17; what is no id counts as not typed."""
    return number_of(request.args.get(name, ""))


def typed_page() -> int:
    """?page=, from 1."""
    return max(1, typed_number("page") or 1)


def day_begins(day: date | None) -> datetime | None:
    """The first instant of the day in the actor's school."""
    zone = current_actor().current.time_zone
    return None if day is None else instant(day, time.min, zone)


def day_ends(day: date | None) -> datetime | None:
    """The first instant after the day in the actor's school."""
    return None if day is None else end_of_day(day, current_actor().current.time_zone)


def here(**changes: int | str | None) -> str:
    """This page's address with parameters changed; None takes one away, empty ones are dropped."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in changes]
    added = [(name, str(value)) for name, value in changes.items() if value is not None]
    query = urlencode([(name, value) for name, value in (*kept, *added) if value])
    return f"{request.path}?{query}" if query else request.path


@dataclass(frozen=True, slots=True)
class Steps:
    """Links to the pages before and after; None at the ends."""

    previous_url: str | None
    next_url: str | None


def steps(page: Page[object]) -> Steps:
    """The neighbours of a page under the same address and filters."""
    return Steps(
        here(page=page.number - 1) if page.number > 1 else None,
        here(page=page.number + 1) if page.number < page.pages else None,
    )
