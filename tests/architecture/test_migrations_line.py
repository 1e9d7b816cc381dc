"""Migrations are one line, each named by its number: two that follow the same one cannot be run."""

from __future__ import annotations

import ast

from tests.architecture.sources import ROOT


def _facts(text: str) -> tuple[str, str | None]:
    """(revision, down_revision) of a migration."""
    values = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
    }
    return values["revision"], values["down_revision"]


def test_migrations_follow_each_other() -> None:
    files = sorted((ROOT / "migrations" / "versions").glob("*.py"))
    found = [_facts(file.read_text(encoding="utf-8")) for file in files]
    numbers = [file.name.partition("_")[0] for file in files]
    assert found == list(zip(numbers, [None, *numbers], strict=False)), "number the newest anew"
