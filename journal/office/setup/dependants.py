"""What depends on a row, asked of every table: nothing is deleted from under anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Any

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from journal.core.db import Base
from journal.core.errors import RuleViolation
from journal.core.messages import N_, Message

_WORDS = {
    "academic_year": N_("academic years"),
    "term": N_("terms"),
    "holiday": N_("holidays"),
    "moved_day": N_("moved days"),
    "class_group": N_("school classes"),
    "class_bells": N_("bells of classes"),
    "class_membership": N_("pupils in classes"),
    "movement": N_("movements"),
    "study_group": N_("groups"),
    "study_group_class": N_("groups"),
    "group_membership": N_("pupils in subgroups"),
    "course": N_("courses"),
    "course_teacher": N_("rows of the teaching load"),
    "timetable": N_("timetables"),
    "timetable_slot": N_("weekly lessons of the timetable"),
    "lesson": N_("lessons"),
    "lesson_plan": N_("lesson plans"),
    "term_mark": N_("term marks"),
    "exemption": N_("releases"),
    "unlock": N_("unlocks"),
}
_OTHERS = N_("other records")


def _references(model: type[Base]) -> Iterator[tuple[type[Base], InstrumentedAttribute[Any]]]:
    """Every mapped column that points at the table, with the class it stands in."""
    target = inspect(model).local_table
    mappers = sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__)
    for mapper in mappers:
        for column in mapper.columns:
            if any(key.column.table is target for key in column.foreign_keys):
                yield mapper.class_, mapper.get_property_by_column(column).class_attribute


def dependants(
    session: Session, model: type[Base], row_id: int, *, apart: Iterable[str] = ()
) -> list[tuple[Message, int]]:
    """(what, how many) of the rows that name this one. `apart` are tables that go with it."""
    found: dict[str, tuple[Message, int]] = {}
    for owner, column in _references(model):
        table = owner.__tablename__
        if table in apart:
            continue
        query = select(func.count()).select_from(owner).where(column == row_id)
        if count := session.scalar(query):
            words = _WORDS.get(table, _OTHERS)
            before = found.get(words.key, (words, 0))[1]
            found[words.key] = words, before + count
    return list(found.values())


def check_free(
    session: Session, model: type[Base], row_id: int, *, apart: Iterable[str] = ()
) -> None:
    """Raise RuleViolation naming what depends on the row, if anything does."""
    found = dependants(session, model, row_id, apart=apart)
    if found:
        parts = [N_("%(what)s: %(count)s", what=what, count=count) for what, count in found]
        raise RuleViolation(
            "", N_("This is in use and stays (%(what)s). Remove those first.", what=listed(parts))
        )


def listed(parts: Iterable[Message]) -> Message:
    """Several messages in one line."""
    return reduce(lambda one, other: N_("%(one)s, %(other)s", one=one, other=other), parts)
