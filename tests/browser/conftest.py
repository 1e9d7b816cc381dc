"""A real browser against the real application, served from a thread on the test's own database."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from tests.cast import NOW, Cast
from tests.conftest import SignIn

CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if "/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


class QuietHandler(WSGIRequestHandler):
    """Requests are not the test's output."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


@dataclass
class Site:
    """The served application. `clock` may be moved while it runs."""

    url: str
    app: Flask
    cast: Cast
    sign_in_account: SignIn
    clock: datetime = NOW
    contexts: list[BrowserContext] = field(default_factory=list)

    def pass_time(self, **by: float) -> None:
        """Move the server's clock."""
        self.clock += timedelta(**by)

    def sign_in(self, context: BrowserContext, name: str) -> None:
        """Give the browser that member's session."""
        self.enter(context, self.cast[name].account_id)

    def enter(self, context: BrowserContext, account_id: int) -> None:
        """Give the browser the session of an account outside the cast."""
        cookie = self.sign_in_account(account_id).get_cookie("session")
        assert cookie is not None
        context.add_cookies([{"name": "session", "value": cookie.value, "url": self.url}])

    def sign_out(self, context: BrowserContext) -> None:
        """What an expired session looks like to the server."""
        context.clear_cookies()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One chromium per worker."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def site(app: Flask, cast: Cast, sign_in: SignIn) -> Iterator[Site]:
    """The application on a port of its own, with CSRF as in production."""
    server: BaseWSGIServer = make_server(
        "127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler
    )
    running = Site(f"http://127.0.0.1:{server.server_port}", app, cast, sign_in)
    app.config.update(CLOCK=lambda: running.clock, WTF_CSRF_ENABLED=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield running
    for context in running.contexts:
        context.close()
    server.shutdown()
    thread.join()
    server.server_close()


expect.set_options(timeout=15_000)  # a busy machine may take its time; what is wrong stays wrong

Visit = Callable[..., Page]


@pytest.fixture
def visit(site: Site, browser: Browser) -> Visit:
    """`visit("own_teacher", "/journal/1")`: a page in a browser of that member's own.

    An error in the page's scripts fails the test.
    """

    def opened(name: str, path: str, *, context: BrowserContext | None = None) -> Page:
        if context is None:
            context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="ru-RU")
            site.contexts.append(context)
            site.sign_in(context, name)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        page.goto(site.url + path)
        page.locator("html[data-modules]").wait_for(state="attached")
        return page

    return opened
