"""How the table is read: a line is what each member gets, and of which route with which objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.access.world import COLUMNS, EVERYBODY, World

# What an answer is, in one sign.
SIGNS = {
    "+": "200, the page",
    ">": "302, done or led on",
    "L": "302 to /login",
    "t": "302 to /password: the temporary password is to be replaced first",
    "J": "401 in JSON: sign in",
    "x": "403, not yours",
    "o": "404, no such thing",
    "=": "409, somebody else was there before",
    "?": "400, unreadable",
    "!": "422, refused with a sentence",
    "#": "423, the window is closed",
}
_STATUSES = {200: "+", 401: "J", 403: "x", 404: "o", 409: "=", 400: "?", 422: "!", 423: "#"}
_SIZES = [len(group) for group in COLUMNS]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. `asked` names objects by argument: `course=own`.

    An argument of the address stands plainly, one of the query with a `?` before it; what is left
    goes into the body of a POST.
    """

    method: str
    endpoint: str
    asked: tuple[tuple[str, str], ...]
    signs: Mapping[str, str]

    @property
    def title(self) -> str:
        """The line without its signs."""
        return " ".join((self.method, self.endpoint, *(f"{k}={name}" for k, name in self.asked)))


def parse(table: str) -> list[Line]:
    """The lines of the table; comments and blank lines aside."""
    rows = (row.split() for row in table.splitlines() if not row.startswith("# "))
    return [_line(parts) for parts in rows if parts]


def _line(parts: list[str]) -> Line:
    signs, (method, endpoint, *objects) = parts[: len(_SIZES)], parts[len(_SIZES) :]
    assert [len(sign) for sign in signs] == _SIZES, f"{' '.join(parts)}: wants groups of {_SIZES}"
    unknown = set("".join(signs)) - set(SIGNS)
    assert not unknown, f"{' '.join(parts)}: there is no sign {unknown}"
    by_member = dict(zip(EVERYBODY, "".join(signs), strict=True))
    return Line(method, endpoint, asked_of(objects), by_member)


def asked_of(objects: list[str]) -> tuple[tuple[str, str], ...]:
    """`course=own` as a pair."""
    return tuple((key, name) for key, _, name in (one.partition("=") for one in objects))


def written(line: Line) -> str:
    """A line as it stands in the table."""
    groups = ("".join(line.signs[name] for name in group) for group in COLUMNS)
    return f"{' '.join(groups)}  {line.title}"


def argument_of(rule: Rule, key: str) -> str | None:
    """The argument of the address a key of the table means: `course` is `course_id`."""
    return next((name for name in (key, f"{key}_id") if name in rule.arguments), None)


def rule_of(app: Flask, line: Line) -> Rule | None:
    """The route a line is about."""
    if line.endpoint not in app.view_functions:
        return None
    for rule in app.url_map.iter_rules(line.endpoint):
        named = {argument_of(rule, key) for key, _ in line.asked if not key.startswith("?")}
        wanted = rule.arguments - set(rule.defaults or ())
        if line.method in (rule.methods or ()) and named & rule.arguments == wanted:
            return rule
    return None


def address(app: Flask, world: World, line: Line) -> tuple[str, dict[str, object]]:
    """The address of a line, and what is left for the body."""
    rule = rule_of(app, line)
    assert rule is not None, f"there is no such route (any more): {line.title}"
    in_url: dict[str, object] = dict(rule.defaults or {})
    body: dict[str, object] = {}
    for key, name in line.asked:
        found = world.id_of(key.lstrip("?"), name)
        argument = argument_of(rule, key)
        if key.startswith("?"):
            in_url[key[1:]] = found
        elif argument:
            in_url[argument] = found
        else:
            body[key] = found
    with app.test_request_context():
        return app.url_for(line.endpoint, **in_url), body


def sign_of(answer: TestResponse) -> str:
    """The sign of an answer; its status when there is none."""
    if answer.status_code == 302:
        place = answer.headers["Location"].partition("?")[0]
        return {"/login": "L", "/password": "t"}.get(place, ">")
    return _STATUSES.get(answer.status_code, str(answer.status_code))
