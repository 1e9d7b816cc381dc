"""Forms as workbooks: columns as wide as their words, subjects upright, nothing lost."""

from __future__ import annotations

import io

import openpyxl

from journal.reports.forms import FormCell, FormColumn, FormRow, PaperForm
from journal.reports.forms.writing import form_xlsx
from tests.documents.test_ending import MAKING, say

NAME = "Константинопольская-Заболоцкая Александра-Мария"
NOTE = "Переведена в следующий класс с академической задолженностью по физике, 30.05.2027 № 14"


def test_names_and_heads_are_read_whole() -> None:
    form = PaperForm(
        school="Школа № 17",
        title="Ведомость",
        subtitle="5А",
        columns=(
            FormColumn(title="Фамилия, имя", share=3, kind="text"),
            FormColumn(title="Основы духовно-нравственной культуры", share=0.9, upright=True),
            FormColumn(title="Уважительная причина", share=1),
            FormColumn(title="Решение", share=3, kind="text"),
        ),
        rows=(
            FormRow(
                cells=(FormCell(NAME), FormCell("5"), FormCell("0", 0), FormCell(NOTE)), key="1"
            ),
        ),
    )
    book = openpyxl.load_workbook(io.BytesIO(form_xlsx(form, MAKING, say)))
    sheet = book.worksheets[0]
    widths = [sheet.column_dimensions[letter].width for letter in "ABCD"]
    assert widths[0] >= len(NAME) and widths[1] <= 8 and widths[2] >= len("Уважительная")
    assert widths[3] < len(NOTE) and sheet["D2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height >= 2 * 15
    assert sheet["B1"].alignment.textRotation == 90
    assert [cell.value for cell in sheet[2]] == [NAME, "5", 0, NOTE]


def test_fifty_days_of_marks_are_narrow_and_the_paper_says_whose_they_are() -> None:
    days = tuple(FormColumn(title=f"{n:02}.09", kind="mark", upright=True) for n in range(1, 31))
    marks = tuple(FormCell("4 5" if n == 3 else "") for n in range(1, 31))
    form = PaperForm(
        school="Школа № 17",
        title="Отчёт",
        subtitle="5А",
        columns=(FormColumn(title="Предмет", share=8, kind="text"), *days),
        rows=(FormRow(cells=(FormCell("Химия"), *marks), key="1"),),
    )
    sheet = openpyxl.load_workbook(io.BytesIO(form_xlsx(form, MAKING, say))).worksheets[0]
    widths = [sheet.column_dimensions[letter].width for letter in "BCD"]
    assert widths == [4, 4, 4.5]
    assert sheet.oddHeader.left.text == "Школа № 17. Отчёт. 5А"
    assert sheet.oddFooter.left.text.startswith("Made on")


def test_a_column_of_little_takes_little_of_the_paper() -> None:
    form = PaperForm(
        school="Школа № 17",
        title="Отчёт",
        subtitle="5А",
        columns=tuple(FormColumn(title=title, share=6, kind="text") for title in ("Было", "Кто")),
        rows=(FormRow(cells=(FormCell("4"), FormCell(NAME)), key="1"),),
    )
    sheet = openpyxl.load_workbook(io.BytesIO(form_xlsx(form, MAKING, say))).worksheets[0]
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [14, len(NAME) + 2]
