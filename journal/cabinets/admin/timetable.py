"""The timetable as it was imported: the week of a class, a teacher or a room, by version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from journal.access import Permission
from journal.cabinets.admin.blueprint import blueprint
from journal.cabinets.admin.opening import Opening, open_year
from journal.core.db import db
from journal.core.messages import Message
from journal.school.directory import class_choices
from journal.timetable.week import (
    Bell,
    SlotView,
    Version,
    WeekOf,
    bells_of_class,
    rooms_in,
    teachers_in,
    version_to_open,
    versions,
    week_slots,
)
from journal.timetable.words import WEEKDAYS
from journal.webkit.access import requires
from journal.webkit.filters import typed_number


@dataclass(frozen=True, slots=True)
class Place:
    """A lesson in the grid; `details` leave out whose week it is."""

    slot: SlotView
    details: tuple[str, ...]
    room: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One lesson number: its bell, and the lessons of each weekday."""

    number: int
    bell: Bell | None
    cells: tuple[tuple[Place, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPage:
    """The grid of one week; `choices` are the classes, teachers or rooms to show."""

    week_of: WeekOf
    choices: tuple[tuple[int, str], ...]
    chosen: int | None
    title: str
    versions: tuple[Version, ...]
    version: Version | None
    weekdays: tuple[Message, ...]
    rows: tuple[Row, ...]
    lessons: int
    today: date


@blueprint.get("/timetable")
@requires(Permission.READ_SCHOOL_TIMETABLE)
def timetable() -> ResponseReturnValue:
    """?of=class|teacher|room, ?id=, ?version=."""
    session = db.session()
    opening = open_year(session)
    wanted = request.args.get("of", "")
    week_of = WeekOf(wanted) if wanted in {one.value for one in WeekOf} else WeekOf.CLASS
    return render_template(
        "cabinets/admin/timetable.html", page=_week_page(session, opening, week_of), WeekOf=WeekOf
    )


def _week_page(session: Session, opening: Opening, week_of: WeekOf) -> WeekPage:
    found = versions(session, opening.year.id) if opening.year else []
    asked = typed_number("version")
    version = next((one for one in found if one.id == asked), None)
    version = version or version_to_open(found, opening.today)
    choices = _choices(session, opening, week_of, version)
    names = dict(choices)
    wanted = typed_number("id")
    chosen = wanted if wanted in names else next(iter(names), None)
    slots, bells = _slots(session, week_of, version, chosen)
    return WeekPage(
        week_of=week_of,
        choices=tuple(choices),
        chosen=chosen,
        title=names.get(chosen or 0, ""),
        versions=tuple(found),
        version=version,
        weekdays=tuple(WEEKDAYS[day] for day in _weekdays(slots)),
        rows=tuple(_rows(slots, bells, week_of)),
        lessons=len(slots),
        today=opening.today,
    )


def _choices(
    session: Session, opening: Opening, week_of: WeekOf, version: Version | None
) -> list[tuple[int, str]]:
    if opening.year is None or version is None:
        return []
    if week_of is WeekOf.CLASS:
        return class_choices(session, opening.year.id)
    named = teachers_in if week_of is WeekOf.TEACHER else rooms_in
    return named(session, version.id)


def _slots(
    session: Session, week_of: WeekOf, version: Version | None, chosen: int | None
) -> tuple[list[SlotView], dict[int, Bell]]:
    if version is None or chosen is None:
        return [], {}
    slots = week_slots(session, timetable_id=version.id, week_of=week_of, object_id=chosen)
    bells = bells_of_class(session, chosen) if week_of is WeekOf.CLASS else {}
    return slots, bells


def _weekdays(slots: Sequence[SlotView]) -> range:
    """Monday to Friday, Saturday where there are lessons on it."""
    return range(1, 7 if any(slot.weekday == 6 for slot in slots) else 6)


def _place(slot: SlotView, week_of: WeekOf) -> Place:
    classes = "" if week_of is WeekOf.CLASS else slot.classes
    teacher = "" if week_of is WeekOf.TEACHER else slot.teacher
    details = tuple(part for part in (classes, slot.group_name, teacher) if part)
    return Place(slot, details, None if week_of is WeekOf.ROOM else slot.room)


def _rows(slots: Sequence[SlotView], bells: dict[int, Bell], week_of: WeekOf) -> list[Row]:
    """From the first lesson of the week to its last."""
    places: dict[tuple[int, int], list[Place]] = {}
    for slot in slots:
        key = slot.lesson_number, slot.weekday
        places.setdefault(key, []).append(_place(slot, week_of))
    numbers = [slot.lesson_number for slot in slots] or [0]
    return [
        Row(
            number,
            bells.get(number),
            tuple(tuple(places.get((number, day), ())) for day in _weekdays(slots)),
        )
        for number in range(min(numbers), max(numbers) + 1)
        if slots
    ]
