"""`python -m bench.region`: what a region of 1 400 schools and a workbook of a full year cost.

Processor times, so that a busy machine changes little; peaks of memory are of a process of its own
for each work. The bare page is the one of `bench.served`.
"""

from __future__ import annotations

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import select

from bench.__main__ import SECRET
from bench.measure import counted, inside
from bench.people import NOW
from bench.school import Size, fill
from bench.served import bare_app
from config import Settings
from journal import create_app
from journal.core.audit import Origin
from journal.core.db import db, gather_statistics, transaction
from journal.core.tenancy import acting_for
from journal.exchange.demo import make_region
from journal.exchange.export import export
from journal.exchange.filling import Order, filled
from journal.exchange.forms import MP1
from journal.exchange.gathering import gather_due
from journal.exchange.queries import procedure_card
from journal.people.models import Account
from journal.people.service import fresh_passwords, issue_credentials

SCHOOLS, ROUNDS = 1_400, 15
CLASSES, YEAR_OF_LESSONS = 30, Size(pupils=28, lessons=128)
AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
PAGES = (
    "/centre/monitoring",
    "/centre/monitoring/1",
    "/centre/monitoring/1/statistics",
    "/centre/monitoring/1/participants",
    "/centre/monitoring/1/participants?state=submitted",
    "/centre/monitoring/1/results",
    "/centre/monitoring/base",
)
Work = Callable[[Path], tuple[float, str]]


def opened(folder: Path, at: datetime) -> Flask:
    """The application on the database of the folder."""
    url = f"sqlite:///{folder / 'region.db'}"
    app = create_app(
        Settings(database_url=url, secret_key=SECRET, instance_dir=folder, run_jobs=False)
    )
    app.config["CLOCK"] = lambda: at
    return app


def build_region(folder: Path) -> tuple[float, str]:
    """A finished procedure of a year in which every school has handed in."""
    began, app = time.process_time(), opened(folder, AT)
    with app.app_context():
        db.create_all()
        with transaction() as session:
            origin = Origin(account_id=None, actor_name="bench")
            made = make_region(session, now=AT, origin=origin, schools=SCHOOLS)
            centre = made.centre.organisation_id
            with acting_for(session, {centre}):
                issue_credentials(
                    session,
                    organisation_id=centre,
                    origin=origin,
                    person_ids=[made.centre.person_id],
                    now=AT,
                    passwords=fresh_passwords(1),
                )
            gather_due(session)
        gather_statistics(db.engine)
    return time.process_time() - began, "built"


def build_school(folder: Path) -> tuple[float, str]:
    """Thirty classes with as many lessons as a year has."""
    began, app = time.process_time(), opened(folder, NOW)
    with app.app_context():
        db.create_all()
        with db.engine.begin() as connection:
            fill(connection, CLASSES, YEAR_OF_LESSONS)
        gather_statistics(db.engine)
    return time.process_time() - began, "built"


def read_pages(folder: Path) -> tuple[float, str]:
    """Medians of the pages, as multiples of the bare page."""
    app, bare = opened(folder, AT), bare_app().test_client()
    with app.app_context(), transaction() as session:
        operator = session.scalars(select(Account)).one()
        operator.password_is_temporary = False
        identity, engine = f"{operator.id}.{operator.session_epoch}", db.engine
    browser = inside(app, identity)
    unit = _median(lambda: bare.get("/"))
    lines = [f"bare page, no server: {unit * 1000:.2f} ms"]
    for path in PAGES:
        assert browser.get(path).status == 200, path
        with counted(engine) as seen:
            browser.get(path)
        spent = _median(lambda path=path: browser.get(path))  # type: ignore[misc]
        size = len(browser.get(path).body) // 1024
        lines.append(f"{spent * 1000:8.1f} ms {len(seen):3} statements {size:5} KB  {path}")
    return 0.0, "\n".join(lines)


def _median(act: Callable[[], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        act()
        times.append(time.process_time() - began)
    return median(times)


def exported(suffix: str) -> Work:
    """«Экспорт результатов» of every school."""

    def work(folder: Path) -> tuple[float, str]:
        app = opened(folder, AT)
        with app.app_context():
            session, began = db.session(), time.process_time()
            card = procedure_card(session, 1)
            data, count = export(session, card, suffix=suffix, note=lambda _: None)
        return time.process_time() - began, f"{count} schools, {len(data) >> 20} MB"

    return work


def workbook(suffix: str) -> Work:
    """The workbook of the full year from the journal."""

    def work(folder: Path) -> tuple[float, str]:
        app = opened(folder, NOW)
        order = Order(form=MP1, year="2026-2027", period="YEAR", thresholds=MP1.thresholds)
        with app.app_context(), counted(db.engine) as seen:
            session, began = db.session(), time.process_time()
            with acting_for(session, {1}):
                made = filled(session, order, organisation_id=1, as_of=NOW)
                data = made.workbook(suffix=suffix, secret=SECRET)
            spent = time.process_time() - began
        lessons = sum(row.get("L", 0) for rows in made.content.numbers.values() for row in rows)
        return spent, f"{len(seen)} statements, {len(data) >> 10} KB, {lessons} pupil-lessons"

    return work


def _apart(name: str, work: Work, folder: Path) -> None:
    """In a process of its own: what it took, what its memory came to."""
    context = multiprocessing.get_context("fork")
    child = context.Process(target=_tell, args=(name, work, folder))
    child.start()
    child.join()


def _tell(name: str, work: Work, folder: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    began = time.perf_counter()
    spent, words = work(folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    real = time.perf_counter() - began
    print(
        f"{name}: {spent:.1f} s of the processor, {real:.1f} s;"
        f" peak {peak} MB (from {before})\n{words}",
        flush=True,
    )


def main() -> None:
    """Measure both; print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _apart("region", build_region, folder)
        _apart("pages", read_pages, folder)
        _apart("export .csv", exported(".csv"), folder)
        _apart("export .xlsx", exported(".xlsx"), folder)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _apart("school", build_school, folder)
        _apart("workbook .xls", workbook(".xls"), folder)
        _apart("workbook .xlsx", workbook(".xlsx"), folder)


if __name__ == "__main__":
    main()
