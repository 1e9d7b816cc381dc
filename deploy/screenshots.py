"""Pictures of the demonstration school for the README: `make screenshots`.

The school is made as of one fixed Friday, so that the pictures change only when the pages do. It
lies in a temporary folder; nothing of an installation is touched. Wants Chromium on the path.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from config import ROOT, Settings
from journal import create_app
from journal.access import Role
from journal.core.db import db, gather_statistics, transaction
from journal.core.jobs import enqueue
from journal.demo.service import ORIGIN, load_demonstration, make_demonstration
from journal.demo.shown import shown_people
from journal.jobs import Runner
from journal.people.models import Account, Person
from journal.people.service import issue_credentials, session_id
from journal.transfer.service import export_school
from journal.webkit.job_kinds import CHECK_SCHOOL

FOLDER = ROOT / "docs" / "screenshots"
NOW = datetime(2026, 11, 20, 7, 42, tzinfo=UTC)  # Friday, 10:42 in Moscow: the third lesson is on
PHONE = (390, 844)
LARGEST = 200 * 1024
# What the pictured import stumbles over: sheet, cell, what is written there.
SPOILT = (
    ("Классы", "G3", "9999"),
    ("Обучающиеся", "F7", "31.02.2015"),
    ("Нагрузка", "E12", "много"),
    ("Расписание", "F40", "17"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page to take: file, whose, address, window; the link `press` is followed first."""

    name: str
    role: Role
    path: str
    size: tuple[int, int] = (1440, 900)
    press: str | None = None


PICTURES = (
    Picture("journal", Role.TEACHER, "/teacher/courses", press="main a[href*='/journal/']"),
    Picture("teacher-home", Role.TEACHER, "/teacher/", (1440, 700)),
    Picture("diary-phone", Role.PARENT, "/diary", PHONE),
    Picture("deputy", Role.DEPUTY_DIRECTOR, "/deputy/"),
    Picture("class-teacher", Role.CLASS_TEACHER, "/class/", (1440, 680)),
    Picture("admin-home", Role.ADMINISTRATOR, "/school"),
    Picture("change-report", Role.ADMINISTRATOR, "/changes", (1440, 680)),
    Picture(
        "import", Role.ADMINISTRATOR, "/school/exchange", (1440, 440), "main a[href*='/jobs/']"
    ),
)


@dataclass(frozen=True, slots=True)
class School:
    """The application over a fresh demonstration, and the session of one person of each role."""

    app: Flask
    sessions: dict[Role, str]

    def cookie(self, role: Role, url: str) -> dict[str, str]:
        """The cookie of that person's browser."""
        serializer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert serializer is not None
        value = serializer.dumps({"_user_id": self.sessions[role], "_fresh": True})
        return {"name": "session", "value": str(value), "url": url}


class QuietHandler(WSGIRequestHandler):
    """Requests are not told."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


def made_school(folder: Path) -> School:
    """Fill a database in the folder and let its one job run."""
    settings = Settings(
        database_url=f"sqlite:///{folder / 'journal.db'}",
        secret_key="of the pictures",
        instance_dir=folder,
        run_jobs=False,
    )
    app = create_app(settings)
    app.config["CLOCK"] = lambda: NOW
    with app.app_context():
        db.create_all()
        made = make_demonstration(NOW)
        with transaction() as session:
            organisation_id = load_demonstration(session, made)
            sessions = signed_in(session, organisation_id)
            enqueue_spoilt(session, organisation_id)
        gather_statistics(db.engine)
    runner = Runner(app, clock=lambda: NOW)
    runner.beat()
    runner.work()
    return School(app, sessions)


def signed_in(session: Session, organisation_id: int) -> dict[Role, str]:
    """Sessions of people who have chosen their own password already."""
    people = shown_people(session, organisation_id)
    ids = set(people.values())
    issue_credentials(
        session, organisation_id=organisation_id, origin=ORIGIN, person_ids=ids, now=NOW
    )
    rows = session.execute(
        select(Person.id, Account)
        .join(Account, Account.id == Person.account_id)
        .where(Person.id.in_(ids))
    )
    accounts = {row[0]: row[1] for row in rows}
    for account in accounts.values():
        account.password_is_temporary = False
    return {role: session_id(accounts[person]) for role, person in people.items()}


def enqueue_spoilt(session: Session, organisation_id: int) -> None:
    """The check of a workbook with a few errors, as the administrator would upload it."""
    workbook = load_workbook(io.BytesIO(export_school(session, organisation_id, now=NOW)))
    for sheet, cell, value in SPOILT:
        workbook[sheet][cell] = value
    content = io.BytesIO()
    workbook.save(content)
    enqueue(
        session,
        organisation_id=organisation_id,
        kind=CHECK_SCHOOL,
        now=NOW,
        params={"name": "Пакет школы.xlsx"},
        payload=content.getvalue(),
    )


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The application on a free port, for as long as the block lasts."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def take(browser: Browser, school: School, url: str, picture: Picture) -> bytes:
    """The PNG of one page as that person sees it."""
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="ru-RU", reduced_motion="reduce"
    )
    context.add_cookies([school.cookie(picture.role, url)])  # type: ignore[list-item]
    page = context.new_page()
    page.goto(url + picture.path)
    if picture.press is not None:
        page.locator(picture.press).first.click()
    page.wait_for_load_state("networkidle")
    content = page.screenshot()
    context.close()
    return content


def fewer_colours(content: bytes) -> bytes:
    """The picture with 256 colours, which the pages do not exceed by much: a third of the size."""
    image = Image.open(io.BytesIO(content)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    smaller = io.BytesIO()
    image.save(smaller, "PNG", optimize=True)
    return smaller.getvalue()


def main() -> None:
    """Take all of them; a picture that is too large is an error."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        school = made_school(Path(name))
        switches = ["--no-sandbox", "--lang=ru"]
        browser = playwright.chromium.launch(executable_path=chromium, args=switches)
        with serving(school.app) as url:
            for picture in PICTURES:
                content = fewer_colours(take(browser, school, url, picture))
                if len(content) > LARGEST:
                    sys.exit(f"{picture.name} is larger than {LARGEST // 1024} KB")
                (FOLDER / f"{picture.name}.png").write_bytes(content)
                print(f"{picture.name}.png  {len(content) // 1024} KB")
        browser.close()


if __name__ == "__main__":
    main()
