"""Follow the links of every role from his first page on, and look at each page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import Client, Login
from tests.pages.page import Page

ROLES = (
    "administrator",
    "director",
    "deputy",
    "class_teacher",
    "own_teacher",
    "specialist",
    "parent",
    "pupil",
)
ALIKE = 2  # pages of one kind (other ids, other filters) that are looked at
MOST = 60


def kind(url: str) -> str:
    """The route and the names of its filters, without ids and values."""
    parts = urlsplit(url)
    names = sorted(re.findall(r"(\w+)=", parts.query))
    return re.sub(r"\d+", "N", parts.path) + "?" + "&".join(names)


def read(client: Client, url: str) -> Page | None:
    """The page; None for what is no page."""
    answer = client.get(url, follow_redirects=True)
    assert answer.status_code == 200, f"{url}: a link that leads to {answer.status_code}"
    found = None
    if answer.mimetype == "text/html":
        here = answer.request.full_path.rstrip("?")
        found = Page(here, answer.text, answer.headers["Content-Security-Policy"])
    answer.close()
    return found


def crawl(client: Client, *, reader: Callable[[Client, str], Page | None] = read) -> list[Page]:
    """The pages within reach of the first one."""
    waiting, known, kinds = ["/"], {"/"}, Counter[str]()
    pages: list[Page] = []
    while waiting and len(pages) < MOST:
        page = reader(client, waiting.pop(0))
        if page is None:
            continue
        pages.append(page)
        for url in page.links():
            if url not in known and kinds[kind(url)] < ALIKE and "/static/" not in url:
                known.add(url)
                kinds[kind(url)] += 1
                waiting.append(url)
    return list({page.url: page for page in pages}.values())


def faults_of(pages: list[Page]) -> list[str]:
    """What is wrong with each of them, and two pages of one title."""
    faults = [fault for page in pages for fault in page.faults()]
    titles: dict[str, str] = {}
    for page in pages:
        other = titles.setdefault(page.title, urlsplit(page.url).path)
        if other != urlsplit(page.url).path:
            faults.append(f"{page.url}: «{page.title}» is the title of {other} too")
    return faults


@pytest.mark.parametrize("role", ROLES)
def test_pages_are_in_order(app: Flask, cast: Cast, login: Login, role: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    pages = crawl(login(role))
    assert len(pages) > 3
    faults = faults_of(pages)
    assert not faults, "\n".join(faults)


def test_signing_in_is_in_order(app: Flask, client: Client) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    page = read(client, "/login")
    assert page is not None
    assert not page.faults()


@pytest.mark.parametrize(("status", "url"), [(404, "/no-such-page"), (403, "/school")])
def test_refusals_are_pages_too(login: Login, status: int, url: str) -> None:
    answer = login("pupil").get(url)
    assert answer.status_code == status
    page = Page(url, answer.text, answer.headers["Content-Security-Policy"])
    assert not page.faults()
