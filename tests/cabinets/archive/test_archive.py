"""The archive in the browser: made in the background, kept, downloaded, checked."""

from __future__ import annotations

import io
import zipfile

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import Settings
from journal.core.audit.models import AuditEntry
from journal.core.files import StoredFile
from journal.core.jobs.models import Job
from journal.school.models import AcademicYear
from journal.transfer.archive.models import YearArchive
from tests.cast import NOW, Cast
from tests.conftest import Login
from tests.factories import SchoolBuilder
from tests.features.retention.conftest import add_sheet
from tests.waiting import work


def made(app: Flask, login: Login, session: Session) -> int:
    year = session.scalars(select(AcademicYear.id)).one()
    assert login("director").post(f"/archive/years/{year}/make").status_code == 302
    assert login("administrator").post(f"/archive/years/{year}/make").status_code == 302
    assert len(session.scalars(select(Job.id)).all()) == 1, "asked for twice, made once"
    work(app)
    session.rollback()
    return session.scalars(select(YearArchive.id)).one()


def test_it_is_made_kept_and_genuine(
    app: Flask, cast: Cast, login: Login, db_session: Session
) -> None:
    school = SchoolBuilder.of(db_session, cast.school)
    add_sheet(school, cast.classes["own"], NOW)
    db_session.commit()
    archive = made(app, login, db_session)
    director = login("director")
    page = director.get("/archive").text
    assert f"/archive/files/{archive}" in page
    with zipfile.ZipFile(io.BytesIO(director.get(f"/archive/files/{archive}").data)) as found:
        assert found.testzip() is None
        signed = [name for name in found.namelist() if name.startswith("certified/")]
        assert [name.rpartition(".")[2] for name in signed] == ["pdf", "csv", "json"]
        assert "Ёлкин Артём" in found.read(signed[1]).decode()
    assert "Архив подлинный" in director.get(f"/archive/files/{archive}/check").text
    logged = select(AuditEntry.actor_name).where(AuditEntry.action == "make_archive")
    assert db_session.scalars(logged).one().startswith("Громов")


def test_a_file_that_was_changed_is_told(
    app: Flask, cast: Cast, login: Login, db_session: Session
) -> None:
    archive = made(app, login, db_session)
    settings: Settings = app.config["SETTINGS"]
    sha256 = db_session.scalars(select(StoredFile.sha256)).one()
    path = settings.files_dir / sha256[:2] / sha256
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    page = login("director").get(f"/archive/files/{archive}/check").text
    assert "Архив подлинный" not in page
    assert "не тот, что был подписан" in page


def test_the_public_key_is_the_one_on_the_page(cast: Cast, login: Login) -> None:
    key = login("director").get("/archive/public_key.pem")
    assert key.data.startswith(b"-----BEGIN PUBLIC KEY-----")
    assert "PRIVATE" not in key.text
