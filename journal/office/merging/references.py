"""What points at a person: every column of every table, found by its foreign key.

A table added later is moved by a merge without being named here; what it is called in the preview
stands in `words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import UniqueConstraint, func, inspect, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Mapper, Session

from journal.core.db import Base
from journal.people.models import Guardian, Person, PersonWord, Pupil, StaffMember

# What a person is here, one row each; not pointers but parts of him, as the words of his name are.
PARTS: tuple[type[StaffMember] | type[Pupil] | type[Guardian], ...] = (
    StaffMember,
    Pupil,
    Guardian,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that points at a row of `target`; `keys` are the sets of columns that are unique
    together with it."""

    model: type[Base]
    attribute: str
    target: type[Any]
    keys: tuple[frozenset[str], ...]

    @property
    def column(self) -> InstrumentedAttribute[Any]:
        """For a query."""
        found: InstrumentedAttribute[Any] = getattr(self.model, self.attribute)
        return found

    @property
    def table(self) -> str:
        """The name of its table."""
        return str(self.model.__tablename__)


def references() -> tuple[Reference, ...]:
    """What points at a person or at a part of him."""
    return pointing_at(Person, *PARTS)


@cache
def pointing_at(*models: type[Base]) -> tuple[Reference, ...]:
    """The columns that point at rows of those tables, in the order of their own."""
    targets = {inspect(one).local_table: one for one in models}
    found = [one for mapper in Base.registry.mappers for one in _of_mapper(mapper, targets)]
    return tuple(sorted(found, key=lambda one: (one.table, one.attribute)))


def _of_mapper(mapper: Mapper[Any], targets: Mapping[Any, type[Any]]) -> list[Reference]:
    table: Any = mapper.local_table
    found = []
    for column in table.columns:
        for key in column.foreign_keys:
            target = targets.get(key.column.table)
            part = target is Person and mapper.class_ in (*PARTS, PersonWord)
            if target is not None and not part:
                name = mapper.get_property_by_column(column).key
                found.append(Reference(mapper.class_, name, target, _keys(mapper, table, name)))
    return found


def _keys(mapper: Mapper[Any], table: Any, attribute: str) -> tuple[frozenset[str], ...]:
    sets = [one.columns for one in table.constraints if isinstance(one, UniqueConstraint)]
    sets += [index.columns for index in table.indexes if index.unique]
    sets.append(table.primary_key.columns)
    named = (frozenset(mapper.get_property_by_column(one).key for one in each) for each in sets)
    return tuple(one for one in named if attribute in one)


def counts(
    session: Session, ids: Mapping[type[Any], int | None]
) -> list[tuple[Reference, int, int]]:
    """(what points, at which row, how often) for the rows of `ids` by table. One query."""
    asked = [(one, ids.get(one.target)) for one in references()]
    wanted = [(one, row_id) for one, row_id in asked if row_id is not None]
    queries = [
        select(literal(number).label("number"), func.count().label("rows"))
        .select_from(one.model)
        .where(one.column == row_id)
        for number, (one, row_id) in enumerate(wanted)
    ]
    rows = session.execute(union_all(*queries)).all()
    return [(*wanted[row.number], row.rows) for row in rows if row.rows]
