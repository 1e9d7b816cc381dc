"""The history of a card, by right: the administrator everything, a class teacher the own class."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from journal.people.models import Pupil
from tests.cast import Cast
from tests.conftest import Login
from tests.factories import SchoolBuilder

FORM = {"surname": "Ёлкин", "given_name": "Артём", "patronymic": "Игоревич", "sex": "m"}


def change_phone(login: Login, cast: Cast, who: str, phone: str) -> None:
    form = FORM | {"born_on": "2015-03-14", "personal_file": "Л-008", "phone": phone}
    person_id = cast["pupil"].person_id
    assert login(who).post(f"/people/{person_id}/edit", data=form).status_code == 302


def test_who_changed_what_in_the_card(login: Login, cast: Cast) -> None:
    change_phone(login, cast, "administrator", "+7 900 111-22-33")
    change_phone(login, cast, "class_teacher", "+7 900 444-55-66")
    card = login("administrator").get(f"/school/people/{cast['pupil'].person_id}").text
    latest = card[card.index("Последние изменения") :]
    assert latest.index("Морозова") < latest.index("Зотова")  # the newest first
    assert re.search(r"900 111-22-33</s> → \+7 900 444-55-66", latest)
    address = f"/people/{cast['pupil'].person_id}/history"
    assert "127.0.0.1" in login("administrator").get(address).text
    own = login("class_teacher").get(address).text
    assert "900 444-55-66" in own and "127.0.0.1" not in own  # whose computer is not his business


def test_marks_stand_on_a_page_of_their_own(login: Login, cast: Cast) -> None:
    operation = {
        "op": "history-1",
        "lesson": cast.lessons["recent"],
        "kind": "put_mark",
        "mark": cast.marks["recent"],
        "pupil": cast["pupil"].pupil_id,
        "base": 1,
        "value": "3",
    }
    address = f"/journal/{cast.courses['own']}/save"
    saved = login("own_teacher").post(address, json={"operations": [operation]})
    assert saved.status_code == 200, saved.text
    history = f"/people/{cast['pupil'].person_id}/history"
    assert "Соколова" not in login("administrator").get(history).text
    entries = login("class_teacher").get(f"{history}?of=entries").text
    assert "Соколова" in entries and "5А, Математика" in entries


def test_a_guardian_has_the_history_of_his_links_and_of_a_merged_card(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser, kept = login("administrator"), cast["parent"].person_id
    child = db_session.get_one(Pupil, cast.pupils["third"])
    twin = SchoolBuilder.of(db_session, cast.school).guardian("Елкина Вера Андреевна", child)
    db_session.commit()
    names = {"surname": "Елкина", "given_name": "Вера", "patronymic": "Андреевна", "sex": "f"}
    changed = browser.post(f"/people/{twin.person_id}/edit", data=names | {"phone": "8 900 1"})
    assert changed.status_code == 302
    assert browser.post(f"/people/{kept}/merge?with={twin.person_id}").status_code == 302
    text = browser.get(f"/people/{kept}/history").text
    assert "объединение карточек" in text and "8 900 1" in text
