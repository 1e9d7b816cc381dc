"""The same work asked for again is not begun again while the first has not ended."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from journal.core.jobs import Job, JobState, Queued, claim_next, enqueue, enqueue_once
from journal.core.jobs.service import put_back, recover_interrupted
from journal.core.tenancy import across
from tests.at_once import meanwhile
from tests.cast import NOW, Cast
from tests.conftest import Client, Login
from tests.waiting import work

TOLD = "Это уже делается, второй раз ничего не запущено."
FORMS = "/forms/summary/job?class=all&at=quarter-1&suffix={}"


def ask(session: Session, cast: Cast, **changes: Any) -> Queued:
    facts = {
        "organisation_id": cast.school,
        "kind": "make_forms",
        "params": {"form": "summary", "suffix": "pdf"},
        "account_id": cast["deputy"].account_id,
        "now": NOW,
    }
    return enqueue_once(session, **facts | changes)


def jobs_of(session: Session) -> list[int]:
    session.rollback()
    with across(session, "jobs of both schools"):
        return list(session.scalars(select(Job.id).order_by(Job.id)))


def test_the_same_is_the_first_job_until_that_has_ended(cast: Cast, db_session: Session) -> None:
    first = ask(db_session, cast)
    assert first.begun
    assert ask(db_session, cast) == Queued(first.job_id, False)
    reordered = {"suffix": "pdf", "form": "summary"}
    assert ask(db_session, cast, params=reordered) == Queued(first.job_id, False)
    claimed = claim_next(db_session, kinds=["make_forms"], now=NOW)
    assert claimed is not None and claimed.id == first.job_id
    assert not ask(db_session, cast).begun, "it is running"
    put_back(db_session, claimed)
    assert not ask(db_session, cast).begun, "it waits again"
    db_session.get_one(Job, first.job_id).state = JobState.DONE
    assert ask(db_session, cast).begun


@pytest.mark.parametrize(
    "changes",
    [
        {"params": {"form": "summary", "suffix": "xlsx"}},
        {"params": {"form": "summary"}},
        {"kind": "export_school"},
        {"account_id": 0},
        {"for_all": True},
    ],
)
def test_something_else_is_begun(cast: Cast, db_session: Session, changes: dict[str, Any]) -> None:
    first = ask(db_session, cast)
    other = ask(db_session, cast, **changes)
    assert other.begun and other.job_id != first.job_id


def test_another_school_has_its_own(cast: Cast, db_session: Session) -> None:
    first = ask(db_session, cast)
    with across(db_session, "two schools"):
        other = ask(db_session, cast, organisation_id=cast.foreign_school)
    assert other.begun and other.job_id != first.job_id


def test_work_for_all_is_begun_once_by_whoever_asks(cast: Cast, db_session: Session) -> None:
    first = ask(db_session, cast, for_all=True)
    other = ask(db_session, cast, for_all=True, account_id=cast["director"].account_id)
    assert other == Queued(first.job_id, False)


def test_work_that_may_be_repeated_stands_beside(cast: Cast, db_session: Session) -> None:
    """Files that are checked: two of the same name are two."""
    place = {"organisation_id": cast.school, "kind": "check_school", "now": NOW}
    ids = {enqueue(db_session, **place, params={"name": "a.xlsx"}) for _ in range(2)}  # type: ignore[arg-type]
    assert len(ids) == 2


def test_an_interrupted_job_waits_again_beside_none(cast: Cast, db_session: Session) -> None:
    first = ask(db_session, cast)
    claim_next(db_session, kinds=["make_forms"], now=NOW)
    recover_interrupted(db_session, repeatable=["make_forms"], now=NOW)
    assert ask(db_session, cast) == Queued(first.job_id, False)
    claim_next(db_session, kinds=["make_forms"], now=NOW)
    recover_interrupted(db_session, repeatable=[], now=NOW)
    assert ask(db_session, cast).begun, "it was given up"


def test_the_database_has_one(cast: Cast, db_session: Session) -> None:
    first = db_session.get_one(Job, ask(db_session, cast).job_id)
    twin = Job(organisation_id=cast.school, kind=first.kind, created_at=NOW)
    twin.once_key = first.once_key
    db_session.add(twin)
    with pytest.raises(IntegrityError):
        db_session.flush()


def pressed_twice(client: Client, path: str) -> tuple[str, str]:
    """Where both lead, and the page the second one opens."""
    first, second = client.post(path), client.post(path)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.location == second.location
    return first.location, client.get(second.location).text


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("deputy", FORMS.format("pdf")),
        ("administrator", "/school/export/export_school"),
        ("administrator", "/school/export/export_history"),
    ],
)
def test_a_button_pressed_twice_leads_to_the_first_work(
    app: Flask, login: Login, db_session: Session, who: str, path: str
) -> None:
    client = login(who)
    address, page = pressed_twice(client, path)
    assert TOLD in page
    assert len(jobs_of(db_session)) == 1
    assert TOLD not in client.get(address).text, "it is told once"
    work(app)
    again = client.post(path)
    assert again.location != address
    assert TOLD not in client.get(again.location).text
    assert len(jobs_of(db_session)) == 2


def test_another_format_and_another_person_have_their_own(
    login: Login, db_session: Session
) -> None:
    deputy, director = login("deputy"), login("director")
    places = {deputy.post(FORMS.format(one)).location for one in ("pdf", "xlsx")}
    places.add(director.post(FORMS.format("pdf")).location)
    assert len(places) == len(jobs_of(db_session)) == 3


def test_an_archive_is_made_once_for_the_school(
    cast: Cast, login: Login, db_session: Session
) -> None:
    path = f"/archive/years/{cast.year}/make"
    director, administrator = login("director"), login("administrator")
    director.post(path)
    assert "Архив создаётся" in director.get("/archive").text
    administrator.post(path)
    assert TOLD in administrator.get("/archive").text
    assert len(jobs_of(db_session)) == 1


def test_two_presses_at_the_same_moment(
    app: Flask, cast: Cast, login: Login, db_session: Session
) -> None:
    """The second one waits for the first, and is led to its work."""
    director = login("director")
    director.get("/archive")  # whatever a first page keeps is kept
    year = cast.year
    params = {"year_id": year, "year": "2026-2027", "name": "2026-2027"}
    made = {"kind": "make_archive", "params": params, "for_all": True}

    def first(session: Session) -> None:
        ask(session, cast, **made)

    answer = meanwhile(
        app, {cast.school}, first, lambda: director.post(f"/archive/years/{year}/make")
    )
    assert answer.status_code == 302
    assert TOLD in director.get("/archive").text
    assert len(jobs_of(db_session)) == 1
