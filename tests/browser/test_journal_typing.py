"""Typing into the journal: keys to marks and absences, and what the database then holds."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence
from journal.grading.models import Mark, Work
from journal.lessons.models import Homework, Lesson
from tests.browser.conftest import Site, Visit
from tests.browser.grid import Grid


def marks_of(session: Session, lesson_id: int) -> dict[int, list[str]]:
    """Pupil to values of the lesson, in the order they were given."""
    session.rollback()
    rows = session.execute(
        select(Mark.pupil_id, Mark.value)
        .join(Work, Work.id == Mark.work_id)
        .where(Work.lesson_id == lesson_id)
        .order_by(Mark.id)
    )
    found: dict[int, list[str]] = {}
    for pupil_id, value in rows:
        found.setdefault(pupil_id, []).append(value)
    return found


def absences_of(session: Session, lesson_id: int) -> dict[int, str]:
    """Pupil to code."""
    session.rollback()
    rows = session.execute(
        select(Absence.pupil_id, Absence.code).where(Absence.lesson_id == lesson_id)
    )
    return {row.pupil_id: row.code for row in rows}


def test_a_lesson_is_filled_from_the_keyboard_alone(
    site: Site, visit: Visit, db_session: Session
) -> None:
    cast = site.cast
    grid = Grid(visit("own_teacher", f"/journal/{cast.courses['own']}"))
    lesson = cast.lessons["own"]
    expect(grid.page.get_by_role("heading", level=1)).to_contain_text("5А")
    pupils = [one["id"] for one in grid.facts()["pupils"]]
    expect(grid.cell(pupils[0], lesson)).to_be_focused()  # nothing is pressed before the first mark
    grid.press("5", "Enter", "Comma", "Enter", "y")
    grid.saved()
    assert marks_of(db_session, lesson) == {pupils[0]: ["5"]}
    assert absences_of(db_session, lesson) == {pupils[1]: "b", pupils[2]: "n"}
    expect(grid.cell(pupils[1], lesson)).to_have_text("б")
    expect(grid.page.locator(".chip", has_text="посещаемость отмечена")).to_be_visible()
    row = grid.page.locator(".journal-grid tbody tr").nth(0)
    expect(row.locator(".avg a")).to_have_text("5,00")


def test_letters_go_by_the_physical_key_in_either_layout(
    site: Site, visit: Visit, db_session: Session
) -> None:
    cast = site.cast
    grid = Grid(visit("own_teacher", f"/journal/{cast.courses['own']}"))
    lesson, pupils = cast.lessons["own"], [one["id"] for one in grid.facts()["pupils"]]
    for code, letter, key in (("e", "у", "e"), ("g", "п", "п"), ("j", "о", "О")):
        cell = grid.go(pupils[0], lesson)
        grid.key(f"Key{code.upper()}", key)
        expect(cell).to_have_text(letter)
    grid.saved()
    assert absences_of(db_session, lesson) == {pupils[0]: "o"}


def test_undo_takes_back_what_was_typed_saved_or_not(
    site: Site, visit: Visit, db_session: Session
) -> None:
    cast = site.cast
    grid = Grid(visit("own_teacher", f"/journal/{cast.courses['own']}"))
    lesson, pupil = cast.lessons["recent"], cast.pupils["pupil"]
    cell = grid.go(pupil, lesson)
    grid.press("3")
    grid.saved()
    assert marks_of(db_session, lesson)[pupil] == ["3"]
    grid.press("Control+z")
    expect(cell).to_have_text("5")
    grid.saved()
    assert marks_of(db_session, lesson)[pupil] == ["5"]
    grid.press("Delete", "Control+z")
    grid.saved()
    expect(cell).to_have_text("5")
    assert marks_of(db_session, lesson)[pupil] == ["5"]


def test_a_column_comes_from_a_spreadsheet_and_goes_back(
    site: Site, visit: Visit, db_session: Session
) -> None:
    cast = site.cast
    grid = Grid(visit("own_teacher", f"/journal/{cast.courses['own']}"))
    lesson, pupils = cast.lessons["own"], [one["id"] for one in grid.facts()["pupils"]]
    grid.go(pupils[0], lesson)
    grid.paste("5\r\nН\r\n17\r\n")
    grid.saved()
    assert marks_of(db_session, lesson) == {pupils[0]: ["5"]}
    assert absences_of(db_session, lesson) == {pupils[1]: "n"}
    expect(grid.issues).to_contain_text("17")
    grid.press("Shift+ArrowDown")
    copied = grid.clipboard("copy")
    assert copied == "5\nн"


def test_the_lesson_panel_keeps_topic_homework_and_work(
    site: Site, visit: Visit, db_session: Session
) -> None:
    cast = site.cast
    grid = Grid(visit("own_teacher", f"/journal/{cast.courses['own']}"))
    lesson_id, pupil = cast.lessons["own"], cast.pupils["pupil"]
    cell = grid.go(pupil, lesson_id)
    grid.press("Control+Enter")
    panel = grid.page.locator(".side-panel")
    expect(panel.get_by_label("Тема", exact=True)).to_be_focused()
    panel.get_by_label("Тема", exact=True).fill("Сложение дробей")
    panel.get_by_label("Домашнее задание", exact=True).fill("№ 501, 502")
    panel.get_by_label("Минут на задание").fill("25")
    panel.get_by_label("Вид работы").select_option(label="Контрольная работа")
    expect(panel.get_by_label("Вес")).to_have_value("3")
    grid.press("Control+s")
    grid.saved()
    grid.press("Escape")
    expect(cell).to_be_focused()
    db_session.rollback()
    assert db_session.get_one(Lesson, lesson_id).topic == "Сложение дробей"
    homework = db_session.scalar(select(Homework).where(Homework.lesson_id == lesson_id))
    assert homework is not None
    assert (homework.text, homework.minutes) == ("№ 501, 502", 25)
    work = db_session.scalar(select(Work).where(Work.lesson_id == lesson_id))
    assert work is not None
    assert work.weight == 3
    grid.press("Control+Enter")
    panel.get_by_role("button", name="Убрать эту работу").click()
    grid.saved()
    db_session.rollback()
    assert db_session.scalar(select(Work).where(Work.lesson_id == lesson_id)) is None


def test_two_marks_in_one_lesson_and_a_comment_from_the_cell_panel(
    site: Site, visit: Visit, db_session: Session
) -> None:
    cast = site.cast
    grid = Grid(visit("own_teacher", f"/journal/{cast.courses['own']}"))
    lesson, pupil = cast.lessons["recent"], cast.pupils["pupil"]
    cell = grid.go(pupil, lesson)
    grid.press("F2")
    panel = grid.page.locator(".side-panel")
    panel.locator("[data-mark]").get_by_label("Комментарий, его прочтёт семья").fill("За чертёж")
    panel.get_by_role("button", name="Ещё одна отметка").click()
    panel.locator("[data-part='new']").get_by_label("Отметка").select_option("4")
    panel.get_by_role("button", name="Сохранить").click()
    grid.saved()
    expect(cell).to_contain_text("5 4")
    assert marks_of(db_session, lesson)[pupil] == ["5", "4"]
    comments = db_session.scalars(select(Mark.comment).where(Mark.pupil_id == pupil)).all()
    assert "За чертёж" in comments
    grid.press("Escape")
    expect(cell).to_be_focused()


def test_a_locked_cell_says_why_and_nothing_is_sent(site: Site, visit: Visit) -> None:
    cast = site.cast
    grid = Grid(visit("own_teacher", f"/journal/{cast.courses['own']}"))
    cell = grid.go(cast.pupils["pupil"], cast.lessons["locked"])
    expect(cell).to_have_class("locked")
    grid.press("2")
    expect(cell).to_have_text("4")
    expect(grid.page.locator(".answer")).to_contain_text("13.11")
    assert grid.saves == []


def test_tab_stays_while_typing_and_leaves_otherwise(site: Site, visit: Visit) -> None:
    cast = site.cast
    grid = Grid(visit("own_teacher", f"/journal/{cast.courses['own']}"))
    grid.go(cast.pupils["pupil"], cast.lessons["recent"])
    grid.press("4", "Tab")
    expect(grid.cell(cast.pupils["pupil"], cast.lessons["own"])).to_be_focused()
    grid.press("ArrowDown", "Tab")
    expect(grid.page.locator(".journal-grid :focus")).to_have_count(0)


def test_nobody_is_absent_by_one_key(site: Site, visit: Visit, db_session: Session) -> None:
    cast = site.cast
    grid = Grid(visit("own_teacher", f"/journal/{cast.courses['own']}"))
    lesson = cast.lessons["own"]
    grid.go(cast.pupils["pupil"], lesson)
    expect(grid.page.get_by_role("button", name="20.11: отсутствующих нет")).to_be_visible()
    grid.press("F4")
    grid.saved()
    db_session.rollback()
    assert db_session.get_one(Lesson, lesson).attendance_taken_at is not None
    expect(grid.page.locator(".chip", has_text="20.11: посещаемость отмечена")).to_be_visible()
