"""The moment at which commands of these tests run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest


@pytest.fixture(scope="session", autouse=True)
def evening_of_the_history() -> Iterator[None]:
    """Commands run on the evening of the history's last day, whatever the hour of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "journal.cli.transfer.utc_now", lambda: datetime(2026, 11, 20, 20, tzinfo=UTC)
        )
        yield
