"""A journal's history out: the five CSV files, which reading turns into the same package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from journal.documents.delimited import write_csv
from journal.documents.workbook import Value
from journal.transfer.history.files import FILES
from journal.transfer.history.rows import HistoryPackage


def write_history(package: HistoryPackage) -> dict[str, bytes]:
    """File name to content, all five files."""
    return {spec.title: write_csv(_rows(package, field)) for field, spec in FILES.items()}


def _rows(package: HistoryPackage, field: str) -> Iterator[Sequence[Value]]:
    spec = FILES[field]
    yield [column.title for column in spec.columns]
    for row in getattr(package, field):
        yield spec.written(row)
