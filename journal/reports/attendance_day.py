"""«Лист посещаемости дня»: who is absent, by class and reason, to sign or to work with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from journal.attendance.rules import ABSENCE_LETTERS
from journal.control.attendance.school_day import ClassNow, DayNow, Figures
from journal.core.messages import N_, Message
from journal.reports.attendance_forms import HEADS
from journal.reports.forms import FormCell, FormColumn, FormRow, PaperForm

Say = Callable[[Message | str], str]
_FIGURES: tuple[Message, ...] = (
    N_("On the list"),
    N_("At lessons"),
    N_("Absent"),
    *(HEADS[name] for name in ("ill", "valid", "invalid", "unknown")),
    N_("Nothing is known"),
    N_("Late"),
    N_("Lessons not taken"),
)


def day_form(page: DayNow, say: Say, *, school: str, now: datetime, time_zone: str) -> PaperForm:
    """The form: a class a row, the whole school below."""
    at = f"{now.astimezone(ZoneInfo(time_zone)):%H:%M}" if page.day == page.today else None
    day = f"{page.day:%d.%m.%Y}"
    subtitle = N_("%(day)s, as of %(at)s", day=day, at=at) if at else N_("%(day)s", day=day)
    return PaperForm(
        school=school,
        title=say(N_("Attendance sheet of the day")),
        subtitle=say(subtitle),
        columns=tuple(_columns(say)),
        rows=tuple(_rows(page, say)),
        notes=tuple(_notes(page, say)),
        signers=((say(N_("Deputy director")), ""),),
        wide=True,
    )


def _columns(say: Say) -> Iterator[FormColumn]:
    yield FormColumn(title=say(N_("No.")), share=0.7)
    yield FormColumn(title=say(N_("Class")), share=1.4, kind="text")
    for head in _FIGURES:
        yield FormColumn(title=say(head), share=1.1, upright=True)
    yield FormColumn(title=say(N_("Who is absent")), share=11, kind="text")


def _rows(page: DayNow, say: Say) -> Iterator[FormRow]:
    for number, one in enumerate(page.classes, start=1):
        head = FormCell(str(number), number)
        cells = (
            head,
            FormCell(one.name, None, f"class={one.id}"),
            *_cells(one.figures),
            FormCell(names(one)),
        )
        yield FormRow(cells=cells, key=one.name, group=number)
    if page.classes:
        whole = say(N_("The whole school"))
        cells = (FormCell(""), FormCell(whole), *_cells(page.total), FormCell(""))
        yield FormRow(cells=cells, key=whole, group=0, total=True)


def _cells(figures: Figures) -> Iterator[FormCell]:
    counts = (figures.listed, figures.present, figures.absent, *figures.reasons)
    for count in (*counts, figures.unknown, figures.late, figures.untaken):
        yield FormCell(str(count), count)


def names(one: ClassNow) -> str:
    """«Жуков Иван (б), Ёлкин Артём (н)»."""
    return ", ".join(
        f"{pupil.name} ({ABSENCE_LETTERS[pupil.state]})" for pupil in one.absent if pupil.state
    )


def _notes(page: DayNow, say: Say) -> Iterator[str]:
    yield say(N_("б illness · у valid reason · п no valid reason · н no reason stated."))
    silent = ", ".join(one.name for one in page.classes if one.untaken)
    if silent:
        yield say(N_("Lessons whose attendance is not taken: %(classes)s.", classes=silent))
