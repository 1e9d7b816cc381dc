"""What nobody should type or attach: refused with its reason, and the rest is kept."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.lessons.models import Homework, Lesson
from tests.browser.conftest import Site, Visit
from tests.browser.grid import Grid
from tests.features.files.samples import PDF

LONG = "а" * 100_000


def opened(site: Site, visit: Visit) -> tuple[Grid, Locator]:
    """The panel of today's lesson."""
    address = f"/journal/{site.cast.courses['own']}#lesson-{site.cast.lessons['own']}"
    grid = Grid(visit("own_teacher", address))
    return grid, grid.page.locator(".side-panel")


def test_a_text_without_end_is_refused_whole_and_stays_in_its_field(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, panel = opened(site, visit)
    topic = panel.get_by_label("Тема", exact=True)
    homework = panel.get_by_label("Домашнее задание", exact=True)
    homework.fill(LONG)
    topic.fill("Отношения")
    topic.press("Control+s")
    expect(panel.get_by_text("сейчас их 100000")).to_be_visible()
    expect(homework).to_be_focused()
    expect(homework).to_have_value(LONG)
    assert grid.saves == []
    homework.fill("№ 312")
    homework.press("Control+s")
    grid.saved()
    db_session.rollback()
    assert db_session.get_one(Lesson, site.cast.lessons["own"]).topic == "Отношения"
    panel.get_by_role("button", name="Задать отдельным ученикам").click()
    task = panel.get_by_label("Что им сделать")
    task.fill(LONG)
    panel.get_by_role("button", name="Сохранить задание").click()
    expect(panel.get_by_text("сейчас их 100000")).to_be_visible()
    expect(task).to_have_value(LONG)


def test_of_several_files_each_that_is_none_is_told_and_the_others_are_kept(
    site: Site, visit: Visit, db_session: Session, tmp_path: Path
) -> None:
    grid, panel = opened(site, visit)
    contents = {
        "карточка.js": b"alert(1)",
        "страница.html": b"<script>alert(1)</script>",
        "вирус.pdf": b"MZ not a document",
        "видео.pdf": b"%PDF-" + b"0" * (21 * 1024 * 1024),
        "Карточка.pdf": PDF,
        "<img src=x onerror=alert(1)>.pdf": PDF,
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    files = panel.locator("[data-part=files]")
    files.locator("input").set_input_files([tmp_path / name for name in contents])
    told = panel.locator("[data-beside]")
    for refused in ("карточка.js", "страница.html", "вирус.pdf", "видео.pdf: Файл больше 20"):
        expect(told).to_contain_text(refused)
    expect(files.get_by_role("link")).to_have_count(2)
    assert files.locator("img").count() == 0
    address = files.get_by_role("link").nth(1).get_attribute("href")
    answer = grid.page.context.request.get(f"{site.url}{address}")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    db_session.rollback()
    assert db_session.scalars(
        select(Homework).where(Homework.lesson_id == site.cast.lessons["own"])
    ).one()
