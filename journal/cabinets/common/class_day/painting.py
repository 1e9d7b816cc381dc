"""The day of a class in words: heads and cells the template writes down."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import force_locale, gettext

from journal.cabinets.common.class_day.changes import (
    AbsentLine,
    ChangeLine,
    absent_lines,
    change_lines,
)
from journal.cabinets.common.register.facts import Sayer
from journal.cabinets.common.register.words import absence_codes
from journal.control.class_register import ClassRegister, DayCell, DayColumn, DayRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnHead:
    """A column: its number and times, the subjects (full names as titles), what is done of it."""

    number: int
    time: str
    subjects: str
    title: str
    css: str
    state: str
    offer: bool


@dataclass(frozen=True, slots=True)
class PaintedCell:
    """A cell: its look, the sign with its meaning, and what only a screen reader says."""

    css: str
    readonly: bool
    sign: str = ""
    sign_css: str = ""
    title: str = ""
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class PaintedLine:
    """A pupil's line."""

    number: int
    pupil_id: int
    name: str
    note: str
    cells: tuple[PaintedCell, ...]


@dataclass(frozen=True, slots=True)
class PaintedDay:
    """The table."""

    heads: tuple[ColumnHead, ...]
    lines: tuple[PaintedLine, ...]
    absent: tuple[AbsentLine, ...]
    changes: tuple[ChangeLine, ...]


def paint_day(page: ClassRegister, sayer: Sayer, *, locale: str) -> PaintedDay:
    """Put the day into words."""
    with force_locale(locale):
        codes = absence_codes()
        heads = tuple(_head(one, sayer, page.can_write) for one in page.columns)
        lines = tuple(
            _line(number, row, page, codes) for number, row in enumerate(page.rows, start=1)
        )
        absent, changes = absent_lines(page, codes), change_lines(page, codes)
    return PaintedDay(heads, lines, absent, changes)


def _head(column: DayColumn, sayer: Sayer, can_write: bool) -> ColumnHead:
    lessons = column.lessons
    first = lessons[0].lesson
    css, state = column_state(column)
    return ColumnHead(
        number=column.number,
        time=f"{sayer.word(first.starts_at)[-5:]}–{sayer.word(first.ends_at)[-5:]}",
        subjects="; ".join(dict.fromkeys(one.lesson.subject for one in lessons)),
        title="; ".join(f"{one.lesson.subject}, {one.lesson.teacher}" for one in lessons),
        css=css,
        state=state,
        offer=can_write and css == "missing" and any(one.takable for one in lessons),
    )


def column_state(column: DayColumn) -> tuple[str, str]:
    """The css class and the words of how far a column is."""
    held = [one for one in column.lessons if not one.lesson.cancelled]
    if not held:
        return "cancelled", gettext("cancelled")
    if column.taken:
        return "taken", gettext("attendance is taken")
    if not any(one.begun for one in held):
        return "ahead", gettext("has not begun")
    return "missing", gettext("not taken")


Codes = dict[str, tuple[str, str]]


def _line(number: int, row: DayRow, page: ClassRegister, codes: Codes) -> PaintedLine:
    cells = tuple(_cell(one, page.can_write, codes) for one in row.cells)
    return PaintedLine(number, row.pupil.pupil_id, row.pupil.name, _note(row, codes), cells)


def _note(row: DayRow, codes: Codes) -> str:
    if row.known is None:
        return ""
    reason = codes[row.known.code][1]
    if row.known.confirmed:
        return str(gettext("excused: %(reason)s", reason=reason))
    return str(gettext("announced, not confirmed: %(reason)s", reason=reason))


def _cell(cell: DayCell, can_write: bool, codes: Codes) -> PaintedCell:
    held = cell.lesson
    if held is None:
        return PaintedCell("out", readonly=True, hidden=gettext("no lesson"))
    if cell.released:
        return PaintedCell("released", readonly=True, hidden=gettext("released from attending"))
    css = "cancelled" if held.lesson.cancelled else "" if held.window.open else "locked"
    readonly = not (can_write and held.window.open)
    if cell.entered is not None:
        letter, title = codes[cell.entered.code]
        if cell.entered.minutes:
            title = gettext("%(n)s minutes late", n=cell.entered.minutes)
        return PaintedCell(css, readonly, letter, f"c-{cell.entered.code}", title)
    if cell.known is not None:
        return _known(css, readonly, cell, codes)
    return PaintedCell(css, readonly)


def _known(css: str, readonly: bool, cell: DayCell, codes: Codes) -> PaintedCell:
    """An excuse before the lesson's register is taken: a sign of its own, no entry."""
    assert cell.known is not None
    letter, reason = codes[cell.known.code]
    look = f"known c-{cell.known.code}"
    if cell.known.confirmed:
        return PaintedCell(
            css, readonly, letter, look, gettext("excused: %(reason)s", reason=reason)
        )
    title = gettext("announced by the family, not confirmed: %(reason)s", reason=reason)
    return PaintedCell(css, readonly, f"{letter}?", look, title)
