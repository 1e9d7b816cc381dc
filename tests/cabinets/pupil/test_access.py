"""Whose diary opens to whom: own children, oneself, pupils of the own class; nobody else's name."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.people.models import Guardian, GuardianLink, Person, RoleAssignment
from journal.school.models import ClassGroup
from tests.cast import Cast
from tests.conftest import Login
from tests.features.diary.school import OwnSchool

PAGES = ("/diary/{id}", "/diary/{id}?week=2026-W46", "/diary/marks/{id}", "/diary/absences/{id}")
PAGES += ("/diary/average/{id}/{maths}?term=2",)
READERS = {
    "pupil": {"pupil"},
    "classmate": {"classmate"},
    "parent": {"pupil", "sibling"},
    "stranger_parent": {"stranger_pupil"},
    "stranger_pupil": {"stranger_pupil"},
    "class_teacher": {"pupil", "classmate", "third", "leaver"},
    "foreign_parent": {"foreign_pupil"},
    "foreign_pupil": {"foreign_pupil"},
    "foreign_teacher": {"foreign_pupil"},
}
REFUSED = ("own_teacher", "other_teacher", "deputy", "director", "administrator", "specialist")
NAMES = {
    "pupil": ("Ёлкин", "Артём"),
    "classmate": ("Жуков", "Иван"),
    "third": ("Абрамов", "Дарья"),
    "leaver": ("Рыбин", "Глеб"),
    "sibling": ("Ёлкин", "Софья"),
    "stranger_pupil": ("Чайка", "Роман"),
    "foreign_pupil": ("Чужаков", "Кирилл"),
}


def addresses(cast: Cast, pupil: str) -> list[str]:
    maths = cast.subjects["foreign" if pupil == "foreign_pupil" else "maths"]
    return [page.format(id=cast.pupils[pupil], maths=maths) for page in PAGES]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("pupil", NAMES)
def test_only_ones_own(login: Login, cast: Cast, reader: str, pupil: str) -> None:
    browser = login(reader)
    mine = READERS[reader]
    for address in addresses(cast, pupil):
        answer = browser.get(address)
        if pupil in mine:
            assert answer.status_code in (200, 404 if "average" in address else 200), address
        else:
            assert answer.status_code == 404, address
        strangers = {given for name, (_, given) in NAMES.items() if name not in mine}
        own_family = {NAMES[name][1] for name in mine}
        found = {name for name in strangers - own_family if name in answer.text}
        assert not found, (address, found)


@pytest.mark.parametrize("reader", REFUSED)
def test_staff_without_a_class_have_no_diaries(login: Login, cast: Cast, reader: str) -> None:
    browser = login(reader)
    for address in (*addresses(cast, "pupil"), "/diary", "/today", "/family", "/diary/marks"):
        answer = browser.get(address)
        assert answer.status_code == 403, address
        assert "Артём" not in answer.text


@pytest.mark.parametrize("path", ["/diary/1", "/diary", "/family", "/today", "/diary/marks/1"])
def test_nobody_is_asked_to_sign_in(login: Login, cast: Cast, path: str) -> None:
    browser = login("parent")
    with browser.session_transaction() as cookie:
        cookie.clear()
    answer = browser.get(path)
    assert answer.status_code == 302
    assert answer.location.endswith("/login")


@pytest.mark.parametrize(
    "path",
    [
        "/diary/0",
        "/diary/999999",
        "/diary/99999999999999999999",
        "/diary/-1",
        "/diary/x",
        "/diary/{id}?week=2026-W54",
        "/diary/{id}?week=позавчера",
        "/diary/{id}?week=9999-W01",
        "/diary/marks/{id}?year=999",
        "/diary/marks/{id}?year=99999999999999999999",
        "/diary/marks/{id}?year=x",
        "/diary/absences/{id}?year={foreign}",
        "/diary/average/{id}/999?term=2",
        "/diary/average/{id}/{maths}",
        "/diary/average/{id}/{maths}?term=999",
        "/diary/average/{id}/{maths}?term=x",
    ],
)
def test_addresses_of_nothing(login: Login, cast: Cast, path: str) -> None:
    address = path.format(
        id=cast.pupils["pupil"], maths=cast.subjects["maths"], foreign=cast.foreign_year
    )
    assert login("parent").get(address).status_code == 404


def test_nothing_is_posted(login: Login, cast: Cast) -> None:
    for address in (*addresses(cast, "pupil"), "/family", "/today"):
        assert login("parent").post(address).status_code == 405


def test_a_class_teacher_keeps_a_leaver_but_not_who_moved_on(
    login: Login, cast: Cast, db_session: Session, own_school: OwnSchool
) -> None:
    own_school.move("classmate", "other", date(2026, 11, 18))
    db_session.commit()
    browser = login("class_teacher")
    assert browser.get(f"/diary/{cast.pupils['leaver']}").status_code == 200
    assert browser.get(f"/diary/{cast.pupils['classmate']}").status_code == 404


def test_a_coming_move_takes_nothing_away_yet(
    login: Login, cast: Cast, db_session: Session, own_school: OwnSchool
) -> None:
    own_school.move("classmate", "other", date(2026, 12, 1))
    db_session.commit()
    assert login("class_teacher").get(f"/diary/{cast.pupils['classmate']}").status_code == 200


def test_another_class_teacher_is_a_stranger(login: Login, cast: Cast, db_session: Session) -> None:
    db_session.get_one(ClassGroup, cast.classes["own"]).class_teacher_id = None
    db_session.commit()
    assert login("class_teacher").get(f"/diary/{cast.pupils['pupil']}").status_code == 404


def test_a_class_teacher_who_is_a_parent_has_both(
    login: Login, cast: Cast, db_session: Session
) -> None:
    person = db_session.get_one(Person, cast["class_teacher"].person_id)
    mother = Guardian(organisation_id=cast.school, person_id=person.id)
    db_session.add(mother)
    db_session.flush()
    child = cast.pupils["stranger_pupil"]
    for row in (
        GuardianLink(guardian_id=mother.id, pupil_id=child, relation="mother"),
        RoleAssignment(person_id=person.id, role=Role.PARENT.value),
    ):
        row.organisation_id = cast.school
        db_session.add(row)
    db_session.commit()
    browser = login("class_teacher")
    own, pupil = (browser.get(f"/diary/{id_}") for id_ in (child, cast.pupils["pupil"]))
    assert (own.status_code, pupil.status_code) == (200, 200)
    assert "Роман" not in pupil.text.split("<main", 1)[1]  # a pupil's page is no family's
    assert browser.get("/diary").location.endswith(f"/diary/{child}")
    assert browser.get(f"/diary/{cast.pupils['sibling']}").status_code == 404


def test_a_link_that_is_gone_takes_the_diary_along(
    login: Login, cast: Cast, db_session: Session
) -> None:
    link = db_session.scalars(
        select(GuardianLink).where(GuardianLink.pupil_id == cast.pupils["sibling"])
    ).one()
    db_session.delete(link)
    db_session.commit()
    browser = login("parent")
    assert browser.get(f"/diary/{cast.pupils['sibling']}").status_code == 404
    assert "Софья" not in browser.get("/family").text
