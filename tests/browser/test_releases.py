"""An order entered by the deputy holds on the teacher's grid at once."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence
from tests.browser.conftest import Visit
from tests.browser.grid import Grid
from tests.browser.sections import open_section
from tests.cast import Cast


def test_an_order_from_the_desk_to_the_grid(visit: Visit, cast: Cast, db_session: Session) -> None:
    page = visit("deputy", "/")
    open_section(page, "Освобождения")
    expect(page.get_by_text("Освобождённых нет")).to_be_visible()
    page.get_by_role("link", name="Внести приказ").click()
    page.get_by_label("Класс").select_option(label="5А")
    page.get_by_role("button", name="Показать учеников").click()
    page.get_by_label("Ученик", exact=True).select_option(label="Жуков Иван")
    page.get_by_label("от посещения").check()
    page.get_by_label("Предмет", exact=True).select_option(label="Математика")
    page.get_by_label("Приказ").fill("№ 45 от 20.11.2026")
    page.get_by_role("button", name="Внести", exact=True).click()
    row = page.get_by_role("row", name="Жуков Иван")
    expect(row).to_contain_text("от посещения")

    pupil, lesson = cast.pupils["classmate"], cast.lessons["own"]
    grid = Grid(visit("own_teacher", f"/journal/{cast.courses['own']}"))
    released = grid.go(pupil, lesson)
    grid.press("KeyY")
    expect(released).not_to_have_text("н")
    db_session.rollback()
    entered = select(Absence.id).where(Absence.pupil_id == pupil, Absence.lesson_id == lesson)
    assert db_session.scalar(entered) is None

    row.get_by_role("link", name="Изменить").click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Удалить освобождение").click()
    expect(page.get_by_text("Освобождение удалено.")).to_be_visible()
