"""Letters: begun with a template, looked at family by family, sent with a file, read, answered."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.cast import Cast


def test_a_letter_from_template_to_answer(visit: Visit, cast: Cast, tmp_path: Path) -> None:
    page = visit("class_teacher", "/letters")
    page.get_by_role("link", name="Написать семьям", exact=True).click()
    page.get_by_role("link", name="Пропущенные уроки").click()
    expect(page.get_by_label("Тема письма")).to_have_value("Пропущенные уроки")
    paper = tmp_path / "График консультаций.pdf"
    paper.write_bytes(b"%PDF-1.4 consultations")
    page.get_by_label("Файлы").set_input_files(paper)
    page.get_by_role("button", name="Посмотреть письма").click()
    copies = page.get_by_role("region", name="Так это прочтёт каждый получатель")
    expect(copies.locator("li")).to_have_count(1)
    expect(copies).to_contain_text("Ёлкина Вера Андреевна, пропущено")
    expect(page.get_by_role("checkbox", name="График консультаций.pdf")).to_be_checked()
    page.get_by_role("button", name="Отправить: 1").click()
    expect(page.locator("main")).to_contain_text("прочитали 0 из 1")
    sent = page.url

    parent = visit("parent", "/letters")
    parent.get_by_role("link", name="Пропущенные уроки").click()
    with parent.expect_download() as download:
        parent.get_by_role("link", name="График консультаций.pdf").click()
    assert download.value.path().read_bytes() == b"%PDF-1.4 consultations"
    parent.get_by_role("button", name="Ознакомлен(а)").click()
    parent.get_by_label("Текст").fill("Спасибо, принесём справку")
    parent.get_by_role("button", name="Отправить ответ").click()
    expect(parent.locator("main")).to_contain_text("Спасибо, принесём справку")

    page.goto(sent)
    expect(page.locator("main")).to_contain_text("прочитали 1 из 1")


def test_the_deputy_writes_a_template_and_to_the_staff(visit: Visit, cast: Cast) -> None:
    page = visit("deputy", "/letters")
    page.get_by_role("link", name="Шаблоны писем").click()
    page.get_by_role("link", name=re.compile("Взять за основу.*Доступ")).click()
    page.get_by_label("Тема письма").fill("Вход в дневник нашей школы")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_role("region", name="Шаблоны школы")).to_contain_text("Вход в дневник")
    page.goto(page.url.replace("/templates", "/staff"))
    page.get_by_label("Тема письма").fill("Педсовет")
    page.get_by_label("Текст").fill("{получатель}, педсовет в среду в 15:00")
    page.get_by_role("checkbox", name="Соколова Анна Ивановна").check()
    page.get_by_role("button", name="Посмотреть письма").click()
    expect(page.locator("main")).to_contain_text("Соколова Анна Ивановна, педсовет в среду")
    page.get_by_role("button", name="Отправить: 1").click()
    expect(page.locator("main")).to_contain_text("прочитали 0 из 1")
