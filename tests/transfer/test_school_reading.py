"""What the format forgives, what a part of the sheets may leave out, templates and differences."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from journal.access.roles import Role
from journal.documents.cells import Cell, CellRefused
from journal.documents.tables import read_tables
from journal.transfer.celltypes import GRADES, canonical_class, canonical_classes, write_grades
from journal.transfer.school import (
    SchoolPackage,
    bell_set_of,
    parse_school,
    same_persons,
    school_changes,
    write_school,
    write_template,
)
from tests.transfer.mini import day, mini, package, parse, places

MADE_AT = datetime(2026, 9, 1, tzinfo=UTC)
NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    "written", ["5А", "5а", "5a", "5 A", f"5{NBSP}А", "5-А", "5«А»", '5 "а"', " 5А "]
)
def test_class_names(written: str) -> None:
    assert canonical_class(written) == "5А"


@pytest.mark.parametrize("written", ["А5", "0А", "13А", "пятый", "5+А"])
def test_what_is_no_class(written: str) -> None:
    with pytest.raises(CellRefused, match="5А"):
        canonical_class(written)


@pytest.mark.parametrize("written", ["10А,10Б", "10б, 10a", "10Б ;10А", "10А,,10Б,10А"])
def test_lists_of_classes(written: str) -> None:
    assert canonical_classes(written) == ("10А", "10Б")


def test_classes_are_ordered_by_parallel() -> None:
    assert canonical_classes("11А, 2Б, 2А, 10А") == ("2А", "2Б", "10А", "11А")


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2-9", tuple(range(2, 10))),
        ("10,11", (10, 11)),
        ("1, 5 – 8", (1, 5, 6, 7, 8)),
        (10.11, (10, 11)),
        (1.5, (1, 5)),
        (1.0, (1,)),
        ("11", (11,)),
    ],
)
def test_parallels(cell: Cell, read: tuple[int, ...]) -> None:
    assert GRADES.read(cell) == read
    assert GRADES.read(write_grades(read)) == read


@pytest.mark.parametrize("cell", ["9-2", "0", "13", "1,1", "все", 9.1, date(2026, 9, 2), True])
def test_what_are_no_parallels(cell: Cell) -> None:
    with pytest.raises(CellRefused):
        GRADES.read(cell)


def test_canonical_rows() -> None:
    school = package()
    assert school.terms[0].ends_before == day(12, 31)
    assert school.terms[0].marks_before == day(1, 4, 2027)
    assert school.bells[0].starts_at == time(8, 30)
    assert [room.name for room in school.rooms] == ["101", "102"]
    assert school.classes[2].class_teacher is None and school.classes[0].class_teacher == "1"
    assert school.staff[0].roles == (Role.TEACHER, Role.CLASS_TEACHER)
    assert school.staff[2].roles == (Role.DIRECTOR, Role.TEACHER)
    assert school.loads[4].weekly_hours == Decimal("2.5")
    assert (school.loads[0].starts_on, school.loads[0].ends_before) == (day(9, 1), day(11, 2))
    assert (school.loads[1].starts_on, school.loads[1].ends_before) == (day(11, 2), None)
    assert school.slots[5].classes == ("5А", "5Б")
    assert school.slots[2].week_kind == "even" and school.slots[0].week_kind == "every"
    assert school.topics[0].homework == "№ 1\n№ 2" and school.topics[0].hours == 1


def test_every_forgiven_way_of_writing_gives_the_same_school() -> None:
    sheets = mini()
    sheets["  расписание "] = [
        [f"{cell}*" if number == 0 else cell for cell in row]
        for number, row in enumerate(sheets.pop("Расписание"))
    ]
    rows = sheets["Нагрузка"]
    rows[1] = ["5a", None, f"алгебра{NBSP}", 1.0, "5,0", "01.09.2026", "2026-11-01"]
    rows[6] = [" 5Б ; 5 А", "", "учеба", "1", 1, "", day(5, 31, 2027)]
    rows[:] = [list(reversed(row)) for row in rows]
    sheets["Звонки"][1][3:] = [time(8, 30), 9.0 / 24 + 10.0 / 24 / 60]
    sheets["Подгруппы"][1][2] = "1 Группа"
    sheets["Классы"].insert(1, [None, "", " ", "", "", "", ""])
    found = parse(sheets)
    assert found.faults == ()
    assert found.package is not None
    assert replace(found.package, sheets=frozenset()) == package()


def test_an_unknown_column_and_sheet_are_noted() -> None:
    sheets = mini()
    sheets["Кабинеты"][0].append("Этаж")
    sheets["Черновик"] = [["что-то"]]
    found = parse(sheets)
    assert found.package is not None
    assert {(note.sheet, note.column) for note in found.notes} == {
        ("Кабинеты", "Этаж"),
        ("Черновик", ""),
    }


def test_part_of_the_sheets_stands_on_what_is_known() -> None:
    known = package()
    sheets = mini()
    part = package({name: sheets[name] for name in ("Расписание", "КТП", "Движение")}, known)
    assert part.sheets == {"Расписание", "КТП", "Движение"}
    assert part.slots == known.slots and part.pupils == ()
    alone = parse({"Расписание": sheets["Расписание"]})
    assert alone.package is None


def test_a_row_replaces_the_known_one_of_its_key() -> None:
    known = package()
    movement = {"Движение": [mini()["Движение"][0], ["Б-1", day(10, 12), "перевод", "5Б", ""]]}
    assert places(parse(movement, known)) == [("Движение", 2, "Класс")]
    clash = {
        "Подгруппы": [mini()["Подгруппы"][0], ["5А", "Английский язык", "1 группа", "А-2", "", ""]]
    }
    assert places(parse(clash, known)) == [("Подгруппы", 2, "Подгруппа")]
    dated = {
        "Подгруппы": [
            clash["Подгруппы"][0],
            ["5А", "Английский язык", "2 группа", "А-2", "", day(10, 1)],
            ["5А", "Английский язык", "1 группа", "А-2", day(10, 2), ""],
        ]
    }
    assert places(parse(dated, known)) == []


def test_a_column_the_file_lacks_leaves_the_known_value() -> None:
    known = package()
    found = package({"Сотрудники": [row[:6] for row in mini()["Сотрудники"]]}, known)
    assert found.staff == known.staff
    blank = mini()["Сотрудники"]
    blank[2][6] = ""
    assert package({"Сотрудники": blank}, known).staff[1].email is None
    changes = school_changes(known, package({"Сотрудники": blank}, known))
    assert [after.personnel_number for _, after in changes["staff"].changed] == ["2"]


def test_the_first_spelling_of_a_name_stays() -> None:
    known = package()
    found = package({"Предметы": [["Предмет", "Кратко"], ["АЛГЕБРА", "А."]]}, known)
    assert found.subjects[0].name == "Алгебра"
    assert found.subjects[0].scale == "five_point"


def test_differences() -> None:
    known = package()
    sheets = mini()
    sheets["Кабинеты"] = [["Кабинет", "Вместимость"], ["101", 31], ["103", 1]]
    changes = school_changes(known, package({"Кабинеты": sheets["Кабинеты"]}, known))
    assert list(changes) == ["rooms"]
    rooms = changes["rooms"]
    assert [row.name for row in rooms.added] == ["103"]
    assert [(before.capacity, after.capacity) for before, after in rooms.changed] == [(30, 31)]
    assert [rooms.named(row) for row in rooms.vanished] == ["102"]
    loads = school_changes(known, SchoolPackage(sheets=frozenset({"Нагрузка"})))["loads"]
    assert loads.named(loads.vanished[2]) == "5А, 1 группа, Английский язык, 3, 01.09.2026"


def test_an_export_of_the_small_school_reads_back() -> None:
    content = write_school(package(), made_at=MADE_AT)
    found = parse_school(read_tables("a.xlsx", content))
    assert found.package == package()
    assert write_school(package(), made_at=MADE_AT) == content


def test_the_template_has_no_rows_but_examples() -> None:
    tables = read_tables("template.xlsx", write_template(made_at=MADE_AT))
    found = parse_school(tables)
    assert found.notes == ()
    assert places(found) == [
        ("Организация", 2, "Значение"),
        ("Организация", 3, "Значение"),
        ("Организация", 4, "Значение"),
        ("Учебный год", 1, "Учебный год"),
    ]


def test_the_examples_make_a_clean_school_themselves() -> None:
    tables = read_tables("template.xlsx", write_template(made_at=MADE_AT))
    sheets = {table.name: [list(row.cells[:-1]) for row in table.rows] for table in tables}
    organisation = {table.name: table for table in tables}["Организация"]
    sheets["Организация"] = [
        [row.cells[0], row.cells[2] if row.number > 1 else "Значение"] for row in organisation.rows
    ]
    sheets["КТП"][1][1] = sheets["Расписание"][1][7] = sheets["Нагрузка"][1][1] = ""
    found = parse(sheets)
    assert found.faults == ()
    assert found.package is not None and len(found.package.slots) == 1


def test_persons() -> None:
    school = package()
    assert same_persons(school.guardians) == [0, 0, 2]
    namesake = replace(school.guardians[0], phone="+7 900 000-00-02")
    both = replace(school.guardians[0], phone="+7 900 000-00-02", email="alova@example.org")
    rows = [school.guardians[0], namesake, school.guardians[1], both]
    assert same_persons(rows) == [0, 0, 0, 0]
    assert same_persons(rows[:2]) == [0, 1]


def test_bells_of_a_class() -> None:
    school = package()
    first = school.classes[0]
    assert bell_set_of(first, school.bells) == ("Основной", 1)
    assert bell_set_of(replace(first, bell_set=None, shift=2), school.bells) == ("Основной", 2)
    assert bell_set_of(replace(first, shift=3), school.bells) == ("Основной", 1)
    assert bell_set_of(first, ()) is None
