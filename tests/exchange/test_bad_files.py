"""Files that are no filled form of this school: each gets its message of §6."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from random import Random
from struct import pack, unpack_from
from typing import Any

import olefile
import pytest
import xlwt
from openpyxl import Workbook, load_workbook

from journal.documents.book import Formula, Look, Placed, write_xls
from journal.documents.guards import UnreadableFile
from journal.documents.tables import read_tables
from journal.exchange.figures import Content
from journal.exchange.forms.messages import BROKEN
from journal.exchange.forms.mp1 import H1, H2
from journal.exchange.workbook import book_of
from journal.exchange.workbook.marking import marked_form
from tests.exchange.filled import (
    HEADING,
    MADE_AT,
    SECRET,
    codes,
    content,
    edited,
    read,
    rebuilt,
    workbook,
)

F01 = (
    "Файл не является книгой MS Excel (.xls 97–2003 или .xlsx). Скачайте шаблон в личном кабинете."
)
F02 = "Файл защищён паролем на открытие. Снимите пароль и отправьте файл повторно."
F03 = "Файл содержит макросы или внешние ссылки и не может быть принят."
F05 = "Файл содержит формулы в ячейках для ввода или повреждён: лист «{}», ячейка {}."
M04 = "Структура шаблона изменена: лист «{}», ячейка {}."


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The archive with its members changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return out.getvalue()


def with_member(name: str, member: bytes = b"x") -> bytes:
    return repacked(workbook(), lambda members: members.update({name: member}))


def zip_bomb() -> bytes:
    return with_member("xl/media/image1.png", b"\0" * 60_000_000)


def record_in_xls(number: int, body: bytes) -> bytes:
    """The .xls with one record of its globals overwritten: the first CODEPAGE gives way."""
    data = bytearray(workbook(".xls"))
    with olefile.OleFileIO(io.BytesIO(bytes(data))) as container:
        stream = container.openstream("Workbook").read()
    at = data.find(stream[:64])
    position = 0
    while True:
        kind, size = unpack_from("<HH", stream, position)
        if kind == 0x0031 and size >= len(body):  # FONT
            break
        position += 4 + size
    filler = pack("<HH", 0x00FF, size - len(body) - 4) if size > len(body) + 4 else b""
    record = pack("<HH", number, len(body)) + body + filler
    data[at + position : at + position + len(record)] = record
    return bytes(data)


def locked_by_somebody() -> bytes:
    """The .xls with the record of an encryption whose password is not the known one."""
    made = book_of(content(), HEADING, secret=SECRET)
    first, *rest = made.sheets
    long_name = replace(first, cells=(Placed(0, 0, "x", Look(size=31, number_format="0" * 60)),))
    data = write_xls(replace(made, sheets=(long_name, *rest)))
    body = pack("<HHH", 1, 1, 1) + b"\1" * 48
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        stream = container.openstream("Workbook").read()
    at, position = data.find(stream[:64]), 0
    while unpack_from("<HH", stream, position)[1] < len(body) + 4 or position == 0:
        position += 4 + unpack_from("<HH", stream, position)[1]
    size = unpack_from("<HH", stream, position)[1]
    record = pack("<HH", 0x002F, len(body)) + body + pack("<HH", 0xFF, size - len(body) - 4)
    return data[: at + position] + record + data[at + position + len(record) :]


def other_excel() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def old_formula() -> bytes:
    """Our .xls saved with a formula in E12 of the first half-year."""
    made = book_of(content(), HEADING, secret=SECRET)
    sheets = tuple(
        replace(
            sheet,
            cells=tuple(
                replace(one, value=Formula("19+1", 20))
                if (sheet.title, one.row, one.column) == (H1, 11, 4)
                else one
                for one in sheet.cells
            ),
        )
        for sheet in made.sheets
    )
    return write_xls(replace(made, sheets=sheets))


def bare_ole() -> bytes:
    out = io.BytesIO()
    sheet = xlwt.Workbook()
    sheet.add_sheet("Лист")
    sheet.save(out)
    return out.getvalue().replace("Workbook".encode("utf-16-le"), "Wordbook".encode("utf-16-le"))


def text_of(data: bytes, **changes: Any) -> list[str]:
    return [one.text for one in read(data, **changes).findings]


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: b"\xd0\x9f\xd0\xbe\xd1\x81\xd0\xb5\xd1\x89", F01),
        (lambda: b"", F01),
        (lambda: b"PK\x03\x04 no archive", BROKEN),
        (lambda: bare_ole(), F01),
        (lambda: repacked(workbook(), lambda members: members.pop("xl/workbook.xml")), F01),
        (lambda: record_in_xls(0x002F, b"\0" * 6), F02),
        (lambda: locked_by_somebody(), F02),
        (lambda: with_member("xl/vbaProject.bin"), F03),
        (lambda: with_member("xl/externalLinks/externalLink1.xml"), F03),
        (lambda: with_member("xl/embeddings/oleObject1.bin"), F03),
        (lambda: record_in_xls(0x01AE, pack("<HH", 1, 8) + b"\0other"), F03),
        (lambda: b"\0" * 3_000_000, "Размер файла превышает 2 МБ."),
        (lambda: zip_bomb(), BROKEN),
        (lambda: edited(workbook(), (H1, "E12", "=19+1")), F05.format(H1, "E12")),
        (lambda: old_formula(), F05.format(H1, "E12")),
        (lambda: other_excel(), M04.format("_meta", "A1")),
        (
            lambda: edited(workbook(), ("_meta", "B2", "2.0.0")),
            "Версия шаблона 2.0.0 не поддерживается. Скачайте актуальный шаблон.",
        ),
        (
            lambda: edited(workbook(), ("_meta", "B2", "1.1.0")),
            "Версия шаблона 1.1.0 не поддерживается. Скачайте актуальный шаблон.",
        ),
        (
            lambda: workbook(organisation_code="1005"),
            "Файл сформирован для другой образовательной организации.",
        ),
        (
            lambda: edited(workbook(organisation_code="1005"), ("_meta", "B4", "1017")),
            "Файл сформирован для другой образовательной организации.",
        ),
        (lambda: workbook(year="2025-2026"), "Файл относится к другому мониторингу или периоду."),
        (lambda: workbook(procedure_id="6"), "Файл относится к другому мониторингу или периоду."),
        (lambda: workbook(period="H1"), "Файл относится к другому мониторингу или периоду."),
        (lambda: edited(workbook(), (H1, "E10", "Всего")), M04.format(H1, "E10")),
        (lambda: edited(workbook(), ("Свод", "A13", "Малыши")), M04.format("Свод", "A13")),
        (lambda: rebuilt(workbook(), lambda book: book.remove(book[H2])), M04.format(H2, "A1")),
        (
            lambda: workbook(filled=Content(classes=content().classes, numbers={})),
            "Загружен незаполненный шаблон.",
        ),
    ],
)
def test_what_is_no_form_of_ours_is_refused_with_its_message(
    make: Callable[[], bytes], text: str
) -> None:
    reading = read(make())
    assert [one.text for one in reading.findings] == [text]
    assert reading.content is None


def scratched(data: bytes, seed: int) -> bytes:
    """The file with twenty bytes of it written over."""
    chance, result = Random(seed), bytearray(data)
    for _ in range(20):
        result[chance.randrange(len(result))] = chance.randrange(256)
    return bytes(result)


def test_a_damaged_file_is_read_or_refused_and_nothing_else() -> None:
    """Its parser panics over some of these, past every Exception."""
    old = workbook(".xls")
    for seed in range(40):
        data = scratched(old, seed)
        read(data)
        try:
            read_tables("form.xls", data)
        except UnreadableFile as refused:
            assert refused.message


def test_a_sheet_whose_name_is_no_text_is_damage() -> None:
    def scratch(members: dict[str, bytes]) -> None:
        book = members["xl/workbook.xml"]
        members["xl/workbook.xml"] = book.replace(b'<sheet name="', b'<sheet name="\xff', 1)

    broken = repacked(workbook(), scratch)
    assert [one.text for one in read(broken).findings] == [BROKEN]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("26", "Класс 5Б, графа 5: допускается только целое число не меньше 0."),
        (25.5, "Класс 5Б, графа 5: допускается только целое число не меньше 0."),
        (-1, "Класс 5Б, графа 5: допускается только целое число не меньше 0."),
        (True, "Класс 5Б, графа 5: допускается только целое число не меньше 0."),
        (None, "Класс 5Б, графа 5: значение не указано. При отсутствии укажите 0."),
    ],
)
def test_a_cell_that_is_no_whole_number_is_named_once(value: Any, said: str) -> None:
    reading = read(edited(workbook(), (H1, "E14", value)))
    about = [one for one in reading.findings if one.letter == "E" and one.code.startswith("T")]
    assert [one.text for one in about] == [said]
    assert (about[0].sheet, about[0].row, about[0].class_name) == (H1, 2, "5Б")
    assert reading.content is not None


def test_classes_are_forgiven_their_spelling_and_refused_twice() -> None:
    reading = read(edited(workbook(), ("Классы", "B13", " 5 «a»")))
    assert reading.content is not None and reading.content.classes[1] is not None
    assert reading.content.classes[1].name == "5А"
    twice = text_of(edited(workbook(), ("Классы", "B14", "5A")))
    assert twice.count("Класс «5А» указан более одного раза.") == 2
    other = text_of(edited(workbook(), ("Классы", "C13", 6)))
    assert "Класс «5А» не соответствует параллели 6." in other
    spare = text_of(edited(workbook(), (H1, "K16", 4)))
    assert "Строка 16: данные указаны без класса." in spare


def test_totals_that_were_not_recalculated_are_replaced_and_told() -> None:
    stale = repacked(
        workbook(),
        lambda members: members.update(
            {
                name: data.replace(b"<v>9350</v>", b"<v>9351</v>")
                for name, data in members.items()
                if name == "xl/worksheets/sheet4.xml"
            }
        ),
    )
    said = text_of(stale)
    assert (
        f"Итоги в файле отличаются от пересчитанных: лист «{H1}», графа 15. "
        "Приняты пересчитанные значения."
    ) in said


def test_explanations_count_for_their_code_and_class() -> None:
    without = read(edited(workbook(), ("Пояснения", "C12", None)))
    assert [one.open for one in without.findings] == [True]
    moved = read(edited(workbook(), ("Пояснения", "B12", "2a")))
    assert [one.open for one in moved.findings] == [False]


def test_the_faulty_form_comes_back_coloured_with_what_was_typed() -> None:
    reading = read(edited(workbook(), (H1, "E14", "много"), (H1, "R13", 9999)))
    data = marked_form(reading, reading.findings, HEADING, secret=SECRET, made_at=MADE_AT)
    assert data is not None
    sheet: Any = load_workbook(io.BytesIO(data))[H1]
    assert sheet["E14"].value == "много" and "целое число" in sheet["E14"].comment.text
    assert "пропущено (10164)" in sheet["R13"].comment.text
    assert sheet["R13"].fill.start_color.rgb.endswith("FFD6D6")
    assert sheet["S13"].comment is None
    assert codes(read(data)) == codes(reading)
    assert marked_form(read(b""), (), HEADING, secret=SECRET, made_at=MADE_AT) is None
