"""«Отчёт об изменении отметок» (D25): a PDF to sign, an xlsx to work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from journal.control.changes import MarkChange
from journal.core.messages import N_, Message
from journal.reports.forms import FormCell, FormColumn, FormRow, PaperForm

Say = Callable[[Message | str], str]
TITLE = N_("Report on changed marks")
_COLUMNS = (
    (N_("No."), 0.5),
    (N_("Teacher"), 2.0),
    (N_("Pupil"), 2.0),
    (N_("Class"), 0.8),
    (N_("Subject"), 1.6),
    (N_("Lesson or period"), 1.2),
    (N_("Was"), 0.7),
    (N_("Became"), 1.1),
    (N_("Changed at"), 1.3),
    (N_("Why"), 1.7),
    (N_("Unlock"), 1.25),
    (N_("After the window"), 0.8),
)
_SHARE = 3  # of a column, beside those of other forms: a workbook's widths follow from it


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReport:
    """Everything the form says; instants are UTC, shown in the school's zone."""

    school: str
    period: Message
    time_zone: str
    rows: tuple[MarkChange, ...]


def change_form(report: ChangeReport, say: Say) -> PaperForm:
    """The form on lying A4 sheets, with lines to sign."""
    empty = () if report.rows else (say(N_("No mark was changed in this period.")),)
    return PaperForm(
        school=report.school,
        title=say(TITLE),
        subtitle=say(report.period),
        columns=tuple(
            FormColumn(title=say(title), share=share * _SHARE, kind="mark" if share < 1 else "text")
            for title, share in _COLUMNS
        ),
        rows=tuple(
            FormRow(cells=_cells(report, row, place, say), key=str(row.seq))
            for place, row in enumerate(report.rows, start=1)
        ),
        notes=empty,
        signers=((say(N_("Deputy director")), ""), (say(N_("Administrator")), "")),
        wide=True,
    )


def _cells(report: ChangeReport, row: MarkChange, place: int, say: Say) -> tuple[FormCell, ...]:
    return (
        FormCell(str(place), place),
        FormCell(row.teacher),
        FormCell(row.pupil),
        FormCell(row.class_name or ""),
        FormCell(f"{row.subject}, {row.group_name}" if row.group_name else row.subject),
        _when(row, say),
        FormCell(row.original),
        FormCell(say(became(row))),
        FormCell(_moment(report, row.at)),
        FormCell(row.reason or ""),
        FormCell(f"№ {row.grant_id}" if row.grant_id else ""),
        FormCell(say(N_("yes")) if row.late else ""),
    )


def _when(row: MarkChange, say: Say) -> FormCell:
    if row.held_on is not None:
        return FormCell(f"{row.held_on:%d.%m.%Y}", row.held_on)
    return FormCell(say(row.period or ""))


def became(row: MarkChange) -> Message | str:
    """The final mark in words: a value, «taken back», or what was put anew into the cell."""
    if row.final is not None:
        return row.final
    if row.again is not None:
        return N_("taken back, then %(value)s", value=row.again[0])
    return N_("taken back")


def _moment(report: ChangeReport, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(report.time_zone)):%d.%m.%Y %H:%M}"
