"""Forms of a whole school as a job: made in the background, kept for who asked."""

from __future__ import annotations

import io
import zipfile

import pypdf
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.jobs.models import Job, JobState
from tests.cast import Cast
from tests.conftest import Client, Login
from tests.waiting import work


def made(app: Flask, session: Session, client: Client, path: str) -> Job:
    answer = client.post(path)
    assert answer.status_code == 302, answer.text
    assert len(work(app)) == 1
    session.expire_all()
    return session.scalars(select(Job).order_by(Job.id.desc())).first() or Job()


def test_all_classes_in_one_pdf(app: Flask, cast: Cast, login: Login, db_session: Session) -> None:
    deputy = login("deputy")
    job = made(app, db_session, deputy, "/forms/summary/job?class=all&at=quarter-1&suffix=pdf")
    assert job.state == JobState.DONE, job.result
    assert job.output is not None
    text = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(job.output)).pages]
    assert any("Класс 5А" in page for page in text)
    assert any("Класс 5Б" in page for page in text)
    page = deputy.get(f"/forms/jobs/{job.id}")
    assert "Скачать" in page.text
    assert deputy.get(f"/forms/jobs/{job.id}/file").data == job.output
    assert deputy.get(f"/forms/jobs/{job.id}/state").json["ended"] is True
    assert login("director").get(f"/forms/jobs/{job.id}/file").status_code == 404


def test_workbooks_are_an_archive_of_files(
    app: Flask, cast: Cast, login: Login, db_session: Session
) -> None:
    path = "/forms/journal/job?course=all&at=quarter-2&suffix=xlsx"
    job = made(app, db_session, login("class_teacher"), path)
    assert job.state == JobState.DONE, job.result
    with zipfile.ZipFile(io.BytesIO(job.output or b"")) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert any("математика" in name for name in names)
    assert all(name.endswith(".xlsx") for name in names)
    assert not any("5Б" in name for name in names), "the class teacher's own class alone"


def test_a_right_that_ended_stops_the_job(
    app: Flask, cast: Cast, login: Login, db_session: Session
) -> None:
    """The job reads as who asked may read when it runs, not as he might have."""
    path = f"/forms/class/job?class={cast.classes['other']}&suffix=pdf"
    assert login("class_teacher").post(path).status_code == 403
