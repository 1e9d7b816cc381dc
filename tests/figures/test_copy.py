"""A school exported and imported into an empty copy has the same figures on every form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask

from journal.core.db import db
from journal.core.tenancy import bind
from journal.people.queries import organisation_by_code, organisation_card
from journal.reports.kinds.asking import Ask, Desk
from journal.reports.kinds.operator import operator
from journal.reports.kinds.registry import KINDS
from journal.webkit.i18n import say, speaking_to
from tests.figures.conftest import NOW, texts
from tests.transfer.schooldata import school_folder

CODE = "230037"


def run(app: Flask, *args: str) -> None:
    answer = app.test_cli_runner().invoke(args=args)
    assert answer.exit_code == 0, answer.output


def every_form(app: Flask) -> dict[str, Any]:
    """All forms of the school, of every class and course, as rows of texts and numbers."""
    found = {}
    with app.app_context(), speaking_to("ru", "Europe/Moscow"):
        session = db.session()
        school = organisation_by_code(session, CODE)
        assert school is not None
        bind(session, {school})
        card = organisation_card(session, school)
        desk = Desk(session=session, actor=operator(card, "Директор"), now=NOW, say=say)
        for kind in KINDS:
            at = "quarter-1" if {"place", "period"} & set(kind.asks) else None
            papers = [
                paper
                for unit in kind.units(desk, Ask(at=at))
                for paper in kind.build(desk, _own_term(unit, kind.name))
            ]
            found[kind.name] = sorted((paper.name, texts([paper])) for paper in papers)
        db.session.remove()
    return found


def _own_term(unit: Ask, name: str) -> Ask:
    """Of a course or class whatever term it is in: the upper classes have half-years."""
    return (
        unit
        if name in ("subject", "school")
        else Ask(year_id=unit.year_id, class_id=unit.class_id, course_id=unit.course_id)
    )


def test_every_figure_survives_export_and_import(app: Flask, copy: Flask, tmp_path: Path) -> None:
    folder = school_folder("school-small")
    run(app, "import", "school", str(folder / "school.xlsx"))
    run(app, "import", "history", str(folder / "history"), "--school", CODE)
    book, history = str(tmp_path / "school.xlsx"), str(tmp_path / "history")
    run(app, "export", "school", "--school", CODE, "--out", book)
    run(app, "export", "history", "--school", CODE, "--year", "2026-2027", "--out", history)
    run(copy, "import", "school", book)
    run(copy, "import", "history", history, "--school", CODE)
    here, there = every_form(app), every_form(copy)
    for name, tables in here.items():
        assert tables, name
        assert tables == there[name], name
    cells = sum(
        len(row) for own in here.values() for _, t in own for _, _, rows in t for row in rows
    )
    assert cells > 50_000
