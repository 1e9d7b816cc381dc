"""The matrix works on a database of its own: a wider cast, renewed after permitted writes only."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from config import Settings
from journal import create_app
from journal.core.db import db
from journal.core.files import DirectoryStore
from tests.access.sight import blindfolds
from tests.access.watch import Watch
from tests.access.world import CERTIFICATE, World, load_world
from tests.cast import NOW, load_cast
from tests.engines import open_database
from tests.homework import put_bytes
from tests.resting import let_keeping_rest


@dataclass(frozen=True, slots=True)
class Stage:
    """The application, the world in its database, and who may read which names."""

    app: Flask
    world: World
    watch: Watch
    unseen: dict[str, re.Pattern[str]]
    cookies: dict[str, str]

    def ask(self, member: str, method: str, url: str, **body: Any) -> TestResponse:
        """One request in a browser of its own."""
        browser = self.app.test_client()
        if self.cookies[member]:
            browser.set_cookie("session", self.cookies[member])
        return browser.open(url, method=method, buffered=True, **body)


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Built once per worker."""
    database = open_database()
    app = _pooled_app(database.url, tmp_path_factory.mktemp("matrix"))
    with app.app_context():
        db.create_all()
        let_keeping_rest(db.engine)
        engine = db.engine
    with Session(engine) as session:
        world = load_world(session, load_cast(session))
        session.commit()
        unseen = blindfolds(world, session)
    put_bytes(app)
    engine.dispose()
    database.keep()
    store = DirectoryStore(app.config["SETTINGS"].files_dir)
    store.put(hashlib.sha256(CERTIFICATE).hexdigest(), io.BytesIO(CERTIFICATE))
    watch = Watch(engine, database)
    yield Stage(app, world, watch, unseen, _cookies(app, world))
    watch.close()
    engine.dispose()
    database.close()


def _pooled_app(url: str, instance: Path) -> Flask:
    """As production builds it: connections are kept, thousands of requests share them."""
    app = create_app(
        Settings(database_url=url, secret_key="not a secret", instance_dir=instance, run_jobs=False)
    )
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, CLOCK=lambda: NOW)
    return app


def _cookies(app: Flask, world: World) -> dict[str, str]:
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    return {
        name: str(serializer.dumps(seat.cookie)) if seat.cookie else ""
        for name, seat in world.seats.items()
    }
