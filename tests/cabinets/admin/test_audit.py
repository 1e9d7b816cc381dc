"""The log: in words, by filters, page by page; whether it is whole."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.control.audit_words import ACTIONS
from journal.core.audit import Change, Origin, record_many
from journal.core.jobs import Job
from journal.core.tenancy import across
from journal.jobs import Runner
from tests.cast import NOW, Cast
from tests.conftest import Client, Login
from tests.counting import counted

STRANGERS = ("deputy", "class_teacher", "own_teacher", "specialist", "parent", "pupil")
ROOT = Path(__file__).resolve().parents[3]


def write(session: Session, organisation_id: int, *changes: Change, **more: object) -> None:
    origin = Origin(
        account_id=more.pop("account_id", None),  # type: ignore[arg-type]
        actor_name=str(more.pop("who", "Соколова А. И.")),
        client_address="10.0.0.7",
    )
    days = int(str(more.pop("days", 0)))
    with across(session, "the log of any school"):
        record_many(
            session,
            organisation_id=organisation_id,
            origin=origin,
            changes=changes,
            now=NOW + timedelta(days=days),
        )
        session.commit()


def mark_change(cast: Cast, **more: object) -> Change:
    values: dict[str, object] = {
        "action": "change_mark",
        "object_type": "mark",
        "object_id": 5,
        "within_id": cast.lessons["recent"],
        "about_id": cast.pupils["pupil"],
        "before": {"value": "4", "weight": 3},
        "after": {"value": "5", "weight": 3},
    }
    return Change(**(values | more))  # type: ignore[arg-type]


def body(browser: Client, address: str = "/school/audit") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    text = " ".join(answer.get_data(as_text=True).split())
    return text.split("<tbody>", 1)[-1] if "<tbody>" in text else text


def test_an_entry_in_words(login: Login, cast: Cast, db_session: Session) -> None:
    write(db_session, cast.school, mark_change(cast, reason="пересдача", grant_id=3))
    row = body(login("director"))
    for part in (
        "20.11.2026 10:42",
        "Соколова А. И.",
        "10.0.0.7",
        "отметка изменена",
        "Ёлкин Артём Игоревич",
        "5А, Математика, 18.11.2026",
        '<s class="was">4</s> → 5',
        "пересдача",
        "разблокировка № 3",
    ):
        assert part in row, part
    assert "вес" not in row  # what did not change is not told


def test_filters(login: Login, cast: Cast, db_session: Session) -> None:
    teacher, pupil = cast["own_teacher"], cast["pupil"]
    write(db_session, cast.school, mark_change(cast), account_id=teacher.account_id, days=-3)
    issue = Change(
        action="issue_credentials",
        object_type="account",
        object_id=pupil.account_id,
        about_id=pupil.person_id,
        after={"login": pupil.login},
    )
    write(db_session, cast.school, issue, who="Зотова И. Л.")
    browser = login("administrator")

    def found(query: str) -> set[str]:
        rows = body(browser, f"/school/audit?{query}")
        words = {"отметка изменена": "mark", "выдача временного пароля": "account"}
        return {name for word, name in words.items() if f"{word}<span" in rows}

    assert found("") == {"mark", "account"}
    assert found("from=2026-11-20") == {"account"}
    assert found("to=2026-11-17") == {"mark"}
    assert found("who=соколова") == {"mark"}
    assert found("who=елкин") == {"mark", "account"}
    assert found("who=`krby артем") == {"mark", "account"}
    assert found("who=никто") == set()
    assert found("action=change_mark") == {"mark"}
    assert found("object=account") == {"account"}
    assert found("object=mark&id=5") == {"mark"}
    assert found("object=mark&id=6") == set()


def test_a_hundred_a_page(login: Login, cast: Cast, db_session: Session) -> None:
    write(db_session, cast.school, *(mark_change(cast, object_id=n) for n in range(1, 251)))
    browser = login("administrator")
    seen: list[int] = []
    address: str | None = "/school/audit?object=mark"
    while address:
        rows = body(browser, address)
        numbers = [int(one) for one in re.findall(r"№&nbsp;(\d+)", rows)]
        assert len(numbers) <= 100
        seen += numbers
        older = re.search(r'href="([^"]*below=\d+)" rel="next"', rows)
        address = older[1].replace("&amp;", "&") if older else None
    assert seen == list(range(250, 0, -1))


def test_the_neighbours_log_is_theirs(login: Login, cast: Cast, db_session: Session) -> None:
    write(db_session, cast.foreign_school, mark_change(cast), who="Чужов И. И.")
    assert "Чужов" not in body(login("administrator"))
    assert "Чужов" in body(login("foreign_administrator"))


@pytest.mark.parametrize("who", STRANGERS)
def test_others_see_and_start_nothing(login: Login, db_session: Session, who: str) -> None:
    browser = login(who)
    assert browser.get("/school/audit").status_code == 403
    assert browser.post("/school/audit/verify").status_code == 403
    assert db_session.scalars(select(Job.id)).all() == []


def test_the_chain_is_checked_on_demand(
    app: Flask, login: Login, cast: Cast, db_session: Session
) -> None:
    write(db_session, cast.school, mark_change(cast))
    browser = login("director")
    assert "ещё не проверялся" in browser.get("/school/audit").get_data(as_text=True)
    assert browser.get("/school/audit/verify").status_code == 405
    for _ in range(2):  # the second finds the first still waiting
        assert browser.post("/school/audit/verify").status_code == 302
    assert "проверяется" in browser.get("/school/audit").get_data(as_text=True)
    db_session.rollback()
    assert len(db_session.scalars(select(Job.id)).all()) == 1
    runner = Runner(app)
    runner.beat()
    runner.work()
    page = browser.get("/school/audit").get_data(as_text=True)
    assert "Журнал действий цел, проверено записей: 1" in page


def test_a_form_without_its_token_is_refused(app: Flask, login: Login, db_session: Session) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert login("administrator").post("/school/audit/verify").status_code == 400
    assert db_session.scalars(select(Job.id)).all() == []


def test_the_page_costs_the_same_however_long(
    app: Flask, login: Login, cast: Cast, db_session: Session
) -> None:
    write(db_session, cast.school, mark_change(cast))
    browser = login("administrator")
    with counted(app) as before:
        browser.get("/school/audit")
    write(db_session, cast.school, *(mark_change(cast) for _ in range(120)))
    with counted(app) as after:
        browser.get("/school/audit")
    assert len(after) == len(before) <= 7


def test_every_action_of_the_code_has_words() -> None:
    """The log never shows a code where a sentence could stand."""
    found: set[str] = set()
    for file in (ROOT / "journal").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if "core.audit import" in text or "Change(" in text:
            found |= set(re.findall(r'action="([a-z_]+)"', text))
            found |= set(re.findall(r'_(?:log|change|note)\((?:desk, )?"([a-z_]+)"', text))
    assert found - {"store_true"} <= set(ACTIONS), found - set(ACTIONS)
