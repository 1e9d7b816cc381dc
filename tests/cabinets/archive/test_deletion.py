"""Deletion in the browser: proposed by one, confirmed by another, carried out by a job, logged."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence
from journal.core.audit.models import AuditEntry
from journal.grading.models import Mark, TermMark
from journal.lessons.models import Lesson
from journal.reports.certifying.models import CertifiedSheet
from journal.school.retention.models import RetentionDeletion
from tests.cast import Cast
from tests.conftest import Login
from tests.features.retention.conftest import OldYear, awake, old_year
from tests.waiting import work

__all__ = ["awake"]
pytestmark = pytest.mark.usefixtures("awake")
GROUND = {"reason": "Акт экспертной комиссии № 3"}


def count(session: Session, model: type) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(model)) or 0


def deletion(session: Session) -> RetentionDeletion:
    session.rollback()
    return session.scalars(select(RetentionDeletion).order_by(RetentionDeletion.id.desc())).one()


def proposed(login: Login, old: OldYear, session: Session, what: str = "journals") -> str:
    answer = login("administrator").post(f"/archive/years/{old.year}/delete/{what}", data=GROUND)
    assert answer.status_code == 302, answer.text
    newest = select(RetentionDeletion.id).order_by(RetentionDeletion.id.desc())
    return f"/archive/deletions/{session.scalars(newest).first()}"


def test_journals_go_when_two_have_decided(
    app: Flask, cast: Cast, login: Login, db_session: Session
) -> None:
    present = {one: count(db_session, one) for one in (Lesson, Mark, Absence)}
    old = old_year(db_session, cast, 1989)
    dry = login("administrator").get(f"/archive/years/{old.year}/delete/journals")
    assert "Будет" in dry.text or "будет" in dry.text
    address = proposed(login, old, db_session)
    assert count(db_session, Mark) == present[Mark] + 1, "a proposal deletes nothing"
    assert login("director").post(address, data={"year": old.name}).status_code == 302
    work(app)
    assert {one: count(db_session, one) for one in present} == present
    assert db_session.get(TermMark, old.term_mark), "sheets have a longer term"
    assert db_session.get(CertifiedSheet, old.sheet)
    row = deletion(db_session)
    assert row.state == "done"
    assert '"marks": 1' in row.counts and '"lessons": 1' in row.counts
    actions = db_session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq.desc()).limit(3))
    assert list(actions) == ["carry_out_deletion", "confirm_deletion", "propose_deletion"]
    page = login("director").get("/archive").text
    assert "удалены" in page
    assert login("director").get(address).status_code == 200


def test_sheets_follow_after_their_own_term(
    app: Flask, cast: Cast, login: Login, db_session: Session
) -> None:
    kept = {one: count(db_session, one) for one in (TermMark, CertifiedSheet)}
    old = old_year(db_session, cast, 1989)
    url = f"/archive/years/{old.year}/delete/sheets"
    early = login("administrator").post(url, data=GROUND)
    assert early.status_code == 422 and "сначала удаляют" in early.text
    for what in ("journals", "sheets"):
        address = proposed(login, old, db_session, what)
        assert login("director").post(address, data={"year": old.name}).status_code == 302
        work(app)
    assert {one: count(db_session, one) for one in kept} == kept


def test_the_sheet_of_a_year_without_journals_invents_no_absences(
    app: Flask, cast: Cast, login: Login, db_session: Session
) -> None:
    old = old_year(db_session, cast, 1989)
    sheet = f"/results/classes/{old.class_group}/summary?at=quarter-1"
    before = login("director").get(sheet).text
    assert "Журналы этого года удалены" not in before
    address = proposed(login, old, db_session)
    login("director").post(address, data={"year": old.name})
    work(app)
    after = login("director").get(sheet)
    assert after.status_code == 200
    assert "Журналы этого года удалены" in after.text


def test_the_proposer_cannot_confirm(cast: Cast, login: Login, db_session: Session) -> None:
    old = old_year(db_session, cast, 1989)
    address = proposed(login, old, db_session)
    answer = login("administrator").post(address, data={"year": old.name})
    assert answer.status_code == 422 and "другой человек" in answer.text
    assert deletion(db_session).state == "proposed"
    assert db_session.get(Mark, old.mark)


def test_a_slip_confirms_nothing(cast: Cast, login: Login, db_session: Session) -> None:
    old = old_year(db_session, cast, 1989)
    address = proposed(login, old, db_session)
    answer = login("director").post(address, data={"year": "1990-1991"})
    assert answer.status_code == 422
    assert deletion(db_session).state == "proposed"


def test_younger_is_refused_with_its_day(cast: Cast, login: Login, db_session: Session) -> None:
    old = old_year(db_session, cast, 2021)
    url = f"/archive/years/{old.year}/delete/journals"
    for answer in (login("director").get(url), login("director").post(url, data=GROUND)):
        assert "01.01.2028" in answer.text
    assert count(db_session, RetentionDeletion) == 0


def test_the_day_of_the_last_lesson_counts(cast: Cast, login: Login, db_session: Session) -> None:
    """Dates of a year entered too early do not free its journals."""
    old = old_year(db_session, cast, 1989)
    lesson = db_session.get_one(Lesson, old.lesson)
    lesson.held_on = lesson.held_on.replace(year=2024)
    db_session.commit()
    url = f"/archive/years/{old.year}/delete/journals"
    assert login("director").post(url, data=GROUND).status_code == 422


def test_a_withdrawn_proposal_waits_no_more(cast: Cast, login: Login, db_session: Session) -> None:
    old = old_year(db_session, cast, 1989)
    address = proposed(login, old, db_session)
    twice = login("director").post(f"/archive/years/{old.year}/delete/journals", data=GROUND)
    assert twice.status_code == 422 and "уже предложено" in twice.text
    assert login("director").post(f"{address}/withdraw").status_code == 302
    assert login("director").post(address, data={"year": old.name}).status_code == 422
    assert db_session.get(Mark, old.mark)
    assert proposed(login, old, db_session) != address, "it may be proposed anew"
