"""A collection of data from both sides: opened, filled, handed in, seen."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from sqlalchemy.orm import Session

from journal.core.tenancy import bind
from journal.jobs import monitoring
from tests.browser.conftest import Site
from tests.browser.monitoring import enter, ready
from tests.cabinets.monitoring.conftest import opened
from tests.cast import NOW, Cast
from tests.exchange.filled import LETTERS
from tests.features.exchange.region import Region, region
from tests.waiting import work


@pytest.fixture
def here(db_session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Region:
    monkeypatch.setattr(monitoring, "utc_now", lambda: NOW)
    found = region(db_session, cast)
    bind(db_session, {cast.school})
    db_session.commit()
    return found


def test_a_collection_from_both_sides(
    here: Region, site: Site, browser: Browser, app: Flask
) -> None:
    centre = enter(site, browser, here.operator, "/centre/monitoring/new")
    centre.get_by_label("Название").fill("Мониторинг осени")
    centre.get_by_label("Форма и период").select_option("MP-ATT|1.0.0|H1")
    centre.get_by_label("Первый день").fill("2026-11-20")
    centre.get_by_label("Последний день").fill("2026-11-29")
    centre.get_by_role("button", name="Сохранить").click()
    centre.get_by_label("Школа № 17").check()
    centre.get_by_role("button", name="Сохранить").click()
    expect(centre.locator("main")).to_contain_text("Мониторинг готовится")
    centre.get_by_role("button", name="Открыть мониторинг").click()
    expect(centre.locator("[data-stat='not_begun']")).to_have_text("1")

    school = enter(site, browser, here.coordinator, "/monitoring")
    school.get_by_role("link", name="Мониторинг осени").click()
    school.get_by_role("link", name="Заполнить", exact=True).click()
    ready(school)
    for number in range(2):
        for letter in LETTERS:
            school.locator(f"[name='c-{number}-{letter}']").fill("0")
    school.locator("[name='c-0-E']").fill("2")
    school.locator("[name='c-0-L']").fill("20")
    school.locator("[name='c-0-K']").fill("10")
    school.locator("[name='c-0-R']").fill("30")
    expect(school.locator("main .save")).to_contain_text("Сохранено автоматически")
    expect(school.locator("[data-cell='0-Q']")).to_have_text("30")
    expect(school.locator("[data-remarks]")).to_contain_text("A05")
    school.locator("[name='c-0-R']").fill("4,5")
    expect(school.locator("[data-refusal]")).to_be_visible()
    school.locator("[name='c-0-R']").fill("1")
    expect(school.locator("[data-cell='0-AB']")).to_have_text("95,0")
    expect(school.locator("[data-remarks]")).not_to_contain_text("A05")
    school.get_by_role("link", name="Закрыть").first.click()
    expect(school.locator("main")).to_contain_text("Редактировать")
    centre.reload()
    expect(centre.locator("[data-stat='filling']")).to_have_text("1")

    school.get_by_role("button", name="Заполнить из журнала").click()
    expect(school.locator("main")).to_contain_text("Подсчёт по журналу")
    work(app)
    expect(school.locator("table.entry")).to_be_visible(timeout=15_000)
    ready(school)
    school.get_by_placeholder("Одно для всех классов").fill("Журнал заполняется")
    school.get_by_label("Администрация").check()
    school.get_by_role("button", name="Сдать отчет").click()
    expect(school.locator("main")).to_contain_text("Данные обрабатываются")
    work(app)
    expect(school.locator("main")).to_contain_text("Отчёт принят", timeout=15_000)
    school.get_by_role("link", name="Отчёт", exact=True).click()
    expect(school.locator("main")).to_contain_text("Всего по ОО")

    centre.get_by_role("link", name="Список участников").click()
    centre.get_by_role("link", name="Данные, версия 1").click()
    expect(centre.locator("main")).to_contain_text("По параллелям и уровням")
    expect(centre.locator("main input")).to_have_count(0)


def test_two_coordinators_in_one_table(here: Region, site: Site, browser: Browser) -> None:
    procedure_id = opened(here)
    pages = [
        enter(site, browser, here.coordinator, f"/monitoring/{procedure_id}/table") for _ in "ab"
    ]
    for page in pages:
        ready(page)
    pages[0].locator("[name='c-0-E']").fill("2")
    expect(pages[0].locator("main .save")).to_contain_text("Сохранено автоматически")
    pages[1].locator("[name='c-0-E']").fill("3")
    expect(pages[1].locator("main .save")).to_contain_text("Откройте её заново")
