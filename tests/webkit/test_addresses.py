"""Addresses that are filled into a pattern are those Flask builds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("endpoint", "first", "second"),
    [
        ("pupil.week", {"pupil_id": 7}, {"pupil_id": 12}),
        ("pupil.week", {"pupil_id": 7, "week": "2026-W47"}, {"pupil_id": 8, "week": "2026-W48"}),
        ("pupil.week", {"pupil_id": 7, "week": "a"}, {"pupil_id": 8, "week": "б & в%"}),
        ("pupil.week", {"week": "2026-W47"}, {"week": "2026-W48"}),
        (
            "pupil.average",
            {"pupil_id": 1, "subject_id": 2, "term": 3},
            {"pupil_id": 2, "subject_id": 5},
        ),
        ("register.journal", {"course_id": 3, "_anchor": "lesson-5"}, {"course_id": 4}),
        ("register.journal", {"course_id": 3, "term": None}, {"course_id": 4, "term": 0}),
        ("register.journal", {"course_id": 3}, {"course_id": 4, "_external": True}),
        ("teacher.home", {"date": DAY}, {"date": date(2026, 1, 1)}),
        ("teacher.home", {"date": DAY}, {"date": datetime(2026, 1, 1, 8, 30, tzinfo=UTC)}),
        ("common.language", {"locale": "ru"}, {"locale": "a/b"}),
        ("pupil.week", {"pupil_id": 7, "a)s": 1}, {"pupil_id": 8, "a)s": 2}),
        (".week", {"pupil_id": 7}, {"pupil_id": 8}),
    ],
)
def test_a_filled_address_is_the_one_that_is_built(
    app: Flask, endpoint: str, first: dict[str, Any], second: dict[str, Any]
) -> None:
    with app.test_request_context("/diary/5"):
        for values in (first, second, {**first, **second}, first):
            built = super(type(app), app).url_for(endpoint, **values)
            assert app.url_for(endpoint, **values) == built
