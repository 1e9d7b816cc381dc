"""The lists beside the day of a class: who is not there, and what others changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from journal.attendance.day_facts import Altered
from journal.control.class_register import ClassRegister, DayRow

Codes = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AbsentLine:
    """A pupil who is not there: what is entered, why, and the cell to go to."""

    name: str
    entries: str
    state: str
    note: str
    place: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change by somebody else: where, what, who, when."""

    where: str
    what: str
    who: str
    at: datetime
    place: str


def absent_lines(page: ClassRegister, codes: Codes) -> tuple[AbsentLine, ...]:
    """Those nobody has explained first."""
    return tuple(_absent(row, codes) for row in page.absent)


def _absent(row: DayRow, codes: Codes) -> AbsentLine:
    numbers: dict[str, list[str]] = defaultdict(list)
    for number, code in row.entries:
        numbers[codes[code][0]].append(str(number))
    entries = " · ".join(f"{letter} {', '.join(of)}" for letter, of in numbers.items())
    state = "bad" if row.unexplained else "warn" if row.waiting else ""
    return AbsentLine(row.pupil.name, entries, state, _why(row, codes), _place(row))


def _why(row: DayRow, codes: Codes) -> str:
    if row.known is None:
        return str(gettext("no reason stated")) if row.unexplained else ""
    reason = codes[row.known.code][1]
    if row.known.confirmed:
        return str(gettext("excused: %(reason)s", reason=reason))
    return str(gettext("not confirmed: %(reason)s", reason=reason))


def _place(row: DayRow) -> str:
    """The first cell with an entry, else the first with a lesson."""
    held = [cell for cell in row.cells if cell.lesson]
    entered = [cell for cell in held if cell.entered] or held
    lesson = entered[0].lesson if entered else None
    return f"{lesson.lesson.id}:{row.pupil.pupil_id}" if lesson else ""


def change_lines(page: ClassRegister, codes: Codes) -> tuple[ChangeLine, ...]:
    """What others entered since the last look, and excuses announced or decided since; the newest
    first."""
    numbers = {
        one.lesson.id: one.lesson.number for column in page.columns for one in column.lessons
    }
    names = {row.pupil.pupil_id: row.pupil.name for row in page.rows}
    lines = [_changed(one, numbers[one.lesson_id], names, codes) for one in page.changes]
    lines += [_excused(row, codes) for row in page.news]
    return tuple(sorted(lines, key=lambda one: one.at, reverse=True))


def _changed(one: Altered, number: int, names: dict[int, str], codes: Codes) -> ChangeLine:
    lesson = gettext("lesson %(no)s", no=number)
    if one.pupil_id is None:
        return ChangeLine(lesson, gettext("attendance is taken"), one.who, one.at, "")
    before = codes[one.before][0] if one.before else ""
    after = codes[one.after][0] if one.after else gettext("was present")
    what = f"{before} → {after}" if before else after
    where = f"{names.get(one.pupil_id, '')}, {lesson}"
    return ChangeLine(where, what, one.who, one.at, f"{one.lesson_id}:{one.pupil_id}")


def _excused(row: DayRow, codes: Codes) -> ChangeLine:
    assert row.known is not None
    return ChangeLine(row.pupil.name, _why(row, codes), "", row.known.at, _place(row))
