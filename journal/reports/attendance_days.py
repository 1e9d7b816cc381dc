"""Attendance of the school by day as a form."""

from __future__ import annotations

from collections.abc import Iterator

from journal.attendance.rules.tally import tenths_text
from journal.control.attendance.figures import SHARE
from journal.control.attendance.school_days import FEWEST, SchoolDayLine, SchoolDays
from journal.core.messages import N_, Message
from journal.reports.attendance_calendar import WEEKDAYS
from journal.reports.attendance_forms import (
    COUNTED,
    HEADS,
    LESSONS,
    RUNNING,
    Say,
    figure_cells,
    said_period,
)
from journal.reports.forms import FormCell, FormColumn, FormRow, PaperForm

TITLE = N_("Attendance by day")
COUNTS = LESSONS[:-1]


def days_form(page: SchoolDays, say: Say, *, school: str) -> PaperForm:
    """A row per day with lessons."""
    return PaperForm(
        school=school,
        title=say(TITLE),
        subtitle=say(said_period(page.period)),
        columns=tuple(_columns(say)),
        rows=tuple(_row(number, one, say) for number, one in enumerate(page.days, start=1)),
        notes=tuple(say(one) for one in _notes(page)),
        signers=((say(N_("Deputy director")), ""),),
    )


def _columns(say: Say) -> Iterator[FormColumn]:
    yield FormColumn(title=say(N_("No.")), share=0.7)
    yield FormColumn(title=say(N_("Day")), share=2.8, kind="text")
    yield FormColumn(title=say(N_("Pupils with lessons")), share=1.15, upright=True)
    yield FormColumn(title=say(N_("absent the whole day")), share=1.15, upright=True)
    for one in (*COUNTS, SHARE):
        yield FormColumn(title=say(HEADS[one]), share=1.15, upright=True)


def _row(number: int, line: SchoolDayLine, say: Say) -> FormRow:
    day = line.day.isoformat()
    name = f"{line.day:%d.%m.%Y}, {say(WEEKDAYS[line.day.weekday()])}"
    about = f"from={day}&to={day}"
    days = figure_cells(line.figures, ("days",), about)
    counts = figure_cells(line.figures, COUNTS, about, unfilled=line.unfilled)
    return FormRow(
        cells=(
            FormCell(str(number), number),
            FormCell(name, None, f"day={day}"),
            FormCell(str(line.pupils), line.pupils, f"figure=seated&{about}"),
            *days,
            *counts,
            _share(line, f"figure={SHARE}&{about}"),
        ),
        key=name,
        group=number,
    )


def _share(line: SchoolDayLine, why: str) -> FormCell:
    if line.tenths is None:
        return FormCell("–")
    text = tenths_text(line.tenths)
    return FormCell(text, text.replace(",", "."), why)


def _notes(page: SchoolDays) -> Iterator[Message]:
    if not page.days:
        yield N_("No lesson has ended on these days.")
        return
    if page.running:
        yield RUNNING
    if any(one.few for one in page.days):
        yield N_("No per cent is given of fewer than %(count)s pupils.", count=FEWEST)
    if any(one.unfilled for one in page.days):
        yield N_(
            "On days with lessons whose attendance is not taken the attendance is at most what "
            "is shown: nothing is known of these lessons but announced absences."
        )
    yield COUNTED
