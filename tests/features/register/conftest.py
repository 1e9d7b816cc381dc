"""Saving as the grid does it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import Client, Login

Save = Callable[..., Any]
_numbers = count(1)


def operation(kind: str, **facts: Any) -> dict[str, Any]:
    """One operation as the grid sends it, with a fresh id."""
    return {"op": f"operation-{next(_numbers):06d}", "kind": kind, **facts}


@pytest.fixture
def teacher(login: Login) -> Client:
    """The own teacher's browser."""
    return login("own_teacher")


@pytest.fixture
def put_mark(cast: Cast) -> Callable[..., dict[str, Any]]:
    """A new mark 5 of the pupil in today's lesson; facts may be replaced."""

    def build(**facts: Any) -> dict[str, Any]:
        plain: dict[str, Any] = {
            "lesson": cast.lessons["own"],
            "pupil": cast.pupils["pupil"],
            "work": None,
            "mark": None,
            "value": "5",
            "base": 0,
        }
        return operation("put_mark", **(plain | facts))

    return build


def save(client: Client, course: int, *operations: dict[str, Any]) -> Any:
    """Send a batch; returns the response."""
    return client.post(f"/journal/{course}/save", json={"operations": list(operations)})
