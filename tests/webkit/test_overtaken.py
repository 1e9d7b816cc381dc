"""Who writes the same as another at the same instant is answered as if he had come second."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask import Flask, flash, get_flashed_messages, request
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from journal.core.db import db
from journal.core.tenancy import bind
from journal.school.models import Room
from journal.webkit.access import commits
from tests.cast import Cast

OVERTAKEN = (
    lambda: IntegrityError("INSERT INTO room", {}, Exception("duplicate key")),
    lambda: StaleDataError("DELETE statement on table expected to delete 1 row(s); 0 were matched"),
)
View = Callable[[], str]


def upload(app: Flask, view: View) -> str:
    sent = {"file": (io.BytesIO(b"a certificate"), "c.pdf")}
    with app.test_request_context("/", method="POST", data=sent):
        return view()


def rooms(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Room)) or 0


@pytest.mark.parametrize("overtaken", OVERTAKEN)
def test_who_was_overtaken_begins_anew(
    app: Flask, cast: Cast, db_session: Session, overtaken: Callable[[], Exception]
) -> None:
    before, read, told = rooms(db_session), [], []
    db_session.rollback()

    @commits
    def view() -> str:
        bind(db.session(), {cast.school})
        room = Room(organisation_id=cast.school, name="№ 999")
        db.session.add(room)
        db.session.flush()
        flash("Saved")
        read.append(request.files["file"].read())
        if len(read) == 1:
            raise overtaken()
        told.extend(get_flashed_messages())
        return "saved"

    assert upload(app, view) == "saved"
    assert read == [b"a certificate"] * 2 and told == ["Saved"]
    db_session.rollback()
    assert rooms(db_session) == before + 1


def test_who_is_overtaken_for_ever_is_refused_in_the_end(
    app: Flask, cast: Cast, db_session: Session
) -> None:
    tries = []

    @commits
    def view() -> str:
        tries.append(1)
        raise OVERTAKEN[0]()

    with pytest.raises(IntegrityError):
        upload(app, view)
    assert len(tries) == 3


def test_other_faults_are_not_tried_again(app: Flask, cast: Cast, db_session: Session) -> None:
    tries = []

    @commits
    def view() -> str:
        tries.append(1)
        raise KeyError

    with pytest.raises(KeyError):
        upload(app, view)
    assert tries == [1]
