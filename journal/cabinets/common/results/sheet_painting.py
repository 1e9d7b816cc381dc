"""The rows of a summary sheet as they are written into its page: a thousand cells, so each part
that comes again is made once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

from flask import url_for
from markupsafe import Markup, escape

from journal.cabinets.common.results.blueprint import mark_css
from journal.reports.forms import FormCell, FormColumn, FormRow, PaperForm
from journal.reports.summary_form import rows_of_pupil
from journal.results.queries.summary_content import KEPT, PLACES

_NAMES_THE_ROW = 1


def forget_rows() -> None:
    """Keep nothing, as a worker that has just begun."""
    _painter.cache_clear()
    rows_of_pupil.cache_clear()


def painted_rows(form: PaperForm, class_id: int) -> Markup:
    """The rows of the body; every figure with a reason leads to how it came about."""
    painter = _painter(class_id, form.columns)
    return Markup("\n  ").join(
        painter.row(row, turn=not place)
        for _, rows in groupby(form.rows, key=lambda row: row.group)
        for place, row in enumerate(rows)
    )


class _Painter:
    """Rows of one class with the same columns; a row with the same text is painted once."""

    def __init__(self, class_id: int, columns: tuple[FormColumn, ...]) -> None:
        self._columns = [_Column(number, one) for number, one in enumerate(columns)]
        self._addresses = _Addresses(class_id)
        self.row = lru_cache(maxsize=_ROWS)(self._row)

    def _row(self, row: FormRow, *, turn: bool) -> Markup:
        return Markup(_row(row, self._columns, self._addresses, turn=turn))


_ROWS = PLACES * 50  # of a class of forty, and the figures below
_painter = lru_cache(maxsize=KEPT)(_Painter)


class _Column:
    """What is the same in every cell of a column."""

    def __init__(self, number: int, column: FormColumn) -> None:
        self.names_the_row = number == _NAMES_THE_ROW
        self.marks = column.kind == "mark"
        self.opens = '<td class="num">' if column.kind != "text" else "<td>"
        self.empty = f"{self.opens}</td>"
        self.title = str(escape(column.title))


class _Addresses:
    """Where the figures of a class are explained: built once for each kind, then filled in."""

    def __init__(self, class_id: int) -> None:
        self._class_id = class_id
        self._begun: dict[tuple[str, ...], str] = {}
        self._known: dict[str, str] = {}

    def of(self, why: str) -> str:
        """The address behind a key of the form, escaped."""
        found = self._known.get(why)
        if found is None:
            *parts, last = why.split(".")
            kind = tuple(parts)
            begun = self._begun.get(kind)
            if begun is None:
                begun = self._begun[kind] = str(escape(self._begin(*kind)))
            found = self._known[why] = begun.replace(_ID, last)
        return found

    def _begin(self, place: str, figure: str, course: str = "") -> str:
        if figure == "mark":
            return url_for("results.proposal", course_id=course, pupil_id=_ID, at=place)
        about: dict[str, Any] = {"class_id": self._class_id, "at": place, "figure": figure}
        about["pupil" if figure == "missed" else "subject"] = _ID
        return url_for("results.summary_why", **about)


_ID = "2147483647"  # the largest an address takes: no class, course or pupil of a page has it


def _row(row: FormRow, columns: list[_Column], addresses: _Addresses, *, turn: bool) -> str:
    said = ("total " if row.total else "") + ("turn" if turn else "")
    css = f' class="{said}"' if said else ""
    key = str(escape(row.key))
    cells = _cells(row, columns, addresses, key)
    return f"<tr{css}>{''.join(cells)}</tr>"


def _cells(row: FormRow, columns: list[_Column], addresses: _Addresses, key: str) -> Iterator[str]:
    for cell, column in zip(row.cells, columns, strict=True):
        if column.names_the_row:
            yield f'<th scope="row">{escape(cell.text)}</th>'
        elif cell.why:
            yield _figure(cell, column, addresses.of(cell.why), key, total=row.total)
        elif cell.text:
            yield f"{column.opens}{escape(cell.text)}</td>"
        else:
            yield column.empty


def _figure(cell: FormCell, column: _Column, address: str, key: str, *, total: bool) -> str:
    text = cell.text if cell.text.isdecimal() else str(escape(cell.text))
    css = f" {mark_css(text)}" if column.marks and not total else ""
    return (
        f'{column.opens}<a class="figure{css}" data-explain href="{address}" '
        f'aria-label="{key}, {column.title}: {text}">{text}</a></td>'
    )
