"""Tables of topics as teachers paste and hand them in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.core.errors import RuleViolation
from journal.lessons.rules.plan_table import TableRead, read_table, split_pasted

TYPES = ("Контрольная работа", "Ответ на уроке")


def read(text: str) -> TableRead:
    return read_table(split_pasted(text), work_types=TYPES)


def told(text: str) -> list[tuple[str, str, int, str, str]]:
    found = read(text)
    assert not found.faults
    return [(t.section, t.title, t.hours, t.homework, t.work_type) for t in found.topics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Дроби", [("", "Дроби", 1, "", "")]),
        ("Дроби\t2\t§ 1\tКонтрольная работа\tЧисла", [("Числа", "Дроби", 2, "§ 1", TYPES[0])]),
        ("1.\tДроби\t2\n2.\tДоли\t", [("", "Дроби", 2, "", ""), ("", "Доли", 1, "", "")]),
        (
            "№ п/п\tТема урока\tКол-во часов\tДата\tДомашнее задание\r\n"
            "Раздел 1. Числа\t\t\t\t\r\n1\tДроби\t2\t01.09\t§ 1\r\nИтого\t\t2\t\t\r\n",
            [("Раздел 1. Числа", "Дроби", 2, "§ 1", "")],
        ),
        (
            "Раздел\tТема\tЧасы\tФорма контроля\nЧисла\tДроби\t1\tконтрольная  работа",
            [("Числа", "Дроби", 1, "", TYPES[0])],
        ),
        ('Тема\tДЗ\n"Дроби\nи доли"\t"§ 1\n№ 5"', [("", "Дроби и доли", 1, "§ 1\n№ 5", "")]),
        ('«Дроби" и доли', [("", '«Дроби" и доли', 1, "", "")]),
        ("=1+1", [("", "=1+1", 1, "", "")]),
    ],
)
def test_tables_are_understood(text: str, expected: list[tuple[str, str, int, str, str]]) -> None:
    assert told(text) == expected


def test_every_fault_is_told_at_its_row() -> None:
    found = read("Тема\tЧасов\tВид работы\nДроби\tдва\t\n\t3\tОтвет на уроке\nДоли\t0\tПляска")
    assert [(one.row, str(one.message).split(".")[0]) for one in found.faults] == [
        (2, "A number is expected, not “два”"),
        (3, "Enter the topic or clear the whole row"),
        (4, "There is no kind of work «Пляска» in the school"),
        (4, "Enter 1 to 99 hours"),
    ]


@pytest.mark.parametrize("text", ["Тема\tЧасов", "Итого\t68"])
def test_a_table_without_topics_is_refused(text: str) -> None:
    assert "There is no topic" in str(read(text).faults[0].message)


def test_a_wall_of_text_is_no_table() -> None:
    assert "Shorten the topic" in str(read("я" * 100_000).faults[0].message)
    with pytest.raises(RuleViolation, match="not a table"):
        split_pasted("я" * 200_000)


@given(st.text(alphabet=' \t\n"a1§', max_size=60))
def test_nothing_pasted_breaks_the_reading(text: str) -> None:
    read_whole = read_table(split_pasted(text), work_types=TYPES)
    assert read_whole.topics or read_whole.faults
