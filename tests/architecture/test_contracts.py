"""The import contracts name their storeys one by one; a new storey must be entered."""

from __future__ import annotations

from configparser import ConfigParser

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
