"""Selects that are executed again are compiled once.

The house builds the statements of its hot pages once, behind `functools.cache`. SQLAlchemy still
looks each of them up by a key made of all its parts, and makes the state of the ORM for it, at
every execution: three to ten times what running it costs. Here a select of columns that comes a
third time is sent to the driver as the text it was compiled to; what it gives are the same rows
under the same names. Everything else (entities, statements built for one execution) stays with
the ORM. Isolation is not touched: `core.tenancy` has put the organisation into the statement
before it gets here, and compiles nothing that lacks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, cast
from weakref import WeakKeyDictionary

from sqlalchemy import CompoundSelect, Connection, Dialect, Select
from sqlalchemy.engine import IteratorResult, Result
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.orm import ORMExecuteState

_MOST_TEXTS = 64
_MET_ONCE = "met once"
_statements: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()


def run(state: ORMExecuteState) -> Result[Any] | None:
    """The result of a select that is known by now; None when the ORM shall execute it."""
    statement = state.statement
    found = _statements.get(statement)
    if found is None:
        _statements[statement] = _MET_ONCE
        return None
    session = state.session
    if session.autoflush:
        session.flush()
    connection = session.connection()
    if found is _MET_ONCE:
        result = state.invoke_statement()
        keys = tuple(result.keys())
        _statements[statement] = _prepare(statement, connection.dialect, keys)
        return result
    if not found:
        return None
    if found.dialect is not connection.dialect:
        found = _statements[statement] = Prepared(statement, connection.dialect, found.keys)
    return found.execute(connection, cast("Mapping[str, Any]", state.parameters or {}))


def _prepare(statement: Any, dialect: Dialect, keys: tuple[str, ...]) -> Prepared | bool:
    """The statement prepared, or False when it has to stay with the ORM."""
    if not _of_columns(statement) or len(statement.selected_columns) != len(keys):
        return False
    return Prepared(statement, dialect, keys)


def _of_columns(statement: Any) -> bool:
    """Whether it reads columns of mapped tables alone, no entity among them. What speaks of no
    mapped table at all has descriptions without entities."""
    if isinstance(statement, CompoundSelect):
        return all(map(_of_columns, statement.selects))
    if not isinstance(statement, Select):
        return False
    columns = statement.column_descriptions
    return all("entity" in one and one["expr"] is not one["entity"] for one in columns)


class _Slot(NamedTuple):
    """A parameter of the driver: a fixed value, or one of those given, converted."""

    target: str
    source: str | None
    place: int | None
    convert: Any
    fixed: Any

    def value(self, given: Mapping[str, Any]) -> Any:
        """What the driver gets."""
        if self.source is None:
            return self.fixed
        value = given[self.source] if self.place is None else given[self.source][self.place]
        return value if self.convert is None else self.convert(value)


class _Text(NamedTuple):
    """The statement as text, for certain names of parameters and lengths of lists."""

    sql: str
    slots: tuple[_Slot, ...]


class Prepared:
    """A select of columns as one dialect writes it."""

    def __init__(self, statement: Any, dialect: Dialect, keys: tuple[str, ...]) -> None:
        self.dialect, self.keys = dialect, keys
        self._compiled = statement.compile(dialect=dialect)
        self._types = [column.type for column in statement.selected_columns]
        self._binds = {name: one for one, name in self._compiled.bind_names.items()}
        self._lists = tuple(name for name, one in self._binds.items() if one.expanding)
        self._texts: dict[tuple[object, ...], _Text] = {}
        self._metadata: SimpleResultMetaData | None = None

    def execute(self, connection: Connection, parameters: Mapping[str, Any]) -> Result[Any]:
        """Send it; the rows are read at once."""
        given = self._given(parameters)
        text = self._text(given)
        arguments: Any
        if self._compiled.positional:
            arguments = tuple([slot.value(given) for slot in text.slots])
        else:
            arguments = {slot.target: slot.value(given) for slot in text.slots}
        cursor = connection.connection.cursor()
        # What dialects call for statements of their own: events and errors as always, without
        # the result that exec_driver_sql describes column by column at every execution.
        connection._cursor_execute(cursor, text.sql, arguments)
        rows = cursor.fetchall()
        metadata = self._metadata or self._described(cursor.description)
        cursor.close()
        return IteratorResult(metadata, iter(rows))

    def _given(self, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        lists = {name: list(parameters[name]) for name in self._lists if name in parameters}
        return {**parameters, **lists} if lists else parameters

    def _text(self, given: Mapping[str, Any]) -> _Text:
        look = (*given, *[len(given[name]) for name in self._lists if name in given])
        found = self._texts.get(look)
        if found is None:
            if len(self._texts) > _MOST_TEXTS:
                self._texts.clear()
            found = self._texts[look] = self._written(given)
        return found

    def _written(self, given: Mapping[str, Any]) -> _Text:
        expanded = self._compiled.construct_expanded_state(given, escape_names=False)
        places = {
            target: (name, place)
            for name, targets in expanded.parameter_expansion.items()
            for place, target in enumerate(targets)
        }
        targets: Iterable[str] = expanded.positiontup or expanded.parameters
        slots = []
        for target in targets:
            name, place = places.get(target, (target, None))
            kind = self._binds[name].type.dialect_impl(self.dialect)
            convert = kind.bind_processor(self.dialect)
            value = expanded.parameters[target]
            fixed = value if convert is None else convert(value)
            source = name if name in given else None
            slots.append(_Slot(target, source, place, convert, fixed))
        return _Text(expanded.statement, tuple(slots))

    def _described(self, description: Any) -> SimpleResultMetaData:
        """How rows are read; the driver's types of the columns are known after a first run."""
        readers = [
            kind.dialect_impl(self.dialect).result_processor(self.dialect, column[1])
            for kind, column in zip(self._types, description, strict=True)
        ]
        processors = readers if any(readers) else None
        self._metadata = SimpleResultMetaData(self.keys, _processors=processors)
        return self._metadata
