"""Whole days of a monitoring: the person responsible, the coordinator with a file, the operator."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from journal.core.tenancy import bind
from journal.exchange.forms import MP1
from journal.exchange.workbook.places import place
from journal.jobs import monitoring
from tests.browser.conftest import Site
from tests.browser.monitoring import enter, ready
from tests.browser.test_unlock import deliver
from tests.cabinets.monitoring.conftest import opened
from tests.cast import NOW, Cast
from tests.exchange.filled import LETTERS, SECRET, workbook
from tests.features.exchange.region import CLOSES, Region, region
from tests.features.exchange.test_submission import sent
from tests.features.exchange.test_submission import table as one_class
from tests.waiting import work

HALF = "Полугодие_1"


@pytest.fixture
def here(db_session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Region:
    monkeypatch.setattr(monitoring, "utc_now", lambda: NOW)
    found = region(db_session, cast)
    bind(db_session, {cast.school})
    db_session.commit()
    return found


def main_of(page: Page) -> Any:
    return expect(page.locator("main"))


def follow_word(site: Site, page: Page, words: str) -> None:
    """From the notification of these words to what it is about."""
    deliver(site)
    page.goto(site.url + "/notifications")
    word = page.get_by_role("listitem").filter(has_text=words)
    word.get_by_role("button", name="Открыть").click()


def test_the_day_of_the_person_responsible(
    here: Region, cast: Cast, site: Site, browser: Browser, app: Flask
) -> None:
    card = f"/monitoring/{opened(here)}"
    teacher = enter(site, browser, here.teacher, card)
    main_of(teacher).to_contain_text("Эта страница вам не открыта")
    coordinator = enter(site, browser, here.coordinator, card)
    coordinator.get_by_label("Сотрудник").select_option(str(cast["own_teacher"].staff_id))
    coordinator.get_by_role("button", name="Сохранить").click()
    main_of(coordinator).to_contain_text("по настоящее время")

    follow_word(site, teacher, "назначены ответственным")
    main_of(teacher).to_contain_text("Форму отправляет координатор")
    expect(teacher.get_by_role("button", name="Отправить файл с данными")).to_have_count(0)
    expect(teacher.get_by_label("Сотрудник")).to_have_count(0)
    teacher.get_by_role("button", name="Заполнить из журнала").click()
    work(app)
    expect(teacher.locator("table.entry")).to_be_visible()
    teacher.get_by_placeholder("Одно для всех классов").fill("Журнал заполняется")
    expect(teacher.get_by_role("button", name="Сдать отчет")).to_have_count(0)
    teacher.get_by_role("button", name="Внести в таблицу").click()

    ready(teacher)
    ill = teacher.locator("[name='c-0-R']")
    right = ill.input_value()
    ill.fill("9999")
    expect(teacher.locator("main .save")).to_contain_text("Сохранено автоматически")
    expect(teacher.locator("[data-remarks]")).to_contain_text("A05")
    ill.fill(right)
    expect(teacher.locator("[data-remarks]")).not_to_contain_text("A05")
    ill.fill("7")
    ill.fill(right)  # what is typed last goes with the form, saved or not
    teacher.get_by_role("button", name="Передать координатору").click()
    main_of(teacher).to_contain_text("передано")
    teacher.get_by_role("link", name="Посмотреть таблицу").click()
    main_of(teacher).to_contain_text("Вы передали форму")
    expect(teacher.locator("[name='c-0-R']")).to_be_disabled()

    coordinator.goto(site.url + card)
    coordinator.get_by_role("button", name="Вернуть ответственному").click()
    follow_word(site, teacher, "вернул вам форму")
    teacher.get_by_role("link", name="Редактировать").click()
    teacher.get_by_role("button", name="Передать координатору").click()
    coordinator.goto(site.url + card)
    coordinator.get_by_role("link", name="Редактировать").click()
    coordinator.get_by_label("Администрация").check()
    coordinator.get_by_role("button", name="Сдать отчет").click()
    work(app)
    main_of(coordinator).to_contain_text("Отчёт принят")

    teacher.goto(site.url + card)
    teacher.get_by_role("link", name="Отчёт по версии 1").click()
    main_of(teacher).to_contain_text("Всего по ОО")
    expect(teacher.locator("header, nav").first).not_to_contain_text("Информация об организации")


def typed_into(path: Path, ill: int) -> Path:
    """The downloaded template as a spreadsheet program saves it, with the school's own numbers."""
    book = load_workbook(path)
    row = dict.fromkeys(LETTERS, 0) | {"E": 2, "K": 10, "L": 20}
    for number in (12, 13):
        for letter, value in {**row, "R": ill if number == 12 else 0}.items():
            book[HALF].cell(number, place(letter) + 1, value)
    told = ((code, name) for code in ("W03", "W05") for name in ("5А", "5Б"))
    for number, (code, name) in enumerate(told, 12):
        for column, text in enumerate((code, name, "Журнал ведётся на бумаге"), 1):
            book["Пояснения"].cell(number, column, text)
    filled = path.with_name(f"МП-1 {ill}.xlsx")
    book.save(filled)
    return filled


def downloaded(page: Page, link: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).first.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def choose_and_send(page: Page, file: Path) -> None:
    page.get_by_label("Заполненный файл").set_input_files(file)
    page.get_by_label("Администрация").check()
    page.get_by_role("button", name="Отправить файл с данными").click()


def test_the_day_of_a_coordinator_with_a_file(
    here: Region, site: Site, browser: Browser, app: Flask, tmp_path: Path
) -> None:
    card = f"/monitoring/{opened(here)}"
    page = enter(site, browser, here.coordinator, card)
    ready(page)
    template = downloaded(page, ".xlsx (", tmp_path)
    wrong, right = typed_into(template, 99), typed_into(template, 1)
    text = tmp_path / "renamed.xls"
    text.write_text("Отчёт школы", encoding="utf-8")

    page.get_by_label("Администрация").check()
    page.get_by_label("Заполненный файл").set_input_files(text)
    expect(page.get_by_label("Администрация")).not_to_be_checked()
    page.get_by_role("button", name="Отправить файл с данными").click()
    main_of(page).to_contain_text("Файл не отправлен")
    choose_and_send(page, text)
    main_of(page).to_contain_text("Данные обрабатываются")
    work(app)
    main_of(page).to_contain_text("Скачайте шаблон в личном кабинете")
    page.get_by_role("link", name="Повторить попытку").click()

    choose_and_send(page, wrong)
    work(app)
    remark = page.locator("main tbody tr", has_text="A05")
    expect(remark).to_contain_text("5А")
    expect(remark).to_contain_text("Полугодие_1")
    expect(remark.locator("[data-label='Графа']")).to_have_text("18")
    copy = load_workbook(downloaded(page, "Копия с пометками", tmp_path))
    sheet: Any = copy[HALF]
    assert "пропущено (99)" in str([cell.comment and cell.comment.text for cell in sheet[12]])
    listed = downloaded(page, "Список замечаний", tmp_path).read_text(encoding="utf-8-sig")
    assert "A05;Полугодие_1;5А;" in listed
    page.get_by_role("link", name="Повторить попытку").click()

    choose_and_send(page, right)
    work(app)
    main_of(page).to_contain_text("Отчёт принят: версия 1")
    page.get_by_role("link", name="Отчёт", exact=True).click()
    main_of(page).to_contain_text("Всего по ОО")
    assert downloaded(page, "PDF", tmp_path).read_bytes().startswith(b"%PDF")
    refused_late(page, site, card, right)


def refused_late(page: Page, site: Site, card: str, file: Path) -> None:
    """A page opened in time, sent after the last second; and the page opened then."""
    page.goto(site.url + card)
    ready(page)
    site.clock = CLOSES
    choose_and_send(page, file)
    main_of(page).to_contain_text("Приём файлов завершён 29.11.2026. Загрузить файл невозможно.")
    page.goto(site.url + card)
    main_of(page).to_contain_text("Приём файлов завершён 29.11.2026. Загрузить файл невозможно.")
    expect(page.get_by_label("Заполненный файл")).to_have_count(0)


def test_the_day_of_the_operator(
    here: Region, site: Site, browser: Browser, app: Flask, tmp_path: Path
) -> None:
    app.config["SECRET_KEY"] = SECRET  # of the workbook sent below
    page = enter(site, browser, here.operator, "/centre/monitoring/new")
    page.get_by_label("Название").fill("Мониторинг осени")
    page.get_by_label("Форма и период").select_option("MP-ATT|1.0.0|H1")
    page.get_by_label("Первый день").fill("2026-11-15")
    page.get_by_label("Последний день").fill("2026-11-29")
    page.get_by_label("Графа 25").fill("25")
    page.get_by_role("button", name="Сохранить").click()
    for school in ("Школа № 17", "Школа № 5"):
        page.get_by_label(school).check()
    page.get_by_role("button", name="Сохранить").click()
    page.get_by_role("button", name="Открыть мониторинг").click()
    expect(page.locator("[data-stat='not_begun']")).to_have_text("2")
    card = page.url
    page.get_by_role("link", name="Править").click()
    main_of(page).to_contain_text("МП-1, I полугодие, 1.0.0")
    expect(page.get_by_label("Графа 25")).to_have_count(0)
    page.get_by_label("Последний день").fill("2026-12-05")
    page.get_by_role("button", name="Сохранить").click()
    main_of(page).to_contain_text("там указывается причина")

    page.goto(card)
    page.get_by_label("Последний день").fill("2026-12-01")
    page.get_by_role("button", name="Продлить").click()
    main_of(page).to_contain_text("Укажите причину продления")
    page.get_by_label("Последний день").fill("2026-12-01")
    page.get_by_label("Причина").fill("Не было связи")
    page.get_by_role("button", name="Продлить").click()
    main_of(page).to_contain_text("– 01.12.2026")
    page.get_by_role("link", name="Список участников").click()
    page.get_by_role("button", name="Напомнить не приступившим").click()
    page.goto(card)
    ready(page)
    deliver(site)
    school = enter(site, browser, here.coordinator, "/notifications")
    for words in ("Не было связи", "ещё не приступила"):
        main_of(school).to_contain_text(words)

    procedure_id = int(card.rsplit("/", 1)[1])
    sent(here, procedure_id, of_thresholds(procedure_id))
    here.session.commit()
    work(app)
    expect(page.locator("[data-stat='submitted']")).to_have_text("1")  # it renews itself
    page.get_by_role("link", name="Экспорт результатов").click()
    page.get_by_role("button", name="Сформировать файл (.csv)").click()
    work(app)
    file = downloaded(page, "Загрузить отчет", tmp_path).read_text(encoding="utf-8-sig")
    assert "1017" in file and "5А" in file and "Ёлкин" not in file

    publish(page, card, tmp_path)
    school.goto(f"{site.url}/monitoring/{procedure_id}")
    school.get_by_text("Аналитический отчёт").first.click()
    assert downloaded(school, "Отчёт центра", tmp_path).read_bytes() == b"%PDF-1.4 report"


def of_thresholds(procedure_id: int) -> bytes:
    """The school's workbook of a procedure with other thresholds."""
    right = one_class()
    heading = {"organisation_code": "1017", "procedure_id": str(procedure_id), "period": "H1"}
    content = replace(right, classes=[*right.classes, *[None] * MP1.spare_rows])
    return workbook(".xlsx", content, **heading, thresholds={"THR_ALL": 25, "THR_UNJ": 30})


def publish(page: Page, card: str, folder: Path) -> None:
    """A publication for the procedure, with its file."""
    page.goto(card)
    page.get_by_role("link", name="Опубликовать для этого мониторинга").click()
    page.get_by_label("Название").fill("Аналитический отчёт")
    page.get_by_label("Видна школам с").fill("2026-11-20")
    page.get_by_role("button", name="Опубликовать").click()
    report = folder / "report.pdf"
    report.write_bytes(b"%PDF-1.4 report")
    page.get_by_label("Файл").set_input_files(report)
    page.get_by_label("Название").fill("Отчёт центра")
    page.get_by_label("Откроется").fill("2026-11-20")
    page.get_by_role("button", name="Добавить").click()
    main_of(page).to_contain_text("Отчёт центра")
