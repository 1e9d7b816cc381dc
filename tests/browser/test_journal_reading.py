"""The journal page for those who read it, and what every reader may ask of it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, Visit
from tests.browser.grid import Grid


def test_a_deputy_reads_and_types_nothing(site: Site, visit: Visit) -> None:
    cast = site.cast
    grid = Grid(visit("deputy", f"/journal/{cast.courses['own']}"))
    cell = grid.go(cast.pupils["pupil"], cast.lessons["own"])
    grid.press("5", "n", "Delete", "F4")
    expect(cell).to_have_text("")
    expect(grid.page.locator(".answer")).to_contain_text("только учитель")
    expect(grid.page.locator(".save:visible")).to_have_count(0)
    grid.go(cast.pupils["pupil"], cast.lessons["recent"])
    grid.press("F2")
    panel = grid.page.locator(".side-panel")
    expect(panel.locator("[data-mark]").get_by_label("Отметка")).to_be_disabled()
    expect(panel.get_by_role("button", name="Сохранить")).to_have_count(0)
    panel.get_by_text("История").click()
    expect(panel).to_contain_text("прежние записи загружены")
    assert grid.saves == []


def test_an_average_explains_itself_and_gives_the_focus_back(site: Site, visit: Visit) -> None:
    cast = site.cast
    grid = Grid(visit("own_teacher", f"/journal/{cast.courses['own']}"))
    cell = grid.go(cast.pupils["pupil"], cast.lessons["own"])
    grid.press("End", "ArrowLeft", "ArrowLeft", "ArrowLeft", "Enter")
    dialog = grid.page.get_by_role("dialog")
    expect(dialog).to_contain_text("4,75")
    expect(dialog).to_contain_text("Контрольная работа")
    grid.press("Escape")
    expect(dialog).to_have_count(0)
    expect(grid.page.locator("td.avg:focus")).to_have_count(1)
    expect(cell).not_to_be_focused()


def test_entries_left_behind_are_sent_from_any_page(site: Site, visit: Visit) -> None:
    cast = site.cast
    grid = Grid(visit("own_teacher", f"/journal/{cast.courses['own']}"))
    context = grid.page.context
    context.route("**/save", lambda route: route.abort("internetdisconnected"))
    grid.go(cast.pupils["pupil"], cast.lessons["own"])
    grid.press("5")
    expect(grid.state).to_contain_text("Нет связи")
    grid.page.goto(f"{site.url}/unlocks/")
    waiting = grid.page.locator(".waiting")
    expect(waiting).to_have_text("1 запись ждёт отправки")
    context.unroute("**/save")
    grid.page.evaluate("dispatchEvent(new Event('online'))")
    expect(waiting).to_be_hidden()
    grid.page.goto(f"{site.url}/journal/{cast.courses['own']}")
    grid.ready()
    expect(grid.cell(cast.pupils["pupil"], cast.lessons["own"])).to_have_text("5")


def test_without_scripts_the_page_reads_and_averages_lead_to_their_reason(
    site: Site, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="ru-RU")
    site.contexts.append(context)
    site.sign_in(context, "own_teacher")
    page = context.new_page()
    page.goto(f"{site.url}/journal/{site.cast.courses['own']}")
    page.get_by_role("link", name="4,75").click()
    expect(page.get_by_role("heading", name="средний балл 4,75")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_no_accessibility_violation_in_any_state(
    site: Site, visit: Visit, browser: Browser, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        locale="ru-RU",
        bypass_csp=True,
    )
    site.contexts.append(context)
    site.sign_in(context, "own_teacher")
    path = f"/journal/{site.cast.courses['own']}"
    grid = Grid(visit("own_teacher", path, context=context))
    grid.go(site.cast.pupils["pupil"], site.cast.lessons["recent"])
    for key in ("", "Control+Enter", "F2", "F1"):
        if key:
            grid.press(key)
            expect(grid.page.locator(".side-panel h2")).to_be_visible()
        assert violations(grid.page) == []
        if key:
            grid.press("Escape")


def test_on_a_phone_an_explanation_is_seen_whole(
    site: Site, visit: Visit, browser: Browser
) -> None:
    size = {"width": 360, "height": 740}
    context = browser.new_context(viewport=size, has_touch=True, is_mobile=True, locale="ru-RU")  # type: ignore[arg-type]
    site.contexts.append(context)
    site.sign_in(context, "own_teacher")
    path = f"/journal/{site.cast.courses['own']}"
    page = Grid(visit("own_teacher", path, context=context)).page
    page.get_by_role("link", name="4,75").tap()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_contain_text("средний балл 4,75")
    box = dialog.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 360)
    shown = dialog.get_by_role("cell").first.evaluate(
        "one => { const box = one.getBoundingClientRect();"
        " return one.contains(document.elementFromPoint(box.x + 4, box.y + 4)); }"
    )
    assert shown, "nothing lies over it"
    dialog.get_by_role("button", name="Закрыть").tap()
    expect(dialog).to_have_count(0)


def violations(page: Page) -> list[str]:
    """What axe finds, in words."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found]
