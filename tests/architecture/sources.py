"""The program's own text, parsed once for the tests of the house style."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from configparser import ConfigParser
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("journal", "deploy", "bench", "config.py", "wsgi.py")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Source:
    """A Python file: its path from the root, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def storey(self) -> str:
        """The part of `journal` it belongs to, or an empty string outside and at its root."""
        parts = Path(self.path).parts
        inside = parts[0] == "journal" and parts != ("journal", "__init__.py")
        return parts[1].removesuffix(".py") if inside else ""

    @property
    def length(self) -> int:
        return self.text.count("\n")

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def calls(self) -> Iterator[tuple[int, str]]:
        """Line and dotted name of everything called: `db.session.commit`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node.lineno, ast.unparse(node.func)

    def imports(self) -> Iterator[tuple[int, str, str]]:
        """Line, module and name of everything imported; the name is empty for a whole module."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name, "") for alias in node.names)
            if isinstance(node, ast.ImportFrom):
                yield from ((node.lineno, node.module or "", alias.name) for alias in node.names)


def length_of(function: Function) -> int:
    """Lines from `def` to the end, the docstring aside: explaining costs nothing."""
    first = function.body[0]
    explained = ast.get_docstring(function, clean=False) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if explained else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def read(file: Path) -> Source:
    text = file.read_text(encoding="utf-8")
    return Source(file.relative_to(ROOT).as_posix(), text, ast.parse(text))


@cache
def program() -> tuple[Source, ...]:
    """Everything that runs in production or beside it."""
    files: list[Path] = []
    for name in PROGRAM:
        place = ROOT / name
        files += [place] if place.is_file() else sorted(place.rglob("*.py"))
    return tuple(map(read, files))


@cache
def suite() -> tuple[Source, ...]:
    return tuple(map(read, sorted((ROOT / "tests").rglob("*.py"))))


@cache
def storeys() -> dict[str, int]:
    """Height of every storey by the import contract: core is 0; neighbours share a height."""
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    lines = contracts["importlinter:contract:storeys"]["layers"].split("\n")
    floors = [line for line in reversed(lines) if line.strip()]
    return {
        name.strip(" ()"): height for height, line in enumerate(floors) for name in line.split("|")
    }
