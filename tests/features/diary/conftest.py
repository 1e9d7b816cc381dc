"""Fixtures of the diary's tests."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.features.diary.school import OwnSchool


@pytest.fixture
def own_school(db_session: Session, cast: Cast) -> OwnSchool:
    """The own school, to add rows to. Commit before a request."""
    return OwnSchool(db_session, cast)
