"""Each check of the history on the small school: one cell spoilt, one fault at its place."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from journal.transfer.history import (
    ExemptionRow,
    HistoryPackage,
    HistoryReading,
    known_from,
    parse_history,
    write_history,
)
from tests.transfer.mini import day, package

Files = dict[str, list[list[str]]]
KNOWN = known_from(package())
LESSON = (
    "Урок;Дата;№ урока;Классы;Подгруппа;Предмет;Таб. №;Вместо;Статус;Режим;Тема;"
    "Домашнее задание;Посещаемость отмечена"
)
TEXT = {
    "lessons.csv": [
        LESSON,
        "У-1;07.09.2026;1;5А;;Алгебра;1;;проведён;очно;Числа;№ 1;да",
        "У-2;08.09.2026;2;5а;1 группа;Английский язык;2;3;проведён;дистанционно;Hello;;да",
        "У-3;14.09.2026;1;5А;;Алгебра;1;;отменён;очно;;;нет",
        "У-4;09.09.2026;1;5Б, 5А;;Учёба;1;;проведён;;;;нет",
        "У-5;19.10.2026;1;5А;;Алгебра;1;;проведён;очно;;;да",
        "У-6;08.09.2026;1;10А;;Алгебра;1;;проведён;очно;;;да",
        "У-7;21.09.2026;1;10А;;Алгебра;1;;проведён;очно;;;да",
    ],
    "marks.csv": [
        "Урок;Личное дело;Вид работы;Отметка;Вес;Комментарий;Номер;Пересдача;Срок",
        "У-1;А-1;Контрольная работа;2;3;;1;;",
        "У-1;А-1;Пересдача;4;3;исправил;2;1;",
        "У-1;А-2;контрольная работа;•;;;;;14.09.2026",
        "У-1;А-2;Ответ на уроке;5;;;;;",
        "У-2;А-1;Ответ на уроке;н/а;;;;;",
        "У-4;Б-1;Ответ на уроке;зач;;;;;",
        "У-5;Б-1;Ответ на уроке;5;;;;;",
    ],
    "attendance.csv": [
        "Урок;Личное дело;Код;Минут",
        "У-1;А-1;ОП;5",
        "У-1;А-2;Н;",
        "У-2;А-1;уп;",
        "У-7;Д-1;Б;",
    ],
    "exemptions.csv": [
        "Личное дело;Предмет;Вид;С;По;Приказ",
        "А-1;Учёба;от посещения;01.09.2026;30.09.2026;№ 1",
        "А-2;;от практики;;;",
        "Д-1;;от посещения;;;",
    ],
    "period_marks.csv": [
        "Личное дело;Предмет;Учебный год;Вид;Номер;Отметка",
        "А-1;Алгебра;2026-2027;полугодие;1;4",
        "А-1;Алгебра;2026-2027;год;;н/а",
        "А-1;Учёба;2026-2027;полугодие;1;зач",
    ],
}


def files() -> Files:
    return {name: [line.split(";") for line in lines] for name, lines in TEXT.items()}


def contents(written: Mapping[str, list[list[str]]]) -> dict[str, bytes]:
    return {
        name: "\n".join(";".join(cells) for cells in rows).encode()
        for name, rows in written.items()
    }


def parse(written: Files, known: object = KNOWN) -> HistoryReading:
    return parse_history(contents(written), known=known)  # type: ignore[arg-type]


def places(found: HistoryReading) -> list[tuple[str, int, str]]:
    return [(fault.sheet, fault.row, fault.column) for fault in found.faults]


def clean() -> HistoryPackage:
    found = parse(files())
    assert found.faults == () and found.notes == ()
    assert found.package is not None
    return found.package


def test_canonical_rows() -> None:
    history = clean()
    second = history.lessons[1]
    assert second.group == (("5А",), "Английский язык", "1 группа")
    assert (second.teacher, second.replaced_teacher, second.mode) == ("2", "3", "distance")
    assert history.lessons[3].classes == ("5А", "5Б")
    assert [lesson.cancelled for lesson in history.lessons[:3]] == [False, False, True]
    assert [mark.number for mark in history.marks[:4]] == [1, 2, 1, 2]
    assert history.marks[1].retake_of == 1 and history.marks[2].deadline == day(9, 14)
    assert history.marks[2].work_type == "Контрольная работа"
    assert [absence.code for absence in history.absences] == ["o", "n", "u", "b"]
    assert history.exemptions[0].ends_before == day(10, 1)
    assert history.exemptions[1].starts_on == day(9, 1)
    assert [mark.number for mark in history.period_marks] == [1, 0, 1]


def test_an_export_reads_back_the_same() -> None:
    history = clean()
    assert parse_history(write_history(history), known=KNOWN).package == history


@pytest.mark.parametrize("comment", ["=1+1", "-упр", "'=x", "a;b", '"к"', "две\nстроки", "+7"])
def test_texts_come_through_an_export(comment: str) -> None:
    history = clean()
    marks = (replace(history.marks[0], comment=comment), *history.marks[1:])
    written = write_history(replace(history, marks=marks))
    again = parse_history(written, known=KNOWN).package
    assert again is not None and again.marks[0].comment == comment
    cell = written["marks.csv"].decode().split("\r\n")[1].split(";")[5]
    assert not cell.startswith("=")


# File, line, column and wrong value; where it is reported, if not there.
WRONG: list[tuple[str, int, str, str, tuple[str, int, str] | None]] = [
    ("lessons.csv", 2, "Урок", "", None),
    ("lessons.csv", 3, "Урок", "У-1", None),
    ("lessons.csv", 2, "Дата", "31.08.2026", None),
    ("lessons.csv", 2, "Дата", "01.06.2027", None),
    ("lessons.csv", 2, "Дата", "31.09.2026", None),
    ("lessons.csv", 2, "№ урока", "7", None),
    ("lessons.csv", 2, "Классы", "5Ъ", None),
    ("lessons.csv", 2, "Предмет", "Астрология", None),
    ("lessons.csv", 2, "Предмет", "Учёба", None),
    ("lessons.csv", 3, "Подгруппа", "3 группа", None),
    ("lessons.csv", 2, "Таб. №", "99", None),
    ("lessons.csv", 3, "Вместо", "99", None),
    ("lessons.csv", 2, "Статус", "перенесён", None),
    ("lessons.csv", 2, "Посещаемость отмечена", "не знаю", None),
    ("lessons.csv", 4, "Дата", "07.09.2026", ("lessons.csv", 4, "№ урока")),
    ("marks.csv", 2, "Урок", "У-99", None),
    ("marks.csv", 8, "Урок", "У-3", None),
    ("marks.csv", 2, "Личное дело", "Щ-9", None),
    ("marks.csv", 8, "Личное дело", "Д-1", None),
    ("marks.csv", 6, "Личное дело", "А-2", None),  # the class is right, the subgroup is not
    ("marks.csv", 8, "Урок", "У-1", ("marks.csv", 8, "Личное дело")),  # in 5А only from October
    ("marks.csv", 8, "Отметка", "6", None),
    ("marks.csv", 8, "Отметка", "зач", None),
    ("marks.csv", 7, "Отметка", "5", None),
    ("marks.csv", 8, "Вес", "0", None),
    ("marks.csv", 3, "Номер", "1", None),
    ("marks.csv", 3, "Пересдача", "2", None),
    ("marks.csv", 3, "Пересдача", "3", None),
    ("marks.csv", 5, "Срок", "14.09.2026", None),
    ("attendance.csv", 3, "Урок", "У-3", None),
    ("attendance.csv", 3, "Личное дело", "А-1", None),
    ("attendance.csv", 3, "Личное дело", "Б-1", None),
    ("attendance.csv", 3, "Код", "Я", None),
    ("attendance.csv", 3, "Минут", "5", None),
    ("attendance.csv", 2, "Минут", "пять", None),
    ("attendance.csv", 3, "Урок", "У-4", None),
    ("exemptions.csv", 2, "По", "31.08.2026", None),
    ("exemptions.csv", 2, "Вид", "от уроков", None),
    ("exemptions.csv", 3, "Личное дело", "Щ-9", None),
    ("exemptions.csv", 3, "С", "01.06.2027", None),
    ("exemptions.csv", 2, "Предмет", "Алгебра", ("attendance.csv", 2, "Личное дело")),
    ("period_marks.csv", 2, "Отметка", "•", None),
    ("period_marks.csv", 4, "Отметка", "5", None),
    ("period_marks.csv", 2, "Номер", "3", None),
    ("period_marks.csv", 2, "Номер", "", None),
    ("period_marks.csv", 3, "Номер", "1", None),
    ("period_marks.csv", 2, "Вид", "четверть", ("period_marks.csv", 2, "Номер")),
    ("period_marks.csv", 2, "Учебный год", "2025-2026", None),
    ("period_marks.csv", 4, "Предмет", "Алгебра", ("period_marks.csv", 4, "Личное дело")),
]
# An absence of somebody who is released from this lesson, but in a class of several.
RELEASED = ("attendance.csv", 3, "Урок", "У-4")


@pytest.mark.parametrize(("file", "line", "column", "value", "elsewhere"), WRONG)
def test_a_fault_is_found_at_its_place(
    file: str, line: int, column: str, value: str, elsewhere: tuple[str, int, str] | None
) -> None:
    written = files()
    if (file, line, column, value) == RELEASED:
        written[file][line - 1][1] = "А-1"
        elsewhere = (file, line, "Личное дело")
    written[file][line - 1][written[file][0].index(column)] = value
    found = parse(written)
    place = elsewhere or (file, line, column)
    assert place in places(found)
    assert {fault for fault in places(found) if fault[0] == place[0]} == {place}
    assert found.package is None


def test_a_faulty_lesson_is_not_held_against_its_entries() -> None:
    written = files()
    written["lessons.csv"][1][1] = "когда-то"
    assert places(parse(written)) == [("lessons.csv", 2, "Дата")]


def test_one_who_is_taught_alone_may_be_absent_though_released() -> None:
    """Д-1 is released from everything, but the only pupil of 10А on that day."""
    known = replace(KNOWN, stays={**KNOWN.stays, "А-9": KNOWN.stays["Д-1"]})
    assert places(parse(files(), known)) == [("attendance.csv", 5, "Личное дело")]


def test_marks_may_follow_lessons_of_an_earlier_import() -> None:
    held = clean()
    known = replace(
        KNOWN,
        lessons={lesson.key: lesson for lesson in held.lessons},
        mark_numbers={("У-1", "А-1"): frozenset({1})},
        exemptions=(ExemptionRow("А-2", None, "attending", day(9, 1), None, None),),
    )
    written = files()
    del written["lessons.csv"], written["exemptions.csv"], written["marks.csv"][1]
    found = parse(written, known)
    assert places(found) == [("attendance.csv", 3, "Личное дело")]
    assert parse(files(), known).faults[0].sheet == "attendance.csv"


def test_unknown_and_unreadable_files() -> None:
    some = contents(files())
    found = parse_history({**some, "notes.txt": b"x", "marks.csv": b"\xff\xfe"}, known=KNOWN)
    assert places(found) == [("marks.csv", 1, "")]
    assert [note.sheet for note in found.notes] == ["notes.txt"]
    lost = parse_history({**some, "lessons.csv": b"\xff\xfe"}, known=KNOWN)
    assert places(lost) == [("lessons.csv", 1, "")]
    assert places(parse_history({}, known=KNOWN)) == [("lessons.csv", 1, "")]


def test_files_may_lie_in_a_folder_and_begin_with_a_mark() -> None:
    some = {
        f"dir/{name.upper()}": b"\xef\xbb\xbf" + data for name, data in contents(files()).items()
    }
    assert parse_history(some, known=KNOWN).package == clean()


def test_a_lesson_stands_once_at_its_place() -> None:
    held = replace(clean().lessons[0], key="Старый")
    known = replace(KNOWN, lessons={"Старый": held})
    assert places(parse(files(), known)) == [("lessons.csv", 2, "№ урока")]


def test_rosters_need_the_class_too() -> None:
    """Б-1 is in the subgroup all year, but in 5А only from 12 October to 1 November."""
    written = files()
    written["lessons.csv"][2][1] = "13.10.2026"
    written["marks.csv"][5][1] = "Б-1"
    assert places(parse(written)) == []
    written["lessons.csv"][2][1] = "03.11.2026"
    assert ("marks.csv", 6, "Личное дело") in places(parse(written))
