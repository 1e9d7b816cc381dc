"""A large school as its files tell it, without the program: rows of sheets and CSV, dates, rosters.

`seats` is the one list that attendance is counted from: a pupil in a lesson, and how it went.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl

FOREVER = date(2100, 1, 1)
DAY = timedelta(days=1)
ABSENT = ("Б", "УП", "НП", "Н")
CANCELLED, RELEASED = "отменён", "освобождён"
SHEETS = ("Предметы", "Классы", "Сотрудники", "Обучающиеся", "Движение", "Представители")
SHEETS += ("Нагрузка", "Подгруппы", "Периоды")


def day_of(value: Any, default: date = FOREVER) -> date:
    if not value:
        return default
    if isinstance(value, datetime):
        return value.date()
    day, month, year = map(int, str(value).split("."))
    return date(year, month, day)


def half_up(value: Fraction, places: int) -> Fraction:
    """Rounded exactly: no floats on the way."""
    scale = 10**places
    return Fraction((value * scale * 2 + 1) // 2, scale)


@dataclass(frozen=True)
class Lesson:
    key: str
    day: date
    number: int
    classes: tuple[str, ...]
    group: str
    subject: str
    cancelled: bool
    taken: bool
    topic: str
    homework: str


@dataclass(frozen=True)
class Seat:
    """`state`: отменён, освобождён, a code of absence, ОП, or empty: present."""

    file: str
    place: str
    lesson: Lesson
    state: str


@dataclass(frozen=True)
class Load:
    """A course with its teachers: (personnel number, from, before)."""

    classes: tuple[str, ...]
    group: str
    subject: str
    teachers: tuple[tuple[str, date, date], ...]

    def staff_on(self, day: date) -> list[str]:
        return [number for number, since, before in self.teachers if since <= day < before]


class RawSchool:
    """The files of a folder, read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        book = openpyxl.load_workbook(folder / "school.xlsx", read_only=True)
        self.sheets = {name: list(self._sheet(book[name])) for name in SHEETS}
        book.close()
        self.first = date(2026, 9, 1)
        self._classes_on: dict[date, dict[str, list[str]]] = {}

    def _sheet(self, sheet: Any) -> Iterator[dict[str, Any]]:
        rows = sheet.iter_rows(values_only=True)
        head = next(rows)
        for row in rows:
            if any(value is not None for value in row):
                yield {name: value for name, value in zip(head, row, strict=False) if name}

    def history(self, name: str) -> Iterator[dict[str, str]]:
        path = self.folder / "history" / f"{name}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file, delimiter=";")

    @cached_property
    def names(self) -> dict[str, str]:
        """Personal file to «Фамилия Имя»."""
        rows = self.sheets["Обучающиеся"]
        return {row["Личное дело"]: f"{row['Фамилия']} {row['Имя']}" for row in rows}

    @cached_property
    def grades(self) -> dict[str, int]:
        """Class to parallel, in the order of the school."""
        rows = [(row["Параллель"], row["Класс"]) for row in self.sheets["Классы"]]
        return {name: grade for grade, name in sorted(rows)}

    @cached_property
    def scales(self) -> dict[str, str]:
        return {
            row["Предмет"]: row["Оценивание"] or "5-балльная" for row in self.sheets["Предметы"]
        }

    @cached_property
    def stays(self) -> dict[str, list[tuple[str, date, date]]]:
        """Personal file to (class, from, before) of this year."""
        moves = defaultdict(list)
        for row in self.sheets["Движение"]:
            if day_of(row["Дата"]) >= self.first:
                moves[row["Личное дело"]].append((day_of(row["Дата"]), row["Класс"]))
        found = {}
        for row in self.sheets["Обучающиеся"]:
            own = [(max(self.first, day_of(row["Дата зачисления"])), row["Класс"])]
            own += sorted(moves[row["Личное дело"]])
            ends = [day for day, _ in own[1:]] + [FOREVER]
            spans = [(name, day, end) for (day, name), end in zip(own, ends, strict=True)]
            found[row["Личное дело"]] = [one for one in spans if one[0] and one[1] < one[2]]
        return found

    def class_on(self, file: str, day: date) -> str | None:
        own = [name for name, since, before in self.stays[file] if since <= day < before]
        return own[0] if own else None

    def classes_on(self, day: date) -> dict[str, list[str]]:
        """Who is in which class on the day."""
        if day not in self._classes_on:
            found = self._classes_on[day] = defaultdict(list)
            for file in self.stays:
                found[self.class_on(file, day) or ""].append(file)
        return self._classes_on[day]

    def members(self, name: str, day: date) -> list[str]:
        """Who is in the class on the day."""
        return self.classes_on(day)[name]

    def stayed(self, name: str, first: date, last: date) -> dict[str, tuple[date, date]]:
        """Who was in the class on some of the days: the first day, the day after the last."""
        found: dict[str, tuple[date, date]] = {}
        for file, own in self.stays.items():
            inside = [(s, e) for n, s, e in own if n == name and s <= last and e > first]
            if inside:
                found[file] = (inside[0][0], inside[-1][1])
        return found

    @cached_property
    def subgroups(self) -> dict[tuple[str, str, str], list[tuple[str, date, date]]]:
        found = defaultdict(list)
        for row in self.sheets["Подгруппы"]:
            key = (row["Классы"].replace(" ", ""), row["Предмет"], row["Подгруппа"])
            before = day_of(row.get("По"), FOREVER - DAY) + DAY
            found[key].append((row["Личное дело"], day_of(row.get("С"), date.min), before))
        return found

    def roster(
        self, classes: tuple[str, ...], group: str, subject: str, day: date
    ) -> dict[str, str]:
        """Who sits in a lesson of the course on the day, each with his class."""
        found = {file: name for name in classes for file in self.classes_on(day)[name]}
        if not group:
            return found
        key = (",".join(classes), subject, group)
        inside = {file for file, since, before in self.subgroups[key] if since <= day < before}
        return {file: name for file, name in found.items() if file in inside}

    @cached_property
    def lessons(self) -> dict[str, Lesson]:
        found = {}
        for row in self.history("lessons"):
            found[row["Урок"]] = Lesson(
                row["Урок"],
                day_of(row["Дата"]),
                int(row["№ урока"]),
                tuple(row["Классы"].replace(" ", "").split(",")),
                row["Подгруппа"],
                row["Предмет"],
                row["Статус"] == "отменён",
                row["Посещаемость отмечена"] == "да",
                row["Тема"],
                row["Домашнее задание"],
            )
        return found

    @cached_property
    def seats(self) -> list[Seat]:
        """Every pupil of every lesson."""
        codes = {
            (row["Урок"], row["Личное дело"]): row["Код"] for row in self.history("attendance")
        }
        rosters: dict[Any, dict[str, str]] = {}
        found = []
        for lesson in self.lessons.values():
            key = (lesson.classes, lesson.group, lesson.subject, lesson.day)
            if key not in rosters:
                rosters[key] = self.roster(*key)
            for file, place in rosters[key].items():
                state = codes.get((lesson.key, file), "")
                if lesson.cancelled:
                    state = CANCELLED
                elif len(rosters[key]) > 1 and self.released(file, lesson):
                    state = RELEASED
                found.append(Seat(file, place, lesson, state))
        return found

    @cached_property
    def _releases(self) -> dict[str, list[tuple[str, date, date]]]:
        found = defaultdict(list)
        for row in self.history("exemptions"):
            if row["Вид"] == "от посещения":
                span = (row["Предмет"], day_of(row["С"], date.min), day_of(row["По"]))
                found[row["Личное дело"]].append(span)
        return found

    def released(self, file: str, lesson: Lesson) -> bool:
        return any(
            subject in ("", lesson.subject) and first <= lesson.day <= last
            for subject, first, last in self._releases.get(file, ())
        )

    @cached_property
    def marks(self) -> dict[tuple[str, str], list[dict[str, str]]]:
        """By (pupil, lesson) in the order of their numbers."""
        found = defaultdict(list)
        for row in self.history("marks"):
            found[row["Личное дело"], row["Урок"]].append(row)
        for own in found.values():
            own.sort(key=lambda row: int(row["Номер"] or 1))
        return found

    @cached_property
    def marks_of(self) -> dict[tuple[str, str], list[tuple[Lesson, list[dict[str, str]]]]]:
        """By (pupil, subject): the lessons in which he has marks."""
        found = defaultdict(list)
        for (file, key), own in self.marks.items():
            lesson = self.lessons[key]
            found[file, lesson.subject].append((lesson, own))
        return found

    @cached_property
    def given(self) -> dict[tuple[str, str, str, int], str]:
        """Term marks by pupil, subject, kind and number."""
        return {
            (row["Личное дело"], row["Предмет"], row["Вид"], int(row["Номер"] or 0)): row["Отметка"]
            for row in self.history("period_marks")
        }

    @cached_property
    def loads(self) -> list[Load]:
        found: dict[tuple[tuple[str, ...], str, str], list[tuple[str, date, date]]] = {}
        for row in self.sheets["Нагрузка"]:
            classes = tuple(str(row["Классы"]).replace(" ", "").split(","))
            key = (classes, row["Подгруппа"] or "", row["Предмет"])
            before = day_of(row.get("По"), FOREVER - DAY) + DAY
            since = day_of(row.get("С"), self.first)
            found.setdefault(key, []).append((str(row["Таб. №"]), since, before))
        return [Load(*key, tuple(own)) for key, own in found.items()]

    @cached_property
    def staff(self) -> dict[str, str]:
        """Personnel number to «Данилова А. Н.»."""
        found = {}
        for row in self.sheets["Сотрудники"]:
            letters = [row[part][0] + "." for part in ("Имя", "Отчество") if row[part]]
            found[str(row["Таб. №"])] = "\N{NO-BREAK SPACE}".join([row["Фамилия"], *letters])
        return found


def average(rows: list[dict[str, str]]) -> Fraction | None:
    """Σ mark · weight : Σ weight; a retake takes the place of what it retakes. `rows` are of one
    pupil; a number is one of the lesson."""
    retaken = {(row["Урок"], row["Пересдача"]) for row in rows if row["Пересдача"]}
    counted = [
        (int(row["Отметка"]), int(row["Вес"] or 1))
        for row in rows
        if row["Отметка"].isdigit() and (row["Урок"], row["Номер"]) not in retaken
    ]
    if not counted:
        return None
    return Fraction(sum(v * w for v, w in counted), sum(w for _, w in counted))
