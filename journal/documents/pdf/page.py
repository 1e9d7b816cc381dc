"""The frame every printed form has: school, title, period, moment of making, page x of y."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from journal.documents.pdf.fonts import BOLD, REGULAR, markup, register_fonts, text_style
from journal.documents.pdf.model import MARGIN, Align, PageFrame, Part

_HEADER = 13 * mm
_LEAST, _LEAST_SCHOOL = 8, 7  # a title, a school's name smaller than this is not read
_FOOTER = 8 * mm
_SMALL = 7.5


def render(frame: PageFrame, blocks: Sequence[Flowable]) -> bytes:
    """The document of these blocks in this frame."""
    return render_documents([[(frame, blocks)]])


def render_documents(documents: Sequence[Sequence[Part]]) -> bytes:
    """Several documents in one file, each numbered by itself; every part of a document begins on
    a new page with the frame it brings."""
    register_fonts()
    content = io.BytesIO()
    first = documents[0][0][0]
    made = BaseDocTemplate(
        content, pagesize=first.size, title=first.title, author=first.school, invariant=1
    )
    story: list[Flowable] = []
    for number, document in enumerate(documents):
        for place, (frame, blocks) in enumerate(document):
            name = f"{number}-{place}"
            made.addPageTemplates([_template(name, number, frame)])
            if story:
                story += [NextPageTemplate(name), PageBreak()]
            story += [*blocks, Spacer(frame.size[0], 0)]
    made.build(story, canvasmaker=_Numbered)
    return content.getvalue()


def _template(name: str, number: int, frame: PageFrame) -> PageTemplate:
    width, height = frame.size
    body = Frame(
        MARGIN,
        MARGIN + _FOOTER,
        frame.text_width,
        height - 2 * MARGIN - _HEADER - _FOOTER,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )

    def begin(canvas: Any, _document: Any) -> None:
        canvas.place = (number, frame)

    return PageTemplate(name, frames=[body], pagesize=(width, height), onPage=begin)


def heading(text: str, *, size: float = 11) -> Flowable:
    """A heading inside the form."""
    return Paragraph(markup(text), text_style(size, bold=True))


def paragraph(text: str, *, size: float = 9, bold: bool = False, align: Align = "left") -> Flowable:
    """Running text; line breaks are kept."""
    return Paragraph(markup(text), text_style(size, bold=bold, align=align))


def room(millimetres: float) -> Flowable:
    """A new page, unless that much of this one is left."""
    return CondPageBreak(millimetres * mm)


def space(millimetres: float) -> Flowable:
    """Empty space between blocks."""
    return Spacer(1, millimetres * mm)


_BLANK = f"/ {'_' * 24} /"


def new_page() -> Flowable:
    """What follows begins on a page of its own."""
    return PageBreak()


def signatures(people: Sequence[tuple[str, str]]) -> Flowable:
    """Lines to sign: (post, name) of each, a line to write the name on where it is not known;
    never torn from one another by a page's end."""
    style = text_style(9)
    rows = [
        [Paragraph(markup(post), style), "_" * 24, Paragraph(markup(name or _BLANK), style)]
        for post, name in people
    ]
    lines = Table(rows, colWidths=[70 * mm, 52 * mm, 58 * mm], hAlign="LEFT")
    lines.setStyle([("FONT", (0, 0), (-1, -1), REGULAR, 9), ("VALIGN", (0, 0), (-1, -1), "BOTTOM")])
    return KeepTogether([Spacer(1, 6 * mm), lines])


class _Numbered(Canvas):
    """Draws the frames at the end, when the number of pages of every document is known."""

    place: tuple[int, PageFrame]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:
        """Keep the page for the end."""
        self._pages.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]

    def save(self) -> None:
        """Number the pages of each document from one, and write them."""
        totals = Counter(page["place"][0] for page in self._pages)
        seen: Counter[int] = Counter()
        for page in self._pages:
            number, frame = page["place"]
            seen[number] += 1
            self.__dict__.update(page)
            _draw_frame(self, frame, seen[number], totals[number])
            super().showPage()
        super().save()


def _draw_frame(canvas: Canvas, frame: PageFrame, page: int, pages: int) -> None:
    width, height = frame.size
    top = height - MARGIN
    heights = _draw_lines(canvas, frame, top)
    canvas.setLineWidth(0.4)
    canvas.line(MARGIN, heights, width - MARGIN, heights)
    canvas.setFont(REGULAR, _SMALL)
    left = "   ".join(part for part in (frame.made, frame.check_code) if part)
    canvas.drawString(MARGIN, MARGIN, left)
    canvas.drawRightString(
        width - MARGIN, MARGIN, frame.page_label % {"page": page, "pages": pages}
    )


def _draw_lines(canvas: Canvas, frame: PageFrame, top: float) -> float:
    """School on the first line, title and subtitle on the second, shrunk to fit; either in two
    lines where it would be too small to be read. Answers where the head ends."""
    title = f"{frame.title}. {frame.subtitle}" if frame.subtitle else frame.title
    school = _fitted(canvas, frame.school, REGULAR, 8, _LEAST_SCHOOL, frame.text_width)
    named = _fitted(canvas, title, BOLD, 11, _LEAST, frame.text_width)
    place = top
    for font, lines, gap in ((REGULAR, school, 0), (BOLD, named, 2)):
        for number, (size, line) in enumerate(lines):
            place -= size * 1.12 if number else size + gap
            _draw_fitted(canvas, line, font, size, place, frame.text_width)
    return max(place - 6, top - _HEADER + 1)


def _fitted(
    canvas: Canvas, text: str, font: str, size: float, least: float, width: float
) -> list[tuple[float, str]]:
    """(size, line): one line if it need not be smaller than `least`, or else two."""
    if canvas.stringWidth(text, font, least) <= width:
        return [(size, text)]
    found, lines = _in_two(text, font, least, width)
    return [(found, line) for line in lines]


def _in_two(text: str, font: str, size: float, width: float) -> tuple[float, list[str]]:
    """The text in at most two lines, as large as they allow."""
    lines = simpleSplit(text, font, size, width)
    while len(lines) > 2:
        size *= 0.95
        lines = simpleSplit(text, font, size, width)
    return size, lines


def _draw_fitted(
    canvas: Canvas, text: str, font: str, size: float, baseline: float, width: float
) -> None:
    taken = canvas.stringWidth(text, font, size)
    canvas.setFont(font, size if taken <= width else size * width / taken)
    canvas.drawString(MARGIN, baseline, text)
