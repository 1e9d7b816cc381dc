"""From a raw table to typed rows by its specification, with every fault at its place."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from journal.core.messages import N_
from journal.documents.cells import Cell, CellRefused, header_key, shown
from journal.documents.tables import Table, TableRow
from journal.transfer.faults import Findings
from journal.transfer.references import References
from journal.transfer.specification import SheetSpec, raw

Row = TypeVar("Row")

# The template's example rows carry something in this column; untouched ones are not read.
EXAMPLE_COLUMN = "Образец"
_EXAMPLE_KEY = header_key(EXAMPLE_COLUMN)


class SheetReader(Generic[Row]):
    """Reads one table. Headers stand in its first filled row, in any order."""

    def __init__(
        self, spec: SheetSpec[Row], table: Table, known: References, findings: Findings
    ) -> None:
        self._spec, self._known, self._findings = spec, known, findings
        self._header, *self._body = table.rows or (TableRow(1, ()),)
        titles = [header_key(shown(cell)) for cell in self._header.cells]
        self._at = {title: place for place, title in reversed(list(enumerate(titles))) if title}
        self._absent = [
            column for column in spec.columns if header_key(column.title) not in self._at
        ]
        self._places = [
            (self._at[header_key(column.title)], column)
            for column in spec.columns
            if column not in self._absent
        ]
        self.repeated: list[Row] = []
        self._report_columns()

    def rows(self, kept: Iterable[Row] = ()) -> list[Row]:
        """Every row that can be told from others; the rest, and every bad cell, is a fault.

        What a file has no column for stays as it is in the row of the same key among `kept`.
        """
        if any(column.vital for column in self._absent):
            self._forgive_references()
            return []
        before = {self._spec.key_of(row): row for row in kept} if self._absent else {}
        found: dict[tuple[object, ...], Row] = {}
        for row in self._body:
            built = None if self._is_example(row) else self._built(row)
            if built is None:
                continue
            key = self._spec.key_of(built) if self._spec.repeated_at else (row.number,)
            if key in found:
                self._report_repeated(row, found[key])
                self.repeated.append(built)
            else:
                found[key] = self._completed(built, before.get(key))
        return list(found.values())

    def _report_columns(self) -> None:
        known = {header_key(column.title) for column in self._spec.columns} | {_EXAMPLE_KEY}
        titles = [shown(cell) for cell in self._header.cells]
        unknown = [title for title in titles if title and header_key(title) not in known]
        for title in unknown:
            message = N_("The column «%(column)s» is unknown and was left out.", column=title)
            self._findings.note(self._spec.title, self._header.number, title, message)
        for column in self._absent:
            if column.required:
                self._report_absent(column.title, unknown)

    def _report_absent(self, title: str, unknown: Sequence[str]) -> None:
        """A required column is missing; a header much like it is probably the one meant."""
        alike = difflib.get_close_matches(title, unknown, n=1, cutoff=0.4)
        alike = alike or [found for found in unknown if found.startswith(title)]
        self._findings.fault(
            self._spec.title,
            self._header.number,
            title,
            alike[0] if alike else "",
            N_("The column «%(column)s» is missing. Add it or correct its header.", column=title),
        )

    def _report_repeated(self, row: TableRow, first: Row) -> None:
        title = self._spec.repeated_at
        self._findings.fault(
            self._spec.title,
            row.number,
            title,
            shown(self._cell(row, title)),
            N_(
                "This is said in row %(row)s already. Delete the row or correct «%(column)s».",
                row=getattr(first, "row", ""),
                column=title,
            ),
        )

    def _forgive_references(self) -> None:
        for column in self._spec.columns:
            if column.defines and column.names:
                self._known.forgive(column.names)

    def _built(self, row: TableRow) -> Row | None:
        values: dict[str, object] = {
            column.field: column.cell.stand_in if column.required else column.default
            for column in self._absent
        }
        sound, cells, width = True, row.cells, len(row.cells)
        for place, column in self._places:
            cell = cells[place] if place < width else None
            try:
                values[column.field] = column.value(cell, self._known)
            except CellRefused as refused:
                sound = sound and not column.vital
                values[column.field] = column.cell.stand_in
                self._findings.fault(
                    self._spec.title, row.number, column.title, shown(cell), refused.message
                )
        return self._spec.build(row=row.number, **values) if sound else None

    def _cell(self, row: TableRow, title: str) -> Cell:
        place = self._at.get(header_key(title))
        return row.cells[place] if place is not None and place < len(row.cells) else None

    def _completed(self, row: Row, before: Row | None) -> Row:
        if before is None:
            return row
        kept = {column.field: getattr(before, column.field) for column in self._absent}
        return dataclasses.replace(row, **kept)  # type: ignore[type-var]

    def _is_example(self, row: TableRow) -> bool:
        if not shown(self._cell(row, EXAMPLE_COLUMN)):
            return False
        return all(
            shown(self._cell(row, column.title)) == shown(raw(column.example))
            for _, column in self._places
        )
