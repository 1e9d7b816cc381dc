"""A teacher's whole day in one journal: what goes right, then everything that may go wrong."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Error, Page, expect
from sqlalchemy.orm import Session

from journal.lessons.models import Lesson
from tests.browser.conftest import Site, Visit
from tests.browser.grid import SENT, Grid, more_pupils
from tests.browser.test_journal_typing import absences_of, marks_of

WAIT = 20_000
# What is pressed in one lesson of 28 pupils: marks, a dot, absences in either layout, lateness.
KEYS = ("5", "4", "3", "y", "2", ".", ",", "5", "j", "4") * 2 + ("5", "4", "3", "2", "g", "e", "4")


def test_a_teachers_whole_day(site: Site, visit: Visit, db_session: Session) -> None:
    more_pupils(db_session, site.cast, 25)
    page = visit("own_teacher", "/")
    page.get_by_role("link", name="Открыть журнал: 5А").click()
    grid = Grid(page)
    pupils = [one["id"] for one in grid.facts()["pupils"]]
    assert len(pupils) == 28
    the_lesson_is_written_down(grid, site, db_session)
    twenty_eight_by_keyboard_only(grid, site, db_session, pupils)
    a_column_comes_from_a_spreadsheet(grid, site, db_session, pupils)
    without_connection_through_a_reload(grid, site, db_session, pupils)
    another_device_was_faster(grid, site, visit, db_session, pupils)
    the_session_ends(grid, site, db_session, pupils)
    every_average_opens(page)
    the_window_closes_while_one_types(grid, site, db_session, pupils)


def the_lesson_is_written_down(grid: Grid, site: Site, session: Session) -> None:
    """The link of the day's list has opened the lesson: topic, homework, Ctrl+S, Esc."""
    panel = grid.page.locator(".side-panel")
    panel.get_by_label("Тема", exact=True).fill("Сложение дробей")
    panel.get_by_label("Домашнее задание", exact=True).fill("№ 501, 502")
    grid.press("Control+s")
    grid.saved()
    grid.press("Escape")
    session.rollback()
    assert session.get_one(Lesson, site.cast.lessons["own"]).topic == "Сложение дробей"


def twenty_eight_by_keyboard_only(
    grid: Grid, site: Site, session: Session, pupils: Sequence[int]
) -> None:
    """The focus stands in today's lesson at the first pupil; nothing is clicked."""
    lesson = site.cast.lessons["own"]
    expect(grid.cell(pupils[0], lesson)).to_be_focused()
    for key in KEYS:
        grid.press(key, "Enter")
    grid.press("4")
    grid.saved()
    marks, absences = marks_of(session, lesson), absences_of(session, lesson)
    assert len(marks) + len(absences) == 28
    assert list(absences.values()).count("n") == 2
    assert sorted(set(absences.values())) == ["b", "n", "o", "p", "u"]
    assert marks[pupils[5]] == ["•"]
    assert marks[pupils[27]] == ["4"]
    expect(grid.page.locator(".chip")).to_contain_text("посещаемость отмечена в 10:42")


def a_column_comes_from_a_spreadsheet(
    grid: Grid, site: Site, session: Session, pupils: Sequence[int]
) -> None:
    """Thirty rows for 28 pupils, one of them no mark: the rest goes in, each refusal is listed."""
    lesson = site.cast.lessons["recent"]
    grid.go(pupils[0], lesson)
    column = ["4"] * 30
    column[3] = "семь"
    grid.paste("\r\n".join(column))
    grid.saved()
    stray = "Новикова Пётр, 18.11 семь: не отметка и не код пропуска."
    beyond = "Строки 29–30 за краем таблицы: 2 значения."
    expect(grid.page.locator(".refusals > li")).to_have_text([stray, beyond])
    assert sum(values == ["4"] for values in marks_of(session, lesson).values()) == 27
    grid.page.get_by_role("button", name="Скрыть").click()


def without_connection_through_a_reload(
    grid: Grid, site: Site, session: Session, pupils: Sequence[int]
) -> None:
    """Twenty marks, a reload that fails, the line comes back: all twenty, once."""
    lesson, context, address = site.cast.lessons["recent"], grid.page.context, grid.page.url
    context.set_offline(True)
    grid.go(pupils[4], lesson)
    for _ in range(20):
        grid.press("5", "Enter")
    expect(grid.state).to_contain_text("20 записей")
    expect(grid.state).to_contain_text("Нет связи")
    try:
        grid.page.reload()
    except Error as failure:
        assert "ERR_INTERNET_DISCONNECTED" in str(failure)
    context.set_offline(False)
    grid.page.goto(address.split("#")[0])
    grid.ready()
    expect(grid.state).to_have_text(SENT, timeout=WAIT)
    marks = marks_of(session, lesson)
    assert [marks[one] for one in pupils[4:24]] == [["5"]] * 20
    assert marks[pupils[24]] == ["4"]


def another_device_was_faster(
    grid: Grid, site: Site, visit: Visit, session: Session, pupils: Sequence[int]
) -> None:
    """Two values for one cell: both are shown, and one is chosen at the place."""
    lesson = site.cast.lessons["own"]
    other = Grid(visit("own_teacher", f"/journal/{site.cast.courses['own']}"))
    other.go(pupils[0], lesson)
    other.press("3")
    other.saved()
    other.page.close()
    cell = grid.go(pupils[0], lesson)
    grid.press("2")
    expect(cell).to_contain_text("2≠3")
    expect(grid.issues).to_contain_text("Соколова А. И.")
    grid.page.get_by_role("button", name="Взять 3").click()
    grid.saved()
    expect(cell).to_have_text("3")
    assert marks_of(session, lesson)[pupils[0]] == ["3"]


def the_session_ends(grid: Grid, site: Site, session: Session, pupils: Sequence[int]) -> None:
    """What is typed after it waits, and goes out when the same person is back."""
    lesson, context = site.cast.lessons["own"], grid.page.context
    site.sign_out(context)
    grid.go(pupils[1], lesson)
    grid.press("5")
    expect(grid.state).to_contain_text("1 запись ждёт входа")
    site.sign_in(context, "own_teacher")
    grid.page.evaluate("dispatchEvent(new Event('focus'))")
    expect(grid.state).to_have_text(SENT, timeout=WAIT)
    assert marks_of(session, lesson)[pupils[1]] == ["5"]


def every_average_opens(page: Page) -> None:
    """Each figure shows the formula that ends with it; one pupil has no mark yet."""
    figures = page.locator(".avg > a:visible")
    shown = figures.all_text_contents()
    assert len(shown) == 27
    for place, value in enumerate(shown):
        figures.nth(place).click()
        expect(page.get_by_role("dialog").locator(".formula")).to_contain_text(f"= {value}")
        page.keyboard.press("Escape")


def the_window_closes_while_one_types(
    grid: Grid, site: Site, session: Session, pupils: Sequence[int]
) -> None:
    """A refusal with its reason, its way out, and the way back to the cell."""
    lesson = site.cast.lessons["own"]
    before = marks_of(session, lesson)
    site.pass_time(days=3)
    cell = grid.go(pupils[2], lesson)
    grid.press("5")
    expect(grid.state).to_have_text("1 запись не принята")
    expect(grid.issues).to_contain_text("22.11 23:59")
    assert marks_of(session, lesson) == before
    grid.press("ArrowDown")
    grid.issues.get_by_role("button", name="20.11").click()
    expect(cell).to_be_focused()
    grid.issues.get_by_role("link", name="запрос").click()
    expect(grid.page.get_by_label("20.11, урок 3")).to_be_checked()
