"""The house style that a linter does not know. Each test lists every place that breaks it."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.sources import ROOT, Source, length_of, program, storeys, suite

EDGES = {"cli", "jobs", "cabinets", "exchange", "webkit", ""}
VIEW = re.compile(r"\.(route|get|post|put|delete|patch)$")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def features() -> list[Source]:
    """The storeys between core and the edges, where school words live."""
    return [s for s in program() if s.storey in storeys() and s.storey not in EDGES | {"core"}]


def is_view(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    calls = (d.func for d in function.decorator_list if isinstance(d, ast.Call))
    return any(VIEW.search(ast.unparse(call)) for call in calls)


def test_files_are_short() -> None:
    long = [f"{s.path}: {s.length} lines" for s in program() if s.length > 300]
    long += [f"{s.path}: {s.length} lines" for s in suite() if s.length > 500]
    assert not long, "\n".join(long)


def test_functions_are_short() -> None:
    long = []
    for source in program():
        for function in source.functions():
            size = length_of(function)
            limit = 20 if is_view(function) else 25
            if size > limit:
                long.append(f"{source.path}:{function.lineno} {function.name}: {size} > {limit}")
    assert not long, "\n".join(long)


def test_no_module_is_a_drawer() -> None:
    drawers = re.compile(r"(^|/)(utils?|helpers?|misc|common)\.py$")
    assert not [s.path for s in (*program(), *suite()) if drawers.search(s.path)]


def test_nothing_is_left_for_later() -> None:
    words = re.compile(r"\b(TODO|FIXME|XXX|raise NotImplementedError)\b")
    left = [
        f"{source.path}:{number}"
        for source in program()
        for number, line in enumerate(source.text.splitlines(), 1)
        if words.search(line)
    ]
    assert not left, "\n".join(left)


def test_every_file_stands_in_a_storey() -> None:
    strays = [s.path for s in program() if s.storey and s.storey not in storeys()]
    assert not strays


def test_the_factory_is_imported_from_outside_only() -> None:
    importers = [
        f"{source.path}:{line}"
        for source in program()
        for line, module, name in source.imports()
        if source.path.startswith("journal/")
        and (module == "journal" and (not name or name == "create_app" or name == "*"))
    ]
    assert not importers, "\n".join(importers)


def test_features_write_orm_statements_only() -> None:
    """Organisation criteria are added to ORM statements; raw text and Core tables escape them."""
    raw = {("sqlalchemy", "text"), ("sqlalchemy", "table"), ("sqlalchemy", "Table")}
    found = []
    for source in features():
        for line, module, name in source.imports():
            if (module, name) in raw or module.startswith("sqlalchemy.sql"):
                found.append(f"{source.path}:{line} imports {name} from {module}")
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and node.attr in {"__table__", "exec_driver_sql"}:
                found.append(f"{source.path}:{node.lineno} uses {node.attr}")
    assert not found, "\n".join(found)


def test_features_write_in_bulk_through_core_only() -> None:
    """`execute(insert(…), rows)` escapes the flush check: `core.db.bulk_insert` has its own."""
    found = [
        f"{source.path}:{node.lineno}"
        for source in features()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and (
            (
                ast.unparse(node.func).endswith(".execute")
                and len(node.args) > 1
                and ast.unparse(node.args[0]).startswith(("insert(", "update("))
            )
            or re.search(r"\.bulk_(save|insert|update)_\w+$", ast.unparse(node.func))
        )
    ]
    assert not found, "\n".join(found)


def test_features_do_not_commit() -> None:
    """The commit happens once, at the edge."""
    ends = re.compile(r"\b(commit|rollback)$")
    found = [
        f"{source.path}:{line} {name}()"
        for source in features()
        for line, name in source.calls()
        if ends.search(name)
    ]
    assert not found, "\n".join(found)


def test_time_is_an_argument_below_the_edges() -> None:
    clocks = re.compile(r"(\butc_now|\bdate(time)?\.(now|today|utcnow)|\btime\.time)$")
    found = [
        f"{source.path}:{line} {name}()"
        for source in features()
        for line, name in source.calls()
        if clocks.search(name)
    ]
    assert not found, "\n".join(found)


def test_relationships_have_no_way_back() -> None:
    found = [
        f"{source.path}:{node.lineno}"
        for source in program()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if ast.unparse(node.func).endswith("relationship")
        and keyword.arg in {"backref", "back_populates"}
    ]
    assert not found, "\n".join(found)


def test_business_code_does_not_catch_bare_exceptions() -> None:
    """Files from outside are the exception: their readers fail in more ways than they promise."""
    found = [
        f"{source.path}:{handler.lineno}"
        for source in features()
        if source.storey != "documents"
        for handler in ast.walk(source.tree)
        if isinstance(handler, ast.ExceptHandler)
        and (handler.type is None or ast.unparse(handler.type) in {"Exception", "BaseException"})
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        (r"<script(?![^>]*\b(src=|type=[\"']application/json))[^>]*>", "an inline script"),
        (r"<style\b", "an inline style sheet"),
        (r"\sstyle\s*=", "a style attribute"),
        (r"\son[a-z]+\s*=\s*[\"']", "an inline handler"),
        (r"\|\s*safe\b", "an unescaped value"),
        (r"(src|href)\s*=\s*[\"'](https?:)?//", "something from another server"),
    ],
)
def test_templates_keep_to_the_content_policy(pattern: str, what: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number} has {what}"
        for file in TEMPLATES
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert not found, "\n".join(found)
