"""On the screen every figure of every form is a link, and where it leads the same figure stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select

from journal.core.db import db
from journal.people.models import Account
from journal.reports.kinds.registry import BY_NAME, form_kind
from journal.school.models import Subject
from tests.conftest import Client
from tests.figures.conftest import CODE, NOW, Forms, forms_of
from tests.pages.page import Page, words

NUMBER = re.compile(r"\d+(?:,\d+)?")
TERM, FIRST, LAST = "quarter-1", "2026-10-05", "2026-10-23"


@dataclass(frozen=True)
class Shown:
    """A figure of a table: its column («table.column»), text, and where it leads."""

    column: str
    text: str
    link: str | None


def shown(page: Page) -> Iterator[Shown]:
    """What stands in the tables of a form beside names, ordinal numbers, days and entries."""
    for part, table in enumerate(page.all("table")):
        head, *rows = [list(row) for row in table.iter("tr")]
        titles = [_said(one) for one in head]
        for row in rows:
            for place, cell in enumerate(row):
                text, title = _said(cell), titles[place]
                entries = re.fullmatch(r"\d\d\.\d\d", title) or title == "№"
                if "num" in (cell.get("class") or "") and text and not entries:
                    links = [one.get("href") for one in cell.iter("a")]
                    yield Shown(f"{part}.{place} {title}", text, links[0] if links else None)


def _said(element: Any) -> str:
    return " ".join("".join(words(element)).split())


def says(page: Page, text: str) -> bool:
    """Whether an explanation comes to the figure: by its formula or the sentence after it, by the
    sum of who is counted, by the number of its lines, or by the mark that was decided."""
    (body,) = [one for one in page.all("section") if "explain" in (one.get("class") or "")]
    told = [_said(one) for one in body.iter("p") if "hint" not in (one.get("class") or "")]
    told += [_said(one) for one in body.iter("b")]
    if any(text in (*NUMBER.findall(one), one) for one in told):
        return True
    rows = [[_said(cell) for cell in row] for row in body.iter("tr")]
    counts = [int(row[1]) for row in rows if len(row) == 3 and row[1].isdecimal()]
    decided = [row[1] for row in rows if row[0] == "Выставлено"]
    found = {str(sum(counts)), str(len(rows)), *decided}
    return text in found or (text == "0" and "Никто не учтён." in told)


def columns(client: Client, path: str) -> Iterator[list[Shown]]:
    """The figures of the page of a form by column."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    found: dict[str, list[Shown]] = {}
    for one in shown(Page(path, answer.text, "")):
        found.setdefault(one.column, []).append(one)
    yield from found.values()


def faults(client: Client, column: list[Shown]) -> Iterator[str]:
    """Figures that lead nowhere; of those that do, the first and the last are followed."""
    yield from (f"{one} leads nowhere" for one in column if one.link is None)
    for one in {0: column[0], 1: column[-1]}.values():
        why = client.get(one.link or "/")
        if why.status_code != 200 or not says(Page(one.link or "", why.text, ""), one.text):
            yield f"{one} is told otherwise"


def address(forms: Forms, name: str, of: str) -> str:
    """The form of a class, of its first course with marks, of a term, of some days."""
    asked: dict[str, Any] = {}
    asks = form_kind(name).asks
    if name == "subject":
        asked["subject"] = forms.desk.session.scalars(
            select(Subject.id).where(Subject.name == "Математика")
        ).one()
    if "class" in asks:
        asked["class"] = forms.classes[of]
    if "course" in asks:
        asked["course"] = forms.units(name, of=of)[0].course_id
    if {"place", "period"} & set(asks):
        asked["at"] = TERM
    elif "span" in asks:
        asked |= {"from": FIRST, "to": LAST}
    return f"/forms/{name}?{urlencode(asked)}"


@pytest.fixture
def director(imported: Flask) -> Client:
    """A browser of the school's director on the evening of the last day."""
    imported.config["CLOCK"] = lambda: NOW
    with imported.app_context():
        account_id = db.session.scalars(select(Account.id).where(Account.login == "director")).one()
        db.session.remove()
    browser = imported.test_client()
    assert isinstance(browser, Client)
    with browser.session_transaction() as cookie:
        cookie.update({"_user_id": f"{account_id}.1", "_fresh": True})
    return browser


@pytest.mark.parametrize("name", BY_NAME)
def test_every_figure_leads_to_the_same_figure(
    imported: Flask, director: Client, name: str
) -> None:
    with forms_of(imported, CODE, NOW) as forms:
        path = address(forms, name, "5Б")
    found = list(columns(director, path))
    assert found or name == "changes", "there are figures"
    assert not [fault for column in found for fault in faults(director, column)]
