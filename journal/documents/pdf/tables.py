"""Tables of a printed form: header on every page, words wrapped, rows split if they must."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, LongTable, Paragraph, TableStyle

from journal.documents.pdf.fonts import BOLD, REGULAR, markup, text_style, text_width
from journal.documents.pdf.model import PdfColumn

_PADDING = 2.2
_NARROW, _SLIGHT = 20, 0.7  # points: columns of dates leave their room to the marks
_SMALLEST = 5.0
_HEADER_FILL = colors.HexColor("#EDF1F7")
_LINE = colors.HexColor("#8A94A6")


def table(
    columns: Sequence[PdfColumn],
    rows: Iterable[Sequence[str]],
    *,
    width: float,
    size: float = 8,
    bold_rows: Collection[int] = (),
    groups: Sequence[int] = (),
) -> Flowable:
    """A table `width` points wide; `bold_rows` are indices of rows that are totals, `groups` the
    groups of the rows, none of which is torn by a page's end."""
    shares = sum(column.share for column in columns)
    widths = [width * column.share / shares for column in columns]
    body = [
        [
            _cell(text, column, place, size, bold=number in bold_rows)
            for text, column, place in zip(row, columns, widths, strict=True)
        ]
        for number, row in enumerate(rows)
    ]
    header = [_header(column, place, size) for column, place in zip(columns, widths, strict=True)]
    made = _Sparse([header, *body], colWidths=widths, repeatRows=1, splitInRow=1, hAlign="LEFT")
    made.setStyle(_style(columns, size, bold_rows))
    made.setStyle(_slight(widths))
    made.setStyle(_kept_together(groups))
    return made


def _slight(widths: Sequence[float]) -> TableStyle:
    style: list[tuple[Any, ...]] = []
    for place, width in enumerate(widths):
        for side in ("LEFTPADDING", "RIGHTPADDING"):
            style.append((side, (place, 0), (place, -1), _padding(width)))
    return TableStyle(style)


def _padding(width: float) -> float:
    return _SLIGHT if width < _NARROW else _PADDING


def _kept_together(groups: Sequence[int]) -> TableStyle:
    """Rows are numbered from 1: the head is row 0."""
    style: list[tuple[Any, ...]] = []
    for _, found in groupby(enumerate(groups, start=1), key=itemgetter(1)):
        rows = [place for place, _ in found]
        if len(rows) > 1:
            style.append(("NOSPLIT", (0, rows[0]), (0, rows[-1])))
    return TableStyle(style)


class _Sparse(LongTable):
    """Most cells of a journal are empty, and drawing nothing takes as long as drawing a mark."""

    def _drawCell(self, cellval: Any, cellstyle: Any, pos: Any, size: Any) -> None:
        if cellval != "":
            super()._drawCell(cellval, cellstyle, pos, size)  # type: ignore[misc]


class Upright(Flowable):
    """One line of text from bottom to top."""

    def __init__(self, text: str, size: float) -> None:
        super().__init__()
        self._text, self._size = text, size
        self.width = size * 1.2
        self.height = text_width(text, size, bold=True) + 2 * _PADDING

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 (the library's names)
        """The space taken: a column as wide as the line is high."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw on the canvas of the page."""
        self.canv.saveState()
        self.canv.rotate(90)
        self.canv.setFont(BOLD, self._size)
        self.canv.drawString(_PADDING, -self._size, self._text)
        self.canv.restoreState()


def _header(column: PdfColumn, width: float, size: float) -> Flowable | str:
    if column.upright:
        return Upright(column.title, size)
    fitted = _fitted(column.title, width - 2 * _padding(width) - 0.5, size)
    return Paragraph(markup(column.title), text_style(fitted, bold=True, align="center"))


def _fitted(title: str, room: float, size: float) -> float:
    """The size at which no word of a head is torn."""
    longest = max((text_width(word, size, bold=True) for word in title.split()), default=0)
    return size if longest <= room else max(_SMALLEST, size * room / longest)


def _cell(text: str, column: PdfColumn, width: float, size: float, *, bold: bool) -> Flowable | str:
    """A plain string where it fits on one line: it is drawn many times faster."""
    room = width - 2 * _padding(width) - 0.5
    if "\n" not in text and text_width(text, size, bold=bold) <= room:
        return text
    return Paragraph(markup(text), text_style(size, bold=bold, align=column.align))


def _style(columns: Sequence[PdfColumn], size: float, bold_rows: Collection[int]) -> TableStyle:
    style: list[tuple[Any, ...]] = [
        ("FONT", (0, 1), (-1, -1), REGULAR, size, size * 1.22),
        ("GRID", (0, 0), (-1, -1), 0.35, _LINE),
        ("BACKGROUND", (0, 0), (-1, 0), _HEADER_FILL),
        ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 0.4 * mm),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0.6 * mm),
    ]
    for place, column in enumerate(columns):
        style.append(("ALIGN", (place, 0), (place, -1), column.align.upper()))
    for number in bold_rows:
        style.append(("FONT", (0, number + 1), (-1, number + 1), BOLD, size, size * 1.22))
    return TableStyle(style)
