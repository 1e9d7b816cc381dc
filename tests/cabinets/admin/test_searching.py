"""The lists of people answer their search box with the list alone, by a statement or two."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.paging import ROWS_WHILE_TYPING
from journal.people.models import Person, PersonWord, Pupil
from journal.people.rules import name_keys
from journal.people.words import words_of
from tests.cast import Cast
from tests.conftest import Login
from tests.counting import counted

FRAGMENT = {"X-Fragment": "1"}


@pytest.mark.parametrize(
    "path", ["/school/people", "/school/people/staff", "/school/people/guardians"]
)
@pytest.mark.parametrize("text", ["", "а", "никого такого", "100%", "_"])
def test_the_script_gets_the_list_of_the_page(login: Login, path: str, text: str) -> None:
    browser = login("administrator")
    asked = {"query_string": {"q": text}}
    whole = browser.get(path, **asked).text
    part = browser.get(path, headers=FRAGMENT, **asked).text
    begin = whole.index('<div id="results"')
    assert part.strip() == whole[begin : begin + len(part.strip())]
    assert "<html" not in part
    assert part.count("<div") == part.count("</div>")


def test_a_search_takes_three_statements(app: Flask, login: Login, cast: Cast) -> None:
    """Who asks, the year, the pupils: also when it is asked so often that it is known."""
    browser = login("administrator")
    for _ in range(4):
        with counted(app) as seen:
            answer = browser.get("/school/people?q=елкин", headers=FRAGMENT)
        assert "Ёлкин" in answer.text
        assert len(seen) == 3


def test_known_searches_keep_to_what_was_typed(login: Login, cast: Cast) -> None:
    browser = login("administrator")
    for text, hit in (("елкин", True), ("жуков", False), ("_", False), ("%", False)) * 3:
        answer = browser.get("/school/people", query_string={"q": text}, headers=FRAGMENT)
        assert ("Ёлкин" in answer.text) is hit, text


def test_words_begin_as_typed_in_any_order_and_layout(login: Login, cast: Cast) -> None:
    browser = login("administrator")
    found = {
        "Ёлк": True,
        "ЕЛКИН": True,
        "`krby": True,
        "tkrby": True,
        "лкин": False,
        "елкинов": False,
    }
    for text, hit in found.items():
        answer = browser.get("/school/people", query_string={"q": text})
        assert ("Ёлкин" in answer.text) is hit, text
    name = "Ёлкин"
    whole = browser.get("/school/people", query_string={"q": name}).text
    given = whole[whole.index(f">{name} ") + len(name) + 2 :].split(" ")[0].split("<")[0]
    both = browser.get("/school/people", query_string={"q": f"{given[:3]} елк"}).text
    assert f"{name} {given}" in both
    assert name not in browser.get("/school/people", query_string={"q": "яяя елк"}).text


def test_the_first_are_shown_while_one_types(login: Login, cast: Cast, db_session: Session) -> None:
    twins = ROWS_WHILE_TYPING + 3
    for number in range(twins):
        pupil_named(db_session, cast, f"Одинаков{number:02}")
    db_session.commit()
    browser, asked = login("administrator"), {"query_string": {"q": "одинаков"}}
    typing = browser.get("/school/people", headers=FRAGMENT, **asked).text
    assert typing.count("Одинаков") == ROWS_WHILE_TYPING and "Показаны первые 20" in typing
    whole = browser.get("/school/people", **asked).text
    assert whole.count("Одинаков") == twins and "Показаны первые" not in whole
    in_class = {"query_string": {"q": "одинаков", "class": "none"}}
    assert browser.get("/school/people", headers=FRAGMENT, **in_class).text.count("Одинаков") == 20


def pupil_named(session: Session, cast: Cast, surname: str) -> None:
    sort, search = name_keys(surname, "Пётр", None)
    keys = {"sort_key": sort, "search_key": search, "organisation_id": cast.school}
    person = Person(surname=surname, given_name="Пётр", **keys)
    session.add(person)
    session.flush()
    number = {"personal_file": f"И-{surname[-2:]}", "enrolled_on": date(2026, 9, 1)}
    session.add(Pupil(person_id=person.id, organisation_id=cast.school, **number))


def test_words_follow_the_name_and_go_with_the_person(db_session: Session, cast: Cast) -> None:
    keys = name_keys("Римский-Корсаков", "Пётр", "Пётр")
    person = Person(surname="Римский-Корсаков", given_name="Пётр", organisation_id=cast.school)
    person.sort_key, person.search_key = keys
    db_session.add(person)
    db_session.flush()
    assert words(db_session, person.id) == ["корсаков", "петр", "римский"]
    person.sort_key, person.search_key = name_keys("Ёж", "Пётр", None)
    db_session.flush()
    assert words(db_session, person.id) == ["еж", "петр"]
    db_session.delete(person)
    db_session.flush()
    assert words(db_session, person.id) == []


def test_everybody_has_his_words(db_session: Session, cast: Cast) -> None:
    rows = db_session.execute(select(Person.id, Person.search_key)).all()
    assert rows
    assert all(words(db_session, id_) == words_of(key) for id_, key in rows)


def words(session: Session, person_id: int) -> list[str]:
    found = session.scalars(select(PersonWord.word).where(PersonWord.person_id == person_id))
    return sorted(found)
