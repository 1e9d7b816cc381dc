"""Follow the links of the operator and of a coordinator, with a form that the journal filled."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cabinets.monitoring.conftest import Enter, opened
from tests.features.exchange.region import Region
from tests.pages.test_pages import crawl, faults_of
from tests.waiting import work


@pytest.mark.parametrize("who", ["operator", "coordinator"])
def test_pages_of_both_sides_are_in_order(app: Flask, here: Region, enter: Enter, who: str) -> None:
    procedure_id, coordinator = opened(here), enter(here.coordinator)
    coordinator.post(f"/monitoring/{procedure_id}/journal/fill")
    assert work(app) == ["fill_form"]
    app.config["WTF_CSRF_ENABLED"] = True
    pages = crawl(enter(getattr(here, who)))
    assert len(pages) > 8
    found = "\n".join(faults_of(pages))
    assert not found, found
