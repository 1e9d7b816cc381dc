"""PDF toolkit: Cyrillic fonts, the page frame, tables that never cut a word, slips to cut out.

Bytes depend on the arguments alone: the moment of making is one of them, the clock is not read. The
toolkit is loaded by the first document (`journal.documents.loading`).
"""

from typing import TYPE_CHECKING

from journal.documents.loading import first_used
from journal.documents.pdf.model import PageFrame, Part, PdfColumn, Slip, SlipSheet

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from journal.documents.pdf.ending import ended
    from journal.documents.pdf.page import (
        heading,
        new_page,
        paragraph,
        render,
        render_documents,
        room,
        signatures,
        space,
    )
    from journal.documents.pdf.slips import render_slips
    from journal.documents.pdf.tables import table
else:
    Flowable = object  # a name for annotations
    heading, new_page, paragraph, render, render_documents = (
        first_used("journal.documents.pdf.page", name)
        for name in ("heading", "new_page", "paragraph", "render", "render_documents")
    )
    room, signatures, space = (
        first_used("journal.documents.pdf.page", name) for name in ("room", "signatures", "space")
    )
    ended = first_used("journal.documents.pdf.ending", "ended")
    render_slips = first_used("journal.documents.pdf.slips", "render_slips")
    table = first_used("journal.documents.pdf.tables", "table")

__all__ = [
    "Flowable",
    "PageFrame",
    "Part",
    "PdfColumn",
    "Slip",
    "SlipSheet",
    "ended",
    "heading",
    "new_page",
    "paragraph",
    "render",
    "render_documents",
    "render_slips",
    "room",
    "signatures",
    "space",
    "table",
]
