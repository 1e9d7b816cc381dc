"""Uploads kept and refused, sent and forgotten."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.errors import NotFound
from journal.core.files import (
    DirectoryStore,
    FileKind,
    FileRefused,
    StoredFacts,
    StoredFile,
    prune_bytes,
    prune_rows,
    store_upload,
    stored_file,
)
from journal.core.tenancy import across, bind
from journal.webkit.files import send_stored
from tests.cast import NOW, Cast
from tests.features.files import samples

LONG_AGO = NOW - timedelta(days=8)


@pytest.fixture
def store(tmp_path: Path) -> DirectoryStore:
    return DirectoryStore(tmp_path / "files")


def put(
    session: Session, store: DirectoryStore, cast: Cast, content: bytes, name: str, **more: Any
) -> StoredFacts:
    more = {"now": NOW, "organisation_id": cast.school, "account_id": 7, **more}
    return store_upload(session, store, content=io.BytesIO(content), name=name, **more)


def refusal(session: Session, store: DirectoryStore, cast: Cast, *what: Any, **more: Any) -> str:
    with pytest.raises(FileRefused) as refused:
        put(session, store, cast, *what, **more)
    assert not session.scalars(select(StoredFile)).all()
    return str(refused.value.message)


def age(tmp_path: Path, sha256: str, to: datetime) -> Path:
    path = tmp_path / "files" / sha256[:2] / sha256
    os.utime(path, (to.timestamp(), to.timestamp()))
    return path


def test_an_upload_is_kept_with_its_facts(
    db_session: Session, store: DirectoryStore, cast: Cast, tmp_path: Path
) -> None:
    facts = put(db_session, store, cast, samples.PDF, "Задание.pdf")
    assert stored_file(db_session, facts.id) == facts
    assert facts.sha256 == hashlib.sha256(samples.PDF).hexdigest()
    assert (facts.size, facts.media_type) == (len(samples.PDF), "application/pdf")
    again = put(db_session, store, cast, samples.PDF, "то же.pdf")
    assert again.id != facts.id
    with store.open(facts.sha256) as content:
        assert content.read() == samples.PDF
    files = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert len(files) == 1
    assert files[0].stat().st_mode & 0o777 == 0o600


def test_another_school_has_no_such_file(
    db_session: Session, store: DirectoryStore, cast: Cast
) -> None:
    facts = put(db_session, store, cast, samples.PDF, "a.pdf")
    db_session.commit()
    bind(db_session, {cast.foreign_school})
    with pytest.raises(NotFound):
        stored_file(db_session, facts.id)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.pdf", "is empty"),
        (samples.EXE, "реферат.pdf", "does not hold what its name says"),
        (b"plain words", "реферат.pdf", "does not hold what its name says"),
        (samples.PDF, "снимок.jpg", "does not hold what its name says"),
        (samples.PDF, "macro.exe", "of a kind that is not taken"),
        (b"alert(1)", "homework.js", "of a kind that is not taken"),
        (b"#!/bin/sh\nrm -rf /\n", "run.sh", "of a kind that is not taken"),
        (b"<script>alert(1)</script>", "page.html", "of a kind that is not taken"),
        (samples.office("word/document.xml", "word/vbaProject.bin"), "a.docx", "macros"),
        (samples.PDF + b"x" * 2000, "big.pdf", "is larger than"),
    ],
)
def test_what_is_not_taken_says_what_to_do(
    db_session: Session, store: DirectoryStore, cast: Cast, content: bytes, name: str, said: str
) -> None:
    sentence = refusal(db_session, store, cast, content, name, limit=2000)
    assert said in sentence
    assert name in sentence


def test_a_caller_may_take_fewer_kinds(
    db_session: Session, store: DirectoryStore, cast: Cast
) -> None:
    pictures = {FileKind.JPEG, FileKind.PNG}
    assert "jpg, png" in refusal(db_session, store, cast, samples.PDF, "a.pdf", allowed=pictures)
    refusal(db_session, store, cast, samples.PDF, "a.png", allowed=pictures)
    facts = put(db_session, store, cast, samples.PNG, "a.jpg", allowed=pictures)
    assert (facts.name, facts.media_type) == ("a.png", "image/png")


def test_rows_nobody_refers_to_go_after_a_week(
    db_session: Session, store: DirectoryStore, cast: Cast, tmp_path: Path
) -> None:
    old = put(db_session, store, cast, samples.PDF, "old.pdf", now=LONG_AGO)
    fresh = put(db_session, store, cast, samples.PNG, "fresh.png")
    paths = [age(tmp_path, facts.sha256, LONG_AGO) for facts in (old, fresh)]
    with across(db_session, "the job serves all schools"):
        prune_rows(db_session, now=NOW)
        prune_bytes(db_session, store, now=NOW)
    assert list(db_session.scalars(select(StoredFile.id))) == [fresh.id]
    assert [path.exists() for path in paths] == [False, True]


def test_bytes_put_again_outlive_the_pruning(
    db_session: Session, store: DirectoryStore, cast: Cast, tmp_path: Path
) -> None:
    """The row of the second upload is not committed yet when the job looks."""
    first = put(db_session, store, cast, samples.PDF, "a.pdf")
    db_session.rollback()
    path = age(tmp_path, first.sha256, LONG_AGO)
    left = path.with_name(f".{first.sha256}.abcd")
    left.write_bytes(b"half")
    os.utime(left, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))
    assert list(store.put_before(NOW)) == [first.sha256]
    assert not left.exists()
    store.put(first.sha256, io.BytesIO(samples.PDF))
    store.remove(first.sha256, put_before=NOW)
    assert path.read_bytes() == samples.PDF
    age(tmp_path, first.sha256, LONG_AGO)
    store.remove(first.sha256, put_before=NOW)
    assert not path.exists()
    with pytest.raises(FileNotFoundError):
        store.open(first.sha256)


def test_a_name_is_no_path(store: DirectoryStore) -> None:
    for wrong in ("../../secret_key", "a" * 63, "A" * 64):
        with pytest.raises(ValueError, match="not a SHA-256"):
            store.open(wrong)


@contextmanager
def sent(app: Flask, facts: StoredFacts, **headers: str) -> Iterator[Response]:
    with app.test_request_context(headers=headers), send_stored(facts) as answer:
        answer.direct_passthrough = False
        yield answer


def test_a_file_is_sent_so_that_it_can_do_nothing(
    app: Flask, db_session: Session, cast: Cast
) -> None:
    store = DirectoryStore(app.config["SETTINGS"].files_dir)
    facts = put(db_session, store, cast, samples.PDF, "Задание «5».pdf")
    with sent(app, facts) as answer:
        assert answer.get_data() == samples.PDF
        assert answer.headers["Content-Disposition"] == (
            "attachment; filename*=UTF-8''"
            "%D0%97%D0%B0%D0%B4%D0%B0%D0%BD%D0%B8%D0%B5%20%C2%AB5%C2%BB.pdf"
        )
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.mimetype == "application/pdf"
    with sent(app, facts, **{"If-None-Match": f'"{facts.sha256}"'}) as unchanged:
        assert unchanged.status_code == 304
    with sent(app, facts, Range="bytes=0-3") as part:
        assert (part.status_code, part.get_data()) == (206, b"%PDF")


def test_a_picture_is_shown_and_a_lost_file_said(
    app: Flask, db_session: Session, cast: Cast
) -> None:
    store = DirectoryStore(app.config["SETTINGS"].files_dir)
    facts = put(db_session, store, cast, samples.PNG, "a.png")
    with sent(app, facts) as answer:
        assert answer.headers["Content-Disposition"].startswith("inline;")
    store.remove(facts.sha256, put_before=datetime(2100, 1, 1, tzinfo=UTC))
    with pytest.raises(NotFound, match="missing"), sent(app, facts):
        raise AssertionError("sent")
