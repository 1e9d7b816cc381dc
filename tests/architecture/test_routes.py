"""Every route carries an access rule, and reading changes nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.routing import AnyConverter, BuildError, Rule

from journal.access import Permission
from journal.core.db import db
from journal.webkit.access import PUBLIC, access_rule
from tests.cast import MEMBERS, Cast
from tests.conftest import Login

# Written while reading, in transactions of their own: who looked, and when somebody was last here.
LOGS = {"access_log", "last_seen"}
WRITE = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
# Health and psychology are restricted, and their reading is logged (domain.md, «Law»): opening such
# a page writes into the log of changes, and nothing else.
LOGGED_READING = {
    "cards.card": {"audit_entry", "audit_head"},
    "class_teacher.passport_pupils": {"audit_entry", "audit_head"},
}
STATIC = {"static", "bootstrap.static"}


def test_every_view_carries_an_access_rule(app: Flask) -> None:
    for endpoint, view in app.view_functions.items():
        rule = access_rule(view)
        assert rule == PUBLIC or isinstance(rule, Permission), endpoint


def test_public_views_are_few_and_known(app: Flask) -> None:
    """A new public view is a decision: enter it here."""
    views = app.view_functions.items()
    assert {name for name, view in views if access_rule(view) == PUBLIC} == STATIC | {
        "calendar.feed",
        "common.language",
        "common.session_state",
        "check.code",
        "invitation.follow",
        "offline.fallback",
        "offline.worker",
        "common.sign_in",
        "portal.about",
        "portal.application",
        "portal.participants",
        "portal.confirm_results",
        "portal.registration",
        "portal.results",
        "portal.results_file",
    }


def test_a_view_without_a_rule_stops_the_application(app: Flask) -> None:
    served = dict(app.view_functions)
    app.view_functions["common.home"] = lambda: "open to all"
    try:
        answer = app.test_client().get("/")
    finally:
        app.view_functions.update(served)
    assert answer.status_code == 500


def example(name: str, cast: Cast) -> Any:
    """An id of the cast for an argument of a route, by its name: `course_id`, `day`."""
    known: dict[str, Any] = {
        "course": cast.courses["own"],
        "lesson": cast.lessons["own"],
        "pupil": cast.pupils["pupil"],
        "class_group": cast.classes["own"],
        "class": cast.classes["own"],
        "person": cast["pupil"].person_id,
        "work": cast.works["recent"],
        "mark": cast.marks["recent"],
        "organisation": cast.school,
        "day": "2026-11-20",
        "locale": "ru",
    }
    return known.get(name.removesuffix("_id"), 1)


def _value(rule: Rule, name: str, cast: Cast) -> Any:
    converter = rule._converters.get(name)
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)[0]
    return example(name, cast)


def addresses(app: Flask, cast: Cast) -> list[tuple[str, str]]:
    """Every address that can be read, with the cast's ids in it, and its endpoint."""
    found = []
    rules: list[Rule] = [r for r in app.url_map.iter_rules() if "GET" in (r.methods or ())]
    with app.test_request_context():
        for rule in rules:
            if rule.endpoint in STATIC:
                continue
            values = {name: _value(rule, name, cast) for name in rule.arguments}
            try:
                found.append((app.url_for(rule.endpoint, **values), rule.endpoint))
            except BuildError as error:
                raise AssertionError(f"teach `example` about {rule}") from error
    return sorted(found)


@pytest.mark.parametrize("name", MEMBERS)
def test_reading_changes_nothing(app: Flask, cast: Cast, login: Login, name: str) -> None:
    written: list[str] = []
    browser = login(name)
    urls = addresses(app, cast)
    here, allowed = "", LOGS

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found = WRITE.match(statement)
        if found and found[2].lower() not in allowed:
            written.append(f"{here}: {found[0]}")

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        for here, endpoint in urls:
            allowed = LOGS | LOGGED_READING.get(endpoint, set())
            answer = browser.get(here)
            assert answer.status_code < 500, here
            answer.close()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert not written, "\n".join(written)
