"""Names as Russian forms them."""

from __future__ import annotations

from random import Random

import pytest

from journal.demo.names import (
    draw_adult,
    draw_surname,
    feminine,
    masculine,
    name_lists,
    patronymic,
)


@pytest.mark.parametrize(
    ("man", "woman"),
    [
        ("Иванов", "Иванова"),
        ("Соловьёв", "Соловьёва"),
        ("Лыткин", "Лыткина"),
        ("Вишневский", "Вишневская"),
        ("Трубецкой", "Трубецкая"),
        ("Толстой", "Толстая"),
        ("Шевченко", "Шевченко"),
        ("Гаспарян", "Гаспарян"),
        ("Черных", "Черных"),
        ("Ким", "Ким"),
        ("Рождественский-Преображенский", "Рождественская-Преображенская"),
        ("Семёнов-Ким", "Семёнова-Ким"),
    ],
)
def test_surnames_by_sex(man: str, woman: str) -> None:
    assert feminine(man) == woman


@pytest.mark.parametrize(
    ("father", "son", "daughter"),
    [
        ("Иван", "Иванович", "Ивановна"),
        ("Андрей", "Андреевич", "Андреевна"),
        ("Юрий", "Юрьевич", "Юрьевна"),
        ("Дмитрий", "Дмитриевич", "Дмитриевна"),
        ("Илья", "Ильич", "Ильинична"),
        ("Никита", "Никитич", "Никитична"),
        ("Пётр", "Петрович", "Петровна"),
        ("Фёдор", "Фёдорович", "Фёдоровна"),
        ("Лев", "Львович", "Львовна"),
        ("Игорь", "Игоревич", "Игоревна"),
        ("Михаил", "Михайлович", "Михайловна"),
    ],
)
def test_patronymics(father: str, son: str, daughter: str) -> None:
    assert patronymic(father, "м") == son
    assert patronymic(father, "ж") == daughter


def test_every_father_has_a_patronymic_of_the_right_ending() -> None:
    for father in name_lists()["fathers"]:
        assert patronymic(father, "м").endswith("ич")
        assert patronymic(father, "ж").endswith("на")


def test_a_womans_surname_leads_back_to_the_mans() -> None:
    rng = Random(3)
    for _ in range(500):
        surname = draw_surname(rng)
        assert masculine(feminine(surname)) == surname


def test_a_surname_is_given_in_the_mans_form() -> None:
    assert draw_adult(Random(1), "ж", "Орлов").surname == "Орлова"
