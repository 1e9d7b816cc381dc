"""Triggers that come with a mapped table on both engines, and are restored after migrations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import DDL, event


@dataclass(frozen=True, slots=True, kw_only=True)
class Triggers:
    """The statements that make a table's triggers. On PostgreSQL functions come first; `drop` takes
    them away. `needs` are other tables the triggers ask: without them they cannot be made."""

    table: str
    sqlite: tuple[str, ...]
    postgresql: tuple[str, ...]
    drop: tuple[str, ...]
    needs: tuple[str, ...] = ()

    @property
    def sqlite_names(self) -> tuple[str, ...]:
        """As SQLite knows them: «CREATE TRIGGER name …»."""
        return tuple(statement.split()[2] for statement in self.sqlite)


TRIGGERS: list[Triggers] = []
"""All of them: on SQLite a batch migration drops those of its table, and no table may be renamed
while another's trigger asks it, so they are taken away before migrations and made after."""


def come_with(model: Any, triggers: Triggers) -> None:
    """Let the table of a mapped class be created with its triggers."""
    TRIGGERS.append(triggers)
    table = model.__table__
    _listen(table, "after_create", "sqlite", triggers.sqlite)
    _listen(table, "after_create", "postgresql", triggers.postgresql)
    _listen(table, "after_drop", "postgresql", triggers.drop)


def _listen(table: Any, moment: str, dialect: str, statements: Sequence[str]) -> None:
    for statement in statements:
        ddl = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)
        event.listen(table, moment, ddl)
