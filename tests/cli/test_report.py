"""`flask report`: any printed form by its name, on the command line."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pypdf
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from journal.core.tenancy import across
from journal.reports.kinds.registry import KINDS
from journal.school.models import ClassGroup
from tests.cast import Cast

CODE = "1017"


def run(app: Flask, *args: str) -> tuple[int, str, str]:
    answer = app.test_cli_runner().invoke(args=("report", *args))
    return answer.exit_code, answer.stdout, answer.stderr


@pytest.mark.parametrize("name", [one.name for one in KINDS])
def test_every_form_by_its_name(app: Flask, cast: Cast, tmp_path: Path, name: str) -> None:
    out = tmp_path / "form.pdf"
    args = (name, "--school", CODE, "--class", "5a", "--subject", "математика", "--term", "1")
    code, said, errors = run(app, *args, "--out", str(out))
    assert code == 0, errors
    assert said.strip() == str(out)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    assert "Школа № 17" in text


def test_a_subject_the_class_has_not_is_told(app: Flask, cast: Cast, tmp_path: Path) -> None:
    args = ("journal", "--school", CODE, "--class", "5Б", "--subject", "литература")
    code, _, errors = run(app, *args, "--out", str(tmp_path / "form.pdf"))
    assert code == 1 and "У класса нет" in errors


def test_the_whole_school_as_a_workbook(app: Flask, cast: Cast, tmp_path: Path) -> None:
    out = tmp_path / "сводная.xlsx"
    code, _, errors = run(app, "summary", "--school", CODE, "--term", "1", "--out", str(out))
    assert code == 0, errors
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    assert len(book.worksheets) == 3, "two classes and what stands around"
    assert len({sheet.title for sheet in book.worksheets}) == 3


def test_a_class_without_that_term_is_told_and_left_out(
    app: Flask, cast: Cast, db_session: Session, tmp_path: Path
) -> None:
    with across(db_session, "a class of the eleventh grade"):
        db_session.get_one(ClassGroup, cast.classes["other"]).grade = 11
        db_session.commit()
    out = tmp_path / "class.pdf"
    code, _, errors = run(app, "class", "--school", CODE, "--term", "quarter-1", "--out", str(out))
    assert code == 0, errors
    text = "".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    assert "5А" in text
    assert "У класса нет учебных периодов" in errors


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("nonsense", "--school", CODE, "--out", "a.pdf"), "Нет формы «nonsense»"),
        (("school", "--school", "none", "--out", "a.pdf"), "нет"),
        (("school", "--school", CODE, "--out", "a.doc"), "*.pdf"),
        (("class", "--school", CODE, "--class", "99Я", "--out", "a.pdf"), "99Я"),
        (("class", "--school", CODE, "--class", "5А", "--term", "9", "--out", "a.pdf"), "9"),
        (("school", "--school", CODE, "--year", "1999-2000", "--out", "a.pdf"), "1999-2000"),
        (("pupil", "--school", CODE, "--pupil", "нет", "--out", "a.pdf"), "нет"),
        (("changes", "--school", CODE, "--from", "вчера", "--out", "a.pdf"), ""),
    ],
)
def test_refusals_say_what_is_wrong(
    app: Flask, cast: Cast, args: tuple[str, ...], sentence: str
) -> None:
    code, said, errors = run(app, *args)
    assert (code, said) == (1, "")
    assert sentence in errors and errors
