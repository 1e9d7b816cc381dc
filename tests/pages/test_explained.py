"""Every average, proposal and per cent that a reader meets leads to what it is made from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy.orm import Session

from tests.cabinets.results.conftest import mark_of, marked, open_days
from tests.cast import Cast
from tests.conftest import Client, Login
from tests.pages.page import Page
from tests.pages.test_pages import crawl, read

__all__ = ["marked", "open_days"]

FIGURE = re.compile(r"\d,\d\d|\d{1,3}(,\d+)?\s*%")
EXPLANATIONS = {"explain", "formula", "hint"}
# Figures at least found: averages, proposals, per cents. That the walk met them is asserted too.
LEAST = {
    "own_teacher": (6, 4, 0),
    "class_teacher": (6, 4, 3),
    "deputy": (6, 3, 3),
    "director": (6, 4, 6),
    "parent": (1, 0, 0),
    "pupil": (1, 0, 0),
    "specialist": (0, 0, 0),
}
KINDS = ("average", "proposal", "per cent")
JOURNAL = (
    "/journal/{course}",
    "/journal/{course}/figures",
    "/results/courses/{course}?at=quarter-2",
)
Figures = Iterator[tuple[str, str, str | None]]


def figures(page: Page) -> Figures:
    """(kind, text, where it leads; None = nowhere) of the figures beside explanations and plots."""
    per_cents = {id(cell) for cell in cells_in_per_cent(page)}
    for main in page.all("main"):
        yield from _below(main, per_cents, None, shares=False)


def _below(node: Element, per_cents: set[int], link: str | None, *, shares: bool) -> Figures:
    classes = set((node.get("class") or "").split())
    if (
        node.tag.rpartition("}")[2] in ("svg", "script", "template")
        or classes & EXPLANATIONS
        or node.get("hidden") is not None
    ):
        return
    link = node.get("href", link) if node.tag == "a" else link
    shares = shares or id(node) in per_cents
    text = (node.text or "").strip()
    if "offer" in classes and text:
        yield "proposal", text, link
    elif FIGURE.fullmatch(text):
        yield "per cent" if "%" in text else "average", text, link
    elif shares and re.match(r"\d", text):
        yield "per cent", text, link
    for child in node:
        yield from _below(child, per_cents, link, shares=shares)


def cells_in_per_cent(page: Page) -> Iterator[Element]:
    """Cells whose row or column is headed «…, %»."""
    for table in page.all("table"):
        rows = [[cell for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]
        for row in rows:
            for place, cell in enumerate(row):
                heads = [row[0], rows[0][place]] if place < len(rows[0]) else [row[0]]
                if cell.tag == "td" and any("".join(one.itertext()).endswith("%") for one in heads):
                    yield cell


def pages_of(client: Client, cast: Cast, role: str) -> Iterator[Page]:
    """All within reach, and the pages full of figures, which the walk might have left aside."""
    yield from crawl(client)
    if LEAST[role][1]:
        for path in JOURNAL:
            page = read(client, path.format(course=cast.courses["own"]))
            assert page is not None
            yield page


def explains(client: Client, page: Page, link: str | None) -> bool:
    """Whether the link leads to an explanation: its place on the page, or a page that is one."""
    if link is None:
        return False
    if link.startswith("#"):
        return any(one.get("id") == link[1:] for one in page.tree.iter())
    parts = urlsplit(urljoin(page.url, link))
    answer = client.get(f"{parts.path}?{parts.query}")
    return answer.status_code == 200 and 'class="explain' in answer.text


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("role", LEAST)
def test_every_figure_opens_its_explanation(
    role: str, login: Login, cast: Cast, db_session: Session
) -> None:
    mark_of(cast, db_session, "pupil", "5", proposed="5")
    mark_of(cast, db_session, "classmate", "4", proposed="3", reason="Исправил контрольную")
    client, found, faults = login(role), Counter[str](), []
    for page in pages_of(client, cast, role):
        for kind, text, link in figures(page):
            found[kind] += 1
            if not explains(client, page, link):
                faults.append(f"{page.url}: {kind} {text} leads to {link}")
    assert not faults
    assert all(found[kind] >= least for kind, least in zip(KINDS, LEAST[role], strict=True)), found
