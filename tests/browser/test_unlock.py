"""From a refused cell to an unlock and back to the lock; the administrator's page of windows."""

from __future__ import annotations

import re
from threading import Event

from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.grading.models import Mark
from journal.jobs.delivery import Delivery
from journal.lessons.models import EditPolicy
from tests.browser.conftest import Site, Visit
from tests.browser.grid import Grid
from tests.cast import Cast


def deliver(site: Site) -> None:
    """What the jobs of the server do every two seconds."""
    Delivery(site.app, clock=lambda: site.clock, stopping=Event()).hand_on()


def test_from_a_locked_cell_to_an_unlock_and_back(
    site: Site, visit: Visit, cast: Cast, db_session: Session
) -> None:
    pupil, lesson = cast.pupils["third"], cast.lessons["locked"]
    grid = Grid(visit("own_teacher", f"/journal/{cast.courses['own']}"))
    teacher = grid.page
    grid.go(cast.pupils["classmate"], lesson)
    grid.press("4")
    teacher.locator(f"a[href*='lesson={lesson}&kinds=marks']").first.click()
    expect(teacher.get_by_label("13.11, урок 3")).to_be_checked()
    expect(teacher.get_by_label("отметки")).to_be_checked()
    teacher.get_by_label("Почему записи опоздали").fill("Проверила после болезни")
    teacher.get_by_role("button", name="Отправить запрос").click()
    expect(teacher.get_by_text("ждёт ответа")).to_be_visible()

    deliver(site)
    deputy = visit("deputy", "/notifications")
    expect(deputy.locator(".notifications")).to_contain_text("просит разблокировку")
    deputy.get_by_role("button", name="Открыть", exact=True).click()
    expect(deputy.get_by_role("heading", level=1)).to_have_text("Разблокировки")
    deputy.locator("button[value=grant]").click()
    expect(deputy.get_by_text("Записи открыты учителю.")).to_be_visible()

    deliver(site)
    teacher.goto(f"{site.url}/notifications")
    expect(teacher.locator(".notifications")).to_contain_text("Открыто для вас до 20.11 12:42")
    teacher.get_by_role("button", name="Открыть", exact=True).click()
    grid.ready()
    grid.go(pupil, lesson)
    grid.press("Delete", "5")
    grid.saved()
    site.pass_time(hours=2)
    teacher.reload()
    grid.ready()
    expect(grid.go(cast.pupils["classmate"], lesson)).to_have_class("locked")
    marks = select(Mark.value).where(Mark.pupil_id == pupil)
    assert db_session.scalars(marks).all() == ["5"]


def test_the_selected_columns_are_asked_for_and_open_alone(
    site: Site, visit: Visit, cast: Cast, db_session: Session
) -> None:
    grid = Grid(visit("own_teacher", f"/journal/{cast.courses['own']}"))
    teacher = grid.page
    grid.go(cast.pupils["classmate"], cast.lessons["locked"])
    foot = teacher.locator("[data-part-of-grid='where']")
    expect(foot.get_by_role("link", name="Оформить запрос")).to_be_visible()
    grid.press("Shift+ArrowLeft", "Shift+ArrowLeft")  # 13.11, 11.11, 09.11
    way = foot.get_by_role("link", name="Запросить разблокировку 3 уроков")
    expect(way).to_be_visible()
    grid.press("3")  # refused in each: the list leads the same way
    listed = grid.issues.get_by_role("link", name="Запросить разблокировку 3 уроков")
    expect(listed).to_be_visible()
    grid.press("Control+Enter")
    panel = teacher.locator(".side-panel")
    expect(panel.locator("[data-part='topic'] a")).to_have_attribute("href", TOPIC_OF_ONE)
    grid.press("Escape")
    listed.click()
    ticked = teacher.get_by_role("group", name="Уроки").get_by_role("checkbox", checked=True)
    expect(ticked).to_have_count(3)
    teacher.get_by_label("11.11, урок 3").uncheck()
    teacher.get_by_label("тема").check()
    teacher.get_by_label("Почему записи опоздали").fill("Проверила после болезни")
    teacher.get_by_role("button", name="Отправить запрос").click()
    expect(teacher.get_by_text("09.11 (урок 3), 13.11 (урок 3)").first).to_be_visible()
    deputy = visit("deputy", "/unlocks/")
    deputy.get_by_text("Открыть не всё").click()
    deputy.get_by_label("09.11, урок 3").uncheck()
    deputy.locator("button[value=grant]").click()
    expect(deputy.get_by_text("открыта часть запрошенного")).to_be_visible()
    expect(deputy.get_by_role("row", name="открыта часть")).to_contain_text("13.11 (урок 3)")
    teacher.goto(f"{site.url}/journal/{cast.courses['own']}")
    grid.ready()
    facts = {one["id"]: one["marksOpen"] for one in grid.facts()["lessons"]}
    assert facts[cast.lessons["locked"]]
    past = [one for one in grid.facts()["lessons"] if one["date"] <= "2026-11-16"]
    assert [one["date"] for one in past if one["marksOpen"]] == ["2026-11-13"]


TOPIC_OF_ONE = re.compile(r"lesson=\d+&kinds=topic,homework$")


def test_windows_are_shown_while_they_are_typed(
    visit: Visit, cast: Cast, db_session: Session
) -> None:
    page = visit("administrator", "/school/windows")
    expect(page.get_by_role("heading", level=1)).to_have_text("Сроки записей")
    expect(page.locator("#preview s")).to_have_count(0)
    page.get_by_label("Отметки", exact=True).fill("5")
    expect(page.locator("#preview tbody tr").first).to_contain_text("28.11 23:59")
    page.get_by_label("учебные дни, без выходных и каникул").check()
    expect(page.locator("#preview tbody tr").first).to_contain_text("30.11 23:59")
    page.get_by_role("button", name="Сохранить редакцию").click()
    expect(page.get_by_text("Сохранено: действует для уроков")).to_be_visible()
    row = db_session.scalars(select(EditPolicy)).one()
    assert (row.marks_days, row.working) == (5, True)
