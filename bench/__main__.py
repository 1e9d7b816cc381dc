"""`python -m bench [--quick | --cpu | --screen]`: measure and write docs/performance.md."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine

from bench.measure import Measured, measure, processor_times
from bench.pages import Page, pages
from bench.report import FILE, report
from bench.school import BLOCK, PUPILS, USUAL, BenchSchool, Size, fill
from bench.screen import WIDE, Screen, screen, words
from bench.served import measurable
from bench.server import serving
from config import Settings
from journal import create_app
from journal.core.db import db, gather_statistics

SECRET = "the secret of a measurement"
SMALL, TIMES, REQUESTS = 18, 10, 40


@dataclass(frozen=True, slots=True)
class Bench:
    """An application on a filled database."""

    app: Flask
    engine: Engine
    school: BenchSchool
    pages: list[Page]
    environment: dict[str, str]


@contextmanager
def opened(folder: Path, classes: int, size: Size = USUAL) -> Iterator[Bench]:
    """Build a school in a file of the folder and the application over it."""
    url = f"sqlite:///{folder / f'{classes}.db'}"
    settings = Settings(database_url=url, secret_key=SECRET, instance_dir=folder, run_jobs=False)
    app = measurable(create_app(settings))
    with app.app_context():
        db.create_all()
        with db.engine.begin() as connection:
            school = fill(connection, classes, size)
        gather_statistics(db.engine)
        engine = db.engine
    environment = {"DATABASE_URL": url, "SECRET_KEY": SECRET, "INSTANCE_DIR": str(folder)}
    environment["JOURNAL_JOBS"] = "0"
    yield Bench(app, engine, school, pages(school), environment)
    engine.dispose()


def measured(bench: Bench) -> Measured:
    """Time the pages over one worker."""
    start = partial(serving, bench.app, bench.environment, workers=1)
    return measure(bench.app, bench.engine, bench.pages, start)


def memory(bench: Bench) -> tuple[float, float]:
    """Memory of two workers that have served every page many times."""
    with serving(bench.app, bench.environment, workers=2) as server:
        for page in bench.pages:
            for _ in range(REQUESTS):
                browser = server.browser(page.session)
                page.request(browser)
                browser.close()
        return server.memory()


def processor() -> None:
    """Print processor times of the small school: comparable on a machine that does other work."""
    with tempfile.TemporaryDirectory() as name, opened(Path(name), SMALL) as bench:
        for page, spent in processor_times(bench.app, bench.pages).items():
            print(f"{spent:8.2f} ms  {page}")


def on_the_screen() -> Screen | None:
    """The browser's part: one wide class in a school of six."""
    with (
        tempfile.TemporaryDirectory() as name,
        opened(Path(name), BLOCK, WIDE) as bench,
        serving(bench.app, bench.environment, workers=1) as server,
    ):
        return screen(server, bench.school)


def everything(*, quick: bool) -> str:
    """Both schools, the memory, the document."""
    classes = BLOCK if quick else SMALL
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with opened(folder, classes) as bench:
            small = measured(bench)
        with opened(folder, classes * (2 if quick else TIMES)) as bench:
            large = measured(bench)
            megabytes = memory(bench)
    felt = words(on_the_screen())
    return report(small, large, megabytes, felt, pupils=classes * PUPILS)


def main() -> None:
    """Measure; write the document unless the run was a quick one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny schools, nothing is written")
    parser.add_argument("--cpu", action="store_true", help="processor times only")
    parser.add_argument("--screen", action="store_true", help="the browser's part only")
    options = parser.parse_args()
    if options.screen:
        print(words(on_the_screen()))
        return
    if options.cpu:
        processor()
        return
    text = everything(quick=options.quick)
    print(text)
    if not options.quick:
        FILE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
