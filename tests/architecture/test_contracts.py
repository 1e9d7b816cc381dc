"""The import contracts name their storeys one by one; a new storey must be entered."""

from __future__ import annotations

from collections.abc import Collection
from configparser import ConfigParser
from graphlib import TopologicalSorter

import pytest

from tests.architecture.sources import ROOT, program, storeys

READ_MODELS = {
    "cabinets",
    "webkit",
    "exchange",
    "reports",
    "diary",
    "register",
    "results",
    "control",
}


def sources_of(contract: str) -> set[str]:
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    modules = contracts[f"importlinter:contract:{contract}"]["source_modules"].split()
    return {module.removeprefix("journal.") for module in modules}


def present() -> set[str]:
    return {source.storey for source in program() if source.storey}


def below_webkit() -> set[str]:
    return {name for name in present() if storeys()[name] < storeys()["webkit"]}


@pytest.mark.parametrize(
    ("contract", "wanted"),
    [("flask", below_webkit()), ("foreign-models", present() & READ_MODELS)],
)
def test_contracts_cover_every_storey(contract: str, wanted: set[str]) -> None:
    assert sources_of(contract) == wanted


def test_modules_import_each_other_in_no_circle() -> None:
    modules = {_module(source.path): source for source in program()}
    graph = {
        one: {_imported(modules.keys(), *told) for _, *told in source.imports()} - {None}
        for one, source in modules.items()
    }
    assert graph["journal.tables"], "imports are seen"
    tuple(TopologicalSorter(graph).static_order())  # CycleError names the circle


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _imported(modules: Collection[str], module: str, name: str) -> str | None:
    """The module of the program that is meant: `name` may be one of a package, or inside of it."""
    return next((one for one in (f"{module}.{name}", module) if one in modules), None)
