"""Statements of Core that come again are compiled once, as selects of features are (`prepared`).

A save sends a handful of small writes. SQLAlchemy looks each of them up by a key made of all its
parts and describes an execution that nobody asks about: three times what sending it costs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect

from journal.core.prepared import Prepared

_Given = Mapping[str, Any]
_reads: WeakKeyDictionary[Any, Prepared] = WeakKeyDictionary()


def read(connection: Connection, statement: Any, parameters: _Given) -> Sequence[Any]:
    """The rows of a select of columns. The statement is one that is built once."""
    found = _reads.get(statement)
    if found is None or found.dialect is not connection.dialect:
        keys = tuple(statement.selected_columns.keys())
        found = _reads[statement] = Prepared(statement, connection.dialect, keys)
    return found.execute(connection, parameters).all()


def write(connection: Connection, statement: Any, *rows: _Given) -> list[Any]:
    """Execute an insert, update or delete for these parameters, the same names in each.

    One row gives what the statement returns, several nothing. A statement is built once and always
    sent with the same names; values that SQLAlchemy would make up by itself are refused.
    """
    found = _writes.get(statement)
    if found is None or found.dialect is not connection.dialect:
        found = _writes[statement] = _Written(statement, connection.dialect, tuple(rows[0]))
    if len(rows) == 1:
        return found.one(connection, rows[0])
    found.many(connection, rows)
    return []


class _Slot(NamedTuple):
    """A parameter of the driver: a fixed value, or a given one, converted."""

    target: str
    given: bool
    convert: Any
    fixed: Any

    def value(self, row: _Given) -> Any:
        """What the driver gets."""
        if not self.given:
            return self.fixed
        value = row[self.target]
        return value if self.convert is None else self.convert(value)


class _Written:
    """A write as one dialect says it."""

    def __init__(self, statement: Any, dialect: Dialect, names: tuple[str, ...]) -> None:
        self.dialect = dialect
        columns = names if statement.is_insert else None
        compiled = statement.compile(dialect=dialect, column_keys=columns, for_executemany=True)
        made_up = [*compiled.insert_prefetch, *compiled.update_prefetch]
        if made_up:
            raise ValueError(f"name every column with a default: {made_up}")
        self._sql = str(compiled)
        self._returns = bool(compiled.effective_returning)
        self._positional = compiled.positional
        targets = compiled.positiontup if compiled.positional else compiled.params
        self._slots = [self._slot(compiled, target, names) for target in targets or ()]

    def _slot(self, compiled: Any, target: str, names: tuple[str, ...]) -> _Slot:
        convert = compiled._bind_processors.get(target)
        value = compiled.params[target]
        fixed = value if convert is None or target in names else convert(value)
        return _Slot(target, target in names, convert, fixed)

    def one(self, connection: Connection, row: _Given) -> list[Any]:
        """Send it once; what it returns, or of how many rows it was true."""
        cursor = connection.connection.cursor()
        connection._cursor_execute(cursor, self._sql, self._arguments(row))
        rows = [*cursor.fetchall()] if self._returns else [cursor.rowcount]
        cursor.close()
        return rows

    def many(self, connection: Connection, rows: Sequence[_Given]) -> None:
        """Send it for all of them at once."""
        cursor = connection.connection.cursor()
        arguments = [self._arguments(row) for row in rows]
        try:
            if connection._has_events or connection.engine._has_events:
                told = (connection, cursor, self._sql, arguments, None, True)
                connection.dispatch.before_cursor_execute(*told)
            self.dialect.do_executemany(cursor, self._sql, arguments)
        except BaseException as error:
            connection._handle_dbapi_exception(error, self._sql, arguments, cursor, None)
        cursor.close()

    def _arguments(self, row: _Given) -> Any:
        if self._positional:
            return tuple([slot.value(row) for slot in self._slots])
        return {slot.target: slot.value(row) for slot in self._slots}


_writes: WeakKeyDictionary[Any, _Written] = WeakKeyDictionary()
