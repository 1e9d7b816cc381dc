"""Signing in, one's own password, the roles of one person: what works and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.audit import AuditEntry
from journal.core.errors import RuleViolation
from journal.people.models import Account, Guardian, GuardianLink, RoleAssignment
from journal.people.service import SignIn, note_sign_in
from journal.webkit.security import limiter
from tests.at_once import meanwhile
from tests.cast import NOW, Cast
from tests.conftest import Client, Login
from tests.factories import PASSWORD


def sign_in(client: Client, login: str, password: str = PASSWORD) -> int:
    return int(client.post("/login", data={"login": login, "password": password}).status_code)


def account(session: Session, cast: Cast, name: str) -> Account:
    session.expire_all()
    return session.get_one(Account, cast[name].account_id)


def test_a_login_forgives_case_and_space_and_leads_home(client: Client, cast: Cast) -> None:
    login = f"  {cast['own_teacher'].login.upper()} "
    answer = client.post("/login", data={"login": login, "password": PASSWORD})
    assert answer.status_code == 302
    assert client.get("/").headers["Location"] == "/teacher/"


def test_a_wrong_password_and_a_wrong_login_say_the_same(client: Client, cast: Cast) -> None:
    wrong = client.post("/login", data={"login": cast["pupil"].login, "password": "not it"})
    nobody = client.post("/login", data={"login": "nobody.n", "password": "not it"})
    assert wrong.status_code == nobody.status_code == 422
    sentence = "Неверный логин или пароль"
    assert sentence in wrong.text
    assert sentence in nobody.text


def test_guessing_is_slowed_down_per_account(
    app: Flask, client: Client, cast: Cast, db_session: Session
) -> None:
    login = cast["pupil"].login
    for _ in range(5):
        assert sign_in(client, login, "guess") == 422
    assert account(db_session, cast, "pupil").throttled_until is not None
    assert sign_in(client, login) == 422, "the right one has to wait as well"
    app.config["CLOCK"] = lambda: NOW + timedelta(minutes=2)
    assert sign_in(client, login) == 302
    assert account(db_session, cast, "pupil").failed_attempts == 0


def test_attempts_at_the_same_moment_are_counted_each(
    app: Flask, client: Client, cast: Cast, db_session: Session
) -> None:
    kept = account(db_session, cast, "pupil")
    kept.failed_attempts = 3
    db_session.commit()
    outcome = SignIn(kept.id, right=False)
    db_session.rollback()

    def guessed(session: Session) -> None:
        with pytest.raises(RuleViolation):
            note_sign_in(session, outcome=outcome, now=NOW)

    assert meanwhile(app, (), guessed, lambda: sign_in(client, cast["pupil"].login, "guess")) == 422
    assert account(db_session, cast, "pupil").failed_attempts == 5


def test_a_right_guess_among_many_waits_with_the_others(cast: Cast, db_session: Session) -> None:
    """It was checked before the wrong ones beside it were counted."""
    kept = account(db_session, cast, "pupil")
    kept.throttled_until = NOW + timedelta(minutes=1)
    db_session.flush()
    outcome = SignIn(kept.id, right=True)
    with pytest.raises(RuleViolation, match="Too many"):
        note_sign_in(db_session, outcome=outcome, now=NOW)


def test_a_machine_is_stopped_per_address(app: Flask, client: Client) -> None:
    with app.app_context():
        limiter.reset()
    try:
        statuses = [sign_in(client, "") for _ in range(121)]
        assert statuses == [422] * 120 + [429]
    finally:
        with app.app_context():
            limiter.reset()


def test_an_address_that_no_header_can_carry_leads_to_the_first_page(
    client: Client, cast: Cast
) -> None:
    assert client.get(f"/classes/{cast.classes['own']}/days/%0A?a=%0A").status_code == 302
    login = cast["own_teacher"].login
    answer = client.post("/login", data={"login": login, "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "/\t/example.org",
        "/\n/example.org",
        "",
    ],
)
def test_no_open_redirect(client: Client, address: str) -> None:
    answer = client.post("/language/en", data={"next": address})
    assert answer.headers["Location"] == "/"


def test_a_temporary_password_opens_nothing_but_its_change(
    login: Login, cast: Cast, db_session: Session
) -> None:
    account(db_session, cast, "own_teacher").password_is_temporary = True
    db_session.commit()
    teacher = login("own_teacher")
    journal = f"/journal/{cast.courses['own']}"
    assert teacher.get(journal).headers["Location"] == "/password"
    assert teacher.post(f"{journal}/save", json={}).headers["Location"] == "/password"
    assert teacher.get("/session").json["account"] is None


def change(client: Client, **fields: str) -> int:
    plain = {"old_password": PASSWORD, "password": "новый-пароль-17", "again": "новый-пароль-17"}
    return int(client.post("/password", data=plain | fields).status_code)


def test_a_new_password_ends_the_other_sessions(
    login: Login, cast: Cast, db_session: Session
) -> None:
    here, elsewhere = login("own_teacher"), login("own_teacher")
    assert change(here) == 302
    assert here.get("/teacher/").status_code == 200
    assert elsewhere.get("/teacher/").headers["Location"] == "/login"
    kept = account(db_session, cast, "own_teacher")
    assert kept.password_hash is not None
    assert kept.password_hash.startswith("$argon2id$")
    entry = db_session.scalars(select(AuditEntry)).one()
    assert entry.action == "change_password"
    assert "17" not in (entry.after or "")


@pytest.mark.parametrize(
    "fields",
    [
        {"old_password": "not it"},
        {"password": "short", "again": "short"},
        {"again": "another-one-17"},
        {"password": PASSWORD, "again": PASSWORD},
        {"password": "ааааааааа", "again": "ааааааааа"},
    ],
)
def test_a_bad_new_password_changes_nothing(
    login: Login, cast: Cast, db_session: Session, fields: dict[str, str]
) -> None:
    before = account(db_session, cast, "own_teacher").password_hash
    assert change(login("own_teacher"), **fields) == 422
    assert account(db_session, cast, "own_teacher").password_hash == before


def test_signing_out_ends_the_session(login: Login) -> None:
    teacher = login("own_teacher")
    assert teacher.get("/logout").status_code == 405
    assert teacher.post("/logout").status_code == 302
    assert teacher.get("/teacher/").headers["Location"] == "/login"


def test_one_person_chooses_his_role_in_the_header(
    login: Login, cast: Cast, db_session: Session
) -> None:
    """The class teacher is a mother here: three roles, one login."""
    keeper = cast["class_teacher"]
    guardian = Guardian(organisation_id=cast.school, person_id=keeper.person_id)
    db_session.add(guardian)
    db_session.flush()
    db_session.add_all(
        [
            GuardianLink(
                organisation_id=cast.school,
                guardian_id=guardian.id,
                pupil_id=cast.pupils["stranger_pupil"],
                relation="mother",
            ),
            RoleAssignment(
                organisation_id=cast.school, person_id=keeper.person_id, role=Role.PARENT.value
            ),
        ]
    )
    db_session.commit()
    browser = login("class_teacher")
    assert "/family" in browser.get("/teacher/").text, "without a choice all sections are shown"
    answer = browser.post("/role/parent")
    assert answer.headers["Location"] == "/"
    assert browser.get("/").headers["Location"] == "/family"
    text = browser.get("/family").text
    assert 'href="/teacher/"' not in text
    assert browser.get("/teacher/").status_code == 200, "the choice narrows what is shown only"
    browser.post("/role/all")
    assert 'href="/teacher/"' in browser.get("/family").text


@pytest.mark.parametrize("role", ["administrator", "nonsense"])
def test_a_role_one_does_not_have_cannot_be_chosen(login: Login, role: str) -> None:
    assert login("own_teacher").post(f"/role/{role}").status_code == 404
    assert login("own_teacher").get("/role/teacher").status_code == 405
