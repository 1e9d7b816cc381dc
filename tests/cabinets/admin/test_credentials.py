"""Temporary passwords: for whom, by whom, shown once and kept nowhere."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.audit import AuditEntry
from journal.core.operations import OperationReceipt
from journal.core.tenancy import across
from journal.people import service
from journal.people.models import Account, GuardianLink, Person, RoleAssignment
from journal.people.passwords import matches
from journal.school.models import ClassGroup
from tests.cast import NOW, Cast
from tests.conftest import Client, Login
from tests.counting import counted
from tests.factories import PASSWORD_HASH, SchoolBuilder

OPERATION = "operation-of-this-form"
ISSUE = "/access/issue"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cost of a real hash is the business of its own test."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(service, "hash_made", cheap.hash)


def send(browser: Client, cast: Cast, *names: str, **more: Any) -> Any:
    persons = [cast[name].person_id for name in names]
    return browser.post(ISSUE, data={"person": persons, "operation": OPERATION, **more})


def account(session: Session, cast: Cast, name: str) -> Account:
    session.expire_all()
    return session.get_one(Account, cast[name].account_id)


def pdf_text(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def passwords_in(text: str) -> list[str]:
    return re.findall(r"\b[a-z2-9]{5}-[a-z2-9]{5}\b", text)


def unchanged(session: Session) -> bool:
    session.expire_all()
    hashes = set(session.scalars(select(Account.password_hash)))
    return hashes == {PASSWORD_HASH} and not session.scalars(select(AuditEntry.id)).all()


def test_the_slips_hold_what_the_family_needs(
    login: Login, cast: Cast, db_session: Session
) -> None:
    answer = send(login("administrator"), cast, "pupil", "parent")
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    text = pdf_text(answer.data)
    assert text.index("Ёлкин Артём Игоревич") < text.index("Ёлкина Вера Андреевна")
    for name in ("pupil", "parent"):
        assert cast[name].login in text
        assert account(db_session, cast, name).password_is_temporary
    assert "Школа № 17" in text and "http://localhost/login" in text and "5А" in text
    given = passwords_in(text)
    assert len(given) == 2
    hashes = [account(db_session, cast, name).password_hash for name in ("pupil", "parent")]
    assert all(any(matches(h or "", one) for one in given) for h in hashes)
    log = db_session.execute(select(AuditEntry.action, AuditEntry.about_id)).all()
    persons = {cast["pupil"].person_id, cast["parent"].person_id}
    assert {tuple(row) for row in log} == {("issue_credentials", one) for one in persons}


def test_the_old_password_and_sessions_end(login: Login, cast: Cast, db_session: Session) -> None:
    pupil = login("pupil")
    assert pupil.get("/session").get_json()["account"] is not None
    send(login("administrator"), cast, "pupil")
    assert pupil.get("/session").get_json()["account"] is None
    assert account(db_session, cast, "pupil").credentials_issued_at == NOW


def test_a_repeated_form_shows_nothing_again(login: Login, cast: Cast, db_session: Session) -> None:
    browser = login("administrator")
    first = send(browser, cast, "pupil")
    kept = account(db_session, cast, "pupil").password_hash
    again = send(browser, cast, "pupil")
    assert again.status_code == 409
    text = again.get_data(as_text=True)
    assert "Листки уже были скачаны" in text
    (password,) = passwords_in(pdf_text(first.data))
    assert password not in text
    assert account(db_session, cast, "pupil").password_hash == kept
    for stored in db_session.scalars(select(OperationReceipt.answer)):
        assert password not in stored
    for before, after in db_session.execute(select(AuditEntry.before, AuditEntry.after)):
        assert password not in f"{before}{after}"


def test_the_class_teacher_serves_the_own_class(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser = login("class_teacher")
    page = browser.get(f"/access/classes/{cast.classes['own']}").get_data(as_text=True)
    assert "Ёлкин Артём" in page and "Рыбин" not in page
    assert send(browser, cast, "pupil", "parent").status_code == 200
    assert account(db_session, cast, "pupil").password_is_temporary


@pytest.mark.parametrize("name", ["stranger_pupil", "stranger_parent", "own_teacher", "director"])
def test_the_class_teacher_serves_nobody_else(
    login: Login, cast: Cast, db_session: Session, name: str
) -> None:
    browser = login("class_teacher")
    assert send(browser, cast, "pupil", name).status_code == 403
    assert unchanged(db_session)
    assert browser.get("/access/staff").status_code == 403
    assert browser.get(f"/access/classes/{cast.classes['other']}").status_code == 403
    assert browser.get(f"/access/confirm?class={cast.classes['other']}&who=all").status_code == 403
    assert browser.get("/access/confirm?staff=1&who=all").status_code == 404
    overview = browser.get("/access").get_data(as_text=True)
    assert "5А" in overview and "5Б" not in overview


def test_a_colleague_who_is_a_parent_keeps_the_password(
    login: Login, cast: Cast, db_session: Session
) -> None:
    """Whoever makes a password can sign in with it: no way up for a class teacher."""
    person = cast["parent"].person_id
    db_session.add(
        RoleAssignment(organisation_id=cast.school, person_id=person, role=Role.ADMINISTRATOR)
    )
    db_session.commit()
    browser = login("class_teacher")
    page = browser.get(f"/access/confirm?person={person}").get_data(as_text=True)
    assert "Работает в школе" in page or "администратор" in page
    answer = send(browser, cast, "parent")
    assert answer.status_code == 403 and unchanged(db_session)


def test_a_coordinator_serves_all_but_those_above(
    login: Login, cast: Cast, db_session: Session
) -> None:
    db_session.add(
        RoleAssignment(
            organisation_id=cast.school,
            person_id=cast["specialist"].person_id,
            role=Role.MONITORING_COORDINATOR,
        )
    )
    db_session.commit()
    browser = login("specialist")
    assert send(browser, cast, "director").status_code == 403
    assert send(browser, cast, "administrator").status_code == 403
    assert unchanged(db_session)
    assert send(browser, cast, "own_teacher").status_code == 200


def test_staff_of_another_school_is_served_there(
    login: Login, cast: Cast, db_session: Session
) -> None:
    with across(db_session, "one account in two schools"):
        other = SchoolBuilder.of(db_session, cast.foreign_school)
        person = other.person("Ёлкина Вера Андреевна", (Role.TEACHER,))
        person.account_id = cast["parent"].account_id
        db_session.commit()
    answer = send(login("administrator"), cast, "parent")
    assert answer.status_code == 403 and "другой организации" in answer.get_data(as_text=True)
    assert unchanged(db_session)


STRANGERS = ("own_teacher", "deputy", "director", "specialist", "parent", "pupil")


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("path", ["/access", "/access/staff", "/access/confirm?person=1"])
def test_others_see_nothing(login: Login, who: str, path: str) -> None:
    assert login(who).get(path).status_code == 403


@pytest.mark.parametrize("who", STRANGERS)
def test_others_make_nothing(login: Login, cast: Cast, db_session: Session, who: str) -> None:
    assert send(login(who), cast, "pupil").status_code == 403
    assert unchanged(db_session)


def test_the_neighbours_people_do_not_exist(login: Login, cast: Cast, db_session: Session) -> None:
    assert send(login("administrator"), cast, "foreign_pupil").status_code == 404
    assert send(login("foreign_administrator"), cast, "pupil").status_code == 404
    browser = login("administrator")
    assert browser.post(ISSUE, data={"person": 999999, "operation": OPERATION}).status_code == 404
    assert browser.get("/access/confirm?person=999999").status_code == 404
    assert unchanged(db_session)


def test_reading_makes_no_password(login: Login, cast: Cast, db_session: Session) -> None:
    browser = login("administrator")
    assert browser.get(ISSUE).status_code == 405
    browser.get(f"/access/confirm?person={cast['pupil'].person_id}")
    browser.get(f"/access/confirm?class={cast.classes['own']}&who=all")
    assert unchanged(db_session)


@pytest.mark.parametrize("form", [{}, {"person": "x"}, {"person": "1"}, {"operation": OPERATION}])
def test_a_form_without_its_parts_is_refused(
    login: Login, db_session: Session, form: dict[str, str]
) -> None:
    assert login("administrator").post(ISSUE, data=form).status_code == 422
    assert unchanged(db_session)


def test_a_form_without_its_token_is_refused(
    app: Flask, login: Login, cast: Cast, db_session: Session
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    browser = login("administrator")
    assert send(browser, cast, "pupil").status_code == 400
    assert unchanged(db_session)
    page = browser.get(f"/access/confirm?person={cast['pupil'].person_id}").get_data(as_text=True)
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[-1]
    assert send(browser, cast, "pupil", csrf_token=token).status_code == 200


def never(session: Session, cast: Cast, name: str) -> None:
    account(session, cast, name).password_hash = None
    session.commit()


def test_the_confirmation_says_who_loses_what(
    login: Login, cast: Cast, db_session: Session
) -> None:
    never(db_session, cast, "classmate")
    browser = login("administrator")
    address = f"/access/confirm?class={cast.classes['own']}"
    fresh = browser.get(f"{address}&who=new").get_data(as_text=True)
    assert "Жуков Иван" in fresh and "Ёлкин Артём" not in fresh
    assert "Уже есть пароль" not in fresh
    everybody = browser.get(f"{address}&who=all").get_data(as_text=True)
    assert "Жуков Иван" in everybody and "Ёлкина Вера" in everybody
    assert "Уже есть пароль: 3 чел." in everybody  # Ёлкин, Абрамова, Ёлкина
    pupils = browser.get(f"{address}&who=all&whom=pupil").get_data(as_text=True)
    assert "Ёлкин Артём" in pupils and "Ёлкина Вера Андреевна</th>" not in pupils
    chosen = browser.get(f"{address}&who=chosen&person={cast['pupil'].person_id}")
    assert "Ёлкин Артём" in chosen.get_data(as_text=True)
    nobody = browser.get(f"{address}&who=chosen").get_data(as_text=True)
    assert "Выдавать пароль некому" in nobody


def test_who_declined_the_service_is_left_out(
    login: Login, cast: Cast, db_session: Session
) -> None:
    for link in db_session.scalars(select(GuardianLink)):
        link.declined_e_service = True
    db_session.commit()
    browser = login("administrator")
    page = browser.get(f"/access/confirm?class={cast.classes['own']}&who=all")
    assert "Ёлкина Вера Андреевна" not in page.get_data(as_text=True)


def test_staff_get_theirs(login: Login, cast: Cast, db_session: Session) -> None:
    never(db_session, cast, "deputy")
    browser = login("administrator")
    page = browser.get("/access/confirm?staff=1&who=new").get_data(as_text=True)
    assert "Орлова Марина Павловна" in page and "Соколова" not in page
    assert send(browser, cast, "deputy").status_code == 200
    assert account(db_session, cast, "deputy").password_is_temporary


def test_a_person_without_an_account_gets_a_login(
    login: Login, cast: Cast, db_session: Session
) -> None:
    person = db_session.get_one(Person, cast["pupil"].person_id)
    person.account_id = None
    db_session.commit()
    answer = send(login("administrator"), cast, "pupil")
    assert answer.status_code == 200
    db_session.expire_all()
    assert db_session.get_one(Person, person.id).account_id is not None


def test_a_crowd_is_refused(login: Login, db_session: Session) -> None:
    form = {"person": [str(n) for n in range(1, 152)], "operation": OPERATION}
    answer = login("administrator").post(ISSUE, data=form)
    assert answer.status_code == 422 and "150" in answer.get_data(as_text=True)


def test_the_printed_address_is_the_configured_one(
    app: Flask, login: Login, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(app.config["SETTINGS"], public_url="https://journal.example.org/")
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    answer = send(login("administrator"), cast, "pupil")
    assert "https://journal.example.org/login" in pdf_text(answer.data)


def test_the_list_of_a_class_costs_the_same_for_any_class(
    app: Flask, login: Login, cast: Cast, db_session: Session
) -> None:
    browser = login("administrator")
    address = f"/access/classes/{cast.classes['own']}"
    confirm = f"/access/confirm?class={cast.classes['own']}&who=all"
    with counted(app) as before:
        browser.get(address)
        browser.get(confirm)
    school = SchoolBuilder.of(db_session, cast.school)
    group = db_session.get_one(ClassGroup, cast.classes["own"])
    for number in range(10):
        child = school.pupil(f"Новый{number} Олег Ильич", group)
        school.guardian(f"Мама{number} Вера Ильинична", child)
    db_session.commit()
    with counted(app) as after:
        browser.get(address)
        browser.get(confirm)
    assert len(after) == len(before) <= 22
