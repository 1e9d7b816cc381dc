"""Attendance of a test school counted by hand from its raw files, without the program.

One loop over lessons and pupils, as monitoring-mp1.md §4 reads: slow, plain and independent. The
history of the test schools ends inside half-year I, so all of it is counted as that.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.transfer.schooldata import school_folder, tables

LETTERS = ("E", "F", "G", "H", "I", "K", "L", "M", "N", "P", "R", "S", "T", "U", "V", "W", "X")
COLUMNS = {"Б": "R", "УП": "S", "НП": "T", "Н": "U", "ОП": "V"}
FOREVER = date(2100, 1, 1)


def sheet(school: str, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a sheet of the school workbook as dicts."""
    (found,) = [one for one in tables(school) if one.name == name]
    header = found.rows[0].cells
    for row in found.rows[1:]:
        yield dict(zip(header, row.cells, strict=False))


def history(school: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of a file of the history."""
    path = school_folder(school) / "history" / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def day_of(value: Any, default: date = FOREVER) -> date:
    """A date of a file, or the default for nothing."""
    if not value:
        return default
    if isinstance(value, date):
        return value
    day, month, year = map(int, value.split("."))
    return date(year, month, day)


@dataclass
class ByHand:
    """Figures of half-year I: `classes` by name and column, `pupils` by personal file."""

    classes: dict[str, dict[str, int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )
    pupils: dict[str, dict[str, int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )
    unfilled: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def counted_by_hand(school: str) -> ByHand:
    """Everything the history of the school tells about attendance."""
    first = day_of(next(sheet(school, "Учебный год"))["Начало"])
    last = max(day_of(row["Дата"]) for row in history(school, "lessons"))
    stays = _stays(school, first)
    found = ByHand()
    _movements(found, stays, first, last)
    _lessons(found, school, stays)
    _persons(found, stays, last)
    return found


Stays = dict[str, list[tuple[str, date, date]]]


def _stays(school: str, first: date) -> Stays:
    """Personal file to stays (class, from, before) of this school year."""
    moves = defaultdict(list)
    for row in sheet(school, "Движение"):
        if day_of(row["Дата"]) >= first:
            moves[row["Личное дело"]].append((day_of(row["Дата"]), row["Класс"]))
    stays: Stays = {}
    for row in sheet(school, "Обучающиеся"):
        own = [(max(first, day_of(row["Дата зачисления"])), row["Класс"])]
        own += sorted(moves[row["Личное дело"]])
        ends = [day for day, _ in own[1:]] + [FOREVER]
        spans = [(name, day, end) for (day, name), end in zip(own, ends, strict=True)]
        stays[row["Личное дело"]] = [(n, s, e) for n, s, e in spans if n and s < e]
    return stays


def _movements(found: ByHand, stays: Stays, first: date, last: date) -> None:
    """E, F, G, H, I: who came to and left a class, from the stays alone."""
    for own in stays.values():
        for place, (name, since, before) in enumerate(own):
            earlier = own[place - 1] if place else None
            later = own[place + 1] if place + 1 < len(own) else None
            if since == first:
                found.classes[name]["E"] += 1
            elif since <= last:
                found.classes[name]["F"] += 1
                found.classes[name]["G"] += bool(earlier and earlier[2] == since)
            if before <= last:
                found.classes[name]["H"] += 1
                found.classes[name]["I"] += bool(later and later[1] == before)


def _lessons(found: ByHand, school: str, stays: Stays) -> None:
    subgroups = defaultdict(list)
    for row in sheet(school, "Подгруппы"):
        key = (row["Классы"].replace(" ", ""), row["Предмет"], row["Подгруппа"])
        before = day_of(row["По"]) + timedelta(days=1) if row["По"] else FOREVER
        subgroups[key].append((row["Личное дело"], day_of(row["С"], date.min), before))
    released = [row for row in history(school, "exemptions") if row["Вид"] == "от посещения"]
    entries: dict[str, dict[str, str]] = defaultdict(dict)
    for row in history(school, "attendance"):
        entries[row["Урок"]][row["Личное дело"]] = row["Код"]
    slots, days = set(), defaultdict(list)
    for lesson in history(school, "lessons"):
        day, classes = day_of(lesson["Дата"]), lesson["Классы"].replace(" ", "").split(",")
        roster = {
            file: name
            for file, own in stays.items()
            for name, since, before in own
            if name in classes and since <= day < before
        }
        if lesson["Подгруппа"]:
            key = (lesson["Классы"].replace(" ", ""), lesson["Предмет"], lesson["Подгруппа"])
            inside = {file for file, since, before in subgroups[key] if since <= day < before}
            roster = {file: name for file, name in roster.items() if file in inside}
        cancelled = lesson["Статус"] == "отменён"
        filled = lesson["Посещаемость отмечена"] == "да"
        for name in set(roster.values()) if not cancelled else ():
            slots.add((name, day, lesson["№ урока"]))
            found.unfilled[name] += not filled
        for file, name in roster.items():
            free = len(roster) > 1 and any(
                row["Личное дело"] == file
                and row["Предмет"] in ("", lesson["Предмет"])
                and day_of(row["С"]) <= day <= day_of(row["По"])
                for row in released
            )
            code = entries[lesson["Урок"]].get(file, "")
            for counts in (found.classes[name], found.pupils[file]):
                counts["L"] += 1
                counts["M"] += cancelled
                counts["N"] += free and not cancelled
                if not cancelled and not free:
                    counts["P"] += lesson["Режим"] == "дистанционно"
                    if code:
                        counts[COLUMNS[code]] += 1
            if not cancelled and not free:
                days[file, name, day].append(code if filled else "?")
    for name, _, _ in slots:
        found.classes[name]["K"] += 1
    for (_, name, _), codes in days.items():
        found.classes[name]["W"] += set(codes) <= {"Б", "УП", "НП", "Н"}
        found.classes[name]["X"] += set(codes) == {"Б"}


def _persons(found: ByHand, stays: Stays, last: date) -> None:
    """Y, Z, AA: a pupil counts once, in the class of his last enrolled day."""
    for file, own in stays.items():
        begun = [stay for stay in own if stay[1] <= last]
        if not begun:
            continue
        counts, into = found.pupils[file], found.classes[begun[-1][0]]
        due = counts["L"] - counts["M"] - counts["N"]
        missed = sum(counts[letter] for letter in "RSTU")
        into["Y"] += 100 * missed > 30 * due
        into["Z"] += 100 * counts["T"] > 30 * due
        into["AA"] += due > 0 and missed == 0
