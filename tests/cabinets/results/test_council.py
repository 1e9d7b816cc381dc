"""Decisions of the teachers' council: for many pupils at once, one a year about each matter."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.grading.models import CouncilDecision
from tests.cabinets.results.conftest import mark_of
from tests.cast import Cast
from tests.conftest import Client, Login


def form(*pupils: int, **changes: Any) -> dict[str, Any]:
    return {
        "kind": "promoted",
        "decided_on": "2026-11-19",
        "number": "7",
        "text": "",
        "pupils": list(pupils),
    } | changes


def decisions(session: Session) -> list[tuple[int, str, str]]:
    rows = session.scalars(select(CouncilDecision).order_by(CouncilDecision.pupil_id))
    return [(one.pupil_id, one.kind, one.number) for one in rows]


def post(browser: Client, cast: Cast, *pupils: str, group: str = "own", **changes: Any) -> Any:
    ids = [cast.pupils[name] for name in pupils]
    address = f"/results/classes/{cast.classes[group]}/council"
    return browser.post(address, data=form(*ids, **changes))


def test_the_deputy_decides_on_many_at_once(cast: Cast, login: Login, db_session: Session) -> None:
    deputy = login("deputy")
    mark_of(cast, db_session, "classmate", "2", kind="year", number=0)
    page = deputy.get(f"/results/classes/{cast.classes['own']}/council").text
    assert "Математика" in page  # what the classmate failed stands beside his name
    assert post(deputy, cast, "pupil", "third").status_code == 302
    answer = post(deputy, cast, "classmate", kind="conditionally", text="до 20.06")
    assert "условно" in deputy.get(answer.location).text
    assert decisions(db_session) == [
        (cast.pupils["pupil"], "promoted", "7"),
        (cast.pupils["classmate"], "conditionally", "7"),
        (cast.pupils["third"], "promoted", "7"),
    ]
    actions = db_session.scalars(select(AuditEntry.action)).all()
    assert actions == ["record_council"] * 3
    text = login("class_teacher").get(f"/results/classes/{cast.classes['own']}?at=year").text
    assert "переведён условно" in text


def test_a_later_decision_takes_the_place_of_the_earlier(
    cast: Cast, login: Login, db_session: Session
) -> None:
    deputy = login("deputy")
    for changes in (
        {"kind": "conditionally"},
        {"kind": "admitted"},
        {"number": "9"},
        {"number": "9"},
    ):
        assert post(deputy, cast, "pupil", **changes).status_code == 302
    pupil = cast.pupils["pupil"]
    assert sorted(decisions(db_session)) == [(pupil, "admitted", "7"), (pupil, "promoted", "9")]
    assert len(db_session.scalars(select(AuditEntry)).all()) == 3  # the same again is no change


WRONG = (
    ({"pupils": []}, "Отметьте учеников"),
    ({"decided_on": "2026-11-21"}, "ещё не заседал"),
    ({"decided_on": "2026-08-31"}, "Год начался 01.09"),
    ({"number": ""}, "Укажите номер протокола"),
    ({"kind": "shot"}, ""),
    ({"text": "а" * 501}, ""),
)


@pytest.mark.parametrize(("changes", "said"), WRONG)
def test_a_decision_that_cannot_be(
    cast: Cast, login: Login, db_session: Session, changes: dict[str, Any], said: str
) -> None:
    answer = post(login("administrator"), cast, "pupil", **changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert not decisions(db_session)


def test_pupils_of_other_classes_are_refused(cast: Cast, login: Login, db_session: Session) -> None:
    deputy = login("deputy")
    for name in ("stranger_pupil", "foreign_pupil", "leaver"):
        assert post(deputy, cast, "pupil", name).status_code == 422
    assert post(deputy, cast, "leaver", decided_on="2026-10-01").status_code == 302
    assert len(decisions(db_session)) == 1


def test_a_decision_is_withdrawn(cast: Cast, login: Login, db_session: Session) -> None:
    deputy = login("deputy")
    post(deputy, cast, "pupil")
    address = f"/results/classes/{cast.classes['own']}/council/withdraw"
    one = {"pupil": cast.pupils["pupil"], "about": "year"}
    for wrong in (one | {"about": "admission"}, one | {"about": "x"}, one | {"pupil": "x"}):
        assert deputy.post(address, data=wrong).status_code == 404
    assert deputy.post(address, data=one).status_code == 302
    assert not decisions(db_session)
    last = db_session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert last is not None and last.action == "withdraw_council" and last.after is None
    assert deputy.post(address, data=one).status_code == 404


@pytest.mark.parametrize(
    ("member", "status"),
    [
        ("administrator", 302),
        ("director", 403),
        ("class_teacher", 403),
        ("own_teacher", 403),
        ("parent", 403),
        ("foreign_administrator", 404),
    ],
)
def test_who_writes_decisions_down(
    cast: Cast, login: Login, db_session: Session, member: str, status: int
) -> None:
    assert post(login(member), cast, "pupil").status_code == status
    assert bool(decisions(db_session)) == (status == 302)


def test_a_class_that_is_not_there(login: Login) -> None:
    deputy = login("deputy")
    assert deputy.get("/results/classes/999999/council").status_code == 404
    assert deputy.get("/results/classes/1/council/withdraw").status_code == 405
