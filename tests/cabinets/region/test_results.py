"""What schools have handed in: exported, added up, compared, suppressed where it is small."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from fractions import Fraction

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.cabinets.region.base import axis_ends
from journal.core.tenancy import across, bind
from journal.exchange.figures import Figures
from journal.exchange.forms import MP1
from journal.exchange.forms.mp1 import H1
from journal.exchange.models import Submission
from journal.exchange.queries import draft_of, participation
from journal.exchange.service import school
from journal.exchange.service.processing import check_attempt, settle
from journal.exchange.summing import HIDDEN, Total, added, summary_of, summary_text, summed
from tests.cabinets.monitoring.conftest import Enter, opened
from tests.cast import NOW
from tests.conftest import Client
from tests.exchange.filled import SECRET, THRESHOLDS, content
from tests.features.exchange.region import CLOSES, Region
from tests.features.exchange.test_submission import table
from tests.waiting import work

HOME = "/centre/monitoring"


@pytest.fixture
def operator(here: Region, enter: Enter) -> Client:
    return enter(here.operator)


def hand_in(here: Region, procedure_id: int, **numbers: int) -> None:
    """The school's table is sent, accepted and committed."""
    session, actor = here.as_(here.coordinator), here.coordinator
    held = draft_of(session, participation(session, actor, procedure_id).id)
    base = 0 if held is None else held.version
    school.save_draft(session, actor, procedure_id, table(**numbers), base=base, now=NOW)
    sent = school.send_table(session, actor, procedure_id, confirmed=True, now=NOW)
    assert settle(session, check_attempt(session, sent, secret=SECRET), now=NOW)
    session.commit()
    bind(session, {here.school})


def test_sums_are_those_of_the_form_whatever_is_added() -> None:
    whole, figures = content(), Figures(MP1, content(), THRESHOLDS)
    found = summary_of(summary_text(summed(MP1, "YEAR", whole, THRESHOLDS)))
    for sheet in MP1.sheets:
        total = Total(sheet, added(found[sheet.name].values()), THRESHOLDS)
        for column in sheet.columns:
            assert total.value(column.letter) == figures.total_value(sheet, column.letter)
        fifth = Total(sheet, found[sheet.name][5], THRESHOLDS)
        for column in sheet.columns:
            assert fifth.value(column.letter) == figures.level_value(sheet, column.letter, [5])
        for row in range(figures.rows):
            values = [figures.value(sheet, row, one.letter) for one in sheet.columns]
            assert figures.values(sheet, row) == values


def test_small_numbers_of_pupils_are_suppressed() -> None:
    sheet = MP1.sheet(H1)
    total = Total(sheet, {"Y": 2, "AA": 3, "E": 0, "R": 1, "L": 100}, THRESHOLDS)
    shown = [total.published(letter) for letter in ("Y", "AA", "E", "R")]
    assert shown == [HIDDEN, "3", "0", "1"]


def test_only_what_was_handed_in_is_exported(
    app: Flask, here: Region, operator: Client, db_session: Session
) -> None:
    procedure_id = opened(here)
    hand_in(here, procedure_id, R=1)
    hand_in(here, procedure_id, R=2)
    page = f"{HOME}/{procedure_id}/export"
    assert operator.get(f"{page}/file").status_code == 404
    for suffix in (".xlsx", ".csv"):
        operator.post(page, data={"suffix": suffix})
    operator.post(page, data={"suffix": ".csv"})
    assert "Это уже делается" in operator.get(page).get_data(as_text=True)
    assert operator.get(f"{page}/state").json["ended"] is False
    assert work(app).count("export_region") == 2, "asked for twice, made once"
    assert "Файл готов, школ: 1" in operator.get(page).get_data(as_text=True)
    text = operator.get(f"{page}/file").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 2 and rows[1][0] == "1017" and rows[1][6] == "2"
    line = dict(zip(rows[0], rows[1], strict=True))
    assert line["Класс"] == "5А"
    assert next(v for k, v in line.items() if k.startswith("28.")) == "90,0"
    jobs = operator.get(page).get_data(as_text=True)
    number = min(int(part.split('"')[0]) for part in jobs.split("job=")[1:])
    book = load_workbook(io.BytesIO(operator.get(f"{page}/file?job={number}").data))
    assert book.sheetnames == [H1] and book[H1]["J2"].value == "5А"
    assert operator.post(page, data={"suffix": ".exe"}).status_code == 404


def test_a_trifle_is_no_leap_on_the_axis() -> None:
    assert axis_ends([Fraction(943, 10), Fraction(944, 10)]) == (
        Fraction(8963, 100),
        Fraction(9907, 100),
    )
    assert axis_ends([Fraction(10), Fraction(90)]) == (10, 90)


def test_the_base_adds_procedures_up_by_year(
    here: Region, operator: Client, db_session: Session
) -> None:
    assert "База пуста" in operator.get(f"{HOME}/base").get_data(as_text=True)
    hand_in(here, opened(here), R=1)
    page = operator.get(f"{HOME}/base").get_data(as_text=True)
    assert "2026-2027" in page and "95,0" in page
    for by in ("stage", "grade", "school", "procedure"):
        some = operator.get(f"{HOME}/base?by={by}&letter=R&form=MP-ATT&sheet={H1}")
        assert some.status_code == 200 and ">1<" in some.get_data(as_text=True)
    for wrong in ("by=x", "form=x", "sheet=x"):
        assert operator.get(f"{HOME}/base?{wrong}").status_code == 404


def test_results_appear_after_the_end(
    app: Flask, here: Region, enter: Enter, operator: Client, db_session: Session
) -> None:
    procedure_id, coordinator = opened(here), enter(here.coordinator)
    hand_in(here, procedure_id, R=1)
    url = f"/monitoring/{procedure_id}/results"
    early = coordinator.get(url)
    assert early.status_code == 403 and "29.11.2026" in early.get_data(as_text=True)
    assert operator.get(f"{HOME}/{procedure_id}/results").status_code == 200
    paper = operator.get(f"{HOME}/{procedure_id}/results.pdf")
    assert paper.data.startswith(b"%PDF")
    app.config["CLOCK"] = lambda: CLOSES
    page = coordinator.get(url).get_data(as_text=True)
    assert "Ваша школа" in page and HIDDEN in page
    app.config["CLOCK"] = lambda: NOW + timedelta(minutes=1)
    report = coordinator.get(f"/monitoring/{procedure_id}/report.pdf")
    assert report.data.startswith(b"%PDF")


def test_versions_of_before_are_summed_when_they_are_read(
    here: Region, operator: Client, db_session: Session
) -> None:
    hand_in(here, opened(here), R=1)
    with across(db_session, "a version of before"):
        db_session.scalars(select(Submission)).one().summary = None
        db_session.commit()
    assert "95,0" in operator.get(f"{HOME}/base").get_data(as_text=True)
