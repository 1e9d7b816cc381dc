"""Russian names: surnames by sex, patronymics, and the lists they are drawn from. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

DATA = Path(__file__).with_name("data")
_SOFTENING = {"Дмитрий": "Дмитри", "Георгий": "Георги"}
_IRREGULAR = {
    "Илья": ("Ильич", "Ильинична"),
    "Никита": ("Никитич", "Никитична"),
    "Лев": ("Львович", "Львовна"),
    "Павел": ("Павлович", "Павловна"),
    "Пётр": ("Петрович", "Петровна"),
    "Яков": ("Яковлевич", "Яковлевна"),
    "Михаил": ("Михайлович", "Михайловна"),
    "Игорь": ("Игоревич", "Игоревна"),
}
_OTHERS_SHARE = 0.07
_DOUBLE_SHARE = 0.015


@dataclass(frozen=True, slots=True)
class Name:
    """Фамилия, имя, отчество (None where the person has none)."""

    surname: str
    given_name: str
    patronymic: str | None

    @property
    def full(self) -> str:
        """The whole name."""
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)


@cache
def name_lists() -> dict[str, tuple[str, ...]]:
    """The lists of data/names.txt by heading."""
    return {heading: tuple(" ".join(lines).split()) for heading, lines in _sections("names.txt")}


def _sections(file: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in (DATA / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            found.append((line[2:], []))
        elif line:
            found[-1][1].append(line)
    return found


def feminine(surname: str) -> str:
    """The woman's form of a surname; a double one changes in both parts."""
    if "-" in surname:
        return "-".join(feminine(part) for part in surname.split("-"))
    if surname.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return surname + "а"
    if surname.endswith(("ский", "цкий")):
        return surname[:-2] + "ая"
    if surname.endswith(("ой", "ый")):
        return surname[:-2] + "ая"
    return surname


def surname_for(surname: str, sex: str) -> str:
    """The surname (given in the man's form) of somebody of that sex («м» or «ж»)."""
    return feminine(surname) if sex == "ж" else surname


def patronymic(father: str, sex: str) -> str:
    """The patronymic of a child of `father`."""
    if father in _IRREGULAR:
        return _IRREGULAR[father][sex == "ж"]
    ending = "на" if sex == "ж" else "ич"
    if father in _SOFTENING:
        return f"{_SOFTENING[father]}ев{ending}"
    if father.endswith("ий"):
        return f"{father[:-2]}ьев{ending}"
    if father.endswith("й"):
        return f"{father[:-1]}ев{ending}"
    return f"{father}ов{ending}"


def draw_surname(rng: Random) -> str:
    """A surname in the man's form: mostly Russian, some others, a few double."""
    lists = name_lists()
    if rng.random() < _OTHERS_SHARE:
        return rng.choice(lists["surnames_other"])
    first = rng.choice(lists["surnames"])
    if rng.random() < _DOUBLE_SHARE:
        second = rng.choice(lists["surnames"])
        return first if second == first else f"{first}-{second}"
    return first


def draw_adult(rng: Random, sex: str, surname: str | None = None) -> Name:
    """A grown-up; `surname` in the man's form."""
    lists = name_lists()
    given = rng.choice(lists["mothers" if sex == "ж" else "fathers"])
    stem = surname or draw_surname(rng)
    return Name(surname_for(stem, sex), given, patronymic(rng.choice(lists["fathers"]), sex))


@cache
def _men_by_women() -> dict[str, str]:
    lists = name_lists()
    return {feminine(one): one for one in (*lists["surnames"], *lists["surnames_other"])}


def masculine(surname: str) -> str:
    """The man's form of a woman's surname of the lists (a double one in both parts)."""
    return "-".join(_men_by_women().get(part, part) for part in surname.split("-"))
