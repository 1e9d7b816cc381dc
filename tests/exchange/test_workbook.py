"""Workbooks of МП-1: the same figures in both formats, for every reader, recalculated or not."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import python_calamine as calamine
import xlrd
from openpyxl import load_workbook

from journal.documents.book import Book, Formula, write_xls, write_xlsx
from journal.documents.inspection import Locked, inspect
from journal.exchange.figures import Content
from journal.exchange.forms import FORMS, MP1, VPR, Form
from journal.exchange.forms.mp1 import H1, H2
from journal.exchange.workbook import WRITERS, book_of
from journal.exchange.workbook.cells import LIMITS
from tests.exchange.filled import HEADING, SECRET, codes, content, read, workbook
from tests.exchange.test_second_form import filled as results_of_works

WRITE = {".xls": write_xls, ".xlsx": write_xlsx}
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def book() -> Book:
    return book_of(content(), HEADING, secret=SECRET)


def carried(made: Book) -> Iterator[tuple[str, int, int, int | Decimal | str]]:
    """Every formula's place and the value it carries."""
    for sheet in made.sheets:
        for placed in sheet.cells:
            if isinstance(placed.value, Formula):
                yield sheet.title, placed.row, placed.column, placed.value.value


def grids(data: bytes) -> dict[str, dict[tuple[int, int], Any]]:
    """Every cell as calamine reads it."""
    opened = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        name: {
            (row, column): value
            for row, cells in enumerate(
                opened.get_sheet_by_name(name).to_python(skip_empty_area=False)
            )
            for column, value in enumerate(cells)
        }
        for name in opened.sheet_names
    }


def same(theirs: Any, ours: int | Decimal | str) -> bool:
    return bool(theirs == (ours if isinstance(ours, str) else float(ours)))


@pytest.mark.parametrize("suffix", WRITERS)
def test_calamine_sees_the_figures_without_recalculating(suffix: str) -> None:
    made = book()
    seen = grids(WRITE[suffix](made))
    assert list(seen) == list(MP1.sheet_names)
    for sheet, row, column, value in carried(made):
        assert same(seen[sheet].get((row, column), ""), value), (sheet, row, column)


def test_xlrd_sees_the_same_in_the_xls() -> None:
    made = book()
    opened = xlrd.open_workbook(file_contents=write_xls(made), formatting_info=True)
    assert opened.biff_version == 80
    for sheet, row, column, value in carried(made):
        assert same(opened.sheet_by_name(sheet).cell_value(row, column), value)
    meta = opened.sheet_by_name("_meta")
    assert meta.visibility == 2
    half = opened.sheet_by_name(H1)
    locks = {
        letter: opened.xf_list[half.cell_xf_index(11, column)].protection.cell_locked
        for letter, column in (("B", 1), ("E", 4), ("J", 9), ("AA", 26), ("AG", 32))
    }
    assert locks == {"B": 1, "E": 0, "J": 1, "AA": 0, "AG": 1}


def test_the_xlsx_is_protected_and_takes_whole_numbers_only() -> None:
    data = workbook(".xlsx")
    opened = load_workbook(io.BytesIO(data))
    assert opened.security.lockStructure
    assert opened["_meta"].sheet_state == "veryHidden"
    half: Any = opened[H1]
    assert all(opened[name].protection.sheet for name in opened.sheetnames)
    assert (half["E12"].protection.locked, half["J12"].protection.locked) == (False, True)
    rules = half.data_validations.dataValidation
    assert {(one.type, one.operator, one.formula1) for one in rules} == {
        ("whole", "greaterThanOrEqual", "0")
    }
    areas = {str(one.sqref) for one in rules}
    assert areas == {"E12:I20", "K12:N20", "P12:P20", "R12:AA20"}
    assert all(len(one.error) <= 225 for one in rules)
    assert opened.defined_names["MP_DATA_1"].attr_text == f"'{H1}'!$E$12:$AA$20"
    assert opened.defined_names["MP_ROWS"].attr_text == "'_meta'!$B$9"


def test_formulas_keep_to_excel_2003() -> None:
    allowed = {"IF", "ROUND", "SUM", "SUMIF", "MOD", "OR", "AND", "COUNT", "COUNTBLANK"}
    allowed |= {"MIN", "INT"}
    for form in FORMS:
        heading = replace(HEADING, form=form, period=next(iter(form.periods)))
        rows = [*content().classes[:4], *[None] * 46]
        made = book_of(Content(classes=rows, numbers={}), heading, secret=SECRET)
        texts = {
            placed.value.text
            for sheet in made.sheets
            for placed in sheet.cells
            if isinstance(placed.value, Formula)
        }
        assert max(map(len, texts)) <= 1024
        assert {name for text in texts for name in re.findall(r"([A-Z]+)\(", text)} <= allowed
        assert len(write_xls(made)) <= 400 * 1024


def test_sheets_outside_the_period_are_closed_and_blank() -> None:
    seen = grids(workbook(".xls", period="H1"))
    inside = {key for key, value in seen[H1].items() if key[0] >= 11 and value != ""}
    outside = {key: v for key, v in seen[H2].items() if key[0] >= 11 and v != ""}
    assert inside and outside == {(20, 0): "ИТОГО по ОО"}
    assert seen["_meta"][5, 1] == "H1" and seen["_meta"].get((14, 1), "") == ""
    assert codes(read(workbook(".xlsx", period="H1"), period="H1")) == ["W02"]


def test_the_form_names_its_school_and_no_pupil() -> None:
    seen = grids(workbook(".xls"))
    title = {value for value in seen["Титул"].values() if value != ""}
    assert {"1017", "МБОУ «Школа № 17»", "01.09.2026", "30.12.2026", "Фамилия", "E-mail"} <= title
    assert seen[H1][9, 4] == "Контингент, чел.: на начало периода"
    assert seen[H1][9, 24] == "Обучающихся, пропустивших более 30 % уроков"
    assert [seen[H1][10, column] for column in range(33)] == list(range(1, 34))


@pytest.mark.parametrize("suffix", WRITERS)
def test_what_was_written_is_read_back(suffix: str) -> None:
    reading = read(workbook(suffix))
    assert codes(reading) == ["W02"] and reading.findings[0].explained
    filled = content()
    assert reading.content is not None
    assert reading.content.classes == list(filled.classes)
    spare = [{}] * MP1.spare_rows
    assert reading.content.numbers == {n: [*rows, *spare] for n, rows in filled.numbers.items()}


def office(folder: Path, to: str, files: Iterable[Path]) -> dict[str, bytes]:
    """One start of LibreOffice that saves the files in another format."""
    if shutil.which("soffice") is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is not installed")
        pytest.skip("LibreOffice is not installed")
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    command = ["soffice", f"-env:UserInstallation={profile.parent.as_uri()}", "--headless"]
    command += ["--convert-to", to, "--outdir", str(folder / to), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return {path.stem: path.read_bytes() for path in (folder / to).iterdir()}


@cache
def generated() -> dict[str, Book]:
    """A workbook of every form and period, filled and empty."""
    vpr = replace(HEADING, form=VPR, period="ALL", thresholds={}, spans={})
    headings = [replace(HEADING, period=period) for period in MP1.periods]
    made = {f"MP1-{one.period}": (content(), one) for one in headings}
    made |= {f"MP1-{one.period}-empty": (_empty(MP1), one) for one in headings}
    made |= {"VPR": (results_of_works(F=20), vpr), "VPR-empty": (_empty(VPR), vpr)}
    return {name: book_of(filled, one, secret=SECRET) for name, (filled, one) in made.items()}


def _empty(form: Form) -> Content:
    """The template of a school without a journal here: rows, no classes, no numbers."""
    return Content(classes=[None] * form.empty_rows, numbers={})


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Workbooks whose carried values are all wrong, so that whatever is right afterwards was
    recalculated, and a whole .xls; each becomes an .xlsx."""
    folder = tmp_path_factory.mktemp("office")
    for name, made in generated().items():
        for suffix, write in WRITE.items():
            (folder / f"{name}-{suffix[1:]}{suffix}").write_bytes(write(_spoilt(made)))
    (folder / "right-xls.xls").write_bytes(write_xls(book()))
    return office(folder, "xlsx", sorted(folder.glob("*.xls*")))


def _spoilt(made: Book) -> Book:
    def wrong(value: Any) -> Any:
        if not isinstance(value, Formula):
            return value
        return replace(value, value="?" if isinstance(value.value, str) else -7)

    return replace(
        made,
        sheets=tuple(
            replace(sheet, cells=tuple(replace(one, value=wrong(one.value)) for one in sheet.cells))
            for sheet in made.sheets
        ),
    )


@pytest.mark.office
@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("name", generated())
def test_libreoffice_recalculates_to_the_very_figures(
    converted: dict[str, bytes], name: str, suffix: str
) -> None:
    seen = grids(converted[f"{name}-{suffix[1:]}"])
    figures = list(carried(generated()[name]))
    assert len(figures) > 100
    for sheet, row, column, value in figures:
        assert same(seen[sheet].get((row, column), ""), value), (sheet, row, column)


@pytest.mark.office
def test_libreoffice_converts_xls_to_xlsx_without_loss(converted: dict[str, bytes]) -> None:
    assert filled_cells(converted["right-xls"]) == filled_cells(write_xls(book()))
    assert codes(read(converted["right-xls"])) == ["W02"]


@pytest.mark.office
def test_a_form_saved_as_xls_by_another_program_is_read(tmp_path: Path) -> None:
    """It encrypts what is protected, with a password that every program knows."""
    for suffix in WRITERS:
        (tmp_path / f"from{suffix[1:]}{suffix}").write_bytes(workbook(suffix))
    saved = office(tmp_path, "xls", sorted(tmp_path.glob("*.xls*")))
    with pytest.raises(Locked):
        inspect(saved["fromxls"], limits=LIMITS)
    assert [codes(read(saved[name])) for name in ("fromxls", "fromxlsx")] == [["W02"], ["W02"]]


def filled_cells(data: bytes) -> dict[str, dict[tuple[int, int], Any]]:
    return {
        name: {place: value for place, value in cells.items() if value != ""}
        for name, cells in grids(data).items()
    }


def test_the_writer_leaves_nothing_of_the_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(".xlsx"))) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
    assert write_xls(book()) == workbook(".xls") and write_xlsx(book()) == workbook(".xlsx")


def test_files_are_named_as_the_region_names_them() -> None:
    name = MP1.file_name("230037", "2026-2027", ".xls")
    assert name == "MP1_230037_2026-2027_v1.0.0.xls"
    assert Path(name).suffix in WRITERS
