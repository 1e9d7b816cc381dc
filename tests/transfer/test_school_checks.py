"""Each check of the school workbook on a small school: one row spoilt, one fault at its place."""

import pytest

from journal.documents.cells import Cell
from tests.transfer.mini import Sheets, day, mini, package, parse, places

Place = tuple[str, int, str]


def test_the_small_school_is_clean() -> None:
    assert parse(mini()).notes == ()
    package()


def put(sheets: Sheets, sheet: str, row: int, column: str, value: Cell) -> None:
    """Write one cell."""
    rows = sheets[sheet]
    rows[row - 1][rows[0].index(column)] = value


# Sheet, row, column and wrong value; where it is reported, if not there.
WRONG: list[tuple[str, int, str, Cell, Place | None]] = [
    ("Организация", 2, "Значение", " ", None),
    ("Организация", 5, "Значение", "Moscow", None),
    ("Учебный год", 2, "Учебный год", "2026-2028", None),
    ("Учебный год", 2, "Окончание", day(8, 1), None),
    ("Периоды", 3, "Учебный год", "2025-2026", None),
    ("Периоды", 3, "Номер", 3, None),
    ("Периоды", 3, "Номер", "2,5", None),
    ("Периоды", 3, "Номер", 1, None),
    ("Периоды", 3, "Параллели", day(9, 2), None),
    ("Периоды", 3, "Параллели", 9.1, None),  # «9,10» as Excel keeps it
    ("Периоды", 3, "Окончание", day(6, 1, 2027), None),
    ("Периоды", 2, "Начало", day(8, 31), None),
    ("Периоды", 2, "Отметки по", day(12, 1), None),
    ("Периоды", 3, "Начало", day(12, 30), None),
    ("Периоды", 3, "Вид", "четверть", None),
    ("Каникулы", 2, "Окончание", day(12, 30), None),
    ("Звонки", 2, "Окончание", "08:30", None),
    ("Звонки", 3, "Начало", "09:09", None),
    ("Звонки", 3, "№ урока", 1.0, None),
    ("Предметы", 3, "Предмет", " алгебра ", None),
    ("Предметы", 2, "Оценивание", "12-балльная", None),
    ("Кабинеты", 3, "Кабинет", "101", None),
    ("Кабинеты", 2, "Вместимость", -1, None),
    ("Классы", 3, "Класс", "5a", None),
    ("Классы", 4, "Класс", "А10", None),
    ("Классы", 2, "Параллель", 6, None),
    ("Классы", 2, "Литера", "Б", None),
    ("Классы", 2, "Набор звонков", "Второй", None),
    ("Классы", 2, "Кабинет", "999", None),
    ("Сотрудники", 2, "Роли", "учитель, кочегар", None),
    ("Сотрудники", 3, "E-mail", "petrov@", None),
    ("Сотрудники", 3, "Имя", "я" * 101, None),
    ("Обучающиеся", 2, "Дата рождения", day(9, 2, 2022), None),
    ("Обучающиеся", 3, "Личное дело", "a-1", None),
    ("Движение", 2, "Дата", day(8, 31), None),
    ("Движение", 2, "Класс", "5Б", None),
    ("Движение", 2, "Класс", "", None),
    ("Движение", 2, "Вид", "зачисление", None),
    ("Движение", 3, "Дата", day(10, 12), None),
    ("Движение", 4, "Личное дело", "Д-1", ("Движение", 4, "Вид")),
    ("Представители", 2, "Степень родства", "сосед", None),
    ("Представители", 3, "Личное дело", "А-1", ("Представители", 3, "Фамилия")),
    ("Нагрузка", 2, "По", day(8, 1), None),
    ("Нагрузка", 3, "По", day(6, 2, 2027), None),
    ("Нагрузка", 2, "Часов в неделю", "много", None),
    ("Подгруппы", 4, "Личное дело", "Д-1", None),
    ("Подгруппы", 3, "С", day(10, 31), ("Подгруппы", 3, "Подгруппа")),
    ("Подгруппы", 5, "Личное дело", "А-1", None),
    ("КТП", 4, "Подгруппа", "", ("КТП", 4, "№")),
    ("КТП", 4, "Подгруппа", "3 группа", None),
    ("КТП", 2, "Классы", "10А,5Б", ("КТП", 2, "Предмет")),
    ("Расписание", 2, "По", day(8, 31), None),
    ("Расписание", 3, "По", day(6, 30, 2027), None),
    ("Расписание", 2, "День", "Вс", None),
    ("Расписание", 2, "№ урока", 3, None),
    ("Расписание", 2, "Предмет", "Английский язык", ("Расписание", 2, "Подгруппа")),
    ("Расписание", 2, "Предмет", "Учёба", None),
    ("Расписание", 3, "Таб. №", 3, None),
    ("Расписание", 2, "По", day(11, 2), ("Расписание", 3, "Классы")),
    ("Расписание", 5, "Кабинет", 101, None),
    ("Расписание", 4, "Подгруппа", "", ("Расписание", 5, "Классы")),
    ("Расписание", 6, "Неделя", "", ("Расписание", 6, "Таб. №")),
    ("Расписание", 7, "День", "Пн", ("Расписание", 7, "Классы")),
]


@pytest.mark.parametrize(("sheet", "row", "column", "value", "elsewhere"), WRONG)
def test_a_fault_is_found_at_its_place(
    sheet: str, row: int, column: str, value: Cell, elsewhere: Place | None
) -> None:
    sheets = mini()
    put(sheets, sheet, row, column, value)
    reading = parse(sheets)
    place = elsewhere or (sheet, row, column)
    assert place in places(reading)
    assert {found for found in places(reading) if found[0] == sheet} <= {
        place,
        *SECOND.get(place, ()),
    }
    assert reading.package is None


# Where one wrong cell truly contradicts two others.
SECOND: dict[Place, tuple[Place, ...]] = {
    ("Расписание", 5, "Классы"): (("Расписание", 4, "Подгруппа"),),
    ("Расписание", 3, "Классы"): (("Расписание", 2, "Таб. №"),),
    ("Периоды", 3, "Номер"): (("Периоды", 3, "Вид"),),
}


def test_all_faults_come_at_once_in_reading_order() -> None:
    sheets = mini()
    put(sheets, "Расписание", 2, "День", "Вс")
    put(sheets, "Классы", 3, "Кабинет", "999")
    put(sheets, "Классы", 2, "Кабинет", "998")
    assert places(parse(sheets)) == [
        ("Классы", 2, "Кабинет"),
        ("Классы", 3, "Кабинет"),
        ("Расписание", 2, "День"),
    ]


def test_shifts_do_not_meet_in_the_same_lesson() -> None:
    """Teacher 1 has lesson 1 on Wednesday in both shifts: at quite different times."""
    sheets = mini()
    put(sheets, "Звонки", 4, "Начало", "08:40")
    put(sheets, "Звонки", 4, "Окончание", "09:20")
    assert places(parse(sheets)) == [("Расписание", 8, "Таб. №")]


def test_subgroups_share_a_slot_until_a_pupil_is_in_both() -> None:
    sheets = mini()
    sheets["Нагрузка"].append(["5А", "хор", "Учёба", 1, 1, "", ""])
    sheets["Подгруппы"].append(["5А", "Учёба", "хор", "А-2", day(12, 1), ""])
    first, last = day(9, 1), day(5, 28, 2027)
    choir: list[Cell] = [first, last, "5А", "Вт", "", 2, "Учёба", "хор", 1, ""]
    sheets["Расписание"].append(choir)
    assert places(parse(sheets)) == [("Расписание", 9, "Классы")]
    choir[1] = day(11, 30)
    assert places(parse(sheets)) == []
    choir[1] = last
    choir[4] = "нечётная"
    assert places(parse(sheets)) == []


def test_a_faulty_load_row_is_not_held_against_the_timetable() -> None:
    for column in ("Классы", "Предмет", "Таб. №", "Часов в неделю"):
        sheets = mini()
        put(sheets, "Нагрузка", 6, column, "вздор")
        assert places(parse(sheets)) == [("Нагрузка", 6, column)]


def test_the_same_load_twice() -> None:
    sheets = mini()
    sheets["Нагрузка"].append(["5А", "", "Алгебра", 1, 1, day(10, 1), day(10, 9)])
    assert places(parse(sheets)) == [("Нагрузка", 9, "Предмет")]


def test_a_missing_row_of_the_organisation() -> None:
    sheets = mini()
    del sheets["Организация"][1]
    sheets["Организация"].append(["Краткое  наименование", "Ещё раз"])
    assert places(parse(sheets)) == [("Организация", 1, "Поле"), ("Организация", 5, "Поле")]


@pytest.mark.parametrize(
    ("sheet", "column"),
    [("Классы", "Класс"), ("Сотрудники", "Таб. №"), ("Обучающиеся", "Личное дело")],
)
def test_a_missing_column_is_one_fault(sheet: str, column: str) -> None:
    sheets = mini()
    sheets[sheet][0][0] = "Что-то"
    reading = parse(sheets)
    assert places(reading) == [(sheet, 1, column)]
    assert [note.column for note in reading.notes] == ["Что-то"]


def test_the_year_must_be_known() -> None:
    sheets = mini()
    del sheets["Учебный год"], sheets["Периоды"]
    assert ("Учебный год", 1, "Учебный год") in places(parse(sheets))


def test_a_file_without_any_sheet() -> None:
    assert len(parse({"Лист1": [["А", "Б"], ["1", "2"]]}).faults) == 1
    assert len(parse({}).faults) == 1


def test_a_guardian_who_may_be_a_double_is_noted() -> None:
    sheets = mini()
    sheets["Представители"].append(["А-2", "Волков", "Иван", "отец", "", ""])
    reading = parse(sheets)
    assert [(note.sheet, note.row) for note in reading.notes] == [
        ("Представители", 4),
        ("Представители", 5),
    ]
    assert reading.package is not None
