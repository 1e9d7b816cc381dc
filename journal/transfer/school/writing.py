"""The school workbook out: the present state of a school, or the empty template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from journal.documents.workbook import Sheet, SheetColumn, Value, column_letter, write_workbook
from journal.transfer.reading import EXAMPLE_COLUMN
from journal.transfer.references import Ref
from journal.transfer.school.package import NOTHING, SchoolPackage
from journal.transfer.school.rows import LoadRow, OrganisationRow, SubgroupRow
from journal.transfer.school.sheets import (
    ORGANISATION,
    ORGANISATION_COLUMNS,
    ORGANISATION_FIELDS,
    SHEETS,
)
from journal.transfer.specification import Column, SheetSpec

_EXAMPLE_MARK = "образец, удалите строку"
_EXAMPLE = SheetColumn(title=EXAMPLE_COLUMN, width=26)
_LISTED_TO = 2000


def write_school(package: SchoolPackage, *, made_at: datetime) -> bytes:
    """The .xlsx of everything in the package: reading it gives the same package back."""
    return write_workbook(_sheets(package, with_example=False), made_at=made_at)


def write_template(*, made_at: datetime) -> bytes:
    """The empty .xlsx with drop-downs and a grey example row, which reading passes over."""
    return write_workbook(_sheets(NOTHING, with_example=True), made_at=made_at)


def _sheets(package: SchoolPackage, *, with_example: bool) -> Iterator[Sheet]:
    yield _organisation_sheet(package.organisation, with_example=with_example)
    for field, spec in SHEETS.items():
        columns = [_header(column) for column in spec.columns]
        yield Sheet(
            title=spec.title,
            columns=[*columns, _EXAMPLE] if with_example else columns,
            rows=_rows(package, field, spec),
            example=_example(spec) if with_example else None,
        )


def _organisation_sheet(organisation: OrganisationRow | None, *, with_example: bool) -> Sheet:
    field, value = ORGANISATION_COLUMNS
    columns = [
        SheetColumn(title=field, width=28, required=True),
        SheetColumn(title=value, width=60, text=True),
    ]
    rows: list[Sequence[Value]] = [
        [column.title, column.written(organisation) if organisation else None, column.example]
        for column in ORGANISATION_FIELDS
    ]
    if with_example:
        return Sheet(title=ORGANISATION, columns=[*columns, _EXAMPLE], rows=rows)
    return Sheet(title=ORGANISATION, columns=columns, rows=[row[:2] for row in rows])


def _rows(package: SchoolPackage, field: str, spec: SheetSpec[Any]) -> Iterator[Sequence[Value]]:
    for row in getattr(package, field):
        yield spec.written(_with_blank_year(row, package))


def _with_blank_year(row: Any, package: SchoolPackage) -> Any:
    """A load or membership from the year's first day is written without a date."""
    year = package.year
    dated = isinstance(row, LoadRow | SubgroupRow)
    if dated and year and row.starts_on == year.starts_on:
        return replace(row, starts_on=None)
    return row


def _example(spec: SheetSpec[Any]) -> list[Value]:
    return [*(column.example for column in spec.columns), _EXAMPLE_MARK]


def _header(column: Column) -> SheetColumn:
    """The column with a drop-down of what the other sheet names, where it refers to one."""
    if column.names is None or column.defines or column.names not in _lists():
        return column.header()
    return replace(column.header(), choices_from=_lists()[column.names])


@cache
def _lists() -> dict[Ref, str]:
    """Where the names of a kind are listed: the first sheet that defines them."""
    found: dict[Ref, str] = {}
    for spec in SHEETS.values():
        for number, column in enumerate(spec.columns, start=1):
            if column.names and column.defines:
                letter = column_letter(number)
                address = f"'{spec.title}'!${letter}$2:${letter}${_LISTED_TO}"
                found.setdefault(column.names, address)
    return found
