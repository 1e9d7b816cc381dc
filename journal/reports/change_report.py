"""«Отчёт об изменении отметок» (D25): a PDF to sign, an xlsx to work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from journal.control.changes import MarkChange
from journal.core.messages import N_, Message
from journal.documents.pdf import (
    Flowable,
    PageFrame,
    PdfColumn,
    paragraph,
    render,
    signatures,
    table,
)
from journal.documents.workbook import Sheet, SheetColumn, Value, write_workbook

Say = Callable[[Message | str], str]
TITLE = N_("Report on changed marks")
_COLUMNS = (
    (N_("No."), 0.5, 6),
    (N_("Teacher"), 2.0, 34),
    (N_("Pupil"), 2.0, 34),
    (N_("Class"), 0.8, 9),
    (N_("Subject"), 1.6, 24),
    (N_("Lesson or period"), 1.2, 16),
    (N_("Was"), 0.7, 8),
    (N_("Became"), 1.1, 16),
    (N_("Changed at"), 1.3, 18),
    (N_("Why"), 1.7, 40),
    (N_("Unlock"), 1.25, 14),
    (N_("After the window"), 0.8, 12),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReport:
    """Everything the form says; instants are UTC, shown in the school's zone."""

    school: str
    period: Message
    made_at: datetime
    time_zone: str
    rows: tuple[MarkChange, ...]


def change_report_pdf(report: ChangeReport, say: Say) -> bytes:
    """The form on lying A4 sheets, with lines to sign."""
    frame = PageFrame(
        school=report.school,
        title=say(TITLE),
        subtitle=say(report.period),
        made=say(N_("Made on %(moment)s", moment=_moment(report, report.made_at))),
        page_label=say(N_("page %(page)s of %(pages)s")),
        wide=True,
    )
    columns = [
        PdfColumn(title=say(title), share=share, align="center" if share < 1 else "left")
        for title, share, _ in _COLUMNS
    ]
    body: list[Flowable] = []
    if report.rows:
        rows = [
            [_written(value) for value in _cells(report, row, place, say)]
            for place, row in enumerate(report.rows, start=1)
        ]
        body.append(table(columns, rows, width=frame.text_width, size=8))
    else:
        body.append(paragraph(say(N_("No mark was changed in this period."))))
    body.append(signatures([(say(N_("Deputy director")), ""), (say(N_("Administrator")), "")]))
    return render(frame, body)


def change_report_xlsx(report: ChangeReport, say: Say) -> bytes:
    """The same rows; dates are dates, marks are text."""
    sheet = Sheet(
        title=say(N_("Changed marks")),
        columns=[SheetColumn(title=say(title), width=width) for title, _, width in _COLUMNS],
        rows=[_cells(report, row, place, say) for place, row in enumerate(report.rows, start=1)],
    )
    return write_workbook([sheet], made_at=report.made_at)


def _cells(report: ChangeReport, row: MarkChange, place: int, say: Say) -> list[Value]:
    return [
        place,
        row.teacher,
        row.pupil,
        row.class_name or "",
        f"{row.subject}, {row.group_name}" if row.group_name else row.subject,
        row.held_on or say(row.period or ""),
        row.original,
        say(became(row)),
        _moment(report, row.at),
        row.reason or "",
        f"№ {row.grant_id}" if row.grant_id else "",
        say(N_("yes")) if row.late else "",
    ]


def became(row: MarkChange) -> Message | str:
    """The final mark in words: a value, «taken back», or what was put anew into the cell."""
    if row.final is not None:
        return row.final
    if row.again is not None:
        return N_("taken back, then %(value)s", value=row.again[0])
    return N_("taken back")


def _moment(report: ChangeReport, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(report.time_zone)):%d.%m.%Y %H:%M}"


def _written(value: Value) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value)
