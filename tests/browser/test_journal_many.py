"""Many cells at once: a selection filled and erased, columns of a spreadsheet, a mark pad."""

from __future__ import annotations

from playwright.sync_api import Browser, expect
from sqlalchemy.orm import Session

from tests.browser.conftest import Site, Visit
from tests.browser.grid import Grid
from tests.browser.test_journal_typing import absences_of, marks_of


def open_grid(site: Site, visit: Visit) -> tuple[Grid, list[int]]:
    grid = Grid(visit("own_teacher", f"/journal/{site.cast.courses['own']}"))
    return grid, [one["id"] for one in grid.facts()["pupils"]]


def test_a_value_typed_over_a_selection_goes_into_each_cell(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, pupils = open_grid(site, visit)
    lesson = site.cast.lessons["own"]
    grid.go(pupils[0], lesson)
    grid.press("Shift+ArrowDown", "Shift+ArrowDown", "4")
    expect(grid.page.locator("td[aria-selected=true]")).to_have_count(3)
    expect(grid.page.locator(".answer")).to_contain_text("Записаны 3 ячейки")
    grid.saved()
    assert marks_of(db_session, lesson) == {one: ["4"] for one in pupils}
    grid.press("Delete")
    grid.saved()
    assert marks_of(db_session, lesson) == {}
    grid.press("Control+z")
    grid.saved()
    assert marks_of(db_session, lesson) == {one: ["4"] for one in pupils}
    grid.press("Control+z", "Control+z")
    grid.saved()
    assert marks_of(db_session, lesson) == {}


def test_a_selection_over_closed_cells_fills_the_open_ones_and_lists_the_rest(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, pupils = open_grid(site, visit)
    cast = site.cast
    grid.go(pupils[0], cast.lessons["own"])
    grid.press("Shift+ArrowLeft", "Shift+ArrowLeft", "3")  # 20.11, 18.11 and the closed 16.11
    expect(grid.issues).to_have_count(1)
    expect(grid.issues).to_contain_text("16.11")
    grid.saved()
    assert marks_of(db_session, cast.lessons["own"]) == {pupils[0]: ["3"]}
    grid.issues.get_by_role("button", name="16.11").click()
    expect(grid.page.locator(".journal-grid td:focus")).to_have_class("locked")


def test_the_keys_of_the_number_pad_and_the_letters_of_a_and_s(site: Site, visit: Visit) -> None:
    grid, pupils = open_grid(site, visit)
    cell = grid.go(pupils[0], site.cast.lessons["own"])
    typed = (
        ("Numpad3", "3", "3"),
        ("NumpadDecimal", ",", "•"),
        ("KeyF", "а", "н/а"),
        ("KeyC", "c", "осв"),
    )
    for code, key, shown in typed:
        grid.key(code, key)
        expect(cell).to_have_text(shown)
    grid.key("NumpadAdd", "+")
    expect(grid.page.locator(".answer")).to_contain_text("зач")
    expect(cell).to_have_text("осв")
    grid.saved()


def test_a_pasted_column_is_refused_cell_by_cell(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, pupils = open_grid(site, visit)
    lesson = site.cast.lessons["own"]
    grid.go(pupils[0], lesson)
    grid.paste("5\r\n17\r\n" + "ы" * 100_000 + "\r\n4\r\n\r\n3")
    expect(grid.page.locator(".refusals > li")).to_have_count(3)
    expect(grid.issues).to_contain_text("3 записи не приняты")
    expect(grid.issues).to_contain_text("Строки 4–6 за краем таблицы: 2 значения")
    grid.saved()
    assert marks_of(db_session, lesson) == {pupils[0]: ["5"]}
    grid.issues.get_by_role("button", name="20.11").first.click()
    expect(grid.cell(pupils[1], lesson)).to_be_focused()
    grid.paste("н 4")
    grid.saved()
    expect(grid.issues).to_have_count(0)
    assert absences_of(db_session, lesson) == {pupils[1]: "n"}
    assert marks_of(db_session, lesson) == {pupils[0]: ["5"], pupils[1]: ["4"]}
    grid.paste("17")
    expect(grid.issues).to_have_count(1)
    grid.press("Control+z")  # what was refused goes with what was entered
    expect(grid.issues).to_have_count(0)


def test_one_value_is_pasted_over_a_selection_and_cut_again(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, pupils = open_grid(site, visit)
    lesson = site.cast.lessons["own"]
    grid.go(pupils[0], lesson)
    grid.press("Shift+ArrowDown")
    grid.paste("4")
    grid.saved()
    assert marks_of(db_session, lesson) == {one: ["4"] for one in pupils[:2]}
    grid.clipboard("cut")
    grid.saved()
    assert marks_of(db_session, lesson) == {}


def test_who_is_not_on_the_roster_is_touched_by_nothing(
    site: Site, visit: Visit, db_session: Session
) -> None:
    cast = site.cast
    page = visit("own_teacher", f"/journal/{cast.courses['own']}?term=0")
    grid = Grid(page)
    pupils = [one["id"] for one in grid.facts()["pupils"]]
    place = pupils.index(cast.pupils["leaver"])
    cell = grid.go(cast.pupils["leaver"], cast.lessons["own"])
    expect(cell).to_have_class("out today")
    grid.press("5")
    expect(page.locator(".answer")).to_contain_text("не в списке")
    grid.press("ArrowUp", "Shift+ArrowDown", "4")
    grid.saved()
    assert marks_of(db_session, cast.lessons["own"]) == {pupils[place - 1]: ["4"]}
    expect(cell).to_contain_text("не в списке на эту дату")


def test_the_mark_pad_goes_down_the_list_by_itself(
    site: Site, browser: Browser, visit: Visit, db_session: Session
) -> None:
    size = {"width": 820, "height": 1180}
    context = browser.new_context(viewport=size, has_touch=True, is_mobile=True, locale="ru-RU")  # type: ignore[arg-type]
    site.contexts.append(context)
    site.sign_in(context, "own_teacher")
    path = f"/journal/{site.cast.courses['own']}"
    grid = Grid(visit("own_teacher", path, context=context))
    pupils = [one["id"] for one in grid.facts()["pupils"]]
    lesson = site.cast.lessons["own"]
    grid.cell(pupils[0], lesson).tap()
    for name in ("5", "б, болезнь", "3"):
        grid.page.get_by_role("button", name=name, exact=True).tap()
    expect(grid.page.locator(".answer")).to_contain_text("последний ученик")
    grid.saved()
    assert marks_of(db_session, lesson) == {pupils[0]: ["5"], pupils[2]: ["3"]}
    assert absences_of(db_session, lesson) == {pupils[1]: "b"}
    grid.page.get_by_role("button", name="Подробно").tap()
    expect(grid.page.locator(".side-panel h2")).to_be_visible()
