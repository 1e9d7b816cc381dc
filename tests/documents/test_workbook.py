"""Written and marked workbooks: reopen the file and look at its cells."""

import io
from datetime import UTC, date, datetime, time
from decimal import Decimal

import openpyxl
import pytest

from journal.documents.marked import Remark, marked_copy
from journal.documents.tables import read_tables
from journal.documents.workbook import Sheet, SheetColumn, Value, write_workbook
from tests.documents.ods import write_ods

MADE_AT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
NAMES = SheetColumn(title="Имя", width=20, required=True, text=True)
KINDS = SheetColumn(title="Вид", choices=("урок", "экскурсия"))
ROOMS = SheetColumn(title="Кабинет", choices_from="'Кабинеты'!$A$2:$A$99")


def written(rows: list[list[Value]], **more: object) -> bytes:
    sheet = Sheet(title="Лист", columns=[NAMES, KINDS, ROOMS], rows=rows, **more)  # type: ignore[arg-type]
    return write_workbook([sheet], made_at=MADE_AT)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("https://example.org","МБОУ")',
        "#N/A",
        "@SUM(A1)",
        "-1",
        "+7 900",
        "1012",
    ],
)
def test_text_is_never_a_formula(text: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written([[text, "", ""]]))).active
    assert sheet is not None
    assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")


def test_values_keep_their_kinds() -> None:
    (table,) = read_tables(
        "a.xlsx",
        written([[date(2026, 9, 1), time(8, 30), Decimal("2.5")], ["a\x01b\nc", True, None]]),
    )
    assert table.rows[1].cells == (date(2026, 9, 1), time(8, 30), 2.5)
    assert table.rows[2].cells == ("ab\nc", True, "")


def test_header_is_frozen_and_lists_drop_down() -> None:
    sheet = openpyxl.load_workbook(
        io.BytesIO(written([], example=["Пример", "урок", "101"]))
    ).active
    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet["A2"].value == "Пример" and sheet["A2"].font.italic
    lists = {str(item.sqref): item for item in sheet.data_validations.dataValidation}
    assert lists["B2:B5000"].formula1 == '"урок,экскурсия"'
    assert lists["B2:B5000"].showErrorMessage
    assert lists["C2:C5000"].formula1 == "'Кабинеты'!$A$2:$A$99"
    assert not lists["C2:C5000"].showErrorMessage


def test_the_same_input_gives_the_same_bytes() -> None:
    assert written([["а", "б", "в"]]) == written([["а", "б", "в"]])


REMARKS = [
    Remark(sheet="лист", row=2, column="вид", text="Такого вида нет."),
    Remark(sheet="Лист", row=2, column="Вид", text="И второе."),
    Remark(sheet="Лист", row=1, column="Тема", text="Нет столбца."),
    Remark(sheet="Другой", row=1, column="Тема", text="Нет листа."),
]


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_marked_copy(kind: str) -> None:
    rows = [["Имя", "Вид", "Кабинет"], ["=1+1", "отпуск", 101], ["Б", "урок", 102]]
    files = {
        "xlsx": lambda: written(rows[1:]),
        "ods": lambda: write_ods({"Лист": rows}),
        "csv": lambda: "\n".join(";".join(map(str, row)) for row in rows).encode(),
    }
    data = files[kind]()
    copy = marked_copy(f"Лист.{kind}", data, REMARKS, made_at=MADE_AT)
    sheet = openpyxl.load_workbook(io.BytesIO(copy)).active
    assert sheet is not None
    assert sheet["B2"].comment.text == "Такого вида нет.\nИ второе."
    assert sheet["B2"].fill.start_color.rgb.endswith("FFD6D6")
    assert sheet["D1"].comment.text == "Нет столбца."
    assert sheet["A3"].comment is None and sheet["A3"].fill.fill_type is None
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert (
        read_tables("a.xlsx", copy)[0].rows[2].cells[:3]
        == read_tables("Лист", data)[0].rows[2].cells
    )
    assert copy == marked_copy(f"Лист.{kind}", data, REMARKS, made_at=MADE_AT)


def test_a_csv_with_a_name_no_sheet_may_have() -> None:
    name = "очень длинное: имя [файла] для листа книги"
    remark = Remark(sheet=name, row=2, column="Имя", text="x")
    copy = marked_copy(f"{name}.csv", "Имя\nА".encode(), [remark], made_at=MADE_AT)
    sheet = openpyxl.load_workbook(io.BytesIO(copy)).active
    assert sheet is not None and sheet["A2"].comment.text == "x"


def test_words_are_read_whole_on_screen_and_paper() -> None:
    """Headers and long texts have the height of their lines; printed, a sheet is one page wide."""
    columns = [
        SheetColumn(title="Решение педагогического совета", width=14),
        SheetColumn(title="Основы духовно-нравственной культуры", width=6, upright=True),
    ]
    long = "Сложение и вычитание дробей с разными знаменателями"
    rows: list[list[Value]] = [["коротко", 5], [long, 4], ["две\nстроки", 3]]
    content = write_workbook([Sheet(title="Лист", columns=columns, rows=rows)], made_at=MADE_AT)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert sheet["A1"].alignment.wrap_text and sheet["B1"].alignment.textRotation == 90
    heights = [sheet.row_dimensions[number].height for number in range(1, 5)]
    assert heights[0] >= 200 and heights[1] is None
    assert heights[2] >= 4 * 15 and heights[3] == 2 * 15
    assert sheet["A3"].alignment.wrap_text and sheet["A3"].value == long
    assert not sheet["A2"].alignment.wrap_text
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0


def test_on_paper_a_sheet_says_what_it_is() -> None:
    """A4, ruled, named, numbered; a row of several lines begins at its top in every cell."""
    columns = [SheetColumn(title="Причина", width=12), SheetColumn(title="Записей", width=9)]
    rows: list[list[Value]] = [["Учитель был на больничном листе", 5], ["коротко", 4]]
    named = Sheet(
        title="Лист", columns=columns, rows=rows, heading="Школа & сад " * 40, made="Сформировано"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(write_workbook([named], made_at=MADE_AT))).active
    assert sheet is not None
    assert sheet.page_setup.paperSize == "9" or sheet.page_setup.paperSize == 9
    assert sheet.print_options.gridLines
    head = str(sheet.oddHeader.left.text)
    assert head.startswith("Школа && сад Школа") and head.endswith("…")
    assert len(head.replace("&&", "&")) <= 255
    assert sheet.oddFooter.left.text == "Сформировано" and sheet.oddFooter.right.text == "&P / &N"
    assert sheet["A2"].alignment.vertical == sheet["B2"].alignment.vertical == "top"
    assert sheet["A1"].font.name == "Calibri"
