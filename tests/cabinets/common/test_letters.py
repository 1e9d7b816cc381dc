"""Letters: to families of the own class and to the administrator, read, answered, never beyond."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.outbox import OutboxEvent
from journal.messages.letter_rules import PLACES, filled, places_of
from journal.messages.models import Letter, LetterCopy, LetterReply
from journal.people.models import GuardianLink
from tests.cast import Cast
from tests.conftest import Login


def key(cast: Cast, pupil: str = "pupil", guardian: str = "parent") -> str:
    return f"{cast.pupils[pupil]}-{cast[guardian].person_id}"


def words(cast: Cast, **changes: Any) -> dict[str, Any]:
    form: dict[str, Any] = {"about": "success", "subject": "Успехи в четверти", "send": "1"}
    form |= {"text": "{родитель}, {ребёнок} ({класс}): пропущено {пропущено}. {адрес}"}
    return form | {"families": [key(cast)]} | changes


def letters(session: Session) -> list[Letter]:
    session.expire_all()
    return list(session.scalars(select(Letter)))


@given(st.lists(st.sampled_from(sorted(PLACES)), max_size=6), st.text(max_size=30))
def test_every_known_place_is_filled(names: list[str], around: str) -> None:
    between = around.replace("{", "").replace("}", "")
    text = between.join("{" + name.upper() + " }" for name in names)
    assert places_of(text) == names
    assert filled(text, dict.fromkeys(PLACES, "Ёлкин")) == between.join("Ёлкин" for _ in names)


def test_the_page_offers_the_own_class_alone(login: Login, cast: Cast) -> None:
    text = login("class_teacher").get("/letters/class").text
    assert "Письмо семьям: 5А" in text and key(cast) in text
    assert "Чайка" not in text and key(cast, "sibling") not in text


def test_a_letter_is_looked_at_and_then_sent(login: Login, cast: Cast, db_session: Session) -> None:
    browser = login("class_teacher")
    looked = browser.post("/letters/class", data=words(cast, look="1"))
    assert looked.status_code == 200 and letters(db_session) == []
    assert (
        "Ёлкина Вера Андреевна, Ёлкин Артём" in looked.text and "(5А): пропущено 0." in looked.text
    )
    answer = browser.post("/letters/class", data=words(cast))
    (letter,) = letters(db_session)
    assert answer.location == f"/letters/sent/{letter.id}"
    copy = db_session.scalars(select(LetterCopy)).one()
    assert (copy.person_id, copy.pupil_id) == (cast["parent"].person_id, cast.pupils["pupil"])
    assert "{" not in copy.text and copy.read_at is None
    facts = json.loads(db_session.scalars(select(OutboxEvent.facts)).one())
    assert facts["to"] == {"persons": [cast["parent"].person_id]} and facts["kind"] == "letters"
    entry = db_session.scalars(select(AuditEntry)).one()
    assert entry.action == "send_letter" and "пропущено" not in (entry.after or "")


def test_lessons_missed_are_those_of_the_reports(
    login: Login, cast: Cast, db_session: Session
) -> None:
    db_session.add(
        GuardianLink(
            organisation_id=cast.school,
            guardian_id=cast["parent"].guardian_id,
            pupil_id=cast.pupils["third"],
            relation="other",
        )
    )
    db_session.commit()
    chosen = words(cast, families=[key(cast, "third")], look="1")
    assert "пропущено 1." in login("class_teacher").post("/letters/class", data=chosen).text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"families": []}, "Выберите, кому отправить"),
        ({"subject": " "}, "Напишите, о чём письмо"),
        ({"text": " "}, "Напишите текст"),
        ({"text": "о" * 5001}, "не больше 5000"),
        ({"text": "{оценка}"}, "Подстановки «{оценка}» нет"),
        ({"about": "support"}, "field-error"),
        ({"families": ["stranger"]}, "только тем, кто есть в списке"),
        ({"families": ["1-1"]}, "только тем, кто есть в списке"),
    ],
)
def test_what_cannot_be_sent(
    login: Login, cast: Cast, db_session: Session, changes: dict[str, Any], sentence: str
) -> None:
    if changes.get("families") == ["stranger"]:
        changes = {"families": [key(cast, "stranger_pupil", "stranger_parent")]}
    answer = login("class_teacher").post("/letters/class", data=words(cast, **changes))
    assert answer.status_code == 422 and sentence in answer.text
    assert letters(db_session) == []


def test_who_declined_gets_no_letter(login: Login, cast: Cast, db_session: Session) -> None:
    for link in db_session.scalars(select(GuardianLink)):
        link.declined_e_service = True
    db_session.commit()
    answer = login("class_teacher").post("/letters/class", data=words(cast))
    assert answer.status_code == 422 and letters(db_session) == []
    assert "передайте на бумаге" in login("class_teacher").get("/letters/class").text


@pytest.mark.parametrize("who", ["own_teacher", "deputy", "administrator", "parent", "pupil"])
def test_others_write_to_no_class(login: Login, cast: Cast, db_session: Session, who: str) -> None:
    assert login(who).post("/letters/class", data=words(cast)).status_code == 403
    assert letters(db_session) == []


def test_a_letter_is_read_confirmed_and_answered(
    login: Login, cast: Cast, db_session: Session
) -> None:
    teacher, parent = login("class_teacher"), login("parent")
    teacher.post("/letters/class", data=words(cast))
    copy = db_session.scalars(select(LetterCopy.id)).one()
    (letter,) = letters(db_session)
    assert "Успехи в четверти" in parent.get("/letters").text
    assert "прочитали 0 из 1" in teacher.get(f"/letters/sent/{letter.id}").text
    assert "Ознакомлен(а)" in parent.get(f"/letters/{copy}").text
    assert teacher.post(f"/letters/{copy}/read").status_code == 404  # it is not his to confirm
    assert parent.post(f"/letters/{copy}/read").status_code == 302
    assert "прочитали 1 из 1" in teacher.get(f"/letters/sent/{letter.id}").text
    assert parent.post(f"/letters/{copy}/reply", data={"text": " "}).status_code == 422
    assert parent.post(f"/letters/{copy}/reply", data={"text": "Спасибо"}).status_code == 302
    assert teacher.post(f"/letters/{copy}/reply", data={"text": "До встречи"}).status_code == 302
    said = db_session.scalars(select(LetterReply.text).order_by(LetterReply.id)).all()
    assert said == ["Спасибо", "До встречи"]
    told = [
        json.loads(one)["to"]["persons"]
        for one in db_session.scalars(select(OutboxEvent.facts).order_by(OutboxEvent.id))
    ]
    parent_id, teacher_id = cast["parent"].person_id, cast["class_teacher"].person_id
    assert told == [[parent_id], [teacher_id], [parent_id]]


@pytest.mark.parametrize(
    "who", ["stranger_parent", "other_teacher", "administrator", "foreign_parent", "pupil"]
)
def test_a_letter_is_seen_by_its_two_sides_alone(
    login: Login, cast: Cast, db_session: Session, who: str
) -> None:
    login("class_teacher").post("/letters/class", data=words(cast))
    copy = db_session.scalars(select(LetterCopy.id)).one()
    (letter,) = letters(db_session)
    browser = login(who)
    assert "Успехи" not in browser.get("/letters").text
    for path in (f"/letters/{copy}", f"/letters/sent/{letter.id}"):
        assert browser.get(path).status_code == 404
    for path in (f"/letters/{copy}/read", f"/letters/{copy}/reply"):
        assert browser.post(path, data={"text": "Ответ"}).status_code == 404
        assert browser.get(path).status_code == 405
    assert db_session.scalars(select(LetterReply)).all() == []


@pytest.mark.parametrize("who", ["parent", "pupil", "own_teacher", "specialist"])
def test_anybody_asks_the_administrator(
    login: Login, cast: Cast, db_session: Session, who: str
) -> None:
    browser, administrator = login(who), login("administrator")
    refused = browser.post("/letters/administrator", data={"subject": "", "text": "Нет доступа"})
    assert refused.status_code == 422 and letters(db_session) == []
    form = {"subject": "Не открывается дневник", "text": "Что {делать}?"}
    assert browser.post("/letters/administrator", data=form).status_code == 302
    copy = db_session.scalars(select(LetterCopy)).one()
    assert (copy.person_id, copy.text) == (cast["administrator"].person_id, "Что {делать}?")
    assert "Не открывается дневник" in administrator.get("/letters").text
    administrator.post(f"/letters/{copy.id}/reply", data={"text": "Проверьте логин"})
    assert "Проверьте логин" in browser.get(f"/letters/{copy.id}").text
