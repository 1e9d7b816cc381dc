"""The lists of people answer their search box with the list alone, by a statement or two."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import Login
from tests.counting import counted

FRAGMENT = {"X-Fragment": "1"}


@pytest.mark.parametrize(
    "path", ["/school/people", "/school/people/staff", "/school/people/guardians"]
)
@pytest.mark.parametrize("text", ["", "а", "никого такого", "100%", "_"])
def test_the_script_gets_the_list_of_the_page(login: Login, path: str, text: str) -> None:
    browser = login("administrator")
    asked = {"query_string": {"q": text}}
    whole = browser.get(path, **asked).text
    part = browser.get(path, headers=FRAGMENT, **asked).text
    begin = whole.index('<div id="results"')
    assert part.strip() == whole[begin : begin + len(part.strip())]
    assert "<html" not in part
    assert part.count("<div") == part.count("</div>")


def test_a_search_takes_three_statements(app: Flask, login: Login, cast: Cast) -> None:
    """Who asks, the year, the pupils: also when it is asked so often that it is known."""
    browser = login("administrator")
    for _ in range(4):
        with counted(app) as seen:
            answer = browser.get("/school/people?q=елкин", headers=FRAGMENT)
        assert "Ёлкин" in answer.text
        assert len(seen) == 3


def test_known_searches_keep_to_what_was_typed(login: Login, cast: Cast) -> None:
    browser = login("administrator")
    for text, hit in (("елкин", True), ("жуков", False), ("_", False), ("%", False)) * 3:
        answer = browser.get("/school/people", query_string={"q": text}, headers=FRAGMENT)
        assert ("Ёлкин" in answer.text) is hit, text
