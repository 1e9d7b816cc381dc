"""«Организация»: a sheet that stands on its side, a field in each row."""

from __future__ import annotations

from journal.core.messages import N_
from journal.documents.cells import Cell, CellRefused, header_key, shown
from journal.documents.tables import Table, TableRow
from journal.transfer.faults import Findings
from journal.transfer.references import References
from journal.transfer.school.rows import OrganisationRow
from journal.transfer.school.sheets import (
    ORGANISATION,
    ORGANISATION_COLUMNS,
    ORGANISATION_FIELDS,
)

_FIELD, _VALUE = ORGANISATION_COLUMNS


def read_organisation(
    table: Table, known: OrganisationRow | None, findings: Findings
) -> OrganisationRow | None:
    """The organisation, or None beside faults. A field the sheet lacks stays as `known` has it."""
    rows = _rows_by_field(table, findings)
    if rows is None:
        return None
    values: dict[str, object] = {}
    for column in ORGANISATION_FIELDS:
        row = rows.get(header_key(column.title))
        if row is None:
            values[column.field] = getattr(known, column.field, column.default)
            if column.required and known is None:
                message = N_("The row «%(field)s» is missing. Add it.", field=column.title)
                findings.fault(ORGANISATION, table.rows[0].number, _FIELD, column.title, message)
            continue
        number, cell = row
        try:
            values[column.field] = column.value(cell, References())
        except CellRefused as refused:
            findings.fault(ORGANISATION, number, _VALUE, shown(cell), refused.message)
    if findings.in_sheet(ORGANISATION):
        return None
    return OrganisationRow(**values)  # type: ignore[arg-type]


def organisation_code(tables: tuple[Table, ...]) -> str | None:
    """The code of the organisation a file names, before anything else is read."""
    code = header_key(ORGANISATION_FIELDS[0].title)
    for table in tables:
        if header_key(table.name) == header_key(ORGANISATION):
            found = (_rows_by_field(table, Findings()) or {}).get(code)
            return shown(found[1]) or None if found else None
    return None


def _rows_by_field(table: Table, findings: Findings) -> dict[str, tuple[int, Cell]] | None:
    header = table.rows[0] if table.rows else TableRow(1, ())
    places = {header_key(shown(cell)): place for place, cell in enumerate(header.cells)}
    missing = [title for title in ORGANISATION_COLUMNS if header_key(title) not in places]
    for title in missing:
        message = N_(
            "The column «%(column)s» is missing. Add it or correct its header.", column=title
        )
        findings.fault(ORGANISATION, header.number, title, "", message)
    if missing:
        return None
    found: dict[str, tuple[int, Cell]] = {}
    for row in table.rows[1:]:
        _take(row, places, found, findings)
    return found


def _take(
    row: TableRow,
    places: dict[str, int],
    found: dict[str, tuple[int, Cell]],
    findings: Findings,
) -> None:
    field, value = (
        row.cells[place] if (place := places[header_key(title)]) < len(row.cells) else None
        for title in ORGANISATION_COLUMNS
    )
    name = header_key(shown(field))
    if name in found:
        message = N_("The field «%(field)s» stands here twice. Leave one.", field=shown(field))
        findings.fault(ORGANISATION, row.number, _FIELD, shown(field), message)
    elif name in {header_key(column.title) for column in ORGANISATION_FIELDS}:
        found[name] = (row.number, value)
    elif name:
        message = N_("The field «%(field)s» is unknown and was left out.", field=shown(field))
        findings.note(ORGANISATION, row.number, _FIELD, message)
