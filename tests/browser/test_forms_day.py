"""The forms from their list: chosen, seen with every figure explained, taken as PDF and workbook,
and a whole school's made in the background while one does something else."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pypdf
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, Visit
from tests.browser.sections import open_section
from tests.browser.test_family_day import fits, phone
from tests.cabinets.results.conftest import marked, open_days
from tests.waiting import work

__all__ = ["marked", "open_days"]


def take(page: Page, link: str, folder: Path) -> Path:
    """Download what the link of that name gives, under the name it proposes."""
    with page.expect_download() as taken:
        page.get_by_role("link", name=link).first.click()
    found = folder / taken.value.suggested_filename
    taken.value.save_as(found)
    return found


@pytest.mark.usefixtures("marked")
def test_a_pupils_report_is_chosen_seen_and_taken(visit: Visit, tmp_path: Path) -> None:
    page = visit("deputy", "/")
    open_section(page, "Формы")
    page.get_by_role("link", name="Отчёт об успеваемости и посещаемости ученика").click()
    page.get_by_label("Класс").select_option(label="5А")
    page.get_by_role("button", name="Показать").click()
    page.get_by_label("Ученик", exact=True).select_option(label="Ёлкин Артём")
    page.get_by_label("Учебный период").select_option(label="II четверть")
    page.get_by_role("button", name="Показать").click()
    expect(page.locator(".page-head .meta")).to_contain_text("Ёлкин Артём")
    maths = page.locator("table.paper tbody tr, .paper tbody tr").filter(has_text="Математика")
    average = maths.first.get_by_role("link", name=re.compile(r"4,8\d"))
    average.click()
    told = page.locator(".explain:visible")
    expect(told).to_contain_text("34 : 7 = 4,86")

    pdf = take(page, "PDF", tmp_path)
    assert pdf.name.startswith("Отчёт об успеваемости") and pdf.suffix == ".pdf"
    text = pypdf.PdfReader(pdf).pages[0].extract_text()
    assert "Ёлкин Артём" in text and "Математика" in text
    book = openpyxl.load_workbook(take(page, "Excel", tmp_path))
    rows = [row for sheet in book.worksheets for row in sheet.values]
    cells = {str(cell) for row in rows for cell in row if cell is not None}
    assert "Математика" in cells and any("Ёлкин Артём" in one for one in cells)


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("suffix", [".pdf", ".zip"])
def test_all_classes_are_made_while_one_does_something_else(
    visit: Visit, app: Flask, tmp_path: Path, suffix: str
) -> None:
    page = visit("deputy", "/forms/summary")
    page.get_by_label("Класс").select_option(label="все классы")
    page.get_by_role("button", name="Показать").click()
    page.locator("main form[action*='/job'] button").nth(0 if suffix == ".pdf" else 1).click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    address = page.url
    page.get_by_role("link", name="Все формы").click()  # it may be left
    work(app)
    page.goto(address)
    found = take(page, "Скачать", tmp_path)
    assert found.suffix == suffix
    if suffix == ".pdf":
        pages = [one.extract_text() for one in pypdf.PdfReader(found).pages]
        assert any("5А" in one for one in pages) and any("5Б" in one for one in pages)
    else:
        with zipfile.ZipFile(found) as packed:
            names = packed.namelist()
        assert len(names) == 2 and all(name.endswith(".xlsx") for name in names)


def test_the_forms_fit_a_phone(visit: Visit, browser: Browser, site: Site) -> None:
    page = visit("deputy", "/forms/", context=phone(browser, site, "deputy"))
    names = page.locator(".form-list a").evaluate_all("all => all.map((a) => a.pathname)")
    assert len(names) >= 10
    for path in names:
        page.goto(site.url + path)
        assert fits(page), path
