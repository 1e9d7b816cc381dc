"""The school's rules of marks: versions for days to come, and what they would change."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.grading.models import MarkRules
from tests.cabinets.results.conftest import AT
from tests.cast import Cast
from tests.conftest import Login


def form(**changes: Any) -> dict[str, Any]:
    return {
        "valid_from": "2026-12-01",
        "title": "Положение о текущем контроле, приказ № 45",
        "act": "п. 3.2. «5» ставится при среднем балле от 4,90.",
        "five_from": "4,90",
        "four_from": "3.60",
        "three_from": "2,60",
        "minimum_marks": "3",
        "missed_over": "50",
        "retake": "averages",
        "final_half": "teacher",
    } | changes


def stored(session: Session) -> list[MarkRules]:
    return list(session.scalars(select(MarkRules).order_by(MarkRules.valid_from)))


def add(cast: Cast, session: Session, day: date, **changes: Any) -> MarkRules:
    facts = {
        "title": "Приказ № 12",
        "act": "п. 2.1",
        "five_from": Decimal("4.90"),
        "four_from": Decimal("3.60"),
        "three_from": Decimal("2.60"),
        "minimum_marks": 3,
        "missed_over": 50,
        "retake": "replaces",
        "final_half": "up",
    } | changes
    rules = MarkRules(organisation_id=cast.school, valid_from=day, **facts)
    session.add(rules)
    session.commit()
    return rules


def test_the_administrator_enters_a_version(cast: Cast, login: Login, db_session: Session) -> None:
    administrator = login("administrator")
    assert "Обычные правила" in administrator.get("/results/rules").text
    assert 'value="4,60"' in administrator.get("/results/rules/new").text
    answer = administrator.post("/results/rules/new", data=form())
    assert answer.status_code == 302
    text = administrator.get(answer.location).text
    assert "п. 3.2. «5» ставится при среднем балле от 4,90." in text
    (rules,) = stored(db_session)
    assert (rules.five_from, rules.retake, rules.final_half) == (
        Decimal("4.90"),
        "averages",
        "teacher",
    )
    entry = db_session.scalars(select(AuditEntry)).one()
    assert entry.action == "add_mark_rules"
    assert json.loads(entry.after or "")["valid_from"] == "2026-12-01"
    assert "Отозвать" not in login("own_teacher").get("/results/rules").text


WRONG = (
    ({"valid_from": "2026-11-20"}, "Правила не меняются задним числом"),
    ({"four_from": "4.95"}, "Границы должны убывать"),
    ({"minimum_marks": "0"}, "Укажите число отметок от 1"),
    ({"title": ""}, "Назовите акт."),
)


@pytest.mark.parametrize(("changes", "said"), WRONG)
def test_a_version_that_cannot_be(
    login: Login, db_session: Session, changes: dict[str, str], said: str
) -> None:
    answer = login("administrator").post("/results/rules/new", data=form(**changes))
    assert answer.status_code == 422
    assert said in answer.text
    assert not stored(db_session)


@pytest.mark.parametrize(
    "changes", [{"five_from": "много"}, {"retake": "none"}, {"missed_over": ""}]
)
def test_what_cannot_be_read(login: Login, db_session: Session, changes: dict[str, str]) -> None:
    for address in ("/results/rules/new", "/results/rules/preview"):
        assert login("administrator").post(address, data=form(**changes)).status_code == 422
    assert not stored(db_session)


def test_the_preview_counts_real_proposals(login: Login, db_session: Session, marked: None) -> None:
    """The pupil's 4.86 would be no «5» from 4.90 on; nothing is written."""
    answer = login("administrator").post("/results/rules/preview", data=form())
    assert answer.status_code == 200
    assert "Из 2 предложений изменились бы 1." in answer.text
    assert "Ёлкин Артём, 5А" in answer.text
    assert not stored(db_session)


def test_figures_follow_the_version_of_their_days(
    cast: Cast, login: Login, db_session: Session, marked: None
) -> None:
    add(cast, db_session, date(2026, 11, 1))
    add(cast, db_session, date(2026, 12, 1), five_from=Decimal("4.00"), title="Приказ № 99")
    address = f"/results/courses/{cast.courses['own']}/proposal/{cast.pupils['pupil']}?at={AT}"
    text = login("own_teacher").get(address).text
    assert "предлагается 4" in text
    assert "Приказ № 12, действует с 01.11." in text
    assert "п. 2.1" in text
    diary = f"/diary/average/{cast.pupils['pupil']}/{cast.subjects['maths']}?term=2"
    assert "Приказ № 12, действует с 01.11." in login("parent").get(diary).text


def test_only_what_is_not_in_force_is_withdrawn(
    cast: Cast, login: Login, db_session: Session
) -> None:
    held = add(cast, db_session, date(2026, 11, 20))
    coming = add(cast, db_session, date(2026, 12, 1))
    administrator = login("administrator")
    refused = administrator.post(f"/results/rules/{held.id}/withdraw")
    assert refused.status_code == 422
    assert "действуют с 20.11: внесите новую редакцию" in refused.text
    assert administrator.post(f"/results/rules/{coming.id}/withdraw").status_code == 302
    assert [one.valid_from for one in stored(db_session)] == [date(2026, 11, 20)]


@pytest.mark.parametrize("member", ["deputy", "director", "own_teacher", "parent"])
def test_others_enter_no_rules(cast: Cast, login: Login, db_session: Session, member: str) -> None:
    coming = add(cast, db_session, date(2026, 12, 1))
    browser = login(member)
    assert browser.get("/results/rules/new").status_code == 403
    for address in ("new", "preview", f"{coming.id}/withdraw"):
        assert browser.post(f"/results/rules/{address}", data=form()).status_code == 403
    assert len(stored(db_session)) == 1


def test_rules_of_another_school(cast: Cast, login: Login, db_session: Session) -> None:
    coming = add(cast, db_session, date(2026, 12, 1))
    administrator = login("foreign_administrator")
    assert administrator.post(f"/results/rules/{coming.id}/withdraw").status_code == 404
    assert "Приказ № 12" not in administrator.get("/results/rules").text
    assert login("administrator").get(f"/results/rules/{coming.id}/withdraw").status_code == 405
