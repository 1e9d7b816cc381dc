"""A school without a cabinet: applies on the public site, is approved, its coordinator signs in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from journal.webkit.security import limiter
from tests.browser.conftest import Site
from tests.browser.test_accessibility import faults, sideways
from tests.cast import Cast
from tests.features.exchange.region import Region, region

TYPED = {
    "Название организации": "МБОУ СОШ с. Лукиновка",
    "Краткое название": "СОШ с. Лукиновка",
    "Код организации": "480311",
    "Муниципалитет": "Лукиновский район",
    "Фамилия": "Чернова",
    "Имя": "Алла",
    "Должность": "заместитель директора",
    "Телефон": "+7 900 000-00-00",
    "Электронная почта": "chernova@example.org",
    "Официальный запрос": "№ 17 от 02.11.2026",
}


@pytest.fixture
def centre(cast: Cast, db_session: Session) -> Region:
    limiter.reset()
    made = region(db_session, cast)
    db_session.commit()
    return made


def opened(site: Site, browser: Browser, width: int, account_id: int | None = None) -> Page:
    scheme = "dark" if width < 1000 else "light"
    context = browser.new_context(
        viewport={"width": width, "height": 800}, locale="ru-RU", color_scheme=scheme
    )
    site.contexts.append(context)
    if account_id is not None:
        site.enter(context, account_id)
    return context.new_page()


def looked_at(page: Page) -> None:
    """The page is accessible and does not scroll sideways."""
    page.locator("html[data-modules]").wait_for(state="attached")
    assert faults(page) == [] and not sideways(page), page.url


@pytest.mark.parametrize("width", [1440, 360])
def test_a_school_gets_its_cabinet(
    site: Site, browser: Browser, centre: Region, width: int
) -> None:
    school = opened(site, browser, width)
    school.goto(f"{site.url}/region/")
    looked_at(school)
    school.get_by_role("main").get_by_role("link", name="Подать заявку").click()
    school.get_by_role("button", name="Отправить заявку").click()
    expect(school.get_by_role("alert")).to_contain_text("Введите название организации.")
    looked_at(school)
    for label, words in TYPED.items():
        school.get_by_label(label, exact=True).fill(words)
    school.get_by_role("button", name="Отправить заявку").click()
    expect(school.get_by_role("main")).to_contain_text("ждёт решения центра")
    looked_at(school)

    desk = opened(site, browser, width, centre.operator.account_id)
    desk.goto(f"{site.url}/centre/schools")
    looked_at(desk)
    desk.get_by_role("link", name="СОШ с. Лукиновка").click()
    looked_at(desk)
    desk.get_by_role("button", name="Одобрить и создать кабинет").click()
    login, password = desk.locator("main code").all_inner_texts()
    looked_at(desk)

    school.reload()
    expect(school.get_by_role("main")).to_contain_text("одобрена")
    school.get_by_role("main").get_by_role("link", name="Войти").click()
    school.get_by_label("Логин").fill(login)
    school.get_by_label("Пароль").fill(password)
    school.get_by_role("button", name="Войти").click()
    expect(school).to_have_url(f"{site.url}/password")
