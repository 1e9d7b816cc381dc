"""The reports of attendance of a school against figures made from its files alone."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Role
from journal.access.actor import Membership
from journal.attendance.rules.tally import Missed
from journal.control.attendance.class_report import ClassReport, Wanted, class_report
from journal.control.attendance.figures import COUNTS, SHARE
from journal.control.attendance.periods import Asked
from journal.control.attendance.school_report import pupils_of, school_report, why_of_school
from journal.control.attendance.why import why_of_class
from journal.core.tenancy import bind
from journal.people.queries import organisation_by_code
from journal.reports.attendance_forms import VIEWS, class_form
from journal.reports.forms import form_xlsx
from journal.reports.forms.writing import Making
from journal.school.models import ClassGroup
from tests.counting import counted
from tests.features.attendance.by_hand import ByHand, counted_by_hand
from tests.transfer.schooldata import school_folder

SCHOOL, CODE = "school-small", "230037"
NOW = datetime(2026, 10, 24, 9, tzinfo=UTC)
WHOLE = Asked(date(2026, 9, 1), date(2026, 10, 24))
LETTERS = {"ill": "R", "valid": "S", "invalid": "T", "unknown": "U", "late": "V"}
LETTERS |= {"days": "W", "ill_days": "X"}


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
    roles = frozenset({Role.DEPUTY_DIRECTOR})
    here = Membership(found, "Школа", "Europe/Moscow", 1, "Завуч", roles)
    return db_session, Actor(1, "deputy", (here,), here)


def test_every_report_says_what_the_files_say(app: Flask, small: tuple[Session, Actor]) -> None:
    session, actor = small
    by_hand, lines = counted_by_hand(SCHOOL), {}
    with counted(app) as statements:
        school = school_report(session, actor, asked=WHOLE, now=NOW)
    assert len(statements) <= 8
    for line in school.lines:
        lines[line.group.name] = line.figures
        assert line.lessons.unfilled == by_hand.unfilled[line.group.name]
    for class_id, name in session.execute(select(ClassGroup.id, ClassGroup.name)).all():
        report = class_report(session, actor, Wanted(class_id, WHOLE), now=NOW)
        _as_by_hand(report, by_hand, name)
        assert report.total == lines[name]
        _sums_agree(report)
        _workbook(report)
        _one_subject(session, actor, report)
    # Who moved between classes is one pupil of the school.
    due = [one for one in by_hand.pupils.values() if one["L"] - one["M"] - one["N"] > 0]
    assert pupils_of(school.lines) == {
        "pupils": len([one for one in by_hand.pupils.values() if one["L"]]),
        "seated": len(due),
        "unmissed": sum(not any(one[letter] for letter in "RSTU") for one in due),
    }


def _as_by_hand(report: ClassReport, by_hand: ByHand, name: str) -> None:
    expected = by_hand.classes[name]
    for figure, letter in LETTERS.items():
        assert COUNTS[figure](report.total) == expected[letter], (name, figure)
    assert report.total.lessons.due == expected["L"] - expected["M"] - expected["N"]
    assert len(report.unfilled) == by_hand.unfilled[name]


def _sums_agree(report: ClassReport) -> None:
    """The class is the sum of its pupils, of its subjects and of the cells between them."""
    by_subject = sum(report.by_subject.values(), Missed(type(report.total.lessons)(), 0, 0))
    assert by_subject.lessons == report.total.lessons
    for subject in report.taught:
        cells = [report.cell(one.pupil_id, subject.id).lessons for one in report.pupils]
        assert sum(one.missed for one in cells) == report.by_subject[subject.id].lessons.missed
    subjects = sum(report.unfilled_in(one.id) for one in report.taught)
    assert subjects == len(report.unfilled)


def _workbook(report: ClassReport) -> None:
    """Reopened, each workbook says what its form says, as numbers."""
    for view in VIEWS:
        form = class_form(report, view, str, school="Школа")
        content = form_xlsx(form, Making(at=NOW, time_zone="Europe/Moscow"), str)
        rows = list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].values)[1:]
        for row, wanted in zip(rows, form.rows, strict=True):
            for cell, one in zip(row[2:], wanted.cells[2:], strict=True):
                if one.text:
                    assert cell == pytest.approx(float(one.text.replace(",", ".")))
                else:
                    assert cell in (None, "")


def _one_subject(session: Session, actor: Actor, report: ClassReport) -> None:
    subject = report.taught[0]
    wanted = Wanted(report.group.id, WHOLE, subject.id)
    one = class_report(session, actor, wanted, now=NOW)
    assert one.total.lessons == report.by_subject[subject.id].lessons
    assert len(one.unfilled) == report.unfilled_in(subject.id)
    assert one.total.days == 0


def test_every_figure_is_made_of_what_it_says(small: tuple[Session, Actor]) -> None:
    session, actor = small
    class_id = session.scalars(select(ClassGroup.id).where(ClassGroup.name == "5А")).one()
    report = class_report(session, actor, Wanted(class_id, WHOLE), now=NOW)
    some = max(report.pupils, key=lambda one: report.by_pupil[one.pupil_id].lessons.missed)
    for figure in (*COUNTS, SHARE):
        for pupil_id in (None, some.pupil_id):
            why = why_of_class(
                session,
                actor,
                Wanted(class_id, WHOLE),
                figure=figure,
                pupil_id=pupil_id,
                now=NOW,
            )
            if why.lessons or why.days:
                assert len(why.lessons) + len(why.days) == why.count
            elif figure == SHARE:
                assert sum(one.figures.lessons.due for one in why.parts) == why.figures.lessons.due
            else:
                assert sum(COUNTS[figure](one.figures) for one in why.parts) == why.count
    for figure in COUNTS:
        whole = why_of_school(session, actor, asked=WHOLE, figure=figure, grades=(5, 9), now=NOW)
        assert {one.group.grade for one in whole.lines} == {5}
        assert whole.count == sum(whole.of(one) for one in whole.lines)
