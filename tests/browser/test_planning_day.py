"""A deputy's morning with a sick teacher; a draft built with mouse and keys, and published."""

from __future__ import annotations

from datetime import date

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.jobs import Runner
from journal.lessons.models import Lesson
from journal.timetable.models import Timetable, TimetableSlot
from tests.browser.conftest import Site, Visit
from tests.cast import Cast

MONDAY = date(2026, 11, 23)


def test_a_morning_with_a_sick_teacher(
    visit: Visit, site: Site, cast: Cast, db_session: Session
) -> None:
    page = visit("deputy", f"/substitutions/?date={MONDAY}")
    expect(page.get_by_text("На каждый урок этого дня есть учитель.")).to_be_visible()
    page.get_by_label("Учитель", exact=True).select_option(label="Соколова Анна Ивановна")
    page.get_by_role("button", name="Отметить и показать уроки").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Отсутствует: Соколова")
    choice = page.get_by_label("Предложение: 5А, математика")
    expect(choice.locator("option:checked")).to_contain_text("Лебедев")
    page.get_by_role("button", name="Принять все предложения (1)").click()
    expect(page.get_by_text("Оформлено: 1.")).to_be_visible()
    expect(page.locator("td .chip.ok")).to_contain_text("вместо")

    teacher = visit("other_teacher", f"/teacher/?date={MONDAY}")
    expect(teacher.get_by_text("замена").first).to_be_visible()
    family = visit("parent", f"/diary/{cast.pupils['pupil']}?week=2026-W48")
    expect(family.get_by_text("Лебедев").first).to_be_visible()

    page.get_by_role("link", name="Замены", exact=True).first.click()
    page.goto(f"{site.url}/substitutions/?date={MONDAY}")
    page.get_by_role("button", name="Вернуть").click()
    expect(page.get_by_text("Уроки без учителя")).to_be_visible()
    expect(page.get_by_role("link", name="Подобрать замену")).to_have_count(1)
    db_session.rollback()
    lesson = db_session.get_one(Lesson, cast.lessons["future"])
    assert lesson.replaced_staff_id is None

    page.get_by_role("link", name="Подобрать замену").click()
    choice = page.get_by_label("Предложение: 5А, математика")
    choice.select_option(f"own:{cast['class_teacher'].staff_id}:{cast.courses['keeper']}")
    page.get_by_role("button", name="Принять", exact=False).last.click()
    expect(page.locator("td .chip.ok")).to_contain_text("вместо него: литература, Морозова")
    expect(page.locator("td .chip.ok")).to_have_count(1)
    family.reload()
    expect(family.get_by_text("вместо него: Литература").first).to_be_visible()


def cell(page: Page, number: int, weekday: int):  # type: ignore[no-untyped-def]
    row = page.locator(".plan-grid tbody tr").nth(number - 1)
    return row.locator("[data-cell]").nth(weekday - 1)


def test_a_draft_is_built_and_published(
    app: Flask, visit: Visit, cast: Cast, db_session: Session
) -> None:
    page = visit("deputy", "/planning/")
    page.get_by_label("Первый день").fill(str(MONDAY))
    page.get_by_role("button", name="Создать черновик").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Расписание 5А")

    maths = cell(page, 3, 1).locator(".lesson")
    maths.drag_to(cell(page, 5, 2))
    expect(cell(page, 5, 2).locator(".slot")).to_contain_text("Математика")
    expect(cell(page, 3, 1).locator(".slot")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("form[data-drop]:not([hidden])")).to_have_count(0)

    cell(page, 5, 2).focus()
    page.keyboard.press("Enter")  # takes the lesson
    expect(page.locator("form[data-drop]:not([hidden])").first).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")  # puts it down one lesson earlier
    expect(cell(page, 4, 2).locator(".slot.chosen")).to_contain_text("Математика")
    page.keyboard.press("Delete")
    expect(cell(page, 4, 2).locator(".slot")).to_have_count(0)
    page.locator(".load-list a", has_text="Математика").click()
    cell(page, 2, 1).get_by_role("button").click()  # Russian stands there
    expect(cell(page, 2, 1).locator(".why").first).to_contain_text("у класса")
    page.get_by_role("link", name="Что изменится").click()
    expect(page.get_by_text("Черновик пока нельзя опубликовать")).to_be_visible()
    page.get_by_role("link", name="К редактору").click()
    cell(page, 2, 1).locator(".lesson", has_text="Математика").drag_to(cell(page, 5, 1))
    expect(page.locator(".collides")).to_have_count(0)

    page.get_by_role("link", name="Что изменится").click()
    expect(page.locator(".stat").nth(1)).to_contain_text("перенесено")
    page.get_by_role("button", name="Опубликовать").click()
    expect(page.get_by_text("Работа идёт.")).to_be_visible()
    runner = Runner(app)
    runner.beat()
    runner.work()
    expect(page.get_by_text("Расписание опубликовано.")).to_be_visible(timeout=10_000)
    db_session.rollback()
    draft = db_session.scalars(select(Timetable).order_by(Timetable.id.desc())).first()
    assert draft is not None and draft.status == "published"
    own = cast.courses["own"]
    moved = select(TimetableSlot.lesson_number).where(
        TimetableSlot.timetable_id == draft.id,
        TimetableSlot.course_id == own,
        TimetableSlot.weekday == 1,
    )
    assert db_session.scalars(moved).all() == [5]
    numbers = db_session.scalars(
        select(Lesson.lesson_number).where(Lesson.course_id == own, Lesson.held_on == MONDAY)
    )
    assert numbers.all() == [5]
