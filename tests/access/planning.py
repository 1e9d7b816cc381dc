"""What the matrix needs of timetables and substitutions: objects in both schools, bodies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from journal.office.models import DayOrder, DayOrderClass, StaffAbsence
from journal.timetable.models import (
    BellException,
    BellPeriod,
    BellSchedule,
    Timetable,
    TimetableSlot,
)
from tests.cast import NOW, Cast
from tests.factories import BELLS, SchoolBuilder

Given = Mapping[str, Any]
Body = dict[str, Any]
DAY = {"starts_on": date(2026, 11, 25), "ends_before": date(2026, 11, 26)}


def add_planning(
    objects: dict[str, dict[str, int]], cast: Cast, school: SchoolBuilder, name: str
) -> None:
    """An absence and an order in the school called `name`: own, foreign."""
    teacher = cast["own_teacher" if name == "own" else "foreign_teacher"].staff_id
    absence = school.add(StaffAbsence, staff_id=teacher, reason="illness", noted_at=NOW, **DAY)
    objects.setdefault("absence", {})[name] = absence.id
    paper = {"order_number": "12", "order_date": date(2026, 11, 24), "made_at": NOW}
    order = school.add(DayOrder, kind="frost", mode="cancelled", **DAY, **paper)
    school.add(DayOrderClass, day_order_id=order.id, class_group_id=cast.classes[name])
    objects.setdefault("order", {})[name] = order.id
    _versions(objects, cast, school, name)
    deputy = cast["deputy" if name == "own" else "foreign_teacher"].staff_id
    objects.setdefault("deputy", {})[name] = deputy or 0


def _versions(
    objects: dict[str, dict[str, int]], cast: Cast, school: SchoolBuilder, name: str
) -> None:
    """A draft with one lesson, and other bells of a Monday."""
    own = name == "own"
    teacher = cast["own_teacher" if own else "foreign_teacher"].staff_id
    draft = school.add(
        Timetable,
        academic_year_id=cast.year if own else cast.foreign_year,
        starts_on=date(2026, 11, 30),
        ends_before=date(2027, 6, 1),
        status="draft",
    )
    slot = school.add(
        TimetableSlot,
        timetable_id=draft.id,
        course_id=cast.courses[name],
        staff_id=teacher,
        weekday=1,
        lesson_number=1,
    )
    usual = school.session.scalars(
        select(BellSchedule.id).where(BellSchedule.organisation_id == school.organisation.id)
    ).first()
    short = school.add(BellSchedule, name="Сокращённый")
    for number, (starts_at, ends_at) in BELLS.items():
        times = {"lesson_number": number, "starts_at": starts_at, "ends_at": ends_at}
        school.add(BellPeriod, bell_schedule_id=short.id, **times)
    other = school.add(
        BellException,
        bell_schedule_id=usual,
        instead_id=short.id,
        weekday=1,
        grades=frozenset(),
    )
    for kind, row in (("version", draft), ("slot", slot), ("exception", other)):
        objects.setdefault(kind, {})[name] = row.id


def _absence(given: Given, cast: Cast) -> Body:
    days = {"first_day": "2026-11-26", "last_day": "2026-11-26", "reason": "illness"}
    return {"data": {"staff": cast["own_teacher"].staff_id, **days, **given}}


def _order(given: Given, cast: Cast) -> Body:
    days = {"first_day": "2026-11-26", "last_day": "2026-11-26", "order_date": "2026-11-24"}
    what = {"kind": "frost", "mode": "cancelled", "order_number": "13"}
    return {"data": {"classes": [cast.classes["own"]], **what, **days, **given}}


def _place(given: Given, cast: Cast) -> Body:
    return {"data": {"course": cast.courses["own"], "weekday": 2, "number": 5, **given}}


def _slot(given: Given, cast: Cast) -> Body:
    teacher = cast["own_teacher"].staff_id
    return {"data": {"week_kind": "odd", "staff": teacher, "room": "", **given}}


def _plain(**fields: Any) -> Callable[[Given, Cast], Body]:
    return lambda given, cast: {"data": fields | dict(given)}


PLANNING_BODIES: dict[str, Callable[[Given, Cast], Body]] = {
    "substitutions.note": _absence,
    "substitutions.order": _order,
    "substitutions.change": _plain(act="cancel"),
    "substitutions.change_last_day": _plain(last_day="2026-11-27"),
    "planning.create": _plain(first_day="2026-12-01", last_day="2026-12-20", copy_of="0"),
    "planning.dates": _plain(first_day="2026-12-01", last_day="2026-12-20"),
    "planning.place": _place,
    "planning.change": _slot,
    "planning.add_bells": _plain(bells="1", instead="1", weekday="1"),
}
