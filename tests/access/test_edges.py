"""What holds for every route at once: methods, tokens, numbers no id can be, typed nonsense."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import IntegerConverter, Rule

from tests.access.conftest import Stage
from tests.access.lines import address, parse, rule_of, sign_of
from tests.access.table import TABLE
from tests.access.world import HUGE
from tests.architecture.sources import program

LINES = parse(TABLE)
READERS = ("administrator", "own_teacher", "class_teacher", "parent", "deputy")
FIXED = {"static", "bootstrap.static", "admin.template"}
NONSENSE = (
    "0",
    "-1",
    str(2**31),
    str(HUGE),
    "٣",
    "нет\x00'\"<b>",
    "0001-01-01",
    "9999-12-31",
    "2026-W99",
    "x" * 5000,
)

# Who has a page whose reading is itself logged: the names of the social passport.
READING_IS_LOGGED = {"class_teacher": {"audit_entry", "audit_head"}}


def writing_rules(app: Flask) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ()))


def first_lines(stage: Stage, method: str) -> Iterator[tuple[Rule, str]]:
    """One address of every route."""
    seen = set()
    for line in LINES:
        rule = rule_of(stage.app, line)
        if line.method == method and rule is not None and id(rule) not in seen:
            seen.add(id(rule))
            yield rule, address(stage.app, stage.world, line)[0]


def is_read(app: Flask, rule: Rule) -> bool:
    """Whether this route or another one answers a GET at the same address."""
    same = (one for one in app.url_map.iter_rules() if one.rule == rule.rule)
    return any("GET" in (one.methods or ()) for one in same)


def test_what_writes_is_not_read(stage: Stage) -> None:
    for rule, url in first_lines(stage, "POST"):
        if not is_read(stage.app, rule):
            assert stage.ask("administrator", "GET", url).status_code == 405, url


def test_nothing_is_written_without_a_token(stage: Stage) -> None:
    """Also for who is not signed in: a stranger's page must not sign anybody in."""
    stage.app.config["WTF_CSRF_ENABLED"] = True
    try:
        for member in ("administrator", "own_teacher", "nobody"):
            for _rule, url in first_lines(stage, "POST"):
                answer = stage.ask(member, "POST", url, data={"operation": "x" * 20})
                assert answer.status_code == 400, f"{member}: {url}"
    finally:
        stage.app.config["WTF_CSRF_ENABLED"] = False
    assert stage.watch.changed() == []


@pytest.mark.parametrize("number", [2**31, HUGE, 10**40])
def test_a_number_no_id_can_be_is_no_address(stage: Stage, number: int) -> None:
    for rule in stage.app.url_map.iter_rules():
        ids = [n for n, c in rule._converters.items() if isinstance(c, IntegerConverter)]
        if not ids:
            continue
        built = rule.build(dict.fromkeys(rule.arguments, 1) | (rule.defaults or {}))
        assert built is not None
        path = built[1].replace("/1", f"/{number}")
        method = "GET" if is_read(stage.app, rule) else "POST"
        assert stage.ask("administrator", method, path).status_code == 404, path


def query_names() -> set[str]:
    """Every name the program reads from an address: `typed_day("to")`, `asked_day("date")`."""
    readers = ("request.args.get", "request.args.getlist", "typed", "asked", "_asked")
    return {
        node.args[0].value
        for source in program()
        if source.path.startswith(("journal/cabinets/", "journal/webkit/"))
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).startswith(readers)
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    } | {"date", "page", "q"}


@pytest.mark.parametrize("member", READERS)
def test_nonsense_in_an_address_is_answered(stage: Stage, member: str) -> None:
    """A page, or a refusal in words; never a fault. Every parameter gets its turn of nonsense."""
    names = sorted(query_names())
    faults = []
    for path in pages_of(stage, member):
        for turn in range(len(NONSENSE)):
            query = {name: NONSENSE[(turn + n) % len(NONSENSE)] for n, name in enumerate(names)}
            try:
                status = stage.ask(member, "GET", path, query_string=query).status_code
            except Exception as error:
                status, query = 500, {"fault": f"{error!r}"[:200]} | query
            if status not in (200, 302, 400, 404, 422):
                faults.append(f"{status} {path} {query}"[:600])
    assert not faults, "\n".join(faults)
    logged = READING_IS_LOGGED.get(member, set())
    assert set(stage.watch.changed()) <= logged


def test_nonsense_in_a_form_is_answered(stage: Stage) -> None:
    for nonsense in ("нет\x00", "x" * 5000):
        form = {"login": nonsense, "password": nonsense}
        assert stage.ask("nobody", "POST", "/login", data=form).status_code in (400, 422)
    stage.watch.renew(stage.watch.changed())


def pages_of(stage: Stage, member: str) -> list[str]:
    """What the member may open; downloads of fixed content aside."""
    urls = [url for rule, url in first_lines(stage, "GET") if rule.endpoint not in FIXED]
    found = [url for url in urls if sign_of(stage.ask(member, "GET", url)) == "+"]
    return [url.partition("?")[0] for url in found]
