"""«Экспорт результатов»: every class of every school that has handed in, as .xlsx or .csv.

Rows are written as they are read: a region of a thousand schools never stands in memory. Submitted
versions only, of each school the last one; numbers by class, no names of pupils.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from journal.documents.loading import first_used
from journal.exchange.figures import Figures
from journal.exchange.forms.specification import ClassSheet
from journal.exchange.queries import ProcedureCard
from journal.exchange.queries.base import HandedText, contents
from journal.exchange.storage import content_of
from journal.people.queries import OrganisationCard, organisation_cards, school_ids

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet
else:
    Workbook = first_used("xlsxwriter", "Workbook")

AT_ONCE = 50
HEAD = (
    "Код ОО",
    "Организация",
    "Муниципалитет",
    "Учебный год",
    "Форма",
    "Версия формы",
    "Версия отчёта",
    "Передано",
    "Лист",
    "Класс",
    "Параллель",
    "Форма обучения",
)
Cells = Sequence[str | int | float]
Note = Callable[[int], None]


def export(session: Session, card: ProcedureCard, *, suffix: str, note: Note) -> tuple[bytes, int]:
    """The bytes of the file and how many schools are in it; `note` hears of each."""
    writer = _csv if suffix == ".csv" else _xlsx
    return writer(card, _schools(session, card, note))


def _schools(session: Session, card: ProcedureCard, note: Note) -> Iterator[list[list[Cells]]]:
    """The rows of one school after another, by sheet."""
    schools = organisation_cards(session, school_ids(session))
    for count, one in enumerate(contents(session, card, at_once=AT_ONCE), start=1):
        yield _rows(card, schools[one.organisation_id], one)
        note(count)


def _rows(card: ProcedureCard, school: OrganisationCard, one: HandedText) -> list[list[Cells]]:
    content = content_of(one.content)
    figures = Figures(card.form, content, card.thresholds)
    sent = f"{one.accepted_at.astimezone(ZoneInfo(card.zone)):%d.%m.%Y %H:%M}"
    form = (card.year, card.form.name, card.form_version, one.number, sent)
    head = (school.code, school.short_name, school.municipality, *form)
    return [
        [
            (
                *head,
                sheet.name,
                line.name,
                line.grade,
                line.study_form,
                *_values(figures, sheet, row),
            )
            for row, line in enumerate(content.classes)
            if line is not None
        ]
        for sheet in card.form.in_period(card.period)
    ]


def _values(figures: Figures, sheet: ClassSheet, row: int) -> Iterator[str | int | float]:
    for value in figures.values(sheet, row):
        yield float(value) if isinstance(value, Decimal) else value


def _heads(card: ProcedureCard, sheet: ClassSheet) -> list[str]:
    graphs = [f"{one.graph}. {one.header.format(**card.thresholds)}" for one in sheet.columns]
    return [*HEAD, *graphs]


def _csv(card: ProcedureCard, schools: Iterator[list[list[Cells]]]) -> tuple[bytes, int]:
    """One table: sheets of a form have the same graphs, a graph a sheet lacks is blank."""
    sheets = card.form.in_period(card.period)
    widest = max(sheets, key=lambda one: len(one.columns))
    with tempfile.TemporaryFile("w+", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow(_heads(card, widest))
        count = 0
        for by_sheet in schools:
            count += 1
            for rows in by_sheet:
                writer.writerows([[_decimal(cell) for cell in row] for row in rows])
        out.seek(0)
        return out.read().encode("utf-8-sig"), count


def _decimal(cell: str | int | float) -> str | int:
    """«96,4»: as spreadsheets in Russian read it."""
    return str(cell).replace(".", ",") if isinstance(cell, float) else cell


def _xlsx(card: ProcedureCard, schools: Iterator[list[list[Cells]]]) -> tuple[bytes, int]:
    """A sheet per sheet of the form, written row by row to disk."""
    out, sheets = io.BytesIO(), card.form.in_period(card.period)
    book = Workbook(out, {"constant_memory": True, "in_memory": False})
    book.set_properties({"created": _naive(card.closes_before)})
    bold = book.add_format({"bold": True, "text_wrap": True})
    pages = [book.add_worksheet(one.name[:31]) for one in sheets]
    places = [1] * len(pages)
    for page, sheet in zip(pages, sheets, strict=True):
        page.freeze_panes(1, 2)
        page.write_row(0, 0, _heads(card, sheet), bold)
    count = 0
    for by_sheet in schools:
        count += 1
        for number, rows in enumerate(by_sheet):
            for row in rows:
                _write(pages[number], places[number], row)
                places[number] += 1
    book.close()
    return out.getvalue(), count


def _write(page: Worksheet, place: int, row: Cells) -> None:
    """Number by number and text by text: guessing what each is takes as long as writing it."""
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            if cell:
                page.write_string(place, column, cell)
        else:
            page.write_number(place, column, cell)


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None, microsecond=0)
