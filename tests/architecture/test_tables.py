"""The tables keep the house rules: isolation proved for each, relationships explicit and downward.

Isolation is of the ORM, not of an engine: it is tried on a bare SQLite in memory, without foreign
keys, checks and triggers, so that every table can hold one row of each of two organisations.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Engine,
    create_engine,
    delete,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapper, Session, aliased
from sqlalchemy.pool import StaticPool

import journal
from journal.core.db import Base, bulk_update
from journal.core.errors import ForeignOrganisation, OrganisationUnset
from journal.core.tenancy import SchoolOwned, across, bind
from journal.lessons.models import Lesson
from journal.office.merging.references import references
from journal.office.merging.words import TABLES as MERGED
from journal.people.models import Organisation
from tests.architecture.sources import storeys
from tests.resting import drop_all

for module in pkgutil.walk_packages(journal.__path__, "journal."):
    importlib.import_module(module.name)  # maps every table

OURS, THEIRS = 1, 2
MAPPERS = sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__)
OWNED = [mapper.class_ for mapper in MAPPERS if issubclass(mapper.class_, SchoolOwned)]
VALUES: dict[type, Any] = {
    int: 7,
    str: "x",
    bool: False,
    bytes: b"x",
    Decimal: Decimal(1),
    date: date(2026, 9, 1),
    datetime: datetime(2026, 9, 1, tzinfo=UTC),
    time: time(8, 30),
    frozenset: frozenset({5}),
}
# Known to hold no school's data: the reason is in the docstring of each class.
GLOBAL = {
    "Material",
    "Procedure",
    "ProcedureTally",
    "Publication",
    "ResultsSending",
    "KeptSums",
    "SumsDue",
    "Account",
    "AuditHead",
    "Lease",
    "OperationReceipt",
    "Organisation",
}


def storey_of(mapper: Mapper[Any]) -> int:
    return storeys()[mapper.class_.__module__.split(".")[1]]


@pytest.mark.parametrize("mapper", MAPPERS, ids=lambda mapper: mapper.class_.__name__)
def test_relationships_say_what_they_load_and_point_downwards(mapper: Mapper[Any]) -> None:
    for relationship in mapper.relationships:
        assert relationship.lazy == "raise", f"{relationship} loads by itself"
        assert not relationship.uselist, f"{relationship} is a collection: make it a query"
        target = relationship.mapper
        same = target.class_.__module__ == mapper.class_.__module__
        assert same or storey_of(target) < storey_of(mapper), f"{relationship} points upwards"


@pytest.mark.parametrize("mapper", MAPPERS, ids=lambda mapper: mapper.class_.__name__)
def test_foreign_keys_point_downwards(mapper: Mapper[Any]) -> None:
    """The one exception is the organisation itself, which the isolation of core stands on."""
    homes = {table: storey_of(m) for m in MAPPERS for table in m.tables}
    homes[Organisation.__table__] = 0
    for table in mapper.tables:
        for key in table.foreign_keys:
            assert homes[key.column.table] <= homes[table], f"{table}.{key.parent.name} points up"


def test_tables_without_an_organisation_are_known() -> None:
    assert {mapper.class_.__name__ for mapper in MAPPERS} - {c.__name__ for c in OWNED} == GLOBAL


def sample(column: Column[Any], organisation: int) -> Any:
    """A value for a column, distinct for each organisation where a key may ask for it."""
    if column.name == "organisation_id":
        return organisation
    kind = getattr(column.type, "python_type", object)
    for decorated in ("NumberSet", "Hundredths", "UtcDateTime"):
        if type(column.type).__name__ == decorated:
            kind = {"NumberSet": frozenset, "Hundredths": Decimal, "UtcDateTime": datetime}[
                decorated
            ]
    if column.primary_key or column.foreign_keys or column.unique:
        return organisation if kind is int else f"x{organisation}"
    return VALUES[kind]


@pytest.fixture(scope="module")
def two_schools() -> Iterator[Engine]:
    """One row of ours and one of theirs in every table of a school."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    drop_all(engine)
    bare = engine.raw_connection()  # these switches do nothing inside a transaction
    for pragma in ("foreign_keys=OFF", "ignore_check_constraints=ON"):
        bare.cursor().execute(f"PRAGMA {pragma}")
    bare.close()
    with engine.connect() as connection:
        for owned in OWNED:
            table = owned.__table__
            for organisation in (OURS, THEIRS):
                row = {column.name: sample(column, organisation) for column in table.columns}
                connection.execute(table.insert(), row)
        connection.commit()
    yield engine
    engine.dispose()


@pytest.fixture
def session(two_schools: Engine) -> Iterator[Session]:
    with Session(two_schools) as opened:
        bind(opened, {OURS})
        yield opened
        opened.rollback()


Owned = type[Any]
READS: dict[str, Callable[[Session, Owned], set[Any]]] = {
    "rows": lambda s, c: {row.organisation_id for row in s.scalars(select(c))},
    "a column": lambda s, c: set(s.scalars(select(c.organisation_id))),
    "an alias": lambda s, c: set(s.scalars(select(aliased(c).organisation_id))),
    "a subquery": lambda s, c: set(s.scalars(select(select(c).subquery().c.organisation_id))),
    "a common table": lambda s, c: set(s.scalars(select(select(c).cte().c.organisation_id))),
    "a union": lambda s, c: set(
        s.scalars(select(c.organisation_id).union_all(select(c.organisation_id)))
    ),
    "a join": lambda s, c: set(
        s.scalars(select(c.organisation_id).select_from(Organisation).join(c, Organisation.id >= 0))
    ),
}


@pytest.mark.parametrize("how", READS)
@pytest.mark.parametrize("owned", OWNED, ids=lambda owned: owned.__name__)
def test_reads_see_ours_only(session: Session, owned: Owned, how: str) -> None:
    if how == "a join":
        session.add(Organisation(id=9, code="9", full_name="x", short_name="x"))
    assert READS[how](session, owned) == {OURS}


@pytest.mark.parametrize("owned", OWNED, ids=lambda owned: owned.__name__)
def test_theirs_is_not_found_by_its_key(session: Session, owned: Owned) -> None:
    with across(session, "the key of their row"):
        key = owned.__mapper__.primary_key
        found = session.execute(select(*key).where(owned.organisation_id == THEIRS)).one()
    assert session.get(owned, tuple(found)) is None
    assert not session.scalar(select(exists().where(owned.organisation_id == THEIRS)))
    assert session.scalar(select(func.count()).select_from(owned)) == 1


@pytest.mark.parametrize("owned", OWNED, ids=lambda owned: owned.__name__)
def test_writes_reach_ours_only(session: Session, owned: Owned) -> None:
    options = {"synchronize_session": False}
    session.execute(delete(owned), execution_options=options)
    with across(session, "count what is left"):
        assert set(session.scalars(select(owned.organisation_id))) == {THEIRS}
    session.rollback()
    changed = update(owned).values(organisation_id=OURS)
    touched = session.execute(changed, execution_options=options)
    assert touched.rowcount == 1  # type: ignore[attr-defined]


def test_updates_in_bulk_reach_ours_only(session: Session) -> None:
    """They pass the isolation by: theirs is refused by its organisation and missed by its id."""
    theirs = {"id": THEIRS, "organisation_id": THEIRS, "room_id": 5}
    with pytest.raises(ForeignOrganisation):
        bulk_update(session, Lesson, [theirs])
    ours = {"id": OURS, "organisation_id": OURS, "room_id": 5}
    bulk_update(session, Lesson, [ours, theirs | {"organisation_id": OURS}])
    with across(session, "see both"):
        rooms = {row[0]: row[1] for row in session.execute(select(Lesson.id, Lesson.room_id))}
    assert rooms == {OURS: 5, THEIRS: THEIRS}


@pytest.mark.parametrize("owned", OWNED, ids=lambda owned: owned.__name__)
def test_nothing_is_read_without_an_organisation(two_schools: Engine, owned: Owned) -> None:
    with Session(two_schools) as unbound, pytest.raises(OrganisationUnset):
        unbound.execute(select(owned))


@pytest.mark.parametrize("owned", OWNED, ids=lambda owned: owned.__name__)
def test_a_flush_refuses_their_rows(session: Session, owned: Owned) -> None:
    session.add(owned(organisation_id=THEIRS))
    with pytest.raises(ForeignOrganisation):
        session.flush()


@pytest.mark.parametrize("owned", OWNED, ids=lambda owned: owned.__name__)
def test_the_criterion_follows_the_binding(two_schools: Engine, owned: Owned) -> None:
    """The same statement, so often that it is prepared, for one school, the other, and both."""
    column = owned.organisation_id
    for statement in (
        select(column),
        select(column).union_all(select(aliased(owned).organisation_id)),
    ):
        for bound in ({OURS}, {THEIRS}, {OURS, THEIRS}, {OURS}) * 3:
            with Session(two_schools) as session:
                bind(session, bound)
                assert set(session.scalars(statement)) == bound
        with Session(two_schools) as unbound, pytest.raises(OrganisationUnset):
            unbound.execute(statement)


def test_rows_moved_to_another_school_are_refused(session: Session) -> None:
    person = session.scalars(select(OWNED[0])).one()
    person.organisation_id = THEIRS
    with pytest.raises(ForeignOrganisation):
        session.flush()


def test_the_preview_of_a_merge_names_what_points_at_a_person() -> None:
    """A table that nobody has named is moved all the same, as «other records»."""
    nameless = {one.table for one in references()} - set(MERGED)
    assert not nameless, f"name them in journal/office/merging/words.py: {sorted(nameless)}"
