"""School totals and the report by subject of a past day: as they stood on its evening."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import Change, Origin, record
from journal.school.models import ClassMembership
from tests.cabinets.results.conftest import Enter, enter, marked, open_days
from tests.cast import Cast
from tests.conftest import Client, Login

__all__ = ["enter", "marked", "open_days"]
LATER = datetime(2026, 11, 25, 9, tzinfo=UTC)
WHY = "Исправил контрольную"
EVENTS: tuple[tuple[date, int, dict[str, Any]], ...] = (
    (date(2026, 11, 16), 0, {}),
    (date(2026, 11, 17), 0, {"pupil": "5", "classmate": ("4", WHY), "third": ("3", WHY)}),
    (date(2026, 11, 18), 1, {"classmate": ("5", WHY)}),
    (date(2026, 11, 19), 1, {"pupil": ""}),
    (date(2026, 11, 20), 0, {"pupil": ("4", WHY)}),
)
FORMS = ("school", "subject")


def at(app: Flask, moment: datetime) -> None:
    app.config["CLOCK"] = lambda: moment


def leaves(cast: Cast, session: Session, name: str, day: date) -> None:
    stays = select(ClassMembership).where(ClassMembership.pupil_id == cast.pupils[name])
    session.scalars(stays).one().ends_before = day
    session.commit()


@pytest.fixture
def evenings(
    app: Flask, cast: Cast, login: Login, db_session: Session, enter: Enter, marked: None
) -> dict[tuple[str, date], str]:
    """The forms as they were at 23:30 of each day."""
    found = {}
    for day, base, typed in EVENTS:
        at(app, datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
        if typed:
            assert enter(login("own_teacher"), base=base, **typed).status_code == 302
        if day == EVENTS[-1][0]:
            leaves(cast, db_session, "third", day)
        at(app, datetime(day.year, day.month, day.day, 20, 30, tzinfo=UTC))
        for name in FORMS:
            found[name, day] = file(login("deputy"), name)
    at(app, LATER)
    return found


def file(client: Client, name: str, **asked: object) -> str:
    words = "".join(f"&{key}={value}" for key, value in asked.items())
    answer = client.get(f"/forms/{name}.csv?at=quarter-2{words}")
    assert answer.status_code == 200
    return str(answer.text)


def test_a_form_of_a_past_day_is_that_of_its_evening(
    login: Login, evenings: dict[tuple[str, date], str]
) -> None:
    deputy = login("deputy")
    for (name, day), table in evenings.items():
        assert file(deputy, name, asof=day) == table
    for name in FORMS:
        assert len({table for (own, _), table in evenings.items() if own == name}) == len(EVENTS)
        assert file(deputy, name) == evenings[name, EVENTS[-1][0]]
        assert file(deputy, name, asof="2027-02-01") == file(deputy, name), "no day to come"


def test_the_page_says_of_which_day_it_is_and_so_do_its_explanations(
    login: Login, evenings: dict[tuple[str, date], str]
) -> None:
    deputy = login("deputy")
    page = deputy.get("/forms/school?at=quarter-2&asof=2026-11-17").text
    assert "II четверть, на 17.11.2026" in page
    assert "На конец дня 17.11.2026" in page
    assert 'name="asof" value="2026-11-17"' in page
    link = next(
        part.split('"')[0].replace("&amp;", "&")
        for part in page.split('href="')
        if part.startswith("/forms/school/why") and "на «5»: 1" in part.split("</a>")[0]
    )
    assert "Ёлкин Артём" in deputy.get(link).text


def test_a_day_before_an_import_is_not_told(
    cast: Cast, login: Login, db_session: Session, evenings: dict[tuple[str, date], str]
) -> None:
    record(
        db_session,
        organisation_id=cast.school,
        origin=Origin(account_id=None, actor_name="flask import"),
        change=Change(action="import", object_type="term_mark", after={"Отметка": "5"}),
        now=datetime(2026, 11, 19, 9, tzinfo=UTC),
    )
    db_session.commit()
    answer = login("deputy").get("/forms/school?at=quarter-2&asof=2026-11-18")
    assert answer.status_code == 422
    assert "Какими были отметки 18.11.2026, неизвестно" in answer.text
    assert 'name="asof" value="2026-11-18"' in answer.text, "another day is typed in its place"
    assert login("deputy").get("/forms/school.csv?at=quarter-2&asof=2026-11-18").status_code == 422
    assert file(login("deputy"), "school", asof="2026-11-19") == evenings["school", EVENTS[3][0]]
