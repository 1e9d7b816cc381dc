"""The week of a diary: shown to its own people, with what a teacher has just entered."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.conftest import Login


@pytest.mark.parametrize("reader", ["parent", "pupil", "class_teacher"])
def test_week_is_shown_to_its_own_people(login: Login, cast: Cast, reader: str) -> None:
    answer = login(reader).get(f"/diary/{cast.pupils['pupil']}")
    assert answer.status_code == 200
    assert "Ёлкин Артём" in answer.text
    assert "Математика" in answer.text
