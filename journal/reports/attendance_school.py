"""Attendance of the classes of a school as a form, with sums of the stages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from journal.attendance.rules.tally import Missed, Tally
from journal.control.attendance.school_report import ClassLine, SchoolReport, pupils_of
from journal.core.messages import N_, Message
from journal.reports.attendance_forms import (
    COUNTED,
    DAYS,
    HEADS,
    LAST,
    LESSONS,
    RUNNING,
    Say,
    figure_cells,
    said_period,
)
from journal.reports.forms import FormCell, FormColumn, FormRow, PaperForm

TITLE = N_("Attendance by class")
FIGURES = (*DAYS, *LESSONS)
_STAGES = (
    (N_("Parallels 1–4"), 1, 4),
    (N_("Parallels 5–9"), 5, 9),
    (N_("Parallels 10–11"), 10, 12),
)
EVERY_GRADE = (0, 99)


def school_form(report: SchoolReport, say: Say, *, school: str) -> PaperForm:
    """A row per class, under them the stages and all together."""
    return PaperForm(
        school=school,
        title=say(TITLE),
        subtitle=say(said_period(report.period)),
        columns=tuple(_columns(say)),
        rows=tuple(_rows(report, say)),
        notes=tuple(say(one) for one in _notes(report)),
        signers=((say(N_("Deputy director")), ""), (say(N_("Director")), "")),
    )


def _columns(say: Say) -> Iterator[FormColumn]:
    yield FormColumn(title=say(N_("No.")), share=0.7)
    yield FormColumn(title=say(N_("Class")), share=2.4, kind="text")
    yield FormColumn(title=say(N_("Pupils")), upright=True)
    yield FormColumn(title=say(N_("of them without an absence")), upright=True)
    for one in FIGURES:
        yield FormColumn(title=say(HEADS[one]), share=1.15, upright=True)


def _rows(report: SchoolReport, say: Say) -> Iterator[FormRow]:
    for number, line in enumerate(report.lines, start=1):
        about = f"class={line.group.id}"
        head = (FormCell(str(number), number), FormCell(line.group.name, None, about))
        cells = figure_cells(line.figures, FIGURES, about, unfilled=line.lessons.unfilled)
        pupils = _pupils([line], about)
        yield FormRow(cells=(*head, *pupils, *cells), key=line.group.name, group=number)
    if not report.whole:
        return
    for title, least, most in _STAGES:
        inside = [one for one in report.lines if least <= one.group.grade <= most]
        if inside and len(inside) < len(report.lines):
            yield _sum(inside, title, (least, most), say)
    if report.lines:
        yield _sum(report.lines, N_("The whole school"), EVERY_GRADE, say)


def _sum(lines: Sequence[ClassLine], title: Message, grades: tuple[int, int], say: Say) -> FormRow:
    figures = sum((one.figures for one in lines), Missed(Tally(), 0, 0))
    about, unfilled = f"grades={grades[0]}-{grades[1]}", sum(one.lessons.unfilled for one in lines)
    cells = figure_cells(figures, FIGURES, about, unfilled=unfilled)
    head = (FormCell(""), FormCell(say(title)))
    return FormRow(
        cells=(*head, *_pupils(lines, about), *cells), key=say(title), group=LAST, total=True
    )


def _pupils(lines: Sequence[ClassLine], about: str) -> list[FormCell]:
    found = pupils_of(lines)
    return [
        FormCell(str(found[name]), found[name], f"figure={name}&{about}")
        for name in ("pupils", "unmissed")
    ]


def _notes(report: SchoolReport) -> Iterator[Message]:
    if not report.lines:
        yield N_("There are no classes in this academic year yet.")
        return
    if report.running:
        yield RUNNING
    unfilled = sum(one.lessons.unfilled for one in report.lines)
    if unfilled:
        yield N_(
            "Attendance was not taken in %(count)s lessons of classes: they count as due, and "
            "nothing is known of them but announced absences.",
            count=unfilled,
        )
    yield N_("Per cents of a stage come from the sums of its classes, not from their per cents.")
    yield COUNTED
