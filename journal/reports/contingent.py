"""«Движение контингента»: на начало · прибыло · выбыло · на конец, by class and parallel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from journal.core.messages import N_, Message
from journal.documents.pdf import PageFrame, PdfColumn, render, signatures, table
from journal.documents.workbook import Sheet, SheetColumn, Value, write_workbook
from journal.school.contingent import Contingent, Flow

Say = Callable[[Message | str], str]
TITLE = N_("Movement of pupils")
COLUMNS = (
    (N_("Class"), 2.0, 22),
    (N_("At the start"), 1.2, 12),
    (N_("Arrived"), 1.2, 12),
    (N_("from other classes"), 1.4, 16),
    (N_("Left"), 1.2, 12),
    (N_("to other classes"), 1.4, 16),
    (N_("At the end"), 1.2, 12),
)
Line = tuple[Message | str, Flow, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContingentReport:
    """Everything the form says."""

    school: str
    made_at: datetime
    time_zone: str
    figures: Contingent


def lines(figures: Contingent) -> Iterator[Line]:
    """(name, flow, whether it is a total) from the first parallel to the whole school."""
    for parallel in figures.grades:
        for one in parallel.classes:
            yield one.name, one.flow, False
        yield N_("Parallel %(grade)s", grade=parallel.grade), parallel.total, True
    for name, least, most in _STAGES:
        inside = [one.total for one in figures.grades if least <= one.grade <= most]
        if inside:
            yield name, sum(inside, Flow()), True
    yield N_("The whole school"), figures.total, True


_STAGES = (
    (N_("Parallels 1–4"), 1, 4),
    (N_("Parallels 5–9"), 5, 9),
    (N_("Parallels 10–11"), 10, 12),
)


def flow_cells(flow: Flow) -> list[int]:
    """The figures in the order of the columns."""
    return [
        flow.at_start,
        flow.arrived,
        flow.from_classes,
        flow.left,
        flow.to_classes,
        flow.at_end,
    ]


def contingent_pdf(report: ContingentReport, say: Say) -> bytes:
    """The form to sign."""
    moment = f"{report.made_at.astimezone(ZoneInfo(report.time_zone)):%d.%m.%Y %H:%M}"
    frame = PageFrame(
        school=report.school,
        title=say(TITLE),
        subtitle=f"{report.figures.first:%d.%m.%Y} – {report.figures.last:%d.%m.%Y}",
        made=say(N_("Made on %(moment)s", moment=moment)),
        page_label=say(N_("page %(page)s of %(pages)s")),
    )
    columns = [
        PdfColumn(title=say(title), share=share, align="right" if place else "left")
        for place, (title, share, _) in enumerate(COLUMNS)
    ]
    found = list(lines(report.figures))
    rows = [[say(name), *map(str, flow_cells(flow))] for name, flow, _ in found]
    bold = [place for place, (_, _, total) in enumerate(found) if total]
    body = table(columns, rows, width=frame.text_width, size=9, bold_rows=bold)
    return render(frame, [body, signatures([(say(N_("Director")), "")])])


def contingent_xlsx(report: ContingentReport, say: Say) -> bytes:
    """The same figures as numbers."""
    rows: list[list[Value]] = [
        [say(name), *flow_cells(flow)] for name, flow, _ in lines(report.figures)
    ]
    columns = [SheetColumn(title=say(title), width=width) for title, _, width in COLUMNS]
    sheet = Sheet(title=say(TITLE), columns=columns, rows=rows)
    return write_workbook([sheet], made_at=report.made_at)
