"""Fixtures shared by all tests: the application on a fresh database with the cast, signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy.orm import Session

from config import Settings
from deploy import catalogue
from journal import create_app
from journal.core.db import db
from journal.core.tenancy import bind
from tests.cast import NOW, Cast, load_cast
from tests.engines import NAME, RenewableDatabase, open_database
from tests.resting import let_keeping_rest

Login = Callable[[str], "Client"]
SignIn = Callable[[int], "Client"]
DATABASES = {"database", "empty_app", "stage"}  # the fixtures that open one


class Client(FlaskClient):
    """A browser of one member. What a request wrote is visible in `db_session` afterwards."""

    member: str | None = None

    def open(self, *args: Any, **kwargs: Any) -> Any:
        arranged: Session | None = self.application.extensions.get("test_session")
        if arranged is not None:
            unsaved = bool(arranged.new or arranged.dirty or arranged.deleted)
            assert not unsaved, "commit what the test arranged before the request"
            arranged.rollback()
        answer = super().open(*args, **kwargs)
        if arranged is not None:
            arranged.rollback()
        return answer


# How long an example takes depends on what else the machine does.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the catalogues once per run, before any worker reads them."""
    if not hasattr(session.config, "workerinput"):
        catalogue.compile_all()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What opens no database is tried once: with SQLite, the first of the two engines."""
    if NAME == "sqlite":
        return
    kept = [one for one in items if DATABASES & set(getattr(one, "fixturenames", ()))]
    known = set(kept)
    config.hook.pytest_deselected(items=[one for one in items if one not in known])
    items[:] = kept


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A part of the suite without any database is no failure of the second run."""
    if NAME != "sqlite" and exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
        session.exitstatus = pytest.ExitCode.OK


@pytest.fixture(scope="session")
def database() -> Iterator[RenewableDatabase]:
    """This worker's database, empty until the application fills it."""
    opened = open_database()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def worker_app(
    database: RenewableDatabase, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Flask, Cast]:
    """One application per worker, its schema and cast written and kept."""
    app = make_app(database.url, tmp_path_factory.mktemp("instance"))
    with app.app_context():
        db.create_all()
        let_keeping_rest(db.engine)
        cast = load_cast(db.session())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    database.keep()
    return app, cast


def make_app(url: str, instance: Path) -> Flask:
    """An application as production builds it, with the test's clock and without CSRF."""
    settings = Settings(
        database_url=url,
        secret_key="not a secret",
        instance_dir=instance,
        run_jobs=False,
        testing=True,
    )
    app = create_app(settings)
    app.config.update(WTF_CSRF_ENABLED=False, CLOCK=lambda: NOW)
    app.test_client_class = Client
    return app


@pytest.fixture
def copy(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """A second installation without a school."""
    database = open_database()
    second = make_app(database.url, tmp_path)
    with second.app_context():
        db.create_all()
        let_keeping_rest(db.engine)
    yield second
    with second.app_context():
        db.session.remove()
        db.engine.dispose()
    database.close()


@pytest.fixture
def empty_app(tmp_path: Path) -> Iterator[Flask]:
    """An application on a database without a single table."""
    database = open_database()
    app = make_app(database.url, tmp_path)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    database.close()


@pytest.fixture
def now() -> datetime:
    """Friday 2026-11-20, 10:42 in Moscow."""
    return NOW


@pytest.fixture
def app(database: RenewableDatabase, worker_app: tuple[Flask, Cast]) -> Iterator[Flask]:
    """The application on a database of this test's own, holding the cast."""
    application, _ = worker_app
    database.renew()
    configured = dict(application.config)
    yield application
    application.config.clear()
    application.config.update(configured)
    with application.app_context():
        db.engine.dispose()


@pytest.fixture
def engine_url(app: Flask, database: RenewableDatabase) -> str:
    """The address of this test's database, for a second process."""
    return database.url


@pytest.fixture
def cast(app: Flask, worker_app: tuple[Flask, Cast]) -> Cast:
    """The ids of the cast, on a fresh database."""
    return worker_app[1]


@pytest.fixture
def db_session(app: Flask, cast: Cast) -> Iterator[Session]:
    """A session bound to «Школа № 17», to arrange and to look. Commit before a request.

    For the neighbour's rows: `with across(db_session, "…")`, or `bind` it there.
    """
    with app.app_context():
        engine = db.engine
    # A session of its own: a pushed context would be shared with the requests of the test.
    with Session(engine) as session:
        bind(session, {cast.school})
        app.extensions["test_session"] = session
        yield session
        del app.extensions["test_session"]


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser of nobody."""
    browser = app.test_client()
    assert isinstance(browser, Client)
    return browser


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """`sign_in(account_id)`: a browser in which that account is signed in."""

    def signed_in(account_id: int) -> Client:
        browser = app.test_client()
        assert isinstance(browser, Client)
        with browser.session_transaction() as cookie:
            cookie.update({"_user_id": f"{account_id}.1", "_fresh": True})
        return browser

    return signed_in


@pytest.fixture
def login(cast: Cast, sign_in: SignIn) -> Login:
    """`login("own_teacher")`: a browser in which that member of the cast is signed in."""

    def signed_in(name: str) -> Client:
        browser = sign_in(cast[name].account_id)
        browser.member = name
        return browser

    return signed_in
