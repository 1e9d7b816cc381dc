"""The results of a region on paper and as a workbook: what is published and sent (R15).

Whatever leaves the region holds sums only, numbers of pupils under three suppressed (R19).
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import wrap
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from journal.core.messages import N_
from journal.core.text import sort_key
from journal.documents.loading import first_used
from journal.documents.pdf import Flowable, Part, paragraph, signatures, space
from journal.exchange.figures import Content, Figures
from journal.exchange.forms.specification import GRADES, ClassSheet
from journal.exchange.queries import Participant, ProcedureCard
from journal.exchange.queries.base import Handed
from journal.exchange.report_pdf import Paper, PaperSheet, Say, page_frame, report_pdf
from journal.exchange.results import Compared, Results
from journal.exchange.rules import Progress
from journal.exchange.summing import Sums, Total, added, of_grades
from journal.exchange.tables import sheet_view

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet
else:
    Workbook = first_used("xlsxwriter", "Workbook")

STATES = {
    Progress.NOT_BEGUN: "не приступило",
    Progress.FILLING: "в работе",
    Progress.SUBMITTED: "сдано",
}

_GRAPH, _LINE = 13, 15  # characters of a graph's column, points of a line of its head
_READABLE = 75  # per cent: thirty graphs go over several pages
WHOLE_REGION = "Всего по региону"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The covering letter of a sending, as it is printed."""

    authority: str
    number: str
    text: str
    sender: str
    total: int
    submitted: int


def results_pdf(
    card: ProcedureCard, found: Results, paper: Paper, say: Say, letter: Letter | None = None
) -> bytes:
    """The region by level; behind the covering letter when it is sent."""
    sheets = [_level_sheet(card, sheet, levels) for sheet, levels in found.sheets]
    before: list[Part] = [] if letter is None else [_covering(letter, paper, say)]
    return report_pdf(paper, sheets, say, before=before, note=say(_NOTE))


_NOTE = N_("Per cents come from sums over all schools. «…» stands for fewer than three pupils.")


def _level_sheet(card: ProcedureCard, sheet: ClassSheet, levels: Sequence[Compared]) -> PaperSheet:
    blank = Figures(card.form, Content(classes=[], numbers={}), card.thresholds)
    letters = [one.letter for one in sheet.columns]
    lines = [
        (
            WHOLE_REGION if one is levels[-1] else one.name,
            [one.region.published(letter) for letter in letters],
            one is levels[-1],
        )
        for one in levels
    ]
    return PaperSheet(sheet_view(blank, sheet, card.period), lines)


def _covering(letter: Letter, paper: Paper, say: Say) -> Part:
    """A page of its own, with the line to sign it."""
    frame = page_frame(
        paper, say, title=say(N_("Covering letter")), subtitle=paper.title, wide=False
    )
    return frame, list(_letter(letter, paper, say))


def _letter(letter: Letter, paper: Paper, say: Say) -> Iterator[Flowable]:
    day = f"{paper.made_at.astimezone(ZoneInfo(paper.zone)):%d.%m.%Y}"
    yield space(4)
    yield paragraph(say(N_("No. %(number)s of %(day)s", number=letter.number, day=day)), size=11)
    yield space(4)
    yield paragraph(letter.authority, size=11, bold=True, align="right")
    yield space(8)
    facts = N_("Handed in: %(done)s of %(all)s schools.", done=letter.submitted, all=letter.total)
    for line in (*letter.text.split("\n"), say(facts)):
        if line.strip():
            yield paragraph(line, size=11)
            yield space(2)
    yield signatures([(say(N_("Head of the centre")), "")])
    yield space(8)
    yield paragraph(say(N_("Prepared by: %(name)s", name=letter.sender)), size=9)


def results_book(
    card: ProcedureCard,
    handed: Sequence[Handed],
    schools: Sequence[Participant],
    *,
    made_at: datetime,
) -> bytes:
    """A sheet of sums by municipality for each sheet of the form, and who has handed in."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": card.title, "created": made_at.replace(tzinfo=None)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for sheet in card.form.in_period(card.period):
        _sums_page(book.add_worksheet(sheet.name[:31]), card, sheet, handed, bold)
    _schools_page(book.add_worksheet("Участники"), card, schools, bold)
    book.close()
    return out.getvalue()


def _sums_page(
    page: Worksheet, card: ProcedureCard, sheet: ClassSheet, handed: Sequence[Handed], bold: Format
) -> None:
    graphs = [f"{one.graph}. {one.header.format(**card.thresholds)}" for one in sheet.columns]
    page.write_row(0, 0, ["Муниципалитет", "Школ", *graphs], bold)
    page.set_column(0, 0, 34)
    page.set_column(2, 1 + len(graphs), _GRAPH)
    page.set_row(0, _LINE * max(len(wrap(one, _GRAPH - 2)) for one in graphs))
    page.freeze_panes(1, 1)
    _printed(page, card.title)
    page.repeat_columns(0, 1)
    page.set_print_scale(_READABLE)
    places = _by_place(handed, sheet.name)
    whole = [one for rows in places.values() for one in rows]
    for row, (name, sums) in enumerate([*places.items(), ("Регион", whole)], start=1):
        total = Total(sheet, added(sums), card.thresholds)
        page.write_string(row, 0, name, bold if name == "Регион" else None)
        page.write_number(row, 1, len(sums))
        for column, one in enumerate(sheet.columns, start=2):
            _write(page, row, column, total.published(one.letter))


def _by_place(handed: Sequence[Handed], sheet: str) -> Mapping[str, list[Sums]]:
    found: dict[str, list[Sums]] = defaultdict(list)
    for one in sorted(handed, key=lambda one: sort_key(one.school.municipality)):
        sums = of_grades(one.sums, sheet, tuple(GRADES))
        if sums:
            found[one.school.municipality or "–"].append(sums)
    return found


def _write(page: Worksheet, row: int, column: int, shown: str) -> None:
    """A figure as a number; what is suppressed or empty as it is shown."""
    try:
        page.write_number(row, column, float(shown.replace(",", ".")))
    except ValueError:
        page.write_string(row, column, shown)


def _schools_page(
    page: Worksheet, card: ProcedureCard, schools: Sequence[Participant], bold: Format
) -> None:
    page.write_row(0, 0, ["Код ОО", "Организация", "Муниципалитет", "Статус", "Передано"], bold)
    page.set_column(1, 2, 34)
    page.set_column(4, 4, 17)
    page.freeze_panes(1, 0)
    _printed(page, card.title)
    page.fit_to_pages(1, 0)
    for row, one in enumerate(schools, start=1):
        sent = one.submitted_at and one.submitted_at.astimezone(ZoneInfo(card.zone))
        day = f"{sent:%d.%m.%Y %H:%M}" if sent else ""
        cells = (one.code, one.name, one.municipality, STATES[one.progress], day)
        for column, text in enumerate(cells):
            page.write_string(row, column, text)


def _printed(page: Worksheet, title: str) -> None:
    """On lying A4, the heads and the title on each page."""
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(0)
    page.hide_gridlines(0)
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    page.set_header(f"&L{title.replace('&', '&&')}")
    page.set_footer("&L&A&R&P / &N")
