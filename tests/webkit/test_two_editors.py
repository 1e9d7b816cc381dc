"""Two people change the same thing at once: the later one is told before anything is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import html5lib
import pytest

from tests.cast import Cast
from tests.conftest import Client, Login

SAID = "изменил кто-то другой"
Fields = dict[str, Any]


def shown(page: str) -> Fields:
    """What a browser would send of the page's form as it stands."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    form = next(one for one in tree.iter("form") if one.find(".//*[@name='seen']") is not None)
    fields: Fields = {}
    for one in form.iter():
        name, kind = one.get("name"), one.get("type")
        if one.tag not in ("input", "textarea", "select") or name is None:
            continue
        if kind in ("checkbox", "radio") and one.get("checked") is None:
            continue
        value = one.get("value", "")
        if one.tag == "textarea":
            value = (one.text or "").removeprefix("\n")
        elif one.tag == "select":
            options = list(one.iter("option"))
            ticked = [option for option in options if option.get("selected") is not None]
            value = (ticked or options)[0].get("value", "")
        fields.setdefault(name, []).append(value)
    return fields


PLACES: dict[str, tuple[str, Callable[[Cast], str], Fields, Fields]] = {
    "staff": (
        "administrator",
        lambda cast: f"/people/{cast['own_teacher'].person_id}/edit",
        {"phone": "8 900 111-11-11"},
        {"email": "ivanova@school.ru"},
    ),
    "pupil": (
        "administrator",
        lambda cast: f"/people/{cast['pupil'].person_id}/edit",
        {"born_on": "2015-05-05"},
        {"phone": "8 900 222-22-22"},
    ),
    "subject": (
        "administrator",
        lambda cast: f"/school/setup/subject/{cast.subjects['maths']}",
        {"short_name": "Мтм"},
        {"name": "Математика и счёт"},
    ),
    "organisation": (
        "administrator",
        lambda cast: "/school/setup/organisation",
        {"address": "ул. Садовая, 1"},
        {"phone": "8 800 000-00-00"},
    ),
    "teachers": (
        "administrator",
        lambda cast: f"/school/setup/courses/{cast.courses['own']}",
        {"r0-weekly_hours": "2,5"},
        {"r0-weekly_hours": "4,5"},
    ),
    "terms": (
        "administrator",
        lambda cast: "/school/setup/terms",
        {"r3-last_day": "2027-05-25"},
        {"r3-last_day": "2027-05-24"},
    ),
    "adoption": (
        "administrator",
        lambda cast: "/adoption/settings",
        {"starts_on": "2026-09-02"},
        {"order_number": "45-к", "order_date": "2026-08-28"},
    ),
}


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, login: Login, cast: Cast) -> Any:
    who, address, first, second = PLACES[request.param]
    return login(who), address(cast), first, second


def test_what_another_changed_meanwhile_is_not_written_over(
    place: tuple[Client, str, Fields, Fields],
) -> None:
    browser, url, first, second = place
    mine = shown(browser.get(url).text)
    assert browser.post(url, data=mine | first).status_code == 302
    held = shown(browser.get(url).text)
    refused = browser.post(url, data=mine | second)
    assert refused.status_code == 422 and SAID in refused.text
    assert shown(browser.get(url).text) == held
    again = shown(refused.text)
    assert all(again[name] == [value] for name, value in second.items())
    assert browser.post(url, data=again).status_code == 302
    now = shown(browser.get(url).text)
    assert all(now[name] == [value] for name, value in second.items())


def test_one_who_presses_twice_is_told_nothing(
    place: tuple[Client, str, Fields, Fields],
) -> None:
    browser, url, first, _ = place
    mine = shown(browser.get(url).text) | first
    assert [browser.post(url, data=mine).status_code for _ in range(2)] == [302, 302]
