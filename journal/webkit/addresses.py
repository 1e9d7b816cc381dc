"""What may stand in an address: ids that fit their columns, days of a century."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask, has_request_context
from flask.globals import request_ctx
from werkzeug.routing import BuildError, IntegerConverter, Map

LARGEST_ID = 2**31 - 1
_WORD = re.compile("[0-9A-Za-z_-]+")
_MOST_PATTERNS = 1024
_OTHERWISE = frozenset({"_external", "_method", "_scheme"})
_MARKS: dict[type, Callable[[int], Any]] = {  # what nobody has
    int: lambda place: 2_010_203_040 + place,
    str: lambda place: f"mark-{place}-of-a-place",
    date: lambda place: date(1877, 1, 1 + place),
}
# Arithmetic on days and zones fails at the ends of the calendar; no journal is kept there.
FIRST_YEAR, LAST_YEAR = 1990, 2100


class IdConverter(IntegerConverter):
    """`<int:…>` of every route: a number no id can be is an address that does not exist."""

    def __init__(self, map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(map, *args, **{"max": LARGEST_ID, **kwargs})


class AddressedFlask(Flask):
    """Flask that builds an address without ids once: a page names thirty in its head and menu. One
    with ids and days is filled into what was built the first time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plain: dict[tuple[str, str, str], str] = {}
        self._patterns: dict[tuple[object, ...], str] = {}

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """The address, from the second time on without building it where it can be."""
        if not has_request_context():
            return super().url_for(endpoint, **values)
        root = request_ctx._get_current_object().url_adapter.script_name  # type: ignore[attr-defined]
        return (
            self.plain_address(root, endpoint, **values)
            or self._filled(root, endpoint, values)
            or super().url_for(endpoint, **values)
        )

    def _filled(self, root: str, endpoint: str, given: dict[str, Any]) -> str | None:
        """The address where ids, days and words vary, which stand in it as they are; None for any
        other."""
        self.inject_url_defaults(endpoint, given)
        values = {name: value for name, value in given.items() if value is not None}
        for value in values.values():
            if type(value) not in _MARKS or (type(value) is str and not _WORD.fullmatch(value)):
                return None
        key = (root, endpoint, *values, *map(type, values.values()))
        pattern = self._patterns.get(key)
        if pattern is None:
            if len(self._patterns) >= _MOST_PATTERNS:
                self._patterns.clear()
            pattern = self._patterns[key] = self._pattern(endpoint, values)
        return pattern % values if pattern else None

    def _pattern(self, endpoint: str, values: dict[str, Any]) -> str:
        """The address with places for these values; empty where it depends on what they are."""
        rules = list(self.url_map.iter_rules(endpoint)) if endpoint[0] != "." else []
        kept = {value for rule in rules for value in (rule.defaults or {}).values()}
        named = all(map(str.isidentifier, values)) and not _OTHERWISE.intersection(values)
        if not rules or not kept <= {None} or not named:
            return ""
        marks = {name: _MARKS[type(one)](place) for place, (name, one) in enumerate(values.items())}
        try:
            pattern = super().url_for(endpoint, **marks).replace("%", "%%")
        except (BuildError, ValueError):
            return ""
        for name, mark in marks.items():
            pattern = pattern.replace(str(mark), f"%({name})s")
        return pattern if pattern.count("%(") == len(marks) else ""

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


def within(address: str | None) -> str:
    """An address of this program as it was given, for anything else the first page. Browsers drop
    tabs and take // and /\\ for another host; a line's end can stand in no header."""
    known = address is not None and address.startswith("/") and address.isprintable()
    return address if address and known and address[1:2] not in ("/", "\\") else "/"


def day_of(text: str) -> date | None:
    """2026-11-20 as a date; None for what is none, or none of a school's."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
