"""The pages of merging: the list of likely duplicates, the choice, the preview, the act."""

from __future__ import annotations

from sqlalchemy.orm import Session

from journal.people.models import Person, Pupil
from tests.cast import Cast
from tests.conftest import Login
from tests.factories import SchoolBuilder


def twin_of(session: Session, cast: Cast) -> int:
    child = session.get_one(Pupil, cast.pupils["third"])
    twin = SchoolBuilder.of(session, cast.school).guardian("Елкина Вера Андреевна", child)
    session.commit()
    return twin.person_id


def test_from_the_list_to_one_card(login: Login, cast: Cast, db_session: Session) -> None:
    browser, kept = login("administrator"), cast["parent"].person_id
    gone = twin_of(db_session, cast)
    assert "Возможные повторы" in browser.get("/school/people").text
    listed = browser.get("/people/duplicates").text
    assert "Елкина Вера Андреевна" in listed and f"/people/{kept}/merge?with={gone}" in listed
    assert f"/people/{kept}/merge?with={gone}" in browser.get(f"/people/{kept}/duplicate").text
    found = browser.get(f"/people/{kept}/duplicate?q=чайка").text
    assert "Чайка Нина Фёдоровна" in found and "дата рождения 14.03.2015" in found
    page = browser.get(f"/people/{kept}/merge?with={gone}").text
    assert "связи родителей и детей: 1" in page and "Елкина Вера Андреевна" in page
    done = browser.post(f"/people/{kept}/merge?with={gone}", data={"name": "gone"})
    assert done.status_code == 302
    assert db_session.get(Person, gone) is None
    assert db_session.get_one(Person, kept).surname == "Елкина"
    assert "объединение карточек" in browser.get("/school/audit").text
    again = browser.post(f"/people/{kept}/merge?with={gone}")
    assert again.status_code == 404  # done twice


def test_what_cannot_be_one_is_said(login: Login, cast: Cast, db_session: Session) -> None:
    browser, kept = login("administrator"), cast["parent"].person_id
    child = cast["pupil"].person_id
    address = f"/people/{kept}/merge?with={child}"
    assert "Ученик и взрослый" in browser.get(address).text
    refused = browser.post(address)
    assert refused.status_code == 422 and "Ученик и взрослый" in refused.text
    assert db_session.get(Person, child) is not None
    assert browser.post(f"/people/{kept}/merge?with={kept}").status_code == 422
    assert browser.post(f"/people/{kept}/merge").status_code == 404
