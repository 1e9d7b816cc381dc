"""The page of alerts: what is set, whom it concerns today, and a parent's own choice."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.alerts.models import AbsenceThreshold, AlertPolicy
from journal.attendance.models import Absence
from journal.core.audit import AuditEntry
from journal.lessons.models import Lesson
from journal.messages.models import NoticeChoice
from journal.people.models import Person
from tests.cast import NOW, Cast
from tests.conftest import Login

TELLING = {"tells_families": "y", "delay_minutes": "5", "until": "15:30"}
THRESHOLD: dict[str, Any] = {"measure": "lessons", "bound": "1", "window_days": "28"}


def page(login: Login, query: str = "", member: str = "deputy") -> str:
    answer = login(member).get(f"/alerts/{query}")
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def absent_at_the_first_lesson(session: Session, cast: Cast) -> None:
    lesson = session.get_one(Lesson, cast.lessons["keeper"])
    lesson.attendance_taken_at = NOW
    entry = {"lesson_id": lesson.id, "pupil_id": cast.pupils["pupil"], "code": "n"}
    session.add(Absence(organisation_id=cast.school, **entry, entered_at=NOW))
    session.commit()


def test_the_preview_names_the_pupil_the_family_and_the_minute(
    login: Login, cast: Cast, db_session: Session
) -> None:
    assert "Без причины никто не отсутствует" in page(login)
    absent_at_the_first_lesson(db_session, cast)
    text = page(login)
    assert "Ёлкин Артём, 5А" in text and "1. литература, 08:30" in text
    assert "Ёлкина Вера Андреевна" in text and "в журнале</span>" in text  # no address is known
    assert "сообщат в 10:57" in text
    db_session.get_one(Person, cast["parent"].person_id).email = "vera@example.org"
    db_session.commit()
    assert "в журнале и по электронной почте" in page(login, member="administrator")
    facts = {"organisation_id": cast.school, "person_id": cast["parent"].person_id}
    db_session.add(NoticeChoice(**facts, kind="absences", way="off"))
    db_session.commit()
    assert "отключил(а) сам(а)" in page(login)


def test_telling_is_set_and_logged(login: Login, db_session: Session) -> None:
    assert login("deputy").post("/alerts/telling", data=TELLING).status_code == 302
    row = db_session.scalars(select(AlertPolicy)).one()
    assert (row.tells_families, row.delay_minutes, str(row.until)) == (True, 5, "15:30:00")
    changes = {"delay_minutes": "10", "until": "18:00"}  # and the box is not ticked
    assert login("administrator").post("/alerts/telling", data=changes).status_code == 302
    db_session.refresh(row)
    assert (row.tells_families, row.delay_minutes) == (False, 10)
    actions = db_session.scalars(select(AuditEntry.action)).all()
    assert actions.count("set_telling") == 2


@pytest.mark.parametrize(
    "change", [{"delay_minutes": "121"}, {"delay_minutes": "x"}, {"until": ""}, {"until": "25:00"}]
)
def test_nonsense_about_telling(login: Login, db_session: Session, change: Any) -> None:
    answer = login("deputy").post("/alerts/telling", data=TELLING | change)
    assert answer.status_code == 422
    assert "field-error" in answer.get_data(as_text=True)
    assert db_session.scalars(select(AlertPolicy)).all() == []


def test_a_threshold_is_shown_then_added_then_removed(
    login: Login, cast: Cast, db_session: Session
) -> None:
    absent_at_the_first_lesson(db_session, cast)
    query = "?measure=lessons&bound=1&window_days=28&codes=n"
    text = page(login, query)
    assert "уроков и больше" in text and "Добавить этот порог" in text
    new = text[text.index('id="new"') :]
    assert "Ёлкин Артём" in new and "ближайшей ночью" in new
    assert db_session.scalars(select(AbsenceThreshold)).all() == []
    assert login("deputy").post("/alerts/thresholds", data=THRESHOLD | {"codes": "n"})
    row = db_session.scalars(select(AbsenceThreshold)).one()
    assert (row.bound, row.codes) == (1, "n")
    again = login("deputy").post("/alerts/thresholds", data=THRESHOLD | {"codes": "n"})
    assert again.status_code == 422
    assert login("administrator").post(f"/alerts/thresholds/{row.id}/drop").status_code == 302
    db_session.refresh(row)
    assert row.dropped_at is not None
    assert f"threshold-{row.id}" not in page(login)


@pytest.mark.parametrize(
    "change",
    [
        {"bound": "0"},
        {"bound": "100", "measure": "percent"},
        {"bound": "viele"},
        {"window_days": "367"},
        {"codes": []},
        {"codes": ["x"]},
        {"measure": "days"},
    ],
)
def test_nonsense_about_a_threshold(login: Login, db_session: Session, change: Any) -> None:
    form = THRESHOLD | {"codes": ["n"]} | change
    browser = login("deputy")
    assert browser.get("/alerts/", query_string=form).status_code == 422
    assert browser.post("/alerts/thresholds", data=form).status_code == 422
    assert db_session.scalars(select(AbsenceThreshold)).all() == []


@pytest.mark.parametrize("who", ["own_teacher", "class_teacher", "director", "parent", "pupil"])
def test_others_are_refused(login: Login, who: str) -> None:
    browser = login(who)
    assert browser.get("/alerts/").status_code == 403
    assert browser.post("/alerts/telling", data=TELLING).status_code == 403
    assert browser.post("/alerts/thresholds", data=THRESHOLD).status_code == 403


def test_the_neighbours_threshold_and_reading_writes(
    login: Login, cast: Cast, db_session: Session
) -> None:
    facts = {"measure": "lessons", "bound": 3, "window_days": 7, "codes": "n"}
    row = AbsenceThreshold(organisation_id=cast.school, **facts)
    db_session.add(row)
    db_session.commit()
    drop = f"/alerts/thresholds/{row.id}/drop"
    assert login("foreign_administrator").post(drop).status_code == 404
    assert login("deputy").get(drop).status_code == 405
    assert login("deputy").get("/alerts/telling").status_code == 405
    assert row.dropped_at is None


def test_a_parent_chooses_a_pupil_does_not(login: Login, db_session: Session) -> None:
    text = login("parent").get("/notifications/settings").get_data(as_text=True)
    assert "Пропуски моих детей без объяснения" in text
    text = login("pupil").get("/notifications/settings").get_data(as_text=True)
    assert "Пропуски моих детей" not in text
    answer = login("parent").post("/notifications/settings", data={"absences": "off"})
    assert answer.status_code == 302
    assert db_session.scalars(select(NoticeChoice.way)).all() == ["off"]
