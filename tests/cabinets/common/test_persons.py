"""People by hand: the administrator keeps everybody, a class teacher the own class."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.audit import AuditEntry
from journal.people.models import (
    Guardian,
    GuardianLink,
    Person,
    Pupil,
    RoleAssignment,
    StaffMember,
)
from journal.school.models import ClassGroup, ClassMembership, CourseTeacher
from tests.cast import Cast
from tests.conftest import Login

NAME = {"surname": "Ёжиков", "given_name": "Пётр", "patronymic": "Ильич", "sex": "m"}


def count(session: Session, model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def actions(session: Session) -> list[tuple[str, str]]:
    rows = session.execute(
        select(AuditEntry.action, AuditEntry.object_type).order_by(AuditEntry.seq)
    )
    return [(action, kind) for action, kind in rows]


def staff_form(**changes: Any) -> dict[str, Any]:
    form = {**NAME, "personnel_number": "777", "position": "Учитель", "roles": ["teacher"]}
    return form | changes


def enrolment(cast: Cast, **changes: Any) -> dict[str, Any]:
    form = {**NAME, "born_on": "2015-05-05", "personal_file": "Л-900", "order": "№ 7 от 1.11.2026"}
    form |= {"class_id": str(cast.classes["own"]), "enrolled_on": "2026-11-09"}
    return form | changes


def test_staff_are_entered_changed_and_leave(login: Login, cast: Cast, db_session: Session) -> None:
    browser = login("administrator")
    made = browser.post("/people/staff/new", data=staff_form())
    assert made.status_code == 302
    staff = db_session.scalars(select(StaffMember).filter_by(personnel_number="777")).one()
    person = db_session.get_one(Person, staff.person_id)
    assert person.search_key == "ежиков петр ильич" and "ё" not in person.sort_key
    address = f"/people/{person.id}"
    more = staff_form(roles=["teacher", "deputy_director"], position="Завуч")
    assert browser.post(f"{address}/edit", data=more).status_code == 302
    roles = select(RoleAssignment.role).filter_by(person_id=person.id)
    assert set(db_session.scalars(roles)) == {Role.TEACHER, Role.DEPUTY_DIRECTOR}
    assert browser.post(f"{address}/leaving", data={"left_on": "2026-11-20"}).status_code == 302
    assert db_session.get_one(StaffMember, staff.id).left_on == date(2026, 11, 20)
    assert browser.post(f"{address}/back").status_code == 302
    assert db_session.get_one(StaffMember, staff.id).left_on is None
    assert ("create", "staff_member") in actions(db_session)


def test_who_leaves_is_let_in_no_more_and_leaves_his_courses(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser, keeper = login("administrator"), cast["class_teacher"]
    address = f"/people/{keeper.person_id}/leaving"
    text = browser.get(address).text
    assert "Без классного руководителя останутся: 5А" in text and "Литература" in text
    assert browser.post(address, data={"left_on": "2026-11-20"}).status_code == 302
    assert db_session.get_one(ClassGroup, cast.classes["own"]).class_teacher_id is None
    taught = select(CourseTeacher.ends_before).filter_by(staff_id=keeper.staff_id)
    assert db_session.scalars(taught).all() == [date(2026, 11, 20)]
    assert login("class_teacher").get("/class/").status_code == 302, "to the page of signing in"


def test_a_pupil_is_enrolled_into_a_class(login: Login, cast: Cast, db_session: Session) -> None:
    browser = login("administrator")
    assert browser.post("/people/pupils/new", data=enrolment(cast)).status_code == 302
    pupil = db_session.scalars(select(Pupil).filter_by(personal_file="Л-900")).one()
    stay = db_session.scalars(select(ClassMembership).filter_by(pupil_id=pupil.id)).one()
    assert (stay.class_group_id, stay.starts_on) == (cast.classes["own"], date(2026, 11, 9))
    assert (pupil.entry_class, pupil.enrolment_order) == ("5А", "№ 7 от 1.11.2026")
    roles = select(RoleAssignment.role).filter_by(person_id=pupil.person_id)
    assert db_session.scalars(roles).all() == [Role.PUPIL]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"surname": " "}, "Укажите фамилию"),
        ({"born_on": "2027-01-01"}, "Дата рождения позже даты зачисления"),
        ({"enrolled_on": "2028-01-01"}, "Класс к этому дню закончился"),
        ({"class_id": "999999"}, "field-error"),
        ({"email": "нет"}, "field-error"),
    ],
)
def test_enrolments_that_cannot_be(
    login: Login, cast: Cast, db_session: Session, changes: dict[str, str], sentence: str
) -> None:
    before = count(db_session, Person)
    answer = login("administrator").post("/people/pupils/new", data=enrolment(cast, **changes))
    assert answer.status_code == 422 and sentence in answer.text
    assert count(db_session, Person) == before and actions(db_session) == []


def test_numbers_are_one_persons(login: Login, cast: Cast, db_session: Session) -> None:
    browser = login("administrator")
    file = db_session.get_one(Pupil, cast.pupils["pupil"]).personal_file
    taken = browser.post("/people/pupils/new", data=enrolment(cast, personal_file=file))
    assert taken.status_code == 422 and "уже у другого ученика" in taken.text
    own = db_session.get_one(StaffMember, cast["deputy"].staff_id).personnel_number
    twice = browser.post("/people/staff/new", data=staff_form(personnel_number=own))
    assert twice.status_code == 422 and "уже у другого сотрудника" in twice.text


def test_the_last_administrator_stays_one(login: Login, cast: Cast, db_session: Session) -> None:
    browser, me = login("administrator"), cast["administrator"]
    answer = browser.post(f"/people/{me.person_id}/edit", data=staff_form(roles=["teacher"]))
    assert answer.status_code == 422 and "Это последний администратор" in answer.text
    left = browser.post(f"/people/{me.person_id}/leaving", data={"left_on": "2026-11-20"})
    assert left.status_code == 422 and actions(db_session) == []


def test_an_administrator_who_has_left_is_none(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser, me = login("administrator"), cast["administrator"]
    browser.post("/people/staff/new", data=staff_form(roles=["administrator"]))
    other = db_session.scalars(select(StaffMember).filter_by(personnel_number="777")).one()
    other.left_on = date(2026, 11, 20)
    db_session.commit()
    change = {"data": staff_form(personnel_number="1", roles=["teacher"])}
    answer = browser.post(f"/people/{me.person_id}/edit", **change)
    assert answer.status_code == 422 and "Это последний администратор" in answer.text
    db_session.get_one(StaffMember, other.id).left_on = date(2026, 11, 21)
    db_session.commit()
    assert browser.post(f"/people/{me.person_id}/edit", **change).status_code == 302


def guardian(**changes: str) -> dict[str, str]:
    form = {"surname": "Жукова", "given_name": "Мария", "phone": "8 900 000-11-22"}
    return {**form, "sex": "f", "relation": "mother", **changes}


def test_a_parent_is_one_person_for_all_his_children(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser = login("administrator")
    for name in ("classmate", "third"):
        child = db_session.get_one(Pupil, cast.pupils[name]).person_id
        phone = "+7 (900) 000 11 22" if name == "third" else "8 900 000-11-22"
        answer = browser.post(f"/people/{child}/guardians/new", data=guardian(phone=phone))
        assert answer.status_code == 302
    person = db_session.scalars(select(Person).filter_by(surname="Жукова")).one()
    keeper = db_session.scalars(select(Guardian).filter_by(person_id=person.id)).one()
    links = select(GuardianLink.pupil_id).filter_by(guardian_id=keeper.id)
    assert set(db_session.scalars(links)) == {cast.pupils["classmate"], cast.pupils["third"]}
    child = db_session.get_one(Pupil, cast.pupils["third"]).person_id
    twice = browser.post(f"/people/{child}/guardians/new", data=guardian())
    assert twice.status_code == 422 and "уже представитель" in twice.text


def link_of(session: Session, cast: Cast, pupil: str = "pupil") -> GuardianLink:
    return session.scalars(select(GuardianLink).filter_by(pupil_id=cast.pupils[pupil])).one()


def test_the_class_teacher_keeps_the_own_class(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser, link = login("class_teacher"), link_of(db_session, cast)
    own = f"/people/{cast['pupil'].person_id}"
    data = {**NAME, "born_on": "2015-03-14", "personal_file": "Л-008"}
    assert browser.post(f"{own}/edit", data=data).status_code == 302
    assert db_session.get_one(Person, cast["pupil"].person_id).surname == "Ёжиков"
    declined = {"relation": "mother", "declined_e_service": "y"}
    assert browser.post(f"/people/links/{link.id}", data=declined).status_code == 302
    assert link_of(db_session, cast).declined_e_service
    for stranger in ("stranger_pupil", "own_teacher"):
        answer = browser.get(f"/people/{cast[stranger].person_id}/edit")
        assert answer.status_code == 403
    theirs = link_of(db_session, cast, "stranger_pupil").id
    assert browser.post(f"/people/links/{theirs}/delete").status_code == 403
    assert browser.get("/people/pupils/new").status_code == 403


def test_a_parent_no_more_sees_nothing_more(login: Login, cast: Cast, db_session: Session) -> None:
    link = link_of(db_session, cast)
    assert login("parent").get(f"/diary/{cast.pupils['pupil']}").status_code == 200
    link_id = link.id
    assert login("administrator").post(f"/people/links/{link_id}/delete").status_code == 302
    assert login("parent").get(f"/diary/{cast.pupils['pupil']}").status_code == 404
    assert login("administrator").get(f"/people/links/{link_id}/delete").status_code == 405


def test_consents_are_given_and_withdrawn_by_date(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser, link = login("administrator"), link_of(db_session, cast)
    address, key = f"/people/{cast['parent'].person_id}/consents", f"link-{link.id}"
    assert "За ученика: Ёлкин Артём" in browser.get(address).text
    early = {"key": key, "act": "withdraw", "day": "2026-11-01"}
    assert "Согласия не было" in browser.post(f"{address}/note", data=early).text
    given = {"key": key, "act": "give", "day": "2026-09-02"}
    assert browser.post(f"{address}/note", data=given).status_code == 302
    assert browser.post(f"{address}/note", data=early).status_code == 302
    row = link_of(db_session, cast)
    assert (row.consent_on, row.consent_withdrawn_on) == (date(2026, 9, 2), date(2026, 11, 1))
    assert row.declined_e_service, "the family gets paper from now on"
    for wrong in ({"day": "2027-01-01"}, {"day": "когда-то"}):
        assert browser.post(f"{address}/note", data=given | wrong).status_code == 422
    for wrong in ({"key": "link-999999"}, {"act": "forget"}):
        assert browser.post(f"{address}/note", data=given | wrong).status_code == 404
    assert actions(db_session) == [("change", "guardian_link")] * 2
