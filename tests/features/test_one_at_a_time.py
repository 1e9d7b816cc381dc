"""Several threads use an alias for the first time at the same moment: each finds its columns."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from threading import Barrier, Thread

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import aliased, configure_mappers

from journal.school.models import Course

THREADS, ALIASES = 4, 400


@pytest.fixture
def eager_switching() -> Iterator[None]:
    """Threads take turns so often that they meet."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("eager_switching")
def test_columns_of_an_alias_are_found_by_all_threads() -> None:
    configure_mappers()
    column = Course.__table__.c.organisation_id
    found = set()
    for _ in range(ALIASES):
        alias = inspect(aliased(Course)).selectable
        gate = Barrier(THREADS)

        def search(alias: object = alias, gate: Barrier = gate) -> None:
            gate.wait()
            found.add(alias.c.corresponding_column(column) is not None)  # type: ignore[attr-defined]

        threads = [Thread(target=search) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == {True}
    assert "course_1" in str(select(aliased(Course).organisation_id))
