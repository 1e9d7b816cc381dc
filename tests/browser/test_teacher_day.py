"""The teacher's day around the journal: what now, what is left behind, an unlock asked for."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.lessons.models import Lesson, Unlock
from tests.browser.conftest import Site, Visit
from tests.browser.grid import Grid


def debts(page: Page) -> Page:
    page.get_by_role("link", name="Уроки").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Пятница, 20 ноября")
    return page


def written_under_the_grant(session: Session, site: Site) -> None:
    session.rollback()
    lesson = session.scalars(
        select(Lesson).where(
            Lesson.course_id == site.cast.courses["own"], Lesson.held_on == date(2026, 11, 16)
        )
    ).one()
    assert lesson.attendance_taken_at is not None
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "take_attendance")).one()
    unlock = session.scalars(select(Unlock)).one()
    assert (entry.object_id, entry.grant_id) == (lesson.id, unlock.id)


def test_from_the_desk_to_the_lesson_that_is_on(site: Site, visit: Visit) -> None:
    page = visit("own_teacher", "/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Пятница, 20 ноября")
    now = page.locator("tr[aria-current=time]")
    expect(now).to_contain_text("5А, математика")
    expect(now).to_contain_text("домашнее задание, до 23:59")
    expect(page.get_by_text("сейчас 10:42, идёт урок 3")).to_be_visible()
    page.get_by_role("link", name="Открыть журнал: 5А").click()
    expect(page).to_have_url(
        f"{site.url}/journal/{site.cast.courses['own']}#lesson-{site.cast.lessons['own']}"
    )
    expect(page.get_by_role("grid")).to_be_visible()


def test_another_day_and_the_week(visit: Visit) -> None:
    page = visit("own_teacher", "/teacher/")
    page.get_by_role("link", name="21.11").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Суббота, 21 ноября")
    expect(page.get_by_text("Ближайшие: понедельник, 23 ноября")).to_be_visible()
    page.get_by_role("link", name="Моя неделя").click()
    expect(page.get_by_role("link", name="5А, математика")).to_have_count(3)
    page.get_by_role("link", name="Мои журналы").click()
    page.get_by_role("link", name="5А, математика").click()
    expect(page.get_by_role("grid")).to_be_visible()


def test_an_unlock_from_request_to_its_end(site: Site, visit: Visit, db_session: Session) -> None:
    page = visit("own_teacher", "/")
    closed = page.locator("tr", has_text="5А, математика, 16.11")
    closed.get_by_role("link", name="Запросить разблокировку").click()
    expect(page.get_by_label("16.11, урок 3")).to_be_checked()
    for kind in ("посещаемость", "тема", "домашнее задание"):
        expect(page.get_by_label(kind)).to_be_checked()
    page.get_by_role("button", name="Отправить запрос").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("16.11, урок 3")).to_be_checked()
    page.get_by_label("Почему записи опоздали").fill("Была на курсах")
    page.get_by_role("button", name="Отправить запрос").click()
    expect(page.get_by_text("Запрос отправлен.")).to_be_visible()
    debts(page)
    expect(page.get_by_text("разблокировка запрошена")).to_be_visible()

    deputy = visit("deputy", "/unlocks/")
    deputy.locator("button[value=grant]").click()
    expect(deputy.get_by_text("Записи открыты учителю.")).to_be_visible()
    db_session.rollback()
    assert db_session.scalars(select(Unlock.status)).all() == ["granted"]

    debts(page)
    row = page.locator("tr", has_text="открыто: сегодня, 12:42")
    expect(row).to_contain_text("16.11")
    row.get_by_role("link", name="Заполнить").click()
    grid = Grid(page)
    grid.press("Escape")  # the panel of the lesson in the address is open
    with page.expect_response(lambda answer: answer.url.endswith("/save")):
        grid.press("F4")  # «Отсутствующих нет»
    grid.saved()
    written_under_the_grant(db_session, site)

    site.pass_time(hours=2)
    page.goto(site.url + "/teacher/")
    expect(page.get_by_text("открыто: сегодня")).to_have_count(0)
    expect(page.get_by_text("время вышло")).to_be_visible()
