"""The mark-change report: what counts as a change, who sees which, on screen and on paper."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy.orm import Session

from journal.core.audit import Change, Origin, record_many
from journal.core.tenancy import across
from journal.people.models import Person
from journal.people.rules import short_name
from tests.cast import NOW, Cast
from tests.conftest import Client, Login
from tests.counting import counted

READERS = ("administrator", "director", "deputy", "class_teacher", "own_teacher", "other_teacher")
STRANGERS = ("specialist", "parent", "pupil")


def note(
    session: Session,
    cast: Cast,
    *,
    action: str = "change_mark",
    before: str | None = "4",
    after: str | None = "5",
    who: str = "own_teacher",
    lesson: str = "recent",
    pupil: str = "pupil",
    days: int = 0,
    **more: Any,
) -> None:
    """An entry of the log as the command of marks writes it."""
    member = cast[who]
    with across(session, "the log of any school"):
        person = session.get_one(Person, member.person_id)
        name = short_name(person.surname, person.given_name, person.patronymic)
        change = Change(
            action=action,
            object_type="mark",
            object_id=cast.marks.get(lesson),
            within_id=cast.lessons[lesson],
            about_id=cast.pupils[pupil],
            before=facts(before),
            after=facts(after),
            **more,
        )
        record_many(
            session,
            organisation_id=person.organisation_id,
            origin=Origin(account_id=member.account_id, actor_name=name),
            changes=[change],
            now=NOW + timedelta(days=days),
        )
        session.commit()


def facts(value: str | None) -> dict[str, Any] | None:
    if value is None:
        return None
    kind = {"work": "Контрольная работа", "weight": 3}
    return {"value": value, **kind, "comment": None, "deadline": None}


def text_of(browser: Client, address: str = "/changes") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def test_a_real_save_is_in_the_report(login: Login, cast: Cast) -> None:
    operation = {
        "op": "operation-1",
        "kind": "put_mark",
        "lesson": cast.lessons["recent"],
        "pupil": cast.pupils["pupil"],
        "mark": cast.marks["recent"],
        "value": "3",
        "base": 1,
    }
    teacher = login("own_teacher")
    address = f"/journal/{cast.courses['own']}/save"
    saved = teacher.post(address, json={"operations": [operation]})
    assert saved.status_code == 200, saved.get_data(as_text=True)
    text = text_of(login("deputy"))
    row = text[text.index("<tbody>") :]
    for part in (
        "20.11.2026 10:42",
        "Соколова Анна Ивановна",
        "Ёлкин Артём Игоревич",
        "5А",
        "Математика",
        "18.11.2026",
        "Контрольная работа",
    ):
        assert part in row, part
    assert 'data-label="Было">5</td>' in row and 'data-label="Стало">3</td>' in row
    assert "вся школа, изменений: 1" in text


def test_only_another_value_counts(login: Login, cast: Cast, db_session: Session) -> None:
    note(db_session, cast, action="put_mark", before=None, after="5")
    note(db_session, cast, before="4", after="4")  # only the comment was changed
    assert "Изменений нет" in text_of(login("administrator"))
    note(db_session, cast, before="4", after="5", reason="пересдача", grant_id=12)
    text = text_of(login("administrator"))
    assert "изменений: 1" in text and "пересдача" in text and "разблокировка № 12" in text


def test_a_mark_taken_back_and_put_anew(login: Login, cast: Cast, db_session: Session) -> None:
    note(db_session, cast, action="clear_mark", before="2", after=None)
    assert "снята" in text_of(login("administrator"))
    note(db_session, cast, action="put_mark", before=None, after="4")
    assert "затем 4" in text_of(login("administrator"))


def note_result(
    session: Session, cast: Cast, before: str | None, after: str | None, **more: Any
) -> None:
    """A term mark of mathematics as the command of results writes it."""
    kind = {"proposed": "4", "reason": None, "kind": "quarter", "number": 2}
    member = cast["own_teacher"]
    change = Change(
        action="put_term_mark" if after else "clear_term_mark",
        object_type="term_mark",
        object_id=1,
        within_id=cast.courses["own"],
        about_id=cast.pupils["pupil"],
        before={"value": before, **kind} if before else None,
        after={"value": after, **kind} if after else None,
        **more,
    )
    origin = Origin(account_id=member.account_id, actor_name="Соколова А. И.")
    with across(session, "the log of any school"):
        changes = [change]
        record_many(session, organisation_id=cast.school, origin=origin, changes=changes, now=NOW)
        session.commit()


def test_results_are_in_the_report(login: Login, cast: Cast, db_session: Session) -> None:
    note_result(db_session, cast, None, "4")
    assert "Изменений нет" in text_of(login("deputy"))
    note_result(db_session, cast, "4", "5", reason="Победа в олимпиаде")
    note(db_session, cast, reason="пересдача")
    for who in ("deputy", "class_teacher", "own_teacher"):
        text = text_of(login(who))
        assert "изменений: 2" in text, who
        for part in ("II четверть", "Победа в олимпиаде", "по правилам 4", ">5А</td>"):
            assert part in text, (who, part)
    assert "изменений: 0" in text_of(login("other_teacher"))
    results = text_of(login("deputy"), "/changes?only=results")
    assert "Победа в олимпиаде" in results and "пересдача" not in results
    lessons = text_of(login("deputy"), "/changes?only=lessons")
    assert "Победа в олимпиаде" not in lessons and "пересдача" in lessons
    assert "изменений: 0" in text_of(login("deputy"), "/changes?only=granted")


def test_a_result_taken_back_and_decided_anew(
    login: Login, cast: Cast, db_session: Session
) -> None:
    note_result(db_session, cast, "3", None)
    note_result(db_session, cast, None, "4")
    assert "затем 4" in text_of(login("administrator"))
    sheet = load_workbook(io.BytesIO(login("deputy").get("/changes/xlsx").data)).worksheets[0]
    row = list(sheet.iter_rows(values_only=True))[1]
    assert row[5:8] == ("II четверть", "3", "снята, затем 4")
    printed = login("deputy").get("/changes/pdf").data
    assert "II четверть" in PdfReader(io.BytesIO(printed)).pages[0].extract_text()


def test_the_class_is_that_of_the_lessons_date(
    login: Login, cast: Cast, db_session: Session
) -> None:
    note(db_session, cast, lesson="closed", pupil="leaver")  # left on 12 October
    row = text_of(login("administrator")).split("<tbody>")[1]
    assert "Рыбин" in row and ">5А</td>" in row


def test_everybody_sees_his_part(login: Login, cast: Cast, db_session: Session) -> None:
    note(db_session, cast, lesson="recent")  # mathematics of 5А
    note(db_session, cast, who="other_teacher", lesson="same_class", pupil="classmate")
    note(db_session, cast, who="other_teacher", lesson="other_class", pupil="stranger_pupil")
    note(db_session, cast, who="foreign_teacher", lesson="foreign", pupil="foreign_pupil")
    names = {"Ёлкин Артём": "recent", "Жуков Иван": "russian", "Чайка Роман": "5Б"}
    seen = {
        who: {part for name, part in names.items() if name in text_of(login(who))}
        for who in READERS
    }
    everything = {"recent", "russian", "5Б"}
    assert seen == {
        "administrator": everything,
        "director": everything,
        "deputy": everything,
        "class_teacher": {"recent", "russian"},
        "own_teacher": {"recent"},
        "other_teacher": {"russian", "5Б"},
    }
    assert "Чужаков" not in text_of(login("administrator"))
    assert "Ёлкин" not in text_of(login("foreign_administrator"))


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("address", ["/changes", "/changes/pdf", "/changes/xlsx"])
def test_others_see_nothing(login: Login, who: str, address: str) -> None:
    assert login(who).get(address).status_code == 403


def test_filters_are_in_the_address(login: Login, cast: Cast, db_session: Session) -> None:
    note(db_session, cast, lesson="recent", days=-2)
    note(db_session, cast, who="other_teacher", lesson="other_class", pupil="stranger_pupil")
    browser = login("administrator")

    def found(query: str) -> set[str]:
        text = text_of(browser, f"/changes?{query}")
        return {name for name in ("Ёлкин Артём", "Чайка Роман") if name in text}

    assert found("from=2026-11-20") == {"Чайка Роман"}
    assert found("to=2026-11-19") == {"Ёлкин Артём"}
    assert found("from=2026-11-18&to=2026-11-20") == {"Ёлкин Артём", "Чайка Роман"}
    assert found(f"teacher={cast['own_teacher'].staff_id}") == {"Ёлкин Артём"}
    assert found(f"class={cast.classes['other']}") == {"Чайка Роман"}
    assert found(f"subject={cast.subjects['russian']}") == set()
    assert found("from=rubbish&class=rubbish") == {"Ёлкин Артём", "Чайка Роман"}
    page = text_of(browser, f"/changes?class={cast.classes['own']}&from=2026-11-01")
    assert f"/changes/pdf?class={cast.classes['own']}&amp;from=2026-11-01" in page


def test_the_printed_form(login: Login, cast: Cast, db_session: Session) -> None:
    note(db_session, cast, reason="пересдача", grant_id=12)
    answer = login("deputy").get("/changes/pdf?from=2026-11-01")
    assert answer.mimetype == "application/pdf" and answer.headers["Cache-Control"] == "no-store"
    pages = PdfReader(io.BytesIO(answer.data)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for part in (
        "Школа № 17",
        "Отчёт об изменении отметок",
        "01.11.2026 – 20.11.2026",
        "Сформировано 20.11.2026 10:42",
        "стр. 1 из 1",
        "Соколова Анна",
        "Ёлкин Артём",
        "пересдача",
        "№ 12",
        "18.11.2026",
    ):
        assert part in text, part


def test_the_workbook(login: Login, cast: Cast, db_session: Session) -> None:
    note(db_session, cast)
    answer = login("deputy").get("/changes/xlsx")
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    header, row = sheet.iter_rows(values_only=True)
    assert header[1:4] == ("Учитель", "Ученик", "Класс")
    assert row[1:4] == ("Соколова Анна Ивановна", "Ёлкин Артём Игоревич", "5А")
    assert row[5].date().isoformat() == "2026-11-18" and row[6:8] == ("4", "5")


def test_an_empty_report_can_be_printed(login: Login) -> None:
    answer = login("director").get("/changes/pdf")
    text = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    assert "ни одна отметка не изменена" in " ".join(text.split())
    assert login("director").get("/changes/xlsx").status_code == 200


def test_the_report_costs_the_same_however_long(
    app: Flask, login: Login, cast: Cast, db_session: Session
) -> None:
    browser = login("administrator")
    note(db_session, cast)
    with counted(app) as before:
        browser.get("/changes")
    for _ in range(12):
        note(db_session, cast)
    with counted(app) as after:
        browser.get("/changes")
    assert len(after) == len(before) <= 9


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("?only=late", {"late"}, {"in time", "granted"}),
        ("?only=granted", {"granted"}, {"in time", "late"}),
        ("?pupil=жуков", {"late"}, {"in time", "granted"}),
        ("?pupil=никто", set(), {"in time", "late", "granted"}),
        ("?only=чужое", {"in time", "late", "granted"}, set()),
    ],
)
def test_late_granted_and_one_pupils_changes(
    login: Login,
    cast: Cast,
    db_session: Session,
    query: str,
    shown: set[str],
    hidden: set[str],
) -> None:
    """The recent lesson of 18.11 is a контрольная: seven days, its window is open on 20.11."""
    note(db_session, cast, lesson="recent", reason="in time")
    plain = {"action": "change_mark", "lesson": "locked", "pupil": "classmate"}
    note(db_session, cast, **plain, days=8, reason="late")
    note(db_session, cast, lesson="recent", grant_id=7, reason="granted")
    text = text_of(login("deputy"), f"/changes{query}")
    assert {word for word in ("in time", "late", "granted") if f"<td>{word}" in text} == shown
    assert not any(f"<td>{word}" in text for word in hidden)
