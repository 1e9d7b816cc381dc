"""A pasted plan, a topic taken, a file attached: and the pupil downloads it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.grading.models import Work, WorkType
from journal.lessons.models import Homework, Lesson
from tests.browser.conftest import Site, Visit
from tests.browser.grid import SENT, Grid
from tests.features.files.samples import PDF
from tests.plans import plan_titles

PASTED = (
    "Раздел\\tТема\\tЧасов\\tДомашнее задание\\tВид работы\\n"
    "Дроби\\tПроценты\\t1\\t§ 15, № 3\\tКонтрольная работа\\n"
    "Дроби\\tПропорции\\t2\\t§ 16\\t\\n"
    "Дроби\\tМасштаб\\t1\\t\\t"
)
PASTE = f"""(field) => {{
  const data = new DataTransfer();
  data.setData("text/plain", "{PASTED}");
  const facts = {{ clipboardData: data, bubbles: true, cancelable: true }};
  field.dispatchEvent(new ClipboardEvent("paste", facts));
}}"""


def plan_is_pasted_and_put_in_order(page: Page) -> None:
    page.get_by_label("Тема", exact=True).first.evaluate(PASTE)
    expect(page.locator("#pasted")).to_be_focused()
    page.get_by_role("button", name="Добавить в план").click()
    expect(page.get_by_text("Добавлено тем: 3")).to_be_visible()
    titles = page.locator("[name=topic-title]")
    expect(titles.nth(2)).to_have_value("Масштаб")
    titles.nth(2).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(titles.nth(1)).to_have_value("Масштаб")
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("Control+s")
    expect(page.get_by_text("План сохранён")).to_be_visible()


def topic_is_taken(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/journal/{site.cast.courses['own']}#lesson-{site.cast.lessons['own']}")
    Grid(page)
    panel = page.locator(".side-panel")
    expect(panel.locator("[data-topic]")).to_have_text("Проценты")
    page.keyboard.press("Alt+KeyR")
    expect(panel.get_by_label("Тема", exact=True)).to_have_value("Проценты")
    expect(panel.get_by_label("Домашнее задание", exact=True)).to_have_value("§ 15, № 3")
    expect(panel.get_by_text("меньше 2,5 недель")).to_be_visible()  # told before saving
    page.keyboard.press("Control+s")
    expect(page.get_by_text(SENT)).to_be_visible()


def written(session: Session, site: Site) -> None:
    session.rollback()
    lesson = session.get_one(Lesson, site.cast.lessons["own"])
    assert lesson.topic == "Проценты"
    assert lesson.plan_topic_id is not None
    homework = session.scalars(select(Homework).where(Homework.lesson_id == lesson.id)).one()
    assert homework.text == "§ 15, № 3"
    kind = (
        select(WorkType.name)
        .join(Work, Work.work_type_id == WorkType.id)
        .where(Work.lesson_id == lesson.id)
    )
    assert list(session.scalars(kind)) == ["Контрольная работа"]


def test_a_plan_becomes_homework_that_a_pupil_downloads(
    site: Site, visit: Visit, db_session: Session, tmp_path: Path
) -> None:
    for one in db_session.scalars(select(WorkType)):
        one.assessment = one.name == "Контрольная работа"
    db_session.commit()
    page = visit("own_teacher", f"/plans/{site.cast.courses['own']}")
    plan_is_pasted_and_put_in_order(page)
    db_session.rollback()
    assert plan_titles(db_session, site.cast.courses["own"]) == ["Проценты", "Масштаб", "Пропорции"]
    topic_is_taken(page, site)
    written(db_session, site)
    sheet = tmp_path / "Карточка № 5.pdf"
    sheet.write_bytes(PDF)
    wrong = tmp_path / "вирус.pdf"
    wrong.write_bytes(b"MZ not a document")
    files = page.locator("[data-part=files]")
    files.locator("input").set_input_files([sheet, wrong])
    expect(files.get_by_role("link", name="Карточка № 5.pdf")).to_be_visible()
    expect(page.get_by_text("не то, что обещает")).to_be_visible()
    diary = visit("pupil", f"/diary/{site.cast.pupils['pupil']}")
    with diary.expect_download() as fetched:
        diary.get_by_role("link", name="Карточка № 5.pdf").first.click()
    assert fetched.value.suggested_filename == "Карточка № 5.pdf"
    assert Path(fetched.value.path()).read_bytes() == PDF


def test_a_task_for_one_pupil_and_no_connection(site: Site, visit: Visit) -> None:
    page = visit(
        "own_teacher", f"/journal/{site.cast.courses['own']}#lesson-{site.cast.lessons['own']}"
    )
    Grid(page)
    own = page.locator("[data-part=own]")
    own.get_by_role("button", name="Задать отдельным ученикам").click()
    own.get_by_label("Ёлкин Артём").check()
    own.get_by_label("Что им сделать").fill("Карточка 7")
    own.get_by_role("button", name="Сохранить задание").click()
    expect(own.get_by_text("Ёлкин Артём, к 23.11")).to_be_visible()
    diary = visit("classmate", f"/diary/{site.cast.pupils['classmate']}")
    expect(diary.get_by_text("Карточка 7")).to_have_count(0)
    page.context.set_offline(True)
    own.get_by_role("button", name="Убрать").click()
    expect(page.get_by_text("Нет связи: КТП, файлы")).to_be_visible()
    topic = page.get_by_label("Тема", exact=True)
    topic.fill("Без связи")
    page.keyboard.press("Control+s")
    page.context.set_offline(False)
    expect(page.get_by_text(SENT)).to_be_visible()
    expect(topic).to_have_value("Без связи")
