"""The fixtures keep their word: fresh data, isolation, a signed-in cast."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.people.models import Account, Person
from tests.cast import MEMBERS, Cast
from tests.conftest import Client, Login
from tests.factories import PASSWORD


@pytest.mark.parametrize("round_", [1, 2])
def test_what_a_test_writes_is_gone_in_the_next(db_session: Session, round_: int) -> None:
    assert (
        db_session.scalar(select(Person.id).where(Person.surname == f"Новиков{3 - round_}")) is None
    )
    person = db_session.scalars(select(Person).order_by(Person.id)).first()
    assert person is not None
    person.surname = f"Новиков{round_}"
    db_session.commit()


@pytest.mark.parametrize("name", MEMBERS)
def test_everybody_of_the_cast_is_signed_in(login: Login, cast: Cast, name: str) -> None:
    answer = login(name).get("/session")
    assert answer.get_json()["account"] == cast[name].account_id


def test_everybody_of_the_cast_knows_the_password(client: Client, cast: Cast) -> None:
    form = {"login": cast["parent"].login, "password": PASSWORD}
    answer = client.post("/login", data=form)
    assert answer.status_code == 302
    assert client.get("/session").get_json()["account"] == cast["parent"].account_id


def test_a_request_is_visible_to_the_test(login: Login, cast: Cast, db_session: Session) -> None:
    account = cast["parent"].account_id
    locale = select(Account.locale).where(Account.id == account)
    assert db_session.scalar(locale) == "ru"
    login("parent").post("/language/en")
    assert db_session.scalar(locale) == "en"


def test_the_session_sees_its_own_school_only(db_session: Session, cast: Cast) -> None:
    assert db_session.scalars(select(Person.organisation_id).distinct()).all() == [cast.school]
    assert db_session.scalar(select(func.count(AuditEntry.id))) == 0
