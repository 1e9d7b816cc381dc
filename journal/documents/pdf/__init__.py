"""PDF toolkit: Cyrillic fonts, the page frame, tables that never cut a word, slips to cut out.

Bytes depend on the arguments alone: the moment of making is one of them, the clock is not read.
"""

from journal.documents.pdf.page import (
    PageFrame,
    heading,
    new_page,
    paragraph,
    render,
    running_title,
    signatures,
    space,
)
from journal.documents.pdf.slips import Slip, SlipSheet, render_slips
from journal.documents.pdf.tables import PdfColumn, table

__all__ = [
    "PageFrame",
    "PdfColumn",
    "Slip",
    "SlipSheet",
    "heading",
    "new_page",
    "paragraph",
    "render",
    "render_slips",
    "running_title",
    "signatures",
    "space",
    "table",
]
