"""Organisation isolation, in one place.

Every row of a school carries `organisation_id` (`SchoolOwned`). A session is bound to the
organisations of its actor; each ORM statement then gets the criterion by itself, a statement
without any binding raises, and a flush refuses rows of others. What the event cannot see (Core
tables, text()) is forbidden in features by an architecture test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import ForeignKey, Integer, Result, bindparam, event
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    Session,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.sql.visitors import ExternallyTraversible, iterate

from journal.core import prepared
from journal.core.errors import ForeignOrganisation, OrganisationUnset

KEY = "organisations"
EVERYWHERE = "across"


class SchoolOwned:
    """A row that belongs to one organisation.

    The column has no index of its own: SQLite would prefer it to the one that finds the few rows
    asked for, and read the whole table. Lists of a whole school have composite indexes.
    """

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))


def bind(session: Session, organisations: Iterable[int]) -> None:
    """Bind the session to these organisations for the rest of its life (a request, a job)."""
    session.info[KEY] = frozenset(organisations)
    session.info.pop(EVERYWHERE, None)


def unbind(session: Session) -> None:
    """Forget the binding: the next statement on a school's rows raises."""
    session.info.pop(KEY, None)
    session.info.pop(EVERYWHERE, None)


@contextmanager
def acting_for(session: Session, organisations: Iterable[int]) -> Iterator[None]:
    """Bind for a block and restore what was bound, or lifted, before."""
    before = {key: session.info[key] for key in (KEY, EVERYWHERE) if key in session.info}
    bind(session, organisations)
    try:
        yield
    finally:
        unbind(session)
        session.info.update(before)


@contextmanager
def across(session: Session, reason: str) -> Iterator[None]:
    """Lift the isolation for a block. For sign-in, jobs and the regional side only.

    `reason` is for the reader of the code: every use says why it may.
    """
    if not reason:
        raise ValueError("say why the isolation is lifted")
    before = session.info.get(EVERYWHERE)
    session.info[EVERYWHERE] = reason
    try:
        yield
    finally:
        if before is None:
            session.info.pop(EVERYWHERE, None)
        else:
            session.info[EVERYWHERE] = before


def _touches_school_rows(state: ORMExecuteState) -> bool:
    """Whether any mapped class of the statement (unions and subqueries too) is SchoolOwned."""
    for element in iterate(cast("ExternallyTraversible", state.statement)):
        mapper = element._annotations.get("parentmapper")
        if mapper is not None and issubclass(mapper.class_, SchoolOwned):
            return True
    return any(issubclass(mapper.class_, SchoolOwned) for mapper in state.all_mappers)


@event.listens_for(Session, "do_orm_execute")
def _isolate(state: ORMExecuteState) -> Result[Any] | None:
    if state.is_column_load or state.is_relationship_load:
        return None
    info = state.session.info
    if EVERYWHERE in info:
        return prepared.run(state) if state.is_select else None
    if not (state.is_select or state.is_update or state.is_delete):
        return None
    organisations = info.get(KEY)
    if organisations is None:
        if _touches_school_rows(state):
            raise OrganisationUnset("bind the session to organisations first")
        return None
    if not state.is_select:
        state.statement = state.statement.options(_criterion(organisations))
        return None
    state.statement = _isolated(state.statement, len(organisations) == 1)
    state.parameters = {
        **cast("dict[str, Any]", state.parameters or {}),
        **_named(organisations),
    }
    return prepared.run(state)


_ONE: Any = bindparam("own_organisation", type_=Integer)
_SOME: Any = bindparam("own_organisations", type_=Integer, expanding=True)


def _named(organisations: frozenset[int]) -> dict[str, Any]:
    if len(organisations) == 1:
        return {_ONE.key: next(iter(organisations))}
    return {_SOME.key: sorted(organisations)}


# Reads name the organisations in parameters: one criterion serves every school, and a statement
# built once (see house style: queries behind functools.cache) is isolated once. Values inside of
# the criterion would be matched to each table anew in every execution.
_OWN_ONE = with_loader_criteria(
    SchoolOwned,
    lambda cls: cls.organisation_id == _ONE,
    include_aliases=True,
)
_OWN_SOME = with_loader_criteria(
    SchoolOwned,
    lambda cls: cls.organisation_id.in_(_SOME),
    include_aliases=True,
)
_prepared: WeakKeyDictionary[Any, dict[bool, Any]] = WeakKeyDictionary()


def _isolated(statement: Any, one: bool) -> Any:
    variants = _prepared.setdefault(statement, {})
    found = variants.get(one)
    if found is None:
        found = variants[one] = statement.options(_OWN_ONE if one else _OWN_SOME)
    return found


def _criterion(organisations: frozenset[int]) -> Any:
    """For updates and deletes, whose parameters are column values."""
    ids = sorted(organisations)
    return with_loader_criteria(
        SchoolOwned, lambda cls: cls.organisation_id.in_(ids), include_aliases=True
    )


@event.listens_for(Session, "before_flush")
def _refuse_foreign(session: Session, _context: Any, _instances: Any) -> None:
    if EVERYWHERE in session.info:
        return
    organisations = session.info.get(KEY)
    for row in (*session.new, *session.dirty, *session.deleted):
        if not isinstance(row, SchoolOwned):
            continue
        if organisations is None:
            raise OrganisationUnset(f"{type(row).__name__}: bind the session first")
        if row.organisation_id not in organisations:
            raise ForeignOrganisation(f"{type(row).__name__} of {row.organisation_id}")
