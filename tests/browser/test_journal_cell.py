"""The cell in detail: several marks, a retake, a dot with its day, long texts, the history."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Locator, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.grading.models import Mark
from journal.lessons.models import EditPolicy
from journal.school.models import Subject
from tests.browser.conftest import Site, Visit
from tests.browser.grid import Grid
from tests.browser.test_journal_typing import marks_of
from tests.factories import SchoolBuilder


def cell_panel(site: Site, visit: Visit) -> tuple[Grid, Locator, Locator]:
    """The grid, the cell of the 5 of weight 3, and its panel."""
    grid = Grid(visit("own_teacher", f"/journal/{site.cast.courses['own']}"))
    cell = grid.go(site.cast.pupils["pupil"], site.cast.lessons["recent"])
    grid.press("F2")
    return grid, cell, grid.page.locator(".side-panel")


def test_a_retake_waits_offline_is_typed_over_and_arrives_linked(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, cell, panel = cell_panel(site, visit)
    grid.page.context.route("**/save", lambda route: route.abort("internetdisconnected"))
    panel.get_by_role("button", name="Пересдача").click()
    again = panel.get_by_role("group", name="Пересдача: Контрольная работа")
    again.get_by_label("Отметка").select_option("3")
    grid.press("Control+s", "Escape")
    expect(cell).to_contain_text("5 3")
    grid.press("4")  # what is typed changes the retake, not the mark it replaced
    expect(cell).to_contain_text("5 4")
    grid.page.context.unroute("**/save")
    grid.page.evaluate("dispatchEvent(new Event('online'))")
    grid.saved()
    lesson, pupil = site.cast.lessons["recent"], site.cast.pupils["pupil"]
    assert marks_of(db_session, lesson)[pupil] == ["5", "4"]
    links = select(Mark.retake_of_id).where(Mark.retake_of_id.is_not(None))
    assert db_session.scalars(links).all() == [site.cast.marks["recent"]]
    expect(cell.locator("s.was")).to_have_text("5")
    grid.press("Delete")
    grid.saved()
    expect(cell).to_have_text("5")
    grid.press("Control+z")
    grid.saved()
    assert marks_of(db_session, lesson)[pupil] == ["5", "4"]
    grid.page.reload()
    grid.ready()
    expect(grid.cell(pupil, lesson)).to_have_text("5 4")


def test_one_more_mark_has_its_weight_caption_and_comment(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, cell, panel = cell_panel(site, visit)
    panel.get_by_role("button", name="Ещё одна отметка").click()
    new = panel.locator("[data-part='new']")
    new.get_by_label("Вес").fill("2")
    new.locator("[data-field=caption]").fill("ы" * 201)
    new.get_by_label("Отметка").select_option("•")
    new.get_by_label("Ответ ожидается до").fill("2026-12-01")
    new.get_by_label("Комментарий").fill("Доделать")
    grid.press("Control+s")
    expect(panel.locator("[data-said]")).to_contain_text("до 200 знаков: сейчас их 201")
    assert grid.saves == []
    new.locator("[data-field=caption]").fill("Чертёж")
    grid.press("Control+s")
    grid.saved()
    db_session.rollback()
    mark = db_session.scalars(select(Mark).where(Mark.value == "•")).one()
    assert (mark.deadline, mark.comment) == (date(2026, 12, 1), "Доделать")
    expect(cell.locator(".dot")).to_have_attribute("title", "ответ ожидается до 01.12")


def test_a_comment_of_any_length_is_kept_in_its_field_until_it_fits(
    site: Site, visit: Visit
) -> None:
    grid, _, panel = cell_panel(site, visit)
    comment = panel.locator("[data-mark]").get_by_label("Комментарий")
    comment.evaluate("field => { field.value = 'ы'.repeat(100000); }")
    grid.press("Control+s")
    expect(panel.locator("[data-said]")).to_contain_text("до 500 знаков: сейчас их 100000")
    expect(comment).to_be_focused()
    assert grid.saves == []


def test_the_history_tells_what_was_and_the_conflict_is_decided_in_the_panel(
    site: Site, visit: Visit, db_session: Session
) -> None:
    other = Grid(visit("own_teacher", f"/journal/{site.cast.courses['own']}"))
    grid, cell, panel = cell_panel(site, visit)
    grid.press("Escape")
    other.go(site.cast.pupils["pupil"], site.cast.lessons["recent"])
    other.press("4")
    other.saved()
    grid.press("3")
    expect(cell).to_contain_text("3≠4")
    grid.press("F2")
    panel.get_by_role("button", name="Оставить 3").click()
    grid.saved()
    expect(cell).to_have_text("3")
    panel.get_by_text("История").click()
    lines = panel.locator(".history > li")
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text("4")
    expect(lines.first).to_contain_text("Соколова")
    grid.press("Escape")
    grid.page.context.set_offline(True)
    grid.press("F2")
    panel.get_by_text("История").click()
    expect(panel).to_contain_text("когда будет связь")


def test_every_average_of_a_page_explains_itself(site: Site, visit: Visit) -> None:
    """All of the grid, then all of the page of figures."""
    page = visit("own_teacher", f"/journal/{site.cast.courses['own']}")
    grid = Grid(page)
    grid.go(site.cast.pupils["pupil"], site.cast.lessons["own"])
    grid.press("5")
    grid.saved()
    proposal = page.locator(".present > a:visible").first
    proposal.click()
    expect(page.get_by_role("dialog")).to_contain_text("предлагается")
    page.keyboard.press("Escape")
    for figures in (page.locator(".avg > a:visible"), None):
        if figures is None:
            page.get_by_role("link", name="Отметки в цифрах").click()
            figures = page.locator("[data-explain]")
        shown = figures.all_text_contents()
        assert len(shown) >= 2
        for place, value in enumerate(shown):
            figures.nth(place).click()
            dialog = page.get_by_role("dialog")
            expect(dialog.locator(".formula")).to_contain_text(f"= {value}")
            expect(dialog).to_contain_text("сумма произведений")
            page.keyboard.press("Escape")
            expect(dialog).to_have_count(0)


def test_a_pass_fail_subject_takes_its_own_keys(
    site: Site, visit: Visit, db_session: Session
) -> None:
    db_session.get_one(Subject, site.cast.subjects["maths"]).scale = "pass_fail"
    db_session.commit()
    grid = Grid(visit("own_teacher", f"/journal/{site.cast.courses['own']}"))
    lesson, pupils = site.cast.lessons["own"], [one["id"] for one in grid.facts()["pupils"]]
    cell = grid.go(pupils[0], lesson)
    grid.press("5")
    expect(grid.page.locator(".answer")).to_contain_text("зачёт")
    expect(cell).to_have_text("")
    grid.key("KeyP", "з")
    grid.press("Enter", "-")
    grid.saved()
    assert marks_of(db_session, lesson) == {pupils[0]: ["зач"], pupils[1]: ["незач"]}
    cell.dblclick()
    values = grid.page.locator(".side-panel [data-mark] option")
    expect(values).to_have_text(["–", "зач", "незач", "•", "н/а", "осв"])


def test_the_schools_rule_about_absent_pupils_is_kept_on_the_page(
    site: Site, visit: Visit, db_session: Session
) -> None:
    school = SchoolBuilder.of(db_session, site.cast.school)
    school.add(EditPolicy, valid_from=date(2026, 9, 1), mark_with_absence=False)
    db_session.commit()
    grid = Grid(visit("own_teacher", f"/journal/{site.cast.courses['own']}"))
    cell = grid.go(site.cast.pupils["pupil"], site.cast.lessons["own"])
    grid.press("y", "5")
    expect(grid.page.locator(".answer")).to_contain_text("отсутствующему отметку не ставят")
    expect(cell).to_have_text("н")
    grid.press(".")
    expect(cell).to_contain_text("н •")
    grid.saved()
