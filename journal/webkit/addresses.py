"""What may stand in an address: ids that fit their columns, days of a century."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1
# Arithmetic on days and zones fails at the ends of the calendar; no journal is kept there.
FIRST_YEAR, LAST_YEAR = 1990, 2100


class IdConverter(IntegerConverter):
    """`<int:…>` of every route: a number no id can be is an address that does not exist."""

    def __init__(self, map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(map, *args, **{"max": LARGEST_ID, **kwargs})


def init_app(app: Flask) -> None:
    """Teach the application's addresses what an id is; before any route is added."""
    app.url_map.converters = {**app.url_map.converters, "int": IdConverter}


def day_of(text: str) -> date | None:
    """2026-11-20 as a date; None for what is none, or none of a school's."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
