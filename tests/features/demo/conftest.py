"""Demonstration schools on many days of the year, made once."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from journal.demo.school import DemoSchool, make_school
from journal.demo.stories import Journal, Story

MOMENTS = {
    "the first day of school, before lessons": datetime(2026, 9, 1, 4, 0, tzinfo=UTC),
    "the second day at noon": datetime(2026, 9, 2, 9, 0, tzinfo=UTC),
    "the autumn break": datetime(2026, 10, 26, 9, 0, tzinfo=UTC),
    "a Friday noon": datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
    "a Sunday": datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
    "a Saturday, only 10 and 11": datetime(2026, 12, 12, 7, 0, tzinfo=UTC),
    "the winter break": datetime(2027, 1, 3, 15, 0, tzinfo=UTC),
    "29 February": datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    "31 May": datetime(2027, 5, 31, 10, 0, tzinfo=UTC),
    "a Sunday in July": datetime(2027, 7, 18, 10, 0, tzinfo=UTC),
}


@cache
def told(moment: str) -> tuple[DemoSchool, Journal, tuple[Story, ...]]:
    """The school at that moment, with its journal."""
    school = make_school(MOMENTS[moment])
    journal = Journal(school)
    return school, journal, tuple(journal.stories())


@pytest.fixture(params=MOMENTS)
def moment(request: pytest.FixtureRequest) -> str:
    """Each of the moments in turn."""
    name: str = request.param
    return name
