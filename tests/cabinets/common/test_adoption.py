"""«Внедрение»: proved by data, ticked by who is responsible; orders and consents to print; help."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.office.adoption.models import AdoptionPlan, AdoptionTick
from journal.office.adoption.rules import ITEMS, working_days_after
from journal.people.models import Organisation, StaffMember
from tests.cast import MEMBERS, TODAY, Cast
from tests.conftest import Client, Login

PLAN = {"starts_on": "2026-11-18", "order_number": "214", "order_date": "2026-11-17"}


def page_of(browser: Client) -> str:
    answer = browser.get("/adoption")
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def text_of(data: bytes) -> str:
    pages = PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def ticks(session: Session) -> list[tuple[int, int]]:
    rows = select(AdoptionTick.item, AdoptionTick.person_id).order_by(AdoptionTick.item)
    return [(item, person_id) for item, person_id in session.execute(rows)]


def line(text: str, number: int) -> str:
    """The row of an item, as text with its markup."""
    return text[text.index(f'<tr id="item-{number}"') :].split("</tr>", 1)[0]


def test_every_item_has_an_owner_a_due_date_and_a_state(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser = login("administrator")
    assert browser.post("/adoption/settings", data=PLAN).status_code == 302
    text = page_of(browser)
    assert all(f'id="item-{item.number}"' in text for item in ITEMS) and len(ITEMS) == 21
    assert "подтверждено" in line(text, 9) and "периодов: 4" in line(text, 9)
    assert "1 из 2" in line(text, 12), "5Б has no class teacher"
    assert "приказ № 214 от 17.11.2026" in line(text, 6)
    assert "0 из 7" in line(text, 8) and "25.11.2026" in line(text, 8)
    assert "срок прошёл 19.11" in line(text, 7) and "Зотова" in line(text, 7)
    assert "постоянно" in line(text, 20)


def test_consents_prove_themselves(login: Login, cast: Cast, db_session: Session) -> None:
    db_session.execute(update(StaffMember).values(consent_on=date(2026, 9, 1)))
    db_session.commit()
    text = page_of(login("director"))
    assert "подтверждено" in line(text, 8) and "7 из 7" in line(text, 8)


def test_items_are_ticked_by_who_answers_for_them(
    login: Login, cast: Cast, db_session: Session
) -> None:
    director, administrator = login("director"), login("administrator")
    assert director.post("/adoption/5/tick").status_code == 302
    assert administrator.post("/adoption/7/tick").status_code == 302
    assert administrator.post("/adoption/7/tick").status_code == 302, "twice is once"
    assert administrator.post("/adoption/5/tick").status_code == 403
    assert director.post("/adoption/7/tick").status_code == 403
    assert director.post("/adoption/22/tick").status_code == 404
    assert ticks(db_session) == [
        (5, cast["director"].person_id),
        (7, cast["administrator"].person_id),
    ]
    assert "отмечено" in line(page_of(director), 5) and "Громов" in line(page_of(director), 5)
    assert administrator.post("/adoption/5/untick").status_code == 403
    assert director.post("/adoption/7/untick").status_code == 302
    assert administrator.post("/adoption/7/untick").status_code == 404
    assert director.get("/adoption/5/tick").status_code == 405
    assert [item for item, _ in ticks(db_session)] == [5]
    actions = db_session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    assert actions == ["create", "create", "delete"]


def test_an_order_has_a_number_and_a_date(login: Login, db_session: Session) -> None:
    for wrong in ({"order_date": ""}, {"coordinators_number": "5"}, {"starts_on": "осенью"}):
        answer = login("director").post("/adoption/settings", data=PLAN | wrong)
        assert answer.status_code == 422, wrong
    assert db_session.scalars(select(AdoptionPlan)).all() == []


def test_the_orders_carry_the_schools_data(login: Login, cast: Cast, db_session: Session) -> None:
    names = {"director_name": "Громов Пётр Ильич", "address": "ул. Птицеградская, д. 2"}
    own = update(Organisation).where(Organisation.id == cast.school)
    db_session.execute(own.values(full_name="МБОУ «Школа № 17»", **names))
    db_session.commit()
    browser = login("director")
    browser.post("/adoption/settings", data=PLAN)
    order = text_of(browser.get("/adoption/order.pdf").data)
    for words in ("ПРИКАЗ № 214 от 17.11.2026", "МБОУ «Школа № 17»", "Громов Пётр Ильич", "Зотова"):
        assert words in order, words
    assert all(str(item.number) in order for item in ITEMS) and "02.12.2026" in order
    coordinators = text_of(browser.get("/adoption/coordinators.pdf").data)
    assert "ПРИКАЗ № ____" in coordinators and "назначении координатора" in coordinators


def test_consents_are_printed_for_whom_they_miss(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser = login("administrator")
    own = update(StaffMember).where(StaffMember.id == cast["deputy"].staff_id)
    db_session.execute(own.values(consent_on=date(2026, 9, 1)))
    db_session.commit()
    staff = PdfReader(io.BytesIO(browser.get("/adoption/consents.pdf").data))
    assert len(staff.pages) == 6
    assert all("стр. 1 из 1" in page.extract_text() for page in staff.pages)
    assert not any(", Учитель" in page.extract_text() for page in staff.pages)
    pupils = browser.get(f"/adoption/consents.pdf?class={cast.classes['own']}").data
    text = text_of(pupils)
    assert "Я, Ёлкина Вера Андреевна, законный представитель" in text
    assert "Ёлкин Артём Игоревич, класс 5А" in text and "Рыбин" not in text
    foreign = text_of(browser.get(f"/adoption/consents.pdf?class={cast.classes['foreign']}").data)
    assert "Чужак" not in foreign


@pytest.mark.parametrize("who", ["deputy", "class_teacher", "own_teacher", "parent", "pupil"])
def test_the_plan_is_the_offices(login: Login, db_session: Session, who: str) -> None:
    assert login(who).get("/adoption").status_code == 403
    assert login(who).post("/adoption/7/tick").status_code == 403
    assert ticks(db_session) == []


def test_working_days_pass_over_the_weekend() -> None:
    friday = date(2026, 11, 20)
    assert working_days_after(friday, 0) == friday
    assert working_days_after(friday, 1) == date(2026, 11, 23)
    assert working_days_after(friday, 10) == date(2026, 12, 4)


@pytest.mark.parametrize("name", [one for one in MEMBERS if not one.startswith("foreign")])
def test_everybody_is_told_what_to_do_and_whom_to_ask(
    login: Login, cast: Cast, db_session: Session, name: str
) -> None:
    own = update(Organisation).where(Organisation.id == cast.school)
    db_session.execute(own.values(administrator_contact="Зотова И. Л., кабинет 12"))
    db_session.commit()
    browser = login(name)
    text = browser.get("/help").text
    assert "Зотова И. Л., кабинет 12" in text
    links = [part.split('"', 1)[0] for part in text.split('<th scope="row"><a href="')[1:]]
    assert links
    for link in links:
        assert browser.get(link, follow_redirects=True).status_code == 200, link


def test_orders_name_nobody_who_has_left(login: Login, cast: Cast, db_session: Session) -> None:
    browser = login("administrator")
    assert browser.post("/adoption/settings", data=PLAN).status_code == 302
    assert "Громов" in text_of(browser.get("/adoption/order.pdf").data)
    director = db_session.get_one(StaffMember, cast["director"].staff_id)
    director.left_on = TODAY
    db_session.commit()
    assert "Громов" not in text_of(browser.get("/adoption/order.pdf").data)
    assert "Громов" not in page_of(browser)
