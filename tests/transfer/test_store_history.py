"""The journal history on the database: idempotent, matched to the timetable, back as it came."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence
from journal.core.audit import AuditEntry, verify_chain
from journal.core.tenancy import bind
from journal.grading.models import Mark, TermMark, Work
from journal.lessons.models import Lesson
from journal.people.models import Pupil
from journal.people.queries import organisation_by_code
from tests.transfer.schooldata import reading, school_folder

FOLDER = school_folder("school-small")
TABLES = (Lesson, Mark, Absence, TermMark, AuditEntry)


def code() -> str:
    """The code of the small school."""
    package = reading("school-small").package
    assert package is not None
    assert package.organisation is not None
    return package.organisation.code


def run(runner: FlaskCliRunner, *args: str) -> str:
    """Run a command that must succeed; returns what it printed."""
    answer = runner.invoke(args=args)
    assert answer.exit_code == 0, answer.output
    return answer.output


@pytest.fixture
def runner(app: Flask, db_session: Session) -> FlaskCliRunner:
    """Commands over the small school with its history; the session is bound to it."""
    runner = app.test_cli_runner()
    run(runner, "import", "school", str(FOLDER / "school.xlsx"))
    run(runner, "import", "history", str(FOLDER / "history"), "--school", code())
    found = organisation_by_code(db_session, code())
    assert found is not None
    bind(db_session, {found})
    return runner


def counts(session: Session) -> list[int]:
    session.rollback()
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


def rows_of(path: Path) -> list[tuple[str, ...]]:
    """The data rows of a CSV, sorted; optional columns at their defaults."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sorted(tuple(row.values()) for row in csv.DictReader(file, delimiter=";"))


def test_history_comes_whole_never_doubles_and_goes_out_as_it_came(
    runner: FlaskCliRunner, db_session: Session, tmp_path: Path
) -> None:
    first = counts(db_session)
    assert first[1:4] == [6699, 1719, 770]
    places = select(Lesson.course_id, Lesson.held_on, Lesson.lesson_number)
    assert len(set(db_session.execute(places).all())) == first[0]
    (organisation,) = db_session.info["organisations"]
    assert verify_chain(db_session, organisation) == (first[4], None)

    run(runner, "import", "history", str(FOLDER / "history"), "--school", code())
    assert counts(db_session) == first

    out = tmp_path / "history"
    run(runner, "export", "history", "--school", code(), "--year", "2026-2027", "--out", str(out))
    for name in ("attendance", "exemptions", "period_marks"):
        given, back = (folder / f"{name}.csv" for folder in (FOLDER / "history", out))
        assert rows_of(given) == rows_of(back)
    run(runner, "import", "history", str(out), "--school", code())
    assert counts(db_session) == first


def test_lessons_of_the_history_are_those_of_the_timetable(
    runner: FlaskCliRunner, db_session: Session
) -> None:
    """Inside the history's dates every lesson has its row; after them the timetable goes on."""
    last = db_session.scalar(
        select(func.max(Lesson.held_on)).where(Lesson.external_key.is_not(None))
    )
    inside = db_session.scalar(
        select(func.count()).select_from(Lesson).where(Lesson.held_on <= last)
    )
    after = db_session.scalar(select(func.count()).select_from(Lesson).where(Lesson.held_on > last))
    assert inside == 1515
    assert after is not None and after > 4000


def test_a_changed_mark_is_changed_once_and_reported(
    runner: FlaskCliRunner, db_session: Session, tmp_path: Path
) -> None:
    """Another value, kind and weight of a held mark; the second time there is nothing to do."""
    first = db_session.scalars(select(Mark).order_by(Mark.id)).first()
    assert first is not None
    work = db_session.get_one(Work, first.work_id)
    lesson = db_session.get_one(Lesson, work.lesson_id)
    pupil = db_session.get_one(Pupil, first.pupil_id)
    before = counts(db_session)
    (tmp_path / "marks.csv").write_text(
        "Урок;Личное дело;Вид работы;Отметка;Вес;Комментарий;Номер\n"
        f"{lesson.external_key};{pupil.personal_file};Проект;2;4;;{first.number}\n",
        encoding="utf-8",
    )
    run(runner, "import", "history", str(tmp_path), "--school", code())
    db_session.rollback()
    assert first.value == "2"
    assert db_session.get_one(Work, first.work_id).weight == 4
    entry = db_session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert entry is not None
    assert (entry.action, entry.object_id, entry.within_id) == (
        "change_mark",
        first.id,
        lesson.id,
    )
    assert entry.before is not None
    after = counts(db_session)
    assert after == [*before[:4], before[4] + 1]
    run(runner, "import", "history", str(tmp_path), "--school", code())
    assert counts(db_session) == after


def test_a_wrong_history_is_refused_whole(
    runner: FlaskCliRunner, db_session: Session, tmp_path: Path
) -> None:
    before = counts(db_session)
    (tmp_path / "marks.csv").write_text(
        "Урок;Личное дело;Вид работы;Отметка;Вес;Комментарий\n"
        "У-000005;Щ-9999;Ответ на уроке;5;1;\n"
        "У-000005;;Ответ на уроке;6;1;\n",
        encoding="utf-8",
    )
    answer = runner.invoke(args=["import", "history", str(tmp_path), "--school", code()])
    assert answer.exit_code == 1
    assert "marks.csv, 2" in answer.stderr
    assert "marks.csv, 3" in answer.stderr
    assert counts(db_session) == before
    wrong = runner.invoke(args=["import", "history", str(tmp_path), "--school", "0000"])
    assert wrong.exit_code == 1
    assert "0000" in wrong.stderr
