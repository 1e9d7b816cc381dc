"""Tables of a printed form: header on every page, words wrapped, rows split if they must."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, LongTable, TableStyle

from journal.documents.pdf.fonts import BOLD, REGULAR
from journal.documents.pdf.groups import opened
from journal.documents.pdf.heads import head_size, heads, padding, room
from journal.documents.pdf.model import PdfColumn
from journal.documents.pdf.setting import Setting, fair

_LEADING = 1.22
EVERY_ROW = 0xFFFFFF  # points: a height at which all rows are measured
_WIDEST = 0.12  # of the table that a word may claim for its column
_HEADER_FILL = colors.HexColor("#EDF1F7")
_LINE = colors.HexColor("#8A94A6")
_Commands = Iterator[tuple[Any, ...]]


def table(
    columns: Sequence[PdfColumn],
    rows: Iterable[Sequence[str]],
    *,
    width: float,
    size: float = 8,
    bold_rows: Collection[int] = (),
    groups: Sequence[int] = (),
    close: float = 0,
) -> Sparse:
    """A table `width` points wide; `bold_rows` are indices of rows that are totals, `groups` the
    groups of the rows, none of which is torn by the end of a page that can hold it. What only the
    first row of a group has in the leading columns stands beside the whole group. `close` (0 to 1)
    sets the lines nearer to one another."""
    texts = [list(row) for row in rows]
    settings = [Setting(size, bold=number in bold_rows) for number in range(len(texts))]
    widths = _widths(columns, texts, settings, width, size)
    body = [_cells(row, widths, one) for row, one in zip(texts, settings, strict=True)]
    header = heads(columns, widths, size)
    made = Sparse([header, *body], colWidths=widths, repeatRows=1, splitInRow=1, hAlign="LEFT")
    style = [*_style(columns, size, bold_rows, close), *_heads_style(columns, widths, size)]
    style += [*_slight(widths), *_groups(groups, texts)]
    made.setStyle(TableStyle(style))
    return made


def _widths(
    columns: Sequence[PdfColumn],
    texts: Sequence[Sequence[str]],
    settings: Sequence[Setting],
    width: float,
    size: float,
) -> list[float]:
    """By the shares, but no column narrower than its longest word."""
    shares = sum(column.share for column in columns)
    widths = [width * column.share / shares for column in columns]
    head = Setting(size, bold=True)
    needs = [0.0 if one.upright else head.longest(one.title) for one in columns]
    for row, setting in zip(texts, settings, strict=True):
        for place, text in enumerate(row):
            if text and setting.width(text) > needs[place]:
                needs[place] = max(needs[place], setting.longest(text))
    most = width * _WIDEST
    whole = [
        min(need, most) + own - room(own) + 0.1 for need, own in zip(needs, widths, strict=True)
    ]
    return fair(widths, whole)


def _cells(row: Sequence[str], widths: Sequence[float], setting: Setting) -> list[str]:
    """Plain strings: they are drawn many times faster than paragraphs."""
    return [
        "\n".join(setting.lines(text, room(width))) if text else text
        for text, width in zip(row, widths, strict=True)
    ]


def _slight(widths: Sequence[float]) -> _Commands:
    for place, width in enumerate(widths):
        for side in ("LEFTPADDING", "RIGHTPADDING"):
            yield (side, (place, 1), (place, -1), padding(width))


def _heads_style(columns: Sequence[PdfColumn], widths: Sequence[float], size: float) -> _Commands:
    lying = head_size(columns, widths, size)
    yield ("FONT", (0, 0), (-1, 0), BOLD, lying, lying * _LEADING)
    yield ("BACKGROUND", (0, 0), (-1, 0), _HEADER_FILL)
    yield ("VALIGN", (0, 0), (-1, 0), "MIDDLE")
    yield ("ALIGN", (0, 0), (-1, 0), "CENTER")
    for place, column in enumerate(columns):
        own = 0 if column.upright else padding(widths[place])
        for side in ("LEFTPADDING", "RIGHTPADDING"):
            yield (side, (place, 0), (place, 0), own)
        if column.upright:
            yield ("VALIGN", (place, 0), (place, 0), "BOTTOM")


def _groups(groups: Sequence[int], texts: Sequence[Sequence[str]]) -> _Commands:
    """Rows are numbered from 1: the head is row 0."""
    for _, found in groupby(enumerate(groups, start=1), key=itemgetter(1)):
        rows = [place for place, _ in found]
        if len(rows) < 2:
            continue
        yield ("NOSPLIT", (0, rows[0]), (0, rows[-1]))
        first, *others = (texts[row - 1] for row in rows)
        for place, text in enumerate(first):
            if not text or any(row[place] for row in others):
                break
            yield ("SPAN", (place, rows[0]), (place, rows[-1]))


class Sparse(LongTable):
    """Most cells of a journal are empty, and drawing nothing takes as long as drawing a mark."""

    def _drawCell(self, cellval: Any, cellstyle: Any, pos: Any, size: Any) -> None:
        if cellval != "":
            super()._drawCell(cellval, cellstyle, pos, size)  # type: ignore[misc]

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 (the library's names)
        """Between rows; a row is torn only on a page where it stands first."""
        return [*self.split_for(aW, aH, page_height(self, aH))]

    def split_for(self, aW: float, aH: float, page: float) -> list[Sparse]:  # noqa: N803
        """The same; a group is torn where a `page` would not hold it whole."""
        self.wrap(aW, EVERY_ROW if self._nosplitCmds else aH)  # type: ignore[attr-defined]
        with opened(self, aH, page):
            parts: list[Any] = [*super().split(aW, aH)]
        torn = sum(rows_of(part) for part in parts) > rows_of(self)
        return [] if torn and aH < page_height(self, aH) else parts


def rows_of(body: Flowable) -> int:
    """How many a table has, without its head."""
    return len(body._cellvalues) - 1  # type: ignore[attr-defined]


def page_height(flowable: Flowable, left: float) -> float:
    """Of an empty page, where the frame is known that the flowable is put into."""
    return float(getattr(getattr(flowable, "_frame", None), "_aH", left))


def _style(
    columns: Sequence[PdfColumn], size: float, bold_rows: Collection[int], close: float
) -> _Commands:
    leading = size * (_LEADING - 0.1 * close)
    yield ("FONT", (0, 1), (-1, -1), REGULAR, size, leading)
    yield ("GRID", (0, 0), (-1, -1), 0.35, _LINE)
    yield ("VALIGN", (0, 1), (-1, -1), "TOP")
    yield ("TOPPADDING", (0, 0), (-1, -1), (0.4 - 0.25 * close) * mm)
    yield ("BOTTOMPADDING", (0, 0), (-1, -1), (0.6 - 0.3 * close) * mm)
    for place, column in enumerate(columns):
        yield ("ALIGN", (place, 1), (place, -1), column.align.upper())
    for number in bold_rows:
        yield ("FONT", (0, number + 1), (-1, number + 1), BOLD, size, leading)
