"""The automatic report and the regional results on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from zoneinfo import ZoneInfo

from journal.core.messages import N_, Message
from journal.documents.pdf import (
    Flowable,
    PageFrame,
    Part,
    PdfColumn,
    heading,
    paragraph,
    render_documents,
    room,
    space,
    table,
)
from journal.exchange.tables import Head, SheetView

Say = Callable[[Message | str], str]
_SIZE, _CLOSE = 7.5, 0.5  # two tables of a school with eleven parallels fit a page
_ROOM = 50  # millimetres for the name of a sheet and its first table


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
    paper: Paper,
    sheets: Sequence[PaperSheet],
    say: Say,
    *,
    before: Sequence[Part] = (),
    note: str = "",
) -> bytes:
    """A table for each group of graphs, so that every header can be read, none torn by a page's
    end; `before` are pages that stand before them, `note` is said under the last."""
    frame = page_frame(paper, say, title=paper.title, subtitle=paper.subtitle, wide=True)
    blocks = [block for one in sheets for block in _blocks(one, frame.text_width, say)]
    if note:
        blocks.append(paragraph(note, size=7.5))
    return render_documents([[*before, (frame, blocks)]])


def page_frame(paper: Paper, say: Say, *, title: str, subtitle: str, wide: bool) -> PageFrame:
    """What stands on every page."""
    moment = f"{paper.made_at.astimezone(ZoneInfo(paper.zone)):%d.%m.%Y %H:%M}"
    return PageFrame(
        school=paper.school,
        title=title,
        subtitle=subtitle,
        made=say(N_("Made on %(moment)s", moment=moment)),
        page_label=say(N_("page %(page)s of %(pages)s")),
        wide=wide,
    )


def _blocks(one: PaperSheet, width: float, say: Say) -> Iterator[Flowable]:
    yield room(_ROOM)
    yield heading(one.sheet.title)
    yield space(1)
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
        whole = [1] * len(rows)
        made = partial(table, columns, rows, width=width, bold_rows=bold, groups=whole)
        yield made(size=_SIZE, close=_CLOSE)
        yield space(5)


def _groups(sheet: SheetView) -> list[tuple[str, list[tuple[int, Head]]]]:
    names = [name for name, count in sheet.groups for _ in range(count)]
    numbered = [(names[n], n, head) for n, head in enumerate(sheet.heads)]
    return [
        (group, [(n, head) for _, n, head in found])
        for group, found in groupby(numbered, key=lambda one: one[0])
    ]
