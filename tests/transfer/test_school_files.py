"""The test schools: clean ones read clean, every planted error is found at its place."""

import csv
import io
import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from journal.core.messages import Message
from journal.documents.cells import shown
from journal.documents.tables import Table, read_tables
from journal.transfer.marking import marked_file
from journal.transfer.school import (
    SchoolPackage,
    organisation_code,
    parse_school,
    placements,
    same_persons,
    school_changes,
    write_school,
)
from journal.transfer.school.sheets import TITLES
from tests.documents.ods import write_ods
from tests.transfer.schooldata import reading, school_folder, tables, workbook

MADE_AT = datetime(2026, 9, 1, tzinfo=UTC)
COUNTED = (
    *("classes", "staff", "pupils", "movements", "guardians"),
    *("loads", "subgroups", "slots", "topics"),
)


def clean(school: str) -> SchoolPackage:
    package = reading(school).package
    assert package is not None
    return package


@pytest.mark.parametrize(
    ("school", "counts"),
    [
        ("school", (29, 55, 756, 17, 1107, 478, 1450, 1932, 33293)),
        ("school-small", (6, 27, 162, 5, 242, 100, 362, 398, 6802)),
    ],
)
def test_clean_schools(school: str, counts: tuple[int, ...]) -> None:
    found = reading(school)
    assert found.faults == () and found.notes == ()
    package = clean(school)
    assert tuple(len(getattr(package, field)) for field in COUNTED) == counts
    assert package.sheets == frozenset(TITLES)


def test_the_school_itself() -> None:
    package = clean("school-small")
    assert package.organisation is not None
    assert package.organisation.code == "230037"
    assert package.organisation.time_zone == "Asia/Yekaterinburg"
    assert package.year is not None and package.year.ends_before == date(2027, 6, 1)
    assert ("10А", "10Б") in {load.classes for load in package.loads}


def expected() -> dict[str, list[dict[str, object]]]:
    path = school_folder("school-spoilt") / "expected_errors.json"
    found: dict[str, list[dict[str, object]]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_every_planted_error_and_no_other() -> None:
    left = Counter((f.sheet, f.row, f.column) for f in reading("school-spoilt").faults)
    for error in expected()["errors"]:
        spots = [error, *error["also"]]  # type: ignore[misc]
        allowed = [(error["sheet"], spot["row"], spot["column"]) for spot in spots]
        hits = [place for place in allowed if left.pop(place, 0)]  # type: ignore[call-overload]
        assert hits, f"not found: {error}"
    assert not left
    assert reading("school-spoilt").package is None


def test_what_begins_like_a_formula_is_text() -> None:
    for spot in expected()["not_errors"]:
        table = next(t for t in tables("school-spoilt") if t.name == spot["sheet"])
        header = [shown(cell) for cell in table.rows[0].cells]
        row = next(row for row in table.rows if row.number == spot["row"])
        assert row.cells[header.index(str(spot["column"]))] == spot["value"]


def test_a_formula_text_comes_through_an_export() -> None:
    sheets = {
        table.name: [list(row.cells) for row in table.rows] for table in tables("school-small")
    }
    sheets["Обучающиеся"][5][3] = "=1+1"
    first = parse_school(read_tables("a.ods", write_ods(sheets))).package
    assert first is not None and first.pupils[4].patronymic == "=1+1"
    content = write_school(first, made_at=MADE_AT)
    cell = openpyxl.load_workbook(io.BytesIO(content))["Обучающиеся"]["D6"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


@pytest.mark.parametrize("school", ["school", "school-small"])
def test_an_export_reads_back_the_same(school: str) -> None:
    package = clean(school)
    again = parse_school(read_tables("a.xlsx", write_school(package, made_at=MADE_AT)))
    assert again.faults == () and again.notes == ()
    assert again.package == package


def test_the_same_school_as_ods() -> None:
    sheets = {table.name: [row.cells for row in table.rows] for table in tables("school-small")}
    again = parse_school(read_tables("a.ods", write_ods(sheets)))
    assert again.faults == ()
    assert again.package == clean("school-small")


def as_csv(table: Table) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerows([shown(cell) for cell in row.cells] for row in table.rows)
    return written.getvalue().encode("utf-8-sig")


def test_the_same_school_as_csv_files() -> None:
    files = [read_tables(f"{t.name}.csv", as_csv(t))[0] for t in tables("school-small")]
    again = parse_school(files)
    assert again.faults == ()
    assert again.package == clean("school-small")


def test_a_csv_under_any_name_is_told_by_its_headers() -> None:
    files = [
        read_tables(f"file {number}.csv", as_csv(table))[0]
        for number, table in enumerate(tables("school-small"))
    ]
    assert parse_school(files).package == clean("school-small")


@pytest.mark.parametrize("school", ["school", "school-small"])
def test_the_second_import_changes_nothing(school: str) -> None:
    package = clean(school)
    again = parse_school(tables(school), known=package).package
    assert again == package
    for changes in school_changes(package, package).values():
        assert not changes.any and not changes.vanished


def test_siblings_and_a_teacher_who_is_a_mother_are_one_person_each() -> None:
    package = clean("school")
    people = [*package.staff, *package.guardians]
    roots = same_persons(people)
    mother = next(
        index
        for index, row in enumerate(package.guardians)
        if row.surname == "Данилова" and row.email == "danilova.a10@example.org"
    )
    assert roots[len(package.staff) + mother] < len(package.staff)
    assert len(set(roots)) == 1048


def test_stays_follow_the_movements() -> None:
    package = clean("school")
    assert package.year is not None
    found = placements(package.pupils, package.movements, package.year.starts_on)
    stays = [
        (p.class_name, p.span.starts_on, p.span.ends_before)
        for p in found
        if p.personal_file == "С-0313"
    ]
    assert stays == [
        ("3Б", date(2026, 9, 1), date(2026, 10, 19)),
        ("3Б", date(2026, 11, 17), None),
    ]


def test_the_organisation_is_known_before_the_rest() -> None:
    assert organisation_code(tables("school-spoilt")) == "230037"
    assert organisation_code(()) is None


def test_the_marked_copy_of_the_spoilt_school(tmp_path: Path) -> None:
    faults = reading("school-spoilt").faults
    content = marked_file(
        "school.xlsx", workbook("school-spoilt"), faults, translate=str, made_at=MADE_AT
    )
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert "Write the time as 08:30" in book["Звонки"]["D9"].comment.text
    assert book["Обучающиеся"]["D149"].value == "=1+1"
    commented = sum(
        1 for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment
    )
    assert commented == len(faults)


def test_messages_are_whole_sentences() -> None:
    for fault in reading("school-spoilt").faults:
        assert isinstance(fault.message, Message)
        assert str(fault.message).endswith(".") and "%(" not in str(fault.message)
