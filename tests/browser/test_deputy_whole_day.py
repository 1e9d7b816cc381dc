"""The deputy's whole day of control: from a remark to the very column, a letter, the remark that
closes because the teacher has mended it, the board, what is ahead, who fills in time."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from journal.lessons.models import Lesson
from tests.browser.conftest import Site, Visit
from tests.browser.grid import Grid
from tests.browser.sections import open_section
from tests.browser.test_family_day import fits, phone
from tests.cast import Cast


def without_topic(session: Session, cast: Cast) -> int:
    """The lesson of the 18th, whose time for a topic lasts until tonight, loses its topic."""
    lesson = session.get_one(Lesson, cast.lessons["recent"])
    lesson.topic = None
    session.commit()
    return lesson.id


def group(page: Page, name: str) -> tuple[int, str]:
    """How many remarks the folded line of a teacher tells, and its words."""
    line = page.get_by_role("region", name=name)
    words = line.locator("summary").inner_text()
    found = re.search(r"замечаний: (\d+)", words)
    assert found, words
    return int(found[1]), words


def test_a_remark_leads_to_its_column_and_closes_when_mended(
    visit: Visit, site: Site, cast: Cast, db_session: Session
) -> None:
    lesson = without_topic(db_session, cast)
    page = visit("deputy", "/")
    page.get_by_role("link", name="Замечания", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Замечания")
    teacher = page.get_by_role("region", name="Соколова А. И.")
    before, words = group(page, "Соколова А. И.")
    assert "Не записана тема" in words
    if not teacher.locator("table").first.is_visible():
        teacher.locator("summary").first.click()
    line = teacher.locator("tr", has=page.locator(f"a[href$='#lesson-{lesson}']"))
    expect(line).to_contain_text("Не записана тема")
    expect(line).to_contain_text("в срок до 20.11 23:59")

    line.get_by_role("link").click()
    expect(page).to_have_url(re.compile(rf"/journal/\d+\?.*#lesson-{lesson}$|#lesson-{lesson}$"))
    seen = Grid(page)
    column = seen.cell(cast.pupils["pupil"], lesson)
    expect(column).to_be_in_viewport()
    expect(page.locator("td[aria-readonly=false]")).to_have_count(0)

    page.go_back()
    page.get_by_role("region", name="Соколова А. И.").get_by_role(
        "button", name="Написать письмо"
    ).click()
    expect(page.get_by_text("Письмо отправлено: Соколова А. И.")).to_be_visible()
    mend(visit("own_teacher", "/"), cast, lesson)

    page.goto(site.url + "/control/inbox/")
    after, _words = group(page, "Соколова А. И.")
    assert after == before - 1
    expect(page.locator(f"a[href$='#lesson-{lesson}']")).to_have_count(0)
    db_session.rollback()
    assert db_session.get_one(Lesson, lesson).topic == "Сложение дробей"


def mend(page: Page, cast: Cast, lesson: int) -> None:
    """The teacher reads the letter and writes the topic; nobody ticks anything off."""
    open_section(page, "Письма")
    page.get_by_role("link", name="Замечания по журналу").click()
    expect(page.get_by_text("замечание закроется само", exact=False)).to_be_visible()
    expect(page.get_by_text("Не записана тема: 5А, математика, 3-й урок, 18.11")).to_be_visible()
    page.goto(page.url.split("/letters")[0] + f"/journal/{cast.courses['own']}#lesson-{lesson}")
    grid = Grid(page)
    grid.go(cast.pupils["pupil"], lesson)
    grid.press("Control+Enter")
    topic = page.get_by_label("Тема", exact=True)
    topic.fill("Сложение дробей")
    topic.press("Control+s")
    grid.saved()


def test_the_board_what_is_ahead_and_who_fills_in_time(visit: Visit, cast: Cast) -> None:
    page = visit("deputy", "/control/inbox/board")
    own = page.locator("tbody tr", has_text="5А")
    expect(own.locator(".chip.bad")).to_contain_text("открыто")
    page.get_by_role("link", name="Впереди").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Что впереди")
    expect(page.locator(".page-head .meta")).to_have_text(re.compile("осталось дней: 37"))
    few = page.get_by_role("region", name="Мало отметок")
    if not few.locator("table").first.is_visible():
        few.locator("summary").first.click()
    few.get_by_role("link", name=re.compile("Абрамова Дарья")).first.click()
    expect(page.get_by_role("main")).to_contain_text("Абрамова Дарья")

    page.goto(page.url.split("/results")[0] + "/control/inbox/statistics")
    page.get_by_label("С", exact=True).fill("2026-11-02")
    page.get_by_role("button", name="Показать").click()
    school = page.locator("tr.total")
    expect(school.locator(".formula")).to_have_text(re.compile(r"^\d+ · 100 : \d+ = \d+,\d$"))
    page.get_by_role("link", name="Соколова А. И.").click()
    expect(page.get_by_role("region")).to_have_count(1)
    expect(page.get_by_role("region", name="Соколова А. И.").locator("table")).to_be_visible()


def test_the_inbox_fits_a_phone(visit: Visit, browser: Browser, site: Site) -> None:
    page = visit("deputy", "/control/inbox/", context=phone(browser, site, "deputy"))
    for path in ("", "?by=age", "board", "ahead", "statistics"):
        page.goto(f"{site.url}/control/inbox/{path}")
        assert fits(page), path
