"""A pupil's year as weeks × days with the sums of every week, as a form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from journal.control.attendance.calendar import PupilCalendar
from journal.control.attendance.days import CalendarWeek, PupilDay
from journal.core.messages import N_, Message
from journal.reports.attendance_forms import COUNTED, DAYS, HEADS, LAST, LESSONS, Say, figure_cells
from journal.reports.forms import FormCell, FormColumn, FormRow, PaperForm

TITLE = N_("Attendance calendar of a pupil")
FIGURES = (*DAYS, *LESSONS)
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
LEGEND = N_(
    "Letters: н no reason stated, б illness, у valid reason, п no valid reason, о late. A capital "
    "letter is a whole day missed; a number says how many lessons. · present, ? attendance not "
    "taken in some lesson, – nothing to attend."
)


def calendar_form(page: PupilCalendar, say: Say, *, school: str) -> PaperForm:
    """The weeks with lessons, and the year so far."""
    classes = ", ".join(dict.fromkeys(one.class_name for one in page.stays))
    facts = {"pupil": page.pupil.name, "classes": classes, "year": page.stays[-1].year_name}
    return PaperForm(
        school=school,
        title=say(TITLE),
        subtitle=say(N_("%(pupil)s, class %(classes)s, %(year)s academic year", **facts)),
        columns=tuple(_columns(page, say)),
        rows=tuple(_rows(page, say)) if page.days else (),
        notes=tuple(say(one) for one in _notes(page)),
        signers=((say(N_("Class teacher")), ""),),
        wide=True,
    )


def _columns(page: PupilCalendar, say: Say) -> Iterator[FormColumn]:
    yield FormColumn(title=say(N_("No.")), share=0.7)
    yield FormColumn(title=say(N_("Week")), share=2.6, kind="text")
    for name in WEEKDAYS[: len(page.weeks[0].days) if page.weeks else 6]:
        yield FormColumn(title=say(name), kind="mark")
    for one in FIGURES:
        yield FormColumn(title=say(HEADS[one]), share=1.15, upright=True)


def _rows(page: PupilCalendar, say: Say) -> Iterator[FormRow]:
    shown = [one for one in page.weeks if any(one.days)]
    for number, week in enumerate(shown, start=1):
        days = [_day(one) for one in week.days]
        figures = _of_week(week)
        head = (FormCell(str(number), number), FormCell(_words(week)))
        yield FormRow(cells=(*head, *days, *figures), key=_words(week), group=number)
    title, empty = say(N_("The year so far")), [FormCell("")] * len(shown[0].days)
    sums = figure_cells(page.total, FIGURES, "")
    head = (FormCell(""), FormCell(title))
    yield FormRow(cells=(*head, *empty, *sums), key=title, group=LAST, total=True)


def _of_week(week: CalendarWeek) -> list[FormCell]:
    """Counts are explained by the days that stand beside them, the share by its formula."""
    *counts, share = figure_cells(week.figures, FIGURES, "")
    why = f"week={week.monday.isoformat()}" if share.text else ""
    return [
        *(FormCell(one.text, one.number) for one in counts),
        FormCell(share.text, share.number, why),
    ]


def _day(found: PupilDay | None) -> FormCell:
    if found is None:
        return FormCell("")
    return FormCell(found.sign, None, f"day={found.day.isoformat()}" if found.lessons else "")


def _words(week: CalendarWeek) -> str:
    last = week.monday + timedelta(days=len(week.days) - 1)
    return f"{week.monday:%d.%m}–{last:%d.%m}"


def _notes(page: PupilCalendar) -> Iterator[Message]:
    if not page.days:
        yield N_("No lesson of the pupil has ended yet.")
        return
    yield LEGEND
    yield COUNTED
