"""The summary sheets of a school against figures made from its files alone."""

from __future__ import annotations

import io
from collections import defaultdict
from datetime import UTC, datetime
from fractions import Fraction

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Role
from journal.access.actor import Membership
from journal.core.tenancy import bind
from journal.people.models import Pupil
from journal.people.queries import organisation_by_code
from journal.reports.forms import PaperForm, form_xlsx
from journal.reports.forms.writing import Making
from journal.reports.summary_form import summary_form
from journal.results.queries.summary import SummarySheet, summary_sheet
from journal.school.models import ClassGroup
from tests.counting import counted
from tests.features.attendance.by_hand import counted_by_hand, day_of, history, sheet
from tests.transfer.schooldata import school_folder

SCHOOL, CODE = "school-small", "230037"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
WEIGHTS = {"5": 100, "4": 64, "3": 36, "2": 16, "1": 7, "н/а": 7}


@pytest.fixture
def small(app: Flask, db_session: Session) -> tuple[Session, Actor]:
    """The small school with its history, and its deputy."""
    folder, runner = school_folder(SCHOOL), app.test_cli_runner()
    for command in (
        ("school", str(folder / "school.xlsx")),
        ("history", str(folder / "history"), "--school", CODE),
    ):
        answer = runner.invoke(args=("import", *command))
        assert answer.exit_code == 0, answer.output
    found = organisation_by_code(db_session, CODE)
    assert found is not None
    bind(db_session, {found})
    here = Membership(
        found, "Школа", "Europe/Moscow", 1, "Завуч", frozenset({Role.DEPUTY_DIRECTOR})
    )
    return db_session, Actor(1, "deputy", (here,), here)


def classes_on(last: object) -> dict[str, str]:
    """Personal file to class on a day, from the sheets alone."""
    moves = defaultdict(list)
    for row in sheet(SCHOOL, "Движение"):
        moves[row["Личное дело"]].append((day_of(row["Дата"]), row["Класс"]))
    found = {}
    for row in sheet(SCHOOL, "Обучающиеся"):
        here = [(day_of(row["Дата зачисления"]), row["Класс"]), *sorted(moves[row["Личное дело"]])]
        own = [name for day, name in here if day <= last]
        if own and own[-1]:
            found[row["Личное дело"]] = own[-1]
    return found


def test_every_cell_is_what_the_files_say(app: Flask, small: tuple[Session, Actor]) -> None:
    session, actor = small
    files = dict(session.execute(select(Pupil.id, Pupil.personal_file)).all())
    marks = {
        (row["Личное дело"], row["Предмет"]): row["Отметка"]
        for row in history(SCHOOL, "period_marks")
    }
    by_hand = counted_by_hand(SCHOOL)
    seen = 0
    for class_id, name in session.execute(select(ClassGroup.id, ClassGroup.name)).all():
        with counted(app) as statements:
            page = summary_sheet(session, actor, class_id=class_id, at="all", now=NOW)
        assert len(statements) <= 13
        _pupils(page, name, files)
        seen += _marks(page, files, marks)
        _absences(page, files, by_hand.pupils)
        _shares(page, files, marks)
        _workbook(page)
    expected = set(classes_on(page.places[0].last_day))
    assert seen == sum(file in expected for file, _ in marks)


def _pupils(page: SummarySheet, name: str, files: dict[int, str]) -> None:
    there = {
        files[one] for one in page.sheet.places[0].lines if page.sheet.places[0].lines[one].counted
    }
    assert there == {
        file for file, own in classes_on(page.places[0].last_day).items() if own == name
    }


def _marks(page: SummarySheet, files: dict[int, str], marks: dict[tuple[str, str], str]) -> int:
    """Every mark of who is here stands in its cell, and nothing else does."""
    first, seen = page.sheet.places[0], 0
    for pupil_id, line in first.lines.items():
        for column, mark in zip(first.table.columns, line.marks, strict=True):
            assert mark.value == marks.get((files[pupil_id], column.name))
            seen += mark.value is not None and line.counted
    seen += sum(first.lines[one.pupil_id].counted for one in page.sheet.strays)
    return seen


def _absences(
    page: SummarySheet, files: dict[int, str], by_hand: dict[str, dict[str, int]]
) -> None:
    year = next(one for one in page.sheet.places if one.place.kind == "year")
    for pupil_id, line in year.lines.items():
        own = by_hand[files[pupil_id]]
        assert line.missed is not None
        assert line.missed.lessons.missed == sum(own[letter] for letter in "RSTU")
        assert line.missed.lessons.ill == own["R"]


def _shares(page: SummarySheet, files: dict[int, str], marks: dict[tuple[str, str], str]) -> None:
    """Exact fractions, from the files."""
    first = page.sheet.places[0]
    here = [files[one] for one, line in first.lines.items() if line.counted]
    for column in first.table.columns:
        if column.scale == "pass_fail":
            continue
        own = [marks.get((file, column.name)) for file in here]
        counted_here = [value for value in own if value in WEIGHTS]
        total = len(counted_here)
        if not total:
            assert column.attainment.value is None
            continue
        good = sum(value in ("5", "4", "3") for value in counted_here)
        best = sum(value in ("5", "4") for value in counted_here)
        assert column.attainment.value == Fraction(good * 100, total)
        assert column.quality is not None and column.level is not None
        assert column.quality.value == Fraction(best * 100, total)
        assert column.level.value == Fraction(sum(WEIGHTS[one] for one in counted_here), total)


def _workbook(page: SummarySheet) -> None:
    """Reopened, the workbook says what the form says, cell by cell."""
    form: PaperForm = summary_form(page, str, school="Школа", subjects={})
    content = form_xlsx(form, Making(at=NOW, time_zone="Europe/Moscow"), str)
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [list(row) for row in book.worksheets[0].values][1:]
    for row, wanted in zip(rows, form.rows, strict=True):
        for cell, one in zip(row, wanted.cells, strict=True):
            if isinstance(one.number, str):
                assert Fraction(str(cell)) == Fraction(one.number)
            else:
                assert ("" if cell is None else cell) == (
                    one.text if one.number is None else one.number
                )
