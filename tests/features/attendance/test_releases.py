"""An order releases a pupil: in the journal, on the class's day, in what is counted."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.models import Absence, Exemption
from journal.attendance.rules.counting import Facts, tallies
from journal.core.audit import AuditEntry
from journal.core.outbox import OutboxEvent
from journal.school.rules import Span
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Client, Login
from tests.features.register.conftest import operation, save

ORDER = "№ 45 от 20.11.2026"


@pytest.fixture
def office(login: Login) -> Client:
    """The deputy enters orders."""
    return login("deputy")


def enter(office: Client, cast: Cast, **changes: Any) -> Any:
    facts = {"pupil": cast.pupils["pupil"], "kind": "attending", "subject_id": "", "last": ""}
    facts |= {"first": TODAY.isoformat(), "order": ORDER}
    data = facts | changes
    return office.post(f"/releases/new?class={cast.classes['own']}", data=data)


def released(session: Session) -> list[tuple[str, date, date | None, str | None]]:
    session.rollback()
    rows = session.execute(
        select(Exemption.kind, Exemption.starts_on, Exemption.ends_before, Exemption.order_text)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def counted_of(session: Session, cast: Cast) -> tuple[int, int]:
    """(lessons counted, missed) of the pupil on the day, in whose registers he stands absent."""
    session.rollback()
    span = Span(TODAY, date(2026, 11, 21))
    facts: Facts = attendance_facts(
        session, Chosen(span, NOW.replace(hour=20), class_ids=[cast.classes["own"]])
    )
    found = tallies(facts, key=lambda one: one.pupil_id, only=[cast.pupils["pupil"]])
    tally = found.get(cast.pupils["pupil"])
    return (tally.due, tally.missed) if tally else (0, 0)


def test_it_holds_in_the_journal_and_in_what_is_counted(
    office: Client, login: Login, cast: Cast, db_session: Session
) -> None:
    place = {"lesson": cast.lessons["own"], "pupil": cast.pupils["pupil"], "code": "n"}
    teacher = login("own_teacher")
    assert save(teacher, cast.courses["own"], operation("put_absence", **place)).status_code == 200
    assert counted_of(db_session, cast) == (3, 1)

    answer = enter(office, cast, subject_id=cast.subjects["maths"])
    assert answer.status_code == 302
    assert released(db_session) == [("attending", TODAY, None, ORDER)]
    page = office.get(answer.location)
    assert "больше не учитывается" in page.text  # the absence that stood there
    assert "Ёлкин Артём" in page.text and ORDER in page.text
    assert counted_of(db_session, cast) == (2, 0)

    late = operation("put_absence", **place | {"code": "b", "base": 1})
    refused = save(teacher, cast.courses["own"], late)
    assert refused.status_code == 422
    assert "освобождён от посещения" in refused.json["results"][0]["message"]
    day = login("class_teacher").get(f"/classes/{cast.classes['own']}/days/{TODAY}")
    assert "осв" in day.text


def test_release_from_practice_leaves_attendance_as_it_is(
    office: Client, cast: Cast, db_session: Session
) -> None:
    before = counted_of(db_session, cast)
    assert enter(office, cast, kind="practice").status_code == 302
    assert counted_of(db_session, cast) == before


def test_who_wrote_it_and_the_class_teacher_is_told(
    office: Client, cast: Cast, db_session: Session
) -> None:
    enter(office, cast)
    db_session.rollback()
    entry = db_session.scalars(
        select(AuditEntry).where(AuditEntry.object_type == "exemption")
    ).one()
    assert (entry.action, entry.about_id) == ("create", cast.pupils["pupil"])
    event = db_session.scalars(select(OutboxEvent)).one()
    assert json.loads(event.facts)["to"] == {"class_teachers_of": [cast.classes["own"]]}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"order": ""}, "Укажите номер и дату приказа"),
        ({"first": ""}, "Укажите первый день"),
        ({"last": "2026-11-19"}, "раньше первого"),
        ({"kind": ""}, "от чего освобождён"),
        ({"pupil": ""}, "Выберите"),
        ({"pupil": "4"}, ""),  # left the class in October
        ({"first": "2026-10-20"}, "закрыт"),
    ],
)
def test_what_is_refused_says_why_and_nothing_is_lost(
    office: Client, cast: Cast, db_session: Session, changes: dict[str, str], words: str
) -> None:
    answer = enter(office, cast, **changes)
    assert answer.status_code == 422
    assert words in answer.text
    assert "order" in changes or f'value="{ORDER}"' in answer.text
    assert released(db_session) == []


def test_the_same_twice_is_refused(office: Client, cast: Cast, db_session: Session) -> None:
    enter(office, cast)
    again = enter(office, cast, first="2026-12-01")
    assert again.status_code == 422
    assert "уже внесено" in again.text
    assert len(released(db_session)) == 1


def test_it_ends_and_what_was_mistaken_is_removed(
    office: Client, cast: Cast, db_session: Session
) -> None:
    enter(office, cast)
    row = db_session.scalar(select(Exemption.id))
    back = office.post(f"/releases/{row}", data={"last": "2026-12-01", "order": ORDER})
    assert back.status_code == 302
    assert released(db_session) == [("attending", TODAY, date(2026, 12, 2), ORDER)]
    wrong = office.post(f"/releases/{row}", data={"last": "2026-11-01", "order": ORDER})
    assert wrong.status_code == 422 and "раньше первого" in wrong.text
    assert office.get(f"/releases/{row}/remove").status_code == 405
    assert office.post(f"/releases/{row}/remove").status_code == 302
    assert released(db_session) == []
    assert office.post(f"/releases/{row}/remove").status_code == 404


def test_what_a_closed_term_has_counted_stays(
    office: Client, cast: Cast, db_session: Session
) -> None:
    """Of an order of September the last day may be set, but it is neither cut back nor removed."""
    order = Exemption(
        organisation_id=cast.school,
        pupil_id=cast.pupils["pupil"],
        kind="attending",
        starts_on=date(2026, 9, 1),
        ends_before=None,
        order_text=ORDER,
    )
    db_session.add(order)
    db_session.commit()
    row = order.id
    removed = office.post(f"/releases/{row}/remove")
    assert removed.status_code == 422 and "закрыт" in removed.text
    cut = office.post(f"/releases/{row}", data={"last": "2026-10-20", "order": ORDER})
    assert cut.status_code == 422
    assert released(db_session) == [("attending", date(2026, 9, 1), None, ORDER)]
    office.post(f"/releases/{row}", data={"last": "2026-11-30", "order": ORDER})
    assert released(db_session)[0][2] == date(2026, 12, 1)


def test_the_class_teacher_reads_the_own_class_only(
    office: Client, login: Login, cast: Cast, db_session: Session
) -> None:
    enter(office, cast)
    keeper = login("class_teacher")
    page = keeper.get("/releases/")
    assert "Ёлкин Артём" in page.text and "/releases/new" not in page.text
    row = db_session.scalar(select(Exemption.id))
    assert keeper.post(f"/releases/{row}/remove").status_code == 403
    assert login("own_teacher").get("/releases/").status_code == 403
    ended = office.get("/releases/?past=1")
    assert "Ёлкин" not in ended.text


def test_nobody_is_absent_from_what_he_is_released_from(
    app: Flask, office: Client, login: Login, cast: Cast, db_session: Session
) -> None:
    """A certificate of the same days gives no reason to lessons he is released from."""
    enter(office, cast, subject_id=cast.subjects["maths"])
    taken = operation("take_attendance", lesson=cast.lessons["own"])
    save(login("own_teacher"), cast.courses["own"], taken)
    db_session.rollback()
    of_lesson = select(Absence).where(
        Absence.lesson_id == cast.lessons["own"], Absence.pupil_id == cast.pupils["pupil"]
    )
    assert db_session.scalars(of_lesson).all() == []
