"""The card of a pupil: its reading is logged, notes are the author's alone."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.people.pupil_notes.models import PupilNote
from tests.cast import NOW, Cast
from tests.conftest import Login
from tests.counting import counted

WORDS = "Живёт у бабушки, в школу идёт один"


def card(login: Login, cast: Cast, name: str = "pupil") -> str:
    answer = login("specialist").get(f"/specialist/pupils/{cast.pupils[name]}")
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def write(login: Login, cast: Cast, **form: str) -> None:
    address = f"/specialist/pupils/{cast.pupils['pupil']}/notes"
    sent = login("specialist").post(address, data={"text": WORDS} | form)
    assert sent.status_code == 302


def log(session: Session) -> list[AuditEntry]:
    session.rollback()
    return list(session.scalars(select(AuditEntry).order_by(AuditEntry.seq)))


def note_of(
    session: Session, cast: Cast, author: str = "deputy", *, shared: bool = False
) -> PupilNote:
    who = {"person_id": cast[author].person_id, "pupil_id": cast.pupils["pupil"]}
    facts = {"organisation_id": cast.school, "text": "Чужая заметка", "shared": shared}
    note = PupilNote(**facts, **who, written_at=NOW)
    session.add(note)
    session.commit()
    return note


def test_every_reading_is_logged(login: Login, cast: Cast, db_session: Session) -> None:
    text = card(login, cast)
    assert "записывается в журнал изменений" in text
    card(login, cast)
    found = log(db_session)
    assert [(one.action, one.object_type) for one in found] == [("read_card", "pupil_card")] * 2
    assert found[0].about_id == cast.pupils["pupil"]
    assert found[0].actor_name.startswith("Ким")
    words = login("administrator").get("/school/audit").get_data(as_text=True)
    assert "открыл карточку ученика" in words and "Ёлкин" in words


def test_a_list_and_a_refusal_log_nothing(login: Login, cast: Cast, db_session: Session) -> None:
    login("specialist").get("/specialist/")
    login("specialist").get("/specialist/pupils?q=Ёлкин")
    login("deputy").get(f"/specialist/pupils/{cast.pupils['pupil']}")
    login("specialist").get(f"/specialist/pupils/{cast.pupils['foreign_pupil']}")
    assert log(db_session) == []


def test_the_words_of_a_note_stay_out_of_the_log(
    login: Login, cast: Cast, db_session: Session
) -> None:
    write(login, cast)
    assert WORDS in card(login, cast)
    (note,) = db_session.scalars(select(PupilNote))
    changed = {"text": "Стало лучше", "shared": "y"}
    assert login("specialist").post(f"/specialist/notes/{note.id}", data=changed).status_code == 302
    db_session.refresh(note)
    assert (note.text, note.shared, note.changed_at) == ("Стало лучше", True, NOW)
    assert login("specialist").post(f"/specialist/notes/{note.id}/delete").status_code == 302
    assert db_session.scalars(select(PupilNote)).all() == []
    entries = [one for one in log(db_session) if one.object_type == "pupil_note"]
    assert [one.action for one in entries] == ["create", "change", "delete"]
    kept = " ".join(f"{one.before}{one.after}" for one in entries)
    assert "бабушки" not in kept and "лучше" not in kept


def test_notes_of_others_are_invisible_unless_shared(
    login: Login, cast: Cast, db_session: Session
) -> None:
    note = note_of(db_session, cast)
    assert "Чужая заметка" not in card(login, cast)
    assert "Ёлкин" not in login("specialist").get("/specialist/pupils").get_data(as_text=True)
    for address in (f"/specialist/notes/{note.id}", f"/specialist/notes/{note.id}/delete"):
        assert login("specialist").post(address, data={"text": "x"}).status_code == 404
    note.shared = True
    db_session.commit()
    text = card(login, cast)
    assert "Чужая заметка" in text and "Орлова" in text
    assert "/delete" not in text
    for address in (f"/specialist/notes/{note.id}", f"/specialist/notes/{note.id}/delete"):
        assert login("specialist").post(address, data={"text": "x"}).status_code == 404
    db_session.refresh(note)
    assert note.text == "Чужая заметка"


@pytest.mark.parametrize("text", ["", "   ", "д" * 4001])
def test_no_note_of_nothing(login: Login, cast: Cast, db_session: Session, text: str) -> None:
    address = f"/specialist/pupils/{cast.pupils['pupil']}/notes"
    answer = login("specialist").post(address, data={"text": text})
    assert answer.status_code == 422
    assert "field-error" in answer.get_data(as_text=True)
    note = note_of(db_session, cast, "specialist")
    answer = login("specialist").post(f"/specialist/notes/{note.id}", data={"text": text})
    assert answer.status_code == 422
    db_session.refresh(note)
    assert note.text == "Чужая заметка"


@pytest.mark.parametrize(
    "who", ["own_teacher", "class_teacher", "deputy", "director", "administrator", "parent"]
)
def test_nobody_else_gets_in(login: Login, cast: Cast, db_session: Session, who: str) -> None:
    note = note_of(db_session, cast, "specialist")
    browser, pupil = login(who), cast.pupils["pupil"]
    assert browser.get(f"/specialist/pupils/{pupil}").status_code == 403
    assert browser.get("/specialist/pupils").status_code == 403
    form = {"text": "Прочёл"}
    assert browser.post(f"/specialist/pupils/{pupil}/notes", data=form).status_code == 403
    assert browser.post(f"/specialist/notes/{note.id}", data=form).status_code == 403
    assert browser.post(f"/specialist/notes/{note.id}/delete").status_code == 403


def test_addresses_that_are_none(login: Login, cast: Cast) -> None:
    browser = login("specialist")
    assert browser.get("/specialist/pupils/999999").status_code == 404
    assert browser.get("/specialist/?why=weather").status_code == 404
    assert browser.get("/specialist/notes/1").status_code == 405
    assert browser.post("/specialist/notes/999999", data={"text": "x"}).status_code == 404


def test_a_pupil_in_no_class_has_a_card_for_his_notes(login: Login, cast: Cast) -> None:
    text = card(login, cast, "leaver")
    assert "сегодня не состоит в классе" in text and "Новая заметка" in text


def test_the_cost_of_a_card(app: Flask, login: Login, cast: Cast) -> None:
    """Four of them write the log."""
    card(login, cast)  # the chain has begun
    browser = login("specialist")
    with counted(app) as seen:
        assert browser.get(f"/specialist/pupils/{cast.pupils['pupil']}").status_code == 200
    assert len(seen) <= 16, "\n\n".join(seen)


def test_search_finds_by_a_part_of_the_name(login: Login, cast: Cast) -> None:
    found: Any = login("specialist").get("/specialist/pupils?q=ёлк").get_data(as_text=True)
    assert f"/specialist/pupils/{cast.pupils['pupil']}" in found
    assert f"/specialist/pupils/{cast.pupils['sibling']}" in found
    assert "Чужаков" not in found
