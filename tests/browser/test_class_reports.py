"""A class teacher's papers: attendance with its reasons, a pupil's calendar, the weekly sheets."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.people.models import GuardianLink
from tests.browser.conftest import Visit
from tests.browser.sections import open_section
from tests.cast import Cast


def test_a_figure_opens_its_lessons_and_a_name_the_calendar(visit: Visit, cast: Cast) -> None:
    page = visit("class_teacher", "/")
    open_section(page, "Посещаемость")
    expect(page.get_by_role("heading", level=1)).to_have_text("Посещаемость: 5А")
    page.get_by_role("link", name="Абрамова Дарья, Пропущено уроков: 1").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("13.11, 3")
    expect(dialog).to_contain_text("болезнь")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.get_by_role("rowheader", name="Абрамова Дарья").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Календарь посещаемости")
    page.locator(".month").get_by_role("link", name="б1").click()
    expect(page.locator("#day-2026-11-13")).to_be_in_viewport()


def test_a_weekly_sheet_is_printed_and_handed_over(
    visit: Visit, cast: Cast, db_session: Session
) -> None:
    link = db_session.scalars(
        select(GuardianLink).where(GuardianLink.pupil_id == cast.pupils["pupil"])
    ).one()
    link.declined_e_service = True
    db_session.commit()
    page = visit("class_teacher", "/class/")
    page.get_by_role("link", name="Еженедельные ведомости для семей").click()
    expect(page.get_by_role("heading", name="Не выданы")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="PDF: 1 ведомость").click()
    assert saved.value.suggested_filename.startswith("Еженедельная ведомость. 5А")
    page.get_by_role("button", name="Отметить выдачу").click()
    expect(page.get_by_text("Все ведомости за эту неделю выданы.")).to_be_visible()
    expect(page.get_by_role("row", name="Ёлкин Артём")).to_contain_text("20.11.2026")
