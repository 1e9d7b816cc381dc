"""The bar of sections: grouped for those who have many, by keyboard and on a phone too."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.sections import open_section, section


@pytest.mark.parametrize("who", ["administrator", "deputy", "director", "own_teacher"])
def test_nothing_of_the_bar_is_cut_off(visit: Visit, who: str) -> None:
    page = visit(who, "/")
    nav = page.locator(".topbar nav")
    assert nav.evaluate("nav => nav.scrollWidth <= nav.clientWidth")


def test_a_group_by_keyboard(visit: Visit) -> None:
    page = visit("administrator", "/school")
    group = page.locator("details.section-group", has_text="Люди и классы")
    group.locator("summary").focus()
    page.keyboard.press("Enter")
    people = page.get_by_role("link", name="Люди", exact=True)
    expect(people).to_be_visible()
    page.keyboard.press("Escape")
    expect(people).to_be_hidden()
    expect(group.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(people).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ученики")
    expect(page.locator(".is-current > summary")).to_have_text("Люди и классы, вы здесь")


def test_a_group_on_a_phone(visit: Visit) -> None:
    page = visit("administrator", "/school")
    page.set_viewport_size({"width": 360, "height": 740})
    log = section(page, "Журнал действий")
    box = log.bounding_box()
    assert box is not None
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["height"] >= 40
    log.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Журнал действий")
    open_section(page, "Школа")
    expect(page.get_by_role("heading", level=1)).to_have_text("Школа")
