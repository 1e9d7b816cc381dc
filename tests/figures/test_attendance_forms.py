"""Attendance by pupil, subject, class and day, and the movement of pupils."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.figures.conftest import Forms, texts
from tests.figures.raw import CANCELLED, DAY, RELEASED, RawSchool, Seat
from tests.figures.sums import attendance, counts, figures, unfilled_lessons

QUARTER = (date(2026, 9, 1), date(2026, 10, 23))
SO_FAR = (date(2026, 9, 1), date(2026, 11, 20))
STAGES = (("1–4 классы", 1, 4), ("5–9 классы", 5, 9), ("10–11 классы", 10, 11))
WEEKDAYS = ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс")


def inside(raw: RawSchool, span: tuple[date, date]) -> list[Seat]:
    return [seat for seat in raw.seats if span[0] <= seat.lesson.day <= span[1]]


def line(seats: Iterable[Seat], *, days: bool, unfilled: int | None = None) -> tuple[Any, ...]:
    """The figures of a row: of one pupil «unfilled» are his own lessons."""
    found = figures(seats)
    own = found["unfilled"] if unfilled is None else unfilled
    share = attendance(found)
    head = (found["days"], found["ill_days"]) if days else ()
    return (*head, *counts(found), found["due"], own, "" if share is None else share)


def named(raw: RawSchool, file: str, own: tuple[date, date], span: tuple[date, date]) -> str:
    said = [raw.names[file]]
    if own[0] > span[0]:
        said.append(f"прибыл(а) {own[0]:%d.%m.%Y}")
    if own[1] <= span[1]:
        said.append(f"выбыл(а) {own[1]:%d.%m.%Y}")
    return "\n".join(said)


def test_the_attendance_of_every_class(raw: RawSchool, forms: Forms) -> None:
    span = SO_FAR
    by_class = defaultdict(list)
    for seat in inside(raw, span):
        by_class[seat.place].append(seat)
    for name in raw.grades:
        papers = forms.papers("attendance", of=name, first=span[0], last=span[1])
        by_pupil, by_subject, *_ = forms.workbook(papers)
        _pupils(raw, by_pupil[2], name, by_class[name], span)
        _subjects(by_subject[2], by_class[name])
        assert texts(papers)[0][2] == by_pupil[2]


def _pupils(
    raw: RawSchool, rows: list[Any], name: str, seats: list[Seat], span: tuple[date, date]
) -> None:
    own = defaultdict(list)
    for seat in seats:
        own[seat.file].append(seat)
    wanted = [
        (named(raw, file, stay, span), *line(own[file], days=True))
        for file, stay in raw.stayed(name, *span).items()
    ]
    assert [row[0] for row in rows[:-1]] == list(range(1, len(wanted) + 1))
    assert sorted(row[1:] for row in rows[:-1]) == sorted(wanted)
    total = line(seats, days=True, unfilled=unfilled_lessons(seats))
    assert rows[-1] == ("", "Всего по классу", *total)


def _subjects(rows: list[Any], seats: list[Seat]) -> None:
    own = defaultdict(list)
    for seat in seats:
        own[seat.lesson.subject].append(seat)
    wanted = [
        (subject, *line(found, days=False, unfilled=unfilled_lessons(found)))
        for subject, found in own.items()
    ]
    assert sorted(row[1:] for row in rows[:-1]) == sorted(wanted)
    assert rows[-1][1:] == (
        "Всего по классу",
        *line(seats, days=False, unfilled=unfilled_lessons(seats)),
    )


def test_the_classes_of_the_school(raw: RawSchool, forms: Forms) -> None:
    span = QUARTER
    by_class = defaultdict(list)
    for seat in inside(raw, span):
        by_class[seat.place].append(seat)
    papers = forms.papers("attendance-classes", first=span[0], last=span[1])
    rows = forms.workbook(papers)[0][2]
    groups = [(name, [name]) for name in raw.grades]
    groups += [
        (title, [name for name, grade in raw.grades.items() if least <= grade <= most])
        for title, least, most in STAGES
    ]
    groups.append(("Вся школа", list(raw.grades)))
    assert [row[1:] for row in rows] == [
        (title, *_classes([by_class[name] for name in names])) for title, names in groups
    ]


def _classes(found: list[list[Seat]]) -> tuple[Any, ...]:
    seats = [seat for own in found for seat in own]
    unfilled = sum(unfilled_lessons(own) for own in found)
    by_pupil = defaultdict(list)
    for seat in seats:
        by_pupil[seat.file].append(seat)
    own = [figures(one) for one in by_pupil.values()]
    without = sum(one["due"] > 0 and not one["missed"] for one in own)
    return (len(own), without, *line(seats, days=True, unfilled=unfilled))


def test_every_day_of_the_school(raw: RawSchool, forms: Forms) -> None:
    by_day = defaultdict(list)
    for seat in inside(raw, SO_FAR):
        if seat.state not in (CANCELLED, RELEASED):
            by_day[seat.lesson.day].append(seat)
    papers = forms.papers("attendance-days", first=SO_FAR[0], last=SO_FAR[1])
    rows = forms.workbook(papers)[0][2]
    wanted = []
    for day, seats in sorted(by_day.items()):
        found = line(seats, days=True, unfilled=unfilled_lessons(seats))
        name = f"{day:%d.%m.%Y}, {WEEKDAYS[day.weekday()]}"
        wanted.append((name, len({one.file for one in seats}), found[0], *found[2:]))
    assert [row[1:] for row in rows] == wanted


@pytest.mark.parametrize("span", [QUARTER, SO_FAR, (date(2026, 10, 5), date(2026, 11, 9))])
def test_the_movement_of_pupils(raw: RawSchool, forms: Forms, span: tuple[date, date]) -> None:
    papers = forms.papers("movement", first=span[0], last=span[1])
    rows = {row[0]: row[1:] for row in forms.workbook(papers)[0][2]}
    flows = {name: flow(raw, name, span) for name in raw.grades}
    for name, wanted in flows.items():
        assert rows[name] == wanted
        assert rows[name][5] == len(raw.members(name, span[1]))
    groups = [(f"Параллель {grade}", grade, grade) for grade in sorted(set(raw.grades.values()))]
    for title, least, most in (*groups, *STAGES, ("Вся школа", 1, 11)):
        inner = [flows[name] for name, grade in raw.grades.items() if least <= grade <= most]
        assert rows[title] == tuple(map(sum, zip(*inner, strict=True)))
    assert len(rows) == len(flows) + len(groups) + 4


def flow(raw: RawSchool, name: str, span: tuple[date, date]) -> tuple[int, ...]:
    """Read off who is in which class on each day: the day before and the day itself."""
    start = len(raw.members(name, span[0]))
    came = moved_in = left = moved_out = 0
    day = span[0] + timedelta(days=1)
    while day <= span[1]:
        before, now = set(raw.members(name, day - DAY)), set(raw.members(name, day))
        came += len(now - before)
        left += len(before - now)
        moved_in += sum(raw.class_on(file, day - DAY) is not None for file in now - before)
        moved_out += sum(raw.class_on(file, day) is not None for file in before - now)
        day += timedelta(days=1)
    return start, came, moved_in, left, moved_out, start + came - left


def test_the_social_passport(raw: RawSchool, forms: Forms) -> None:
    table = forms.workbook(forms.papers("passport"))[0]
    facts = {row["Личное дело"]: row for row in raw.sheets["Обучающиеся"]}
    families = defaultdict(list)
    for row in raw.sheets["Представители"]:
        families[row["Личное дело"]].append(row)
    wanted = []
    for name in raw.grades:
        files = raw.members(name, SO_FAR[1])
        paper = sum(
            any(r["Отказ от электронной услуги"] == "да" for r in families[f]) for f in files
        )
        mute = [f for f in files if not _consented(facts[f], families[f])]
        boys = sum(facts[file]["Пол"] == "м" for file in files)
        kept = (0,) * (len(table[1]) - 6)
        wanted.append((len(files), boys, len(files) - boys, paper, *kept, len(mute)))
    total = tuple(map(sum, zip(*wanted, strict=True)))
    assert table[2] == [
        (name, *row) for name, row in zip((*raw.grades, "Вся школа"), (*wanted, total), strict=True)
    ]


def _consented(pupil: dict[str, Any], family: list[dict[str, Any]]) -> bool:
    return any(row.get("Согласие на ПДн") for row in (pupil, *family))
