"""The archive from the page: made, taken away, read without the program, checked; and what has
outlived its term deleted by two persons."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from journal.grading.models import Mark, TermMark
from tests.browser.conftest import Site, Visit
from tests.browser.sections import open_section
from tests.browser.test_family_day import fits, phone
from tests.cast import Cast
from tests.features.retention.conftest import awake, old_year
from tests.waiting import work

__all__ = ["awake"]


def accepting(page: Page) -> Page:
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def test_an_archive_is_made_taken_away_and_read(
    visit: Visit, browser: Browser, site: Site, app: Flask, tmp_path: Path
) -> None:
    page = accepting(visit("director", "/"))
    open_section(page, "Архив")
    expect(page.get_by_role("heading", level=1)).to_have_text("Архив")
    page.get_by_role("button", name="Сделать архив").click()
    expect(page.get_by_text("ждёт своей очереди")).to_be_visible()
    work(app)
    found = page.get_by_role("link", name="Проверить")
    expect(found).to_be_visible()  # the page has noticed by itself
    with page.expect_download() as taken:
        page.locator("td a[href*='/archive/files/']").first.click()
    assert taken.value.suggested_filename == "1017-2026-2027.zip"
    taken.value.save_as(tmp_path / "year.zip")
    found.click()
    expect(page.get_by_text("Архив подлинный")).to_be_visible()

    said = app.test_cli_runner().invoke(args=["archive", "verify", str(tmp_path / "year.zip")])
    assert said.exit_code == 0 and "Архив подлинный" in said.output
    with zipfile.ZipFile(tmp_path / "year.zip") as packed:
        packed.extractall(tmp_path / "archive")
    read_without_the_program(browser, site, tmp_path / "archive")


def read_without_the_program(browser: Browser, site: Site, folder: Path) -> None:
    """The page of contents from a folder, on a phone: nothing is asked of any server."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ru-RU")
    site.contexts.append(context)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "index.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("Архив учебного года 2026-2027")
    assert fits(page)
    assert all(address.startswith("file:") for address in asked)
    links = page.locator("td a").evaluate_all("found => found.map((a) => a.getAttribute('href'))")
    assert links and all((folder / link).is_file() for link in links)
    sheet = page.get_by_role("row", name="5А, математика").get_by_role("link", name="CSV")
    text = (folder / str(sheet.get_attribute("href"))).read_text("utf-8-sig")
    assert "Ёлкин Артём" in text


@pytest.mark.usefixtures("awake")
def test_two_persons_delete_what_has_outlived_its_term(
    visit: Visit, browser: Browser, site: Site, app: Flask, cast: Cast, db_session: Session
) -> None:
    old = old_year(db_session, cast, 1989)
    first = accepting(visit("administrator", "/archive"))
    journals = first.get_by_role("row", name=old.name)
    journals.get_by_role("link", name="Предложить удаление").first.click()
    propose = first.get_by_role("button", name="Предложить удаление")
    propose.click()
    expect(first.get_by_role("alert").first).to_be_visible()  # a ground is wanted
    first.get_by_label("Основание").fill("Акт экспертной комиссии № 3")
    propose.click()
    expect(first.get_by_text("Предложено. Ничего не удаляется")).to_be_visible()
    expect(first.locator("input[name=year]")).to_have_count(0)  # not by the same person

    second = accepting(visit("director", "/archive", context=phone(browser, site, "director")))
    assert fits(second)
    second.get_by_role("region", name="Удаления").get_by_role("link", name=old.name).click()
    assert fits(second)
    confirm = second.get_by_role("button", name="Подтвердить и удалить навсегда")
    second.locator("input[name=year]").fill("2026-2027")
    confirm.click()
    expect(second.get_by_role("alert").first).to_be_visible()
    assert not work(app) and db_session.get(Mark, old.mark) is not None
    second.locator("input[name=year]").fill(old.name)
    confirm.click()
    expect(second.get_by_text("Подтверждено. Удаление выполняется.")).to_be_visible()
    work(app)
    second.reload()
    line = second.get_by_role("region", name="Удаления").get_by_role("row", name=old.name)
    expect(line).to_contain_text("Зотова")
    expect(line).to_contain_text("Громов")
    db_session.rollback()
    db_session.expire_all()
    assert db_session.get(Mark, old.mark) is None
    assert db_session.get(TermMark, old.term_mark) is not None, "sheets have a longer term"
    open_section(first, "Журнал действий")
    expect(first.get_by_role("main")).to_contain_text("удалены записи, срок хранения которых истёк")
