"""Press every button of every role as the page offers it, and open everything once more: whatever
state that brings about has to be shown."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import Client, Login
from tests.pages.page import Page
from tests.pages.test_pages import ROLES, crawl, kind
from tests.unlocks import pending_unlock

ALIKE = 2  # presses of one kind: another id, another page
LEAVES = re.compile(r"/(logout|password|language)")
MUTE = {"submit", "button", "reset", "image", "file"}
TYPED = {"text": "Проверка", "search": "Проверка", "number": "1", "date": "2026-11-20"}


class Press(NamedTuple):
    """Where a button sends its form, and with what."""

    address: str
    fields: dict[str, list[str]]


def presses(page: Page) -> Iterator[Press]:
    """Every button of every form that writes."""
    for form in page.all("form"):
        if form.get("method", "get").lower() != "post":
            continue
        fields = filled(form)
        for button in form.iter("button"):
            if button.get("type", "submit") == "submit":
                name, value = button.get("name"), button.get("value", "")
                own = {**fields, name: [value]} if name else fields
                address = button.get("formaction") or form.get("action") or page.url
                yield Press(urljoin(page.url, address), own)


def filled(form: Element) -> dict[str, list[str]]:
    """What stands in the form; empty fields with a word, the first choice where none is made."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in form.iter():
        name = one.get("name", "")
        if not name or one.tag not in ("input", "select", "textarea"):
            continue
        if one.tag == "select":
            found[name].append(chosen(list(one.iter("option"))))
        elif one.tag == "textarea":
            found[name].append((one.text or "").strip() or "Проверка")
        elif one.get("type", "text") in ("checkbox", "radio"):
            if one.get("checked") is not None or (one.get("type") == "radio" and not found[name]):
                found[name] = [*found[name], one.get("value", "on")]
        elif one.get("type", "text") not in MUTE:
            found[name].append(one.get("value") or TYPED.get(one.get("type", "text"), ""))
    return {name: values for name, values in found.items() if values}


def chosen(options: list[Element]) -> str:
    """The option that is selected, else the first that says something."""
    selected = [one for one in options if one.get("selected") is not None]
    told = [one for one in options if one.get("value")]
    return next((one.get("value", "") for one in [*selected, *told]), "")


def opened(client: Client, url: str) -> Page | None:
    """The page, None for a refusal or a file; an error of the server fails."""
    answer = client.get(url, follow_redirects=True)
    assert answer.status_code < 500, f"{url}: {answer.status_code}"
    found = None
    if answer.status_code == 200 and answer.mimetype == "text/html":
        found = Page(answer.request.full_path.rstrip("?"), answer.text, "")
    answer.close()
    return found


@pytest.fixture
def waiting(cast: Cast, db_session: Session) -> None:
    """A request that can be granted, refused or taken back."""
    pending_unlock(db_session, cast, date(2026, 11, 9), date(2026, 11, 9))


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize("role", ROLES)
def test_what_buttons_bring_about_can_be_shown(
    app: Flask, cast: Cast, login: Login, role: str
) -> None:
    client, kinds, answers = login(role), Counter[str](), Counter[int]()
    for page in crawl(client, reader=opened):
        for press in presses(page):
            where = urlsplit(press.address).path
            if LEAVES.search(where) or kinds[kind(where)] >= ALIKE:
                continue
            kinds[kind(where)] += 1
            answer = client.post(press.address, data=press.fields)
            assert answer.status_code < 500, f"{press}: {answer.status_code}"
            answers[answer.status_code // 100] += 1
            answer.close()
    assert answers[3] or role in ("parent", "pupil"), "nothing was done"
    assert len(crawl(client, reader=opened)) > 3, "he is still signed in"
