"""Fonts with Cyrillic letters from the package font-roboto, never from the system."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

import font_roboto
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from journal.documents.pdf.model import Align

REGULAR = "Roboto"
BOLD = "Roboto-Bold"
ITALIC = "Roboto-Italic"
BOLD_ITALIC = "Roboto-BoldItalic"
_ALIGNMENTS: dict[Align, Literal[0, 1, 2]] = {"left": 0, "center": 1, "right": 2}
_LEADING = 1.22


@cache
def register_fonts() -> None:
    """Make the family known to the PDF library; any number of calls registers it once."""
    folder = Path(font_roboto.__file__).parent / "files"
    for name in (REGULAR, BOLD, ITALIC, BOLD_ITALIC):
        file = folder / f"{'Roboto-Regular' if name == REGULAR else name}.ttf"
        pdfmetrics.registerFont(TTFont(name, str(file)))
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC
    )


def text_style(size: float, *, bold: bool = False, align: Align = "left") -> ParagraphStyle:
    """A paragraph style of the family; a word longer than the line is broken, never cut off."""
    register_fonts()
    return ParagraphStyle(
        name=f"{size}{bold}{align}",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=size * _LEADING,
        alignment=_ALIGNMENTS[align],
        splitLongWords=1,
    )


@lru_cache(maxsize=1 << 15)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Points that `text` takes on one line."""
    register_fonts()
    return float(pdfmetrics.stringWidth(text, BOLD if bold else REGULAR, size))


def markup(text: str) -> str:
    """The text with everything escaped that the paragraph's markup would take for its own."""
    return escape(text).replace("\n", "<br/>")
