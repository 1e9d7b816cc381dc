"""The director's whole day: the figures with their trend, what others have left open, the
comparisons, a sheet certified, its code checked by a stranger, a correction as a new edition."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.grading.models import TermMark
from journal.reports.certifying.models import CertifiedSheet
from tests.browser.conftest import Site, Visit
from tests.browser.test_family_day import fits, phone
from tests.cabinets.results.test_certified import finished
from tests.cast import Cast

__all__ = ["finished"]


def test_the_figures_explain_themselves(visit: Visit) -> None:
    page = visit("director", "/")
    expect(page.locator(".stat")).to_have_count(3)
    filled = page.get_by_role("region", name="Заполнено в срок")
    expect(filled.locator("svg.plot circle").first).to_be_visible()
    expect(filled).to_contain_text("не позже чем через 2 дн. после урока")
    expect(filled).to_contain_text("до конца дня урока")
    behind = page.get_by_role("region", name="Из чего сложилось").locator("tbody tr")
    expect(behind).to_have_count(8)


def test_comparisons_have_a_table_under_each_plot_and_no_per_cent_of_three(visit: Visit) -> None:
    page = visit("director", "/")
    page.get_by_role("link", name="Анализ").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Анализ")
    page.get_by_role("link", name="I четверть", exact=True).click()
    own = page.get_by_role("region", name="Классы").locator("tbody tr", has_text="5А").first
    expect(own.locator("td.num").first).to_have_text(re.compile(r"^\d$"))
    expect(own.locator(".formula")).to_have_text(["–"] * 3)
    for box in page.locator("figure.plot-box").all():
        section = box.locator("xpath=ancestor::section[1]")
        expect(section.locator("table").first).to_be_visible()


@pytest.mark.usefixtures("finished")
def test_a_sheet_from_the_open_items_to_its_second_edition(
    visit: Visit, site: Site, browser: Browser, cast: Cast, db_session: Session
) -> None:
    page = visit("director", "/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="Что осталось открытым").first.click()
    waiting = page.locator("tr", has_text="Не заверены сводные ведомости")
    expect(waiting.locator(".chip")).to_have_text("открыто: 2")
    waiting.get_by_role("link").click()
    sheets = page.get_by_role("region", name="Сводные ведомости, которые пора заверить")
    sheets.get_by_role("link", name="5А").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Сводная ведомость: 5А")
    page.get_by_role("button", name="Заверить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Заверенная ведомость: 5А")
    code = page.locator("dd a[href*='/check/']").inner_text()
    check(browser, site, code)
    page.goto(site.url + "/control/analysis/open")
    expect(waiting.locator(".chip")).to_have_text("открыто: 1")

    correct(db_session, cast)
    page.goto(f"{site.url}/results/classes/{cast.classes['own']}/certified")
    page.get_by_role("link", name="I четверть").click()
    since = page.get_by_role("region", name="Журнал с тех пор изменился")
    expect(since.locator("tbody tr", has_text="Жуков Иван").first).to_be_visible()
    since.get_by_role("button", name="Заверить новую редакцию").click()
    expect(page.locator(".page-head .meta")).to_contain_text("редакция 2")
    changed = page.get_by_role("region", name="Что изменила эта редакция")
    mark = changed.locator("tbody tr", has_text="Жуков Иван").first
    expect(mark.locator("td.num")).to_have_text(["4", "5"])
    check(browser, site, code)
    db_session.rollback()
    editions = select(CertifiedSheet.edition).order_by(CertifiedSheet.edition)
    assert list(db_session.scalars(editions)) == [1, 2]


def correct(session: Session, cast: Cast) -> None:
    """A mark of the quarter as an unlocked teacher would have changed it."""
    session.rollback()
    marks = select(TermMark).where(TermMark.number == 1, TermMark.value == "4")
    own = marks.where(TermMark.pupil_id == cast.pupils["classmate"])
    session.scalars(own.order_by(TermMark.id)).first().value = "5"  # type: ignore[union-attr]
    session.commit()


def check(browser: Browser, site: Site, code: str) -> None:
    """Somebody without an account types the code; he learns that it is genuine and nothing else."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ru-RU")
    site.contexts.append(context)
    page = context.new_page()
    page.goto(site.url + "/check/")
    page.get_by_label("Контрольный код").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Проверить").click()
    expect(page.get_by_role("status")).to_contain_text("код подлинный")
    assert fits(page)
    assert not re.search("5А|Громов|четверть|Школа № 17", page.locator("body").inner_text())
    page.get_by_label("Контрольный код").fill("2222 3333 4444")
    page.get_by_role("button", name="Проверить").click()
    expect(page.get_by_role("status")).not_to_contain_text("подлинный")


def test_his_pages_fit_a_phone(visit: Visit, browser: Browser, site: Site) -> None:
    page: Page = visit("director", "/", context=phone(browser, site, "director"))
    for path in ("/", "/control/analysis/", "/control/analysis/open", "/archive", "/forms/"):
        page.goto(site.url + path)
        assert fits(page), path
