"""The faulty form handed back: as .xlsx, the cells in question coloured and commented."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from journal.documents.marked import Place, marked_cells
from journal.exchange.control import Finding
from journal.exchange.figures import Content
from journal.exchange.forms.specification import FIRST_ROW, GRAPH_ROW
from journal.exchange.workbook import Heading, write_form
from journal.exchange.workbook.places import place
from journal.exchange.workbook.reading import Reading


def marked_form(
    reading: Reading,
    findings: Iterable[Finding],
    heading: Heading,
    *,
    secret: str,
    made_at: datetime,
) -> bytes | None:
    """The copy; None for a file that could not be read at all."""
    content: Content | None = reading.content
    if content is None:
        return None
    data = write_form(content, heading, suffix=".xlsx", secret=secret)
    values = {
        Place(sheet, FIRST_ROW - 1 + row, place(letter)): cell
        for (sheet, row, letter), cell in reading.raw.items()
    }
    remarks: dict[Place, list[str]] = defaultdict(list)
    for one in findings:
        if one.sheet and one.letter:
            row = GRAPH_ROW - 1 if one.row is None else FIRST_ROW - 1 + one.row
            remarks[Place(one.sheet, row, place(one.letter))].append(one.text)
    texts = {where: "\n".join(said) for where, said in remarks.items()}
    return marked_cells(data, texts, values, made_at=made_at)
