"""A family's day: the parent on a phone, the pupil at a desk, the mark the teacher just entered."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Site, Visit
from tests.cast import Cast

PHONE = {"width": 360, "height": 740}


def phone(browser: Browser, site: Site, name: str, scheme: str = "light") -> BrowserContext:
    context = browser.new_context(viewport=PHONE, locale="ru-RU", color_scheme=scheme)  # type: ignore[arg-type]
    site.contexts.append(context)
    site.sign_in(context, name)
    return context


def fits(page: Page) -> bool:
    """Nothing hangs over the edge of the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_parents_day(visit: Visit, browser: Browser, site: Site, cast: Cast) -> None:
    page = visit("parent", "/", context=phone(browser, site, "parent"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Дети сегодня")
    expect(page.locator("article.child")).to_have_count(2)
    page.get_by_role("link", name="Ёлкин Артём").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Дневник: Ёлкин Артём")
    today = page.locator("section", has=page.locator("#d2026-11-20"))
    expect(today).to_contain_text("Сегодня, пятница 20 ноября")
    expect(today.locator(".m3")).to_have_count(0)

    teacher = visit("own_teacher", f"/journal/{cast.courses['own']}")
    token = teacher.evaluate("fetch('/session').then((answer) => answer.json())")["csrf"]
    operation = {
        "op": "operation-of-the-family",
        "kind": "put_mark",
        "lesson": cast.lessons["own"],
        "pupil": cast.pupils["pupil"],
        "work": None,
        "mark": None,
        "value": "3",
        "base": 0,
    }
    saved = teacher.request.post(
        f"{site.url}/journal/{cast.courses['own']}/save",
        data={"operations": [operation]},
        headers={"X-CSRFToken": token},
    )
    assert saved.status == 200

    page.reload()
    expect(today.locator(".m3")).to_have_text("3")
    expect(today.get_by_text("новая")).to_be_visible()

    average = page.get_by_role("link", name="Математика. Средний балл 4,40")
    average.click()
    why = page.get_by_role("dialog")
    expect(why).to_contain_text("(4 + 5·3 + 3) : (1 + 3 + 1) = 22 : 5 = 4,40")
    page.keyboard.press("Escape")
    expect(why).to_have_count(0)
    expect(average).to_be_focused()
    assert fits(page)

    page.get_by_role("link", name="Софья").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Дневник: Ёлкина Софья")
    bar = page.get_by_role("navigation", name="Разделы дневника")
    bar.get_by_role("link", name="Пропуски").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Пропуски: Ёлкина Софья")
    bar.get_by_role("link", name="Отметки").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Отметки: Ёлкина Софья")
    assert fits(page)


def test_a_pupils_day(visit: Visit, cast: Cast) -> None:
    page = visit("pupil", "/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ёлкин Артём")
    expect(page.get_by_text("№ 412, 415")).to_be_visible()
    page.get_by_role("link", name="Дневник", exact=True).first.click()
    page.get_by_role("link", name="9–14 ноября").click()
    expect(page).to_have_title("Дневник: Ёлкин Артём, 9–14 ноября — Журнал")
    friday = page.locator("section", has=page.locator("#d2026-11-13"))
    expect(friday.locator(".m4")).to_have_text("4")
    expect(page.locator(".week-strip a")).to_have_count(5)


def test_an_average_is_a_page_without_scripts(browser: Browser, site: Site, cast: Cast) -> None:
    context = browser.new_context(java_script_enabled=False, locale="ru-RU")
    site.contexts.append(context)
    site.sign_in(context, "parent")
    page = context.new_page()
    page.goto(f"{site.url}/diary/{cast.pupils['pupil']}")
    page.get_by_role("link", name="Математика. Средний балл 4,75").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Как получился средний балл")
    expect(page.locator(".formula")).to_contain_text("= 4,75")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/family", "/diary/{id}", "/diary/marks/{id}", "/diary/absences/{id}"]
)
def test_accessible(
    visit: Visit, browser: Browser, site: Site, cast: Cast, path: str, scheme: str
) -> None:
    context = phone(browser, site, "parent", scheme)
    page = visit("parent", path.format(id=cast.pupils["pupil"]), context=context)
    assert fits(page)
    found = Axe().run(page).response["violations"]
    assert not found, [(one["id"], one["nodes"][0]["html"]) for one in found]
