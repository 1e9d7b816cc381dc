"""What may stand in an address: ids that fit their columns, days of a century."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Flask, has_request_context
from flask.globals import request_ctx
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1
# Arithmetic on days and zones fails at the ends of the calendar; no journal is kept there.
FIRST_YEAR, LAST_YEAR = 1990, 2100


class IdConverter(IntegerConverter):
    """`<int:…>` of every route: a number no id can be is an address that does not exist."""

    def __init__(self, map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(map, *args, **{"max": LARGEST_ID, **kwargs})


class AddressedFlask(Flask):
    """Flask that builds an address without ids once: a page names thirty in its head and menu."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plain: dict[tuple[str, str, str], str] = {}

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """The address, from the second time on without building it where nothing varies in it."""
        if not has_request_context():
            return super().url_for(endpoint, **values)
        root = request_ctx._get_current_object().url_adapter.script_name  # type: ignore[attr-defined]
        return self.plain_address(root, endpoint, **values) or super().url_for(endpoint, **values)

    def plain_address(self, root: str, endpoint: str, **values: Any) -> str | None:
        """The address where nothing but the name of a file varies in it, for an application that
        lies at `root`; None for any other. Raises BuildError for what is not there."""
        filename = values.get("filename", "")
        if sum([value is not None for value in values.values()]) != bool(filename):
            return None
        key = (root, endpoint, filename)
        found = self._plain.get(key)
        if found is None and endpoint[0] != ".":
            built = super().url_for(endpoint, **values)
            if not self._varies(endpoint, bool(filename)):
                found = self._plain[key] = built
        return found

    def _varies(self, endpoint: str, filed: bool) -> bool:
        """Whether something else than a file's name may stand in the address."""
        own = frozenset({"filename"}) if filed else frozenset()
        rules = list(self.url_map.iter_rules(endpoint))
        return any(rule.arguments != own or rule.defaults for rule in rules)


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
