"""«Лист замен» of a day to sign, and hours of substitutions by teacher for a month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from journal.core.messages import N_, Message
from journal.documents.pdf import (
    PageFrame,
    PdfColumn,
    ended,
    paragraph,
    render,
    signatures,
)
from journal.documents.workbook import Sheet, SheetColumn, Value, write_workbook
from journal.office.queries.desk import ArrangedLesson
from journal.office.queries.hours import TeacherHours
from journal.reports.attendance_calendar import WEEKDAYS
from journal.school.titles import classes_words, subject_title

Say = Callable[[Message | str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstitutionSheet:
    """Everything the sheet says; instants are UTC, shown in the school's zone."""

    school: str
    day: date
    made_at: datetime
    time_zone: str
    rows: tuple[ArrangedLesson, ...]


_COLUMNS = (
    (N_("Lesson"), 0.6),
    (N_("Class"), 0.9),
    (N_("Subject"), 1.9),
    (N_("By the timetable"), 1.7),
    (N_("What is changed"), 2.5),
    (N_("Room"), 0.9),
    (N_("Acquainted (signature)"), 1.6),
)


def substitution_sheet_pdf(sheet: SubstitutionSheet, say: Say) -> bytes:
    """The sheet on A4, a line for each changed lesson."""
    moment = f"{sheet.made_at.astimezone(ZoneInfo(sheet.time_zone)):%d.%m.%Y %H:%M}"
    frame = PageFrame(
        school=sheet.school,
        title=say(N_("Sheet of substitutions")),
        subtitle=f"{sheet.day:%d.%m.%Y}, {say(WEEKDAYS[sheet.day.weekday()])}",
        made=say(N_("Made on %(moment)s", moment=moment)),
        page_label=say(N_("page %(page)s of %(pages)s")),
    )
    columns = [
        PdfColumn(title=say(title), share=share, align="center" if share < 0.8 else "left")
        for title, share in _COLUMNS
    ]
    ending = [signatures([(say(N_("Deputy director")), "")])]
    if not sheet.rows:
        return render(frame, [paragraph(say(N_("No substitutions on this day."))), *ending])
    rows = [_cells(one, say) for one in sheet.rows]
    return render(frame, [ended(columns, rows, ending, width=frame.text_width, size=9)])


def _cells(one: ArrangedLesson, say: Say) -> list[str]:
    facts = one.facts
    return [
        str(facts.number),
        classes_words(facts.classes_key),
        subject_title(facts.subject, facts.group),
        one.planned_teacher or one.teacher,
        "; ".join(say(change) for change in one.changes),
        facts.room or "",
        "",
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursReport:
    """A month of substitutions."""

    school: str
    month: date
    made_at: datetime
    rows: tuple[TeacherHours, ...]


def hours_xlsx(report: HoursReport, say: Say) -> bytes:
    """One row a teacher; figures are numbers."""
    titles = (
        (N_("Teacher"), 28),
        (N_("Held for others"), 16),
        (N_("Merged with own subgroup"), 22),
        (N_("Held by others for him"), 22),
        (N_("Cancelled"), 14),
    )
    rows: list[list[Value]] = [
        [one.name, one.held, one.merged, one.given, one.lost] for one in report.rows
    ]
    sheet = Sheet(
        title=f"{report.month:%m.%Y}",
        columns=[SheetColumn(title=say(title), width=width) for title, width in titles],
        rows=rows,
        heading=f"{report.school}. {say(N_('Hours of substitutions'))}, {report.month:%m.%Y}",
    )
    return write_workbook([sheet], made_at=report.made_at)
