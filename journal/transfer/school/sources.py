"""Which table is which sheet: by its name, or, for a CSV under any name, by its headers."""

from __future__ import annotations

from collections.abc import Sequence

from journal.core.messages import N_
from journal.documents.cells import header_key, shown
from journal.documents.tables import Table
from journal.transfer.faults import Findings
from journal.transfer.school.sheets import ORGANISATION, ORGANISATION_COLUMNS, SHEETS, TITLES

_BY_KEY = {header_key(title): title for title in TITLES}
_REQUIRED = {ORGANISATION: frozenset(map(header_key, ORGANISATION_COLUMNS))} | {
    spec.title: frozenset(header_key(column.title) for column in spec.columns if column.required)
    for spec in SHEETS.values()
}


def sheets_of(tables: Sequence[Table], findings: Findings) -> dict[str, Table]:
    """Title of the format to the table that fills it; strangers are noted and left out."""
    found = {
        _BY_KEY[header_key(table.name)]: table
        for table in reversed(tables)
        if header_key(table.name) in _BY_KEY
    }
    for table in tables:
        if table in found.values() or not table.rows:
            continue
        title = _by_headers(table)
        if title and title not in found:
            found[title] = table
        else:
            message = N_("The sheet “%(sheet)s” is unknown and was left out.", sheet=table.name)
            findings.note(table.name, 1, "", message)
    if not found:
        findings.fault(
            tables[0].name if tables else "",
            1,
            "",
            "",
            N_("The file has no sheet of the school workbook. Start from its template."),
        )
    return found


def _by_headers(table: Table) -> str | None:
    """The sheet all of whose required columns are here; of several, the one with most of them."""
    headers = {header_key(shown(cell)) for cell in table.rows[0].cells}
    fitting = [title for title, required in _REQUIRED.items() if required <= headers]
    return max(fitting, key=lambda title: len(_REQUIRED[title]), default=None)
