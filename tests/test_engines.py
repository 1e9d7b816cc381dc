"""The tests' own database forgets what a test wrote."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import NullPool, create_engine, text

from tests.engines import RenewableDatabase, open_database


@pytest.fixture
def database() -> Iterator[RenewableDatabase]:
    opened = open_database()
    yield opened
    opened.close()


def test_a_renewed_database_is_the_kept_one(database: RenewableDatabase) -> None:
    engine = create_engine(database.url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE word (id integer)"))
        connection.execute(text("INSERT INTO word VALUES (1)"))
    database.keep()
    for _ in range(2):
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO word VALUES (2)"))
        database.renew()
        with engine.connect() as connection:
            assert connection.execute(text("SELECT id FROM word")).scalars().all() == [1]
        database.renew()
    engine.dispose()
