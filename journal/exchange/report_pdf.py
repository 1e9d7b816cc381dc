"""The automatic report and the regional results on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from journal.core.messages import N_, Message
from journal.documents.pdf import Flowable, PageFrame, PdfColumn, heading, render, space, table
from journal.exchange.tables import Head, SheetView

Say = Callable[[Message | str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What stands around the tables."""

    school: str
    title: str
    subtitle: str
    made_at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """A sheet with named lines: values in the order of its graphs; bold ones are sums."""

    sheet: SheetView
    lines: Sequence[tuple[str, Sequence[str], bool]]


def report_pdf(
    paper: Paper, sheets: Sequence[PaperSheet], say: Say, *, first: Sequence[Flowable] = ()
) -> bytes:
    """A table for each group of graphs, so that every header can be read; `first` stands before
    them."""
    moment = f"{paper.made_at.astimezone(ZoneInfo(paper.zone)):%d.%m.%Y %H:%M}"
    frame = PageFrame(
        school=paper.school,
        title=paper.title,
        subtitle=paper.subtitle,
        made=say(N_("Made on %(moment)s", moment=moment)),
        page_label=say(N_("page %(page)s of %(pages)s")),
        wide=True,
    )
    blocks = [block for one in sheets for block in _blocks(one, frame.text_width, say)]
    return render(frame, [*first, *blocks])


def _blocks(one: PaperSheet, width: float, say: Say) -> Iterator[Flowable]:
    yield heading(one.sheet.title)
    bold = [n for n, (_, _, total) in enumerate(one.lines) if total]
    for group, part in _groups(one.sheet):
        columns = [
            PdfColumn(title=group or say(N_("Level")), share=1.6),
            *(
                PdfColumn(title=f"{head.graph}. {head.text}", share=1, align="right")
                for _, head in part
            ),
        ]
        rows = [[name, *(values[n] for n, _ in part)] for name, values, _ in one.lines]
        yield table(columns, rows, width=width, size=8, bold_rows=bold)
        yield space(6)


def _groups(sheet: SheetView) -> list[tuple[str, list[tuple[int, Head]]]]:
    names = [name for name, count in sheet.groups for _ in range(count)]
    numbered = [(names[n], n, head) for n, head in enumerate(sheet.heads)]
    return [
        (group, [(n, head) for _, n, head in found])
        for group, found in groupby(numbered, key=lambda one: one[0])
    ]
