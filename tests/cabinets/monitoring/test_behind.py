"""Behind every figure of the form stands what it counts."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

from flask import Flask
from sqlalchemy.orm import Session

from journal.exchange.forms import MP1
from journal.exchange.workbook.places import place
from tests.cabinets.monitoring.conftest import Enter, opened, text
from tests.features.exchange.region import Region
from tests.waiting import work


def test_behind_a_figure_stand_its_lessons(
    app: Flask, here: Region, enter: Enter, db_session: Session
) -> None:
    procedure_id, client = opened(here), enter(here.coordinator)
    base = f"/monitoring/{procedure_id}/journal"
    client.post(f"{base}/fill")
    work(app)
    ill = text(client, f"{base}/behind?sheet=Полугодие_1&class=5А&letter=R")
    assert "Абрамова Дарья" in ill and "13.11.2026" in ill and "5А, графа 18: 1" in ill
    page = unescape(text(client, base))
    links = re.findall(r'href="([^"]*/behind\?[^"]*class=5А[^"]*)"', unquote(page))
    assert len(links) == len(MP1.sheet("Полугодие_1").columns), "every cell of a class leads there"
    pages = {link.split("letter=")[1].split("&")[0]: text(client, link) for link in links}
    assert all(f"графа {place(letter) + 1}: " in one for letter, one in pages.items())
    assert "числится" in pages["E"] and "проведён" in pages["K"]
    assert "графа не считает ничего" in pages["P"] and "Вычисляется из граф" in pages["AB"]
    for wrong in ("class=9Я&letter=R", "class=5А&letter=ZZ", "class=5А&letter=R&sheet=Год"):
        assert client.get(f"{base}/behind?{wrong}").status_code == 404


def test_behind_a_total_stand_the_classes_it_adds(
    app: Flask, here: Region, enter: Enter, db_session: Session
) -> None:
    """Every total leads to the classes, whose figures make it up and lead to their lessons."""
    procedure_id, client = opened(here), enter(here.coordinator)
    base = f"/monitoring/{procedure_id}/journal"
    client.post(f"{base}/fill")
    work(app)
    page = unquote(unescape(text(client, base)))
    links = re.findall(r'href="([^"]*/behind\?[^"]*class=ИТОГО[^"]*)">([^<]+)<', page)
    columns = MP1.sheet("Полугодие_1").columns
    assert len(links) == sum(not one.tenths for one in columns) + _shares(page)
    for link, total in links:
        letter = link.split("letter=")[1].split("&")[0]
        behind = unquote(unescape(text(client, link)))
        assert f"ИТОГО по ОО, графа {place(letter) + 1}: {total}" in behind
        assert "Абрамова" not in behind
        parts = re.findall(rf'href="([^"]*letter={letter}&class=\d[^"]*)">(\d+)<', behind)
        if letter not in {one.letter for one in columns if one.tenths}:
            assert len(parts) == 2 and sum(int(text) for _, text in parts) == int(total)
            assert all(client.get(link).status_code == 200 for link, _ in parts)
        else:
            assert "Показатель по ОО" in behind and "Вычисляется из граф" in behind
    assert "Абрамова" in text(client, f"{base}/behind?sheet=Полугодие_1&class=5А&letter=R")
    total = f"{base}/behind?sheet=Полугодие_1&class=ИТОГО по ОО"
    assert client.get(f"{total}&letter=ZZ").status_code == 404
    assert enter(here.operator).get(f"{total}&letter=R").status_code == 403


def _shares(page: str) -> int:
    """How many shares the line of totals has: of nothing there is none."""
    return len(re.findall(r'class=ИТОГО[^"]*">\d+,\d<', page))
