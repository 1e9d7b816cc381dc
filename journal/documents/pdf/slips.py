"""Slips to cut out: 2 × 4 cards a page, each with lines «label: value» and perhaps a QR code."""

from __future__ import annotations

import io
from collections.abc import Sequence

import segno
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepInFrame, Paragraph, Spacer

from journal.documents.pdf.fonts import (
    BOLD,
    REGULAR,
    markup,
    register_fonts,
    text_style,
    text_width,
)
from journal.documents.pdf.model import Slip, SlipSheet
from journal.documents.pdf.setting import Setting

_COLUMNS, _ROWS = 2, 4
_MARGIN = 8 * mm
_PADDING = 5 * mm
_WIDTH = (A4[0] - 2 * _MARGIN) / _COLUMNS
_HEIGHT = (A4[1] - 2 * _MARGIN) / _ROWS
_QR = 27 * mm
_TITLE, _TEXT, _SMALLEST = 12.5, 11, 6.5


def render_slips(sheet: SlipSheet, slips: Sequence[Slip]) -> bytes:
    """The pages of cards, left to right and down, with dashed lines to cut along."""
    register_fonts()
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=A4, invariant=1)
    canvas.setTitle(sheet.title)
    canvas.setAuthor(sheet.school)
    pages = _pages(slips) or [()]
    for number, page in enumerate(pages, start=1):
        for place, slip in enumerate(page):
            _draw_slip(canvas, sheet.school, slip, *_corner(place))
        _draw_cuts(canvas)
        label = sheet.page_label % {"page": number, "pages": len(pages)}
        canvas.setFont(REGULAR, 6.5)
        canvas.drawCentredString(A4[0] / 2, 3 * mm, f"{sheet.title}   {sheet.made}   {label}")
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def _pages(slips: Sequence[Slip]) -> list[Sequence[Slip]]:
    cards = _COLUMNS * _ROWS
    return [slips[first : first + cards] for first in range(0, len(slips), cards)]


def _corner(place: int) -> tuple[float, float]:
    """Lower left corner of the card with this number on the page."""
    row, column = divmod(place, _COLUMNS)
    return _MARGIN + column * _WIDTH, A4[1] - _MARGIN - (row + 1) * _HEIGHT


def _draw_slip(canvas: Canvas, school: str, slip: Slip, left: float, bottom: float) -> None:
    width = _WIDTH - 2 * _PADDING - (_QR if slip.qr else 0)
    height = _HEIGHT - 2 * _PADDING
    body = KeepInFrame(width, height, _content(school, slip, width), mode="shrink")
    _, taken = body.wrapOn(canvas, width, height)
    body.drawOn(canvas, left + _PADDING, bottom + _HEIGHT - _PADDING - taken)
    if slip.qr:
        corner = left + _WIDTH - _PADDING - _QR + 2 * mm, bottom + _HEIGHT - _PADDING - _QR
        _draw_qr(canvas, slip.qr, *corner, _QR - 2 * mm)


def _content(school: str, slip: Slip, width: float) -> list[Flowable]:
    title = "\n".join(Setting(_TITLE, bold=True).lines(slip.title, width))
    content: list[Flowable] = [Paragraph(markup(school), text_style(7))]
    content.append(Paragraph(markup(title), text_style(_TITLE, bold=True)))
    for label, value in slip.lines:
        content += [Spacer(1, 1.2 * mm), Paragraph(_line(label, value, width), text_style(_TEXT))]
    if slip.note:
        content.append(Spacer(1, 1.5 * mm))
        content.append(Paragraph(markup(slip.note), text_style(7.5)))
    return content


def _line(label: str, value: str, width: float) -> str:
    """An address or a login is copied by hand: it stands whole on a line of its own, smaller where
    it must be."""
    long = text_width(value, _TEXT, bold=True)
    own = " " not in value and text_width(f"{label}: ", _TEXT) + long > width
    size = max(_SMALLEST, min(_TEXT, _TEXT * width / long)) if own else _TEXT
    glue = "<br/>" if own else " "
    return f'{markup(label)}:{glue}<font name="{BOLD}" size="{size:.2f}">{markup(value)}</font>'


def _draw_qr(canvas: Canvas, text: str, left: float, bottom: float, side: float) -> None:
    modules = tuple(segno.make(text, error="m", micro=False).matrix)
    size = side / len(modules)
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            if dark:
                low = bottom + side - (row + 1) * size
                canvas.rect(left + column * size, low, size, size, stroke=0, fill=1)


def _draw_cuts(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setDash(2, 3)
    canvas.setLineWidth(0.4)
    for column in range(_COLUMNS + 1):
        place = _MARGIN + column * _WIDTH
        canvas.line(place, _MARGIN, place, A4[1] - _MARGIN)
    for row in range(_ROWS + 1):
        place = _MARGIN + row * _HEIGHT
        canvas.line(_MARGIN, place, A4[0] - _MARGIN, place)
    canvas.restoreState()
