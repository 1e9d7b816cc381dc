"""The large school with its history, imported once for a run, and its forms opened again."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fcntl import LOCK_EX, flock
from fractions import Fraction
from typing import Any

import openpyxl
import pypdf
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.db import db
from journal.core.tenancy import bind
from journal.people.models import Account, Person, RoleAssignment
from journal.people.queries import organisation_by_code, organisation_card
from journal.reports.forms import Paper, written_papers
from journal.reports.forms.writing import Making
from journal.reports.kinds.asking import Ask, Desk
from journal.reports.kinds.operator import operator
from journal.reports.kinds.registry import form_kind
from journal.school.class_names import classes_readable
from journal.webkit.i18n import say, speaking_to
from tests.conftest import make_app
from tests.figures.raw import RawSchool
from tests.transfer.schooldata import school_folder

CODE = "230296"
NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)  # the evening of the history's last day
Table = tuple[str, list[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def raw() -> RawSchool:
    """The files."""
    return RawSchool(school_folder("school"))


@pytest.fixture(scope="session")
def imported(
    raw: RawSchool, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The application over one SQLite file, filled from the files by the first worker that asks and
    only read then. Figures are the same on the other engine: the small school is tried on both."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if hasattr(request.config, "workerinput") else own
    app = make_app(f"sqlite:///{shared / 'large.db'}", tmp_path_factory.mktemp("large"))
    with (shared / "large.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not (shared / "large.done").exists():
            _fill(app, raw)
            (shared / "large.done").touch()
    yield app
    with app.app_context():
        db.engine.dispose()


def _fill(app: Flask, raw: RawSchool) -> None:
    with app.app_context():
        db.create_all()
    runner = app.test_cli_runner()
    for command in (
        ("school", str(raw.folder / "school.xlsx")),
        ("history", str(raw.folder / "history"), "--school", CODE),
    ):
        answer = runner.invoke(args=("import", *command))
        assert answer.exit_code == 0, answer.output
    with app.app_context():
        _let_the_director_in(db.session())
        db.engine.dispose()


def _let_the_director_in(session: Session) -> None:
    found = organisation_by_code(session, CODE)
    assert found is not None
    bind(session, {found})
    account = Account(login="director", password_is_temporary=False, created_at=NOW)
    session.add(account)
    session.flush()
    directors = select(RoleAssignment.person_id).where(RoleAssignment.role == Role.DIRECTOR)
    person = session.scalars(select(Person).where(Person.id.in_(directors))).first()
    assert person is not None
    person.account_id = account.id
    session.commit()
    session.close()


@dataclass
class Forms:
    """Forms of the school as its director has them."""

    desk: Desk
    classes: dict[str, int]

    def papers(self, name: str, **asked: Any) -> Sequence[Paper]:
        """Of a class named by `of`, or whatever else is asked."""
        of = asked.pop("of", None)
        ask = Ask(class_id=self.classes[of] if of else None, **asked)
        return form_kind(name).build(self.desk, ask)

    def units(self, name: str, **asked: Any) -> Sequence[Ask]:
        of = asked.pop("of", None)
        ask = Ask(class_id=self.classes[of] if of else None, **asked)
        return form_kind(name).units(self.desk, ask)

    def workbook(self, papers: Sequence[Paper]) -> list[Table]:
        """The papers written as xlsx and opened again: title, head and rows of every sheet."""
        book = openpyxl.load_workbook(io.BytesIO(self._written(papers, "xlsx")), read_only=True)
        return [_table(sheet.title, list(sheet.values)) for sheet in book.worksheets]

    def pdf(self, papers: Sequence[Paper]) -> str:
        """The text of the papers as PDF, without white space."""
        pages = pypdf.PdfReader(io.BytesIO(self._written(papers, "pdf"))).pages
        return "".join("".join(page.extract_text() for page in pages).split())

    def _written(self, papers: Sequence[Paper], kind: str) -> bytes:
        making = Making(at=self.desk.now, time_zone=self.desk.actor.current.time_zone)
        return written_papers(papers, making, kind, say)


def _table(title: str, rows: list[Any]) -> Table:
    head = [str(one) for one in rows[0]]
    return title, head, [tuple(_value(cell) for cell in row[: len(head)]) for row in rows[1:]]


def _value(cell: Any) -> Any:
    """Numbers exactly, days as days, nothing as an empty text."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, int | float):
        return Fraction(Decimal(str(cell)))
    return "" if cell is None else cell


@pytest.fixture
def forms(imported: Flask) -> Iterator[Forms]:
    """The forms of the large school."""
    with forms_of(imported, CODE, NOW) as found:
        yield found


@contextmanager
def forms_of(app: Flask, code: str, now: datetime) -> Iterator[Forms]:
    """The forms of a school at a moment, in Russian."""
    with app.app_context(), speaking_to("ru", "Europe/Moscow"):
        session = db.session()
        found = organisation_by_code(session, code)
        assert found is not None
        bind(session, {found})
        card = organisation_card(session, found)
        desk = Desk(session=session, actor=operator(card, "Директор"), now=now, say=say)
        year = desk.year(Ask()).id
        rows = classes_readable(session, year, keeper_id=None)
        yield Forms(desk, {name: class_id for class_id, name in rows})
        db.session.remove()


def texts(papers: Sequence[Paper]) -> list[Table]:
    """The papers as they stand on the screen, in the shape of an opened workbook."""
    return [
        (
            part.heading,
            [one.title for one in part.columns],
            [tuple(_shown(cell) for cell in row.cells) for row in part.rows],
        )
        for paper in papers
        for part in paper.parts
    ]


def _shown(cell: Any) -> Any:
    if isinstance(cell.number, date):
        return cell.number
    return cell.text if cell.number is None else Fraction(str(cell.number))
