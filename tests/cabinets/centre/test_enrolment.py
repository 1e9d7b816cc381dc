"""A school applies, the centre answers, the coordinator signs in; strangers get nothing."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.tenancy import across
from journal.messages.models import Mail
from journal.office.enrolment.models import CentreSite, Enrolment
from journal.people.models import Organisation, Person, RoleAssignment
from journal.webkit.security import limiter
from tests.cast import Cast
from tests.conftest import Client, Login, SignIn
from tests.counting import counted
from tests.features.exchange.region import Region, region

TYPED = {
    "type_name": "Общеобразовательная организация",
    "full_name": "МБОУ СОШ с. Лукиновка",
    "short_name": "СОШ с. Лукиновка",
    "code": "480311",
    "municipality": "Лукиновский район",
    "website": "lukinovka-school.ru",
    "surname": "Чернова",
    "given_name": "Алла",
    "patronymic": "Юрьевна",
    "position": "заместитель директора",
    "phone": "+7 900 000-00-00",
    "email": "chernova@lukinovka-school.ru",
    "basis": "№ 17 от 02.11.2026",
}
Centre = tuple[Region, Client]


@pytest.fixture
def centre(app: Flask, cast: Cast, db_session: Session) -> Region:
    limiter.reset()
    made = region(db_session, cast)
    db_session.commit()
    return made


@pytest.fixture
def operator(centre: Region, sign_in: SignIn) -> Client:
    return sign_in(centre.operator.account_id)


def apply(client: Client, **changes: str) -> str:
    """The address of the application."""
    answer = client.post("/region/registration", data={**TYPED, **changes})
    assert answer.status_code == 302, answer.text
    return answer.location


def rows(session: Session) -> list[tuple[str, str]]:
    session.expire_all()
    with across(session, "what the test left"):
        found = session.execute(select(Enrolment.code, Enrolment.state).order_by(Enrolment.id))
        return [(code, state) for code, state in found]


def counts(session: Session) -> dict[str, int]:
    session.expire_all()
    with across(session, "what the test left"):
        return {
            model.__tablename__: session.scalar(select(func.count()).select_from(model)) or 0
            for model in (Organisation, Person, RoleAssignment, Enrolment, CentreSite, AuditEntry)
        }


def application_id(session: Session) -> int:
    with across(session, "what the test left"):
        return session.scalars(select(Enrolment.id)).one()


def test_a_school_applies_is_approved_and_signs_in(
    app: Flask, client: Client, operator: Client, db_session: Session
) -> None:
    address = apply(client)
    assert "ждёт решения центра" in client.get(address).text
    desk = operator.get("/centre/schools").text
    assert "СОШ с. Лукиновка" in desk and "Чернова Алла Юрьевна" in desk
    number = application_id(db_session)
    shown = operator.post(f"/centre/applications/{number}/approve").text
    login, password = re.findall(r"<code>(.*?)</code>", shown)
    assert login == "chernova.a"
    school = Client(app)
    answer = school.post("/login", data={"login": login, "password": password})
    assert answer.status_code == 302 and school.get("/").location.endswith("/password")
    state = client.get(address).text
    assert "одобрена" in state and password not in state
    with across(db_session, "the letter"):
        letter = db_session.scalars(select(Mail).order_by(Mail.id.desc())).first()
    assert letter is not None and letter.address == TYPED["email"] and password not in letter.lines
    assert "СОШ с. Лукиновка" in operator.get("/centre/applications").text
    again = operator.post(f"/centre/applications/{number}/approve")
    assert again.status_code == 422 and "уже есть решение" in again.text
    assert rows(db_session) == [("480311", "approved")]


def test_an_application_is_declined_with_a_reason_the_school_reads(
    client: Client, operator: Client, db_session: Session
) -> None:
    address = apply(client)
    number = application_id(db_session)
    before = counts(db_session)
    blank = operator.post(f"/centre/applications/{number}/decline", data={"reason": " "})
    assert blank.status_code == 422 and counts(db_session) == before
    reason = "Письмо не подписано директором."
    answer = operator.post(f"/centre/applications/{number}/decline", data={"reason": reason})
    assert answer.status_code == 302 and rows(db_session) == [("480311", "declined")]
    assert reason in client.get(address).text
    assert apply(client) != address, "after a refusal one may apply anew"


def test_one_code_is_one_school(client: Client, operator: Client, cast: Cast) -> None:
    apply(client)
    twice = client.post("/region/registration", data=TYPED)
    assert twice.status_code == 422 and "уже ждёт решения" in twice.text
    assert 'value="Чернова"' in twice.text, "what was typed is kept"
    taken = operator.post("/centre/schools/new", data={**TYPED, "code": "CMOKO"})
    assert taken.status_code == 422 and "уже есть кабинет" in taken.text


@pytest.mark.parametrize("field", [name for name in TYPED if name not in ("website", "patronymic")])
def test_what_the_centre_needs_must_be_typed(
    centre: Region, client: Client, db_session: Session, field: str
) -> None:
    before = counts(db_session)
    answer = client.post("/region/registration", data={**TYPED, field: ""})
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text
    assert f'<li><a href="#{field}">' in answer.text, "the summary says it and leads there"
    assert counts(db_session) == before


def test_the_centre_makes_a_cabinet_itself_and_renews_its_password(
    operator: Client, app: Flask, db_session: Session
) -> None:
    first = re.findall(r"<code>(.*?)</code>", operator.post("/centre/schools/new", data=TYPED).text)
    with across(db_session, "what the test left"):
        school = db_session.scalars(select(Enrolment.school_id)).one()
    again = operator.post(f"/centre/schools/{school}/password").text
    second = re.findall(r"<code>(.*?)</code>", again)
    assert first[0] == second[0] and first[1] != second[1]
    old = Client(app).post("/login", data={"login": first[0], "password": first[1]})
    new = Client(app).post("/login", data={"login": second[0], "password": second[1]})
    assert (old.status_code, new.status_code) == (422, 302)


def test_the_centre_cannot_renew_passwords_of_a_school_that_keeps_its_journal_here(
    operator: Client, centre: Region, db_session: Session
) -> None:
    before = counts(db_session)
    for school in (centre.school, centre.foreign_school, centre.centre, 999_999):
        assert operator.post(f"/centre/schools/{school}/password").status_code == 404
    assert counts(db_session) == before
    assert "ведёт журнал здесь" in operator.get("/centre/schools").text


def test_strangers_get_nothing_of_the_centre(
    client: Client,
    login: Login,
    centre: Region,
    sign_in: SignIn,
    db_session: Session,
) -> None:
    apply(client)
    number = application_id(db_session)
    before = counts(db_session)
    paths = {
        "GET": ("schools", "schools/new", "applications", f"applications/{number}", "site"),
        "POST": (
            "schools/new",
            f"applications/{number}/approve",
            f"applications/{number}/decline",
            f"schools/{centre.school}/password",
            "site",
        ),
    }
    for name in ("administrator", "director", "own_teacher", "parent"):
        _refused(login(name), paths, 403)
    _refused(sign_in(centre.coordinator.account_id), paths, 403)
    _refused(client, paths, 302)
    assert counts(db_session) == before


def _refused(browser: Client, paths: dict[str, tuple[str, ...]], status: int) -> None:
    for method, places in paths.items():
        for place in places:
            answer = browser.open(f"/centre/{place}", method=method, data={"reason": "x", **TYPED})
            assert answer.status_code == status, (method, place)
            assert "Чернова" not in answer.text


def test_unknown_applications_and_methods_are_refused(operator: Client, client: Client) -> None:
    for path in ("applications/999999", f"applications/{2**70}"):
        assert operator.get(f"/centre/{path}").status_code == 404
    assert operator.post("/centre/applications/999999/approve").status_code == 404
    assert operator.post("/centre/applications/999999/decline").status_code == 404
    assert operator.get("/centre/applications/1/approve").status_code == 405
    assert operator.get("/centre/schools/1/password").status_code == 405
    assert client.get("/region/registration/nonsense").status_code == 404


def test_the_public_site_tells_what_the_centre_writes(operator: Client, client: Client) -> None:
    assert "Подать заявку" in client.get("/region/").text
    text = "Мониторинг <b>посещаемости</b>.\n\nДо 29 ноября."
    assert operator.post("/centre/site", data={"about": text}).status_code == 302
    page = client.get("/region/").text
    assert "&lt;b&gt;посещаемости" in page and "Личный кабинет" in page
    assert client.get("/region/participants").status_code == 200


def test_without_a_centre_there_is_no_public_site(client: Client) -> None:
    for path in ("", "registration", "participants"):
        assert client.get(f"/region/{path}").status_code == 404


def test_the_desk_costs_a_fixed_number_of_statements(
    app: Flask, operator: Client, db_session: Session
) -> None:
    def cost() -> int:
        with counted(app) as statements:
            assert operator.get("/centre/schools").status_code == 200
        return len(statements)

    before = cost()
    with across(db_session, "more schools"):
        for number in range(150):
            name = f"Школа {number}"
            facts = {"full_name": name, "short_name": name, "municipality": f"Район {number % 7}"}
            db_session.add(Organisation(kind="school", code=f"M{number}", **facts))
    db_session.commit()
    assert cost() == before <= 6
    assert "Школа 9" in operator.get("/centre/schools?q=школа 9 район").text
