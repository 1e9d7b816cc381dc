"""Measuring: pages and a bare page by turns, through the production server with one worker.

The bare page's median differs by a tenth from one start of the server to another (where things lie
in memory), and every ratio with it: the server is started several times, and the times are pooled.

Queries and bytes are counted beside it, inside this process, where the statements can be seen.
"""

from __future__ import annotations

import gzip
import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from bench.pages import Browser, Page, Request
from bench.server import Answer, Server

STARTS, ROUNDS, WARM, BARE_PER_PAGE = 3, 20, 5, 3
Start = Callable[[], AbstractContextManager[Server]]
_NOT_QUERIES = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a page costs: the median in milliseconds, queries, compressed bytes."""

    page: Page
    milliseconds: float
    queries: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Measured:
    """All pages of one school, and the bare page of the same run."""

    bare: float
    figures: tuple[Figures, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of every request, of all starts together."""

    bare: list[float]
    pages: dict[str, list[float]]


class InsideBrowser:
    """The same requests without a server, for counting."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def get(self, path: str, **headers: str) -> Answer:
        response = self._client.get(path, headers=headers)
        return Answer(response.status_code, response.get_data())

    def post(self, path: str, body: Any, **headers: str) -> Answer:
        token = {"X-CSRFToken": headers["token"]}
        response = self._client.post(path, json=body, headers=token)
        return Answer(response.status_code, response.get_data())


def inside(app: Flask, identity: str) -> InsideBrowser:
    """A browser without a server, signed in."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = identity
        cookie["_fresh"] = True
    return InsideBrowser(client)


def measure(app: Flask, engine: Engine, wanted: list[Page], start: Start) -> Measured:
    """Count once, then time the pages over every start of the server."""
    facts = {page.name: _facts(engine, page, inside(app, page.session)) for page in wanted}
    times = Times([], {page.name: [] for page in wanted})
    order = random.Random(17)
    for _ in range(STARTS):
        with start() as server:
            _take_times(server, wanted, order, times)
    return Measured(
        median(times.bare),
        tuple(_figures(page, times.pages[page.name], facts[page.name]) for page in wanted),
    )


def _take_times(server: Server, wanted: list[Page], order: random.Random, times: Times) -> None:
    """Warm up, then time the pages by turns with the bare one between them."""
    browsers = {page.name: server.browser(page.session) for page in wanted}
    nobody = server.browser()
    for number in range(-WARM, ROUNDS):
        for page in order.sample(wanted, len(wanted)):
            between = [_timed(_bare_page, nobody) for _ in range(BARE_PER_PAGE)]
            if page.before:
                page.before(browsers[page.name])
            spent = _timed(page.request, browsers[page.name])
            if number >= 0:
                times.bare.extend(between)
                times.pages[page.name].append(spent)
    for browser in (*browsers.values(), nobody):
        browser.close()


def processor_times(app: Flask, wanted: list[Page]) -> dict[str, float]:
    """Median milliseconds of processor time by page, inside this process: for a busy machine."""
    found = {}
    for page in wanted:
        browser = inside(app, page.session)
        times = []
        for number in range(-WARM, STARTS * ROUNDS):
            if page.before:
                page.before(browser)
            began = time.thread_time()
            page.request(browser)
            if number >= 0:
                times.append((time.thread_time() - began) * 1000)
        found[page.name] = median(times)
    return found


def _figures(page: Page, times: list[float], facts: tuple[int, int]) -> Figures:
    queries, size = facts
    return Figures(page=page, milliseconds=median(times), queries=queries, bytes=size)


def _bare_page(browser: Browser) -> Any:
    return browser.get("/bare/")


def _timed(request: Request, browser: Browser) -> float:
    began = time.perf_counter()
    answer = request(browser)
    spent = time.perf_counter() - began
    if answer.status != 200:
        raise RuntimeError(f"{answer.status}: {answer.body.decode()[:400]}")
    return spent * 1000


def _facts(engine: Engine, page: Page, browser: InsideBrowser) -> tuple[int, int]:
    """(queries, compressed bytes) of a warm page."""
    for _ in range(3):
        _timed(page.request, browser)
    with counted(engine) as queries:
        answer = page.request(browser)
    return len(queries), len(gzip.compress(answer.body, 6))


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements of a block, transaction control aside."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(_NOT_QUERIES):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
