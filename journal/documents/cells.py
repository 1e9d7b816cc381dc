"""Strict and forgiving reading of one cell.

Forgiving about form (white space of every kind, numbers stored as text and texts stored as
numbers, Excel or typed dates), strict about meaning: what cannot be read with certainty is refused
with a sentence that asks for what is expected. Every reader takes a filled cell; ask `is_blank`
first.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from journal.core.errors import JournalError
from journal.core.messages import N_, Message
from journal.core.text import cyrillic, tidy

Cell = str | float | int | bool | date | datetime | time | timedelta | None

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
_RUSSIAN_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?: 0?0:00(?::00)?)?")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::([0-9]{2})(?:\.0+)?)?")
_YES = frozenset({"да", "1", "истина", "true", "yes", "+"})
_NO = frozenset({"нет", "0", "ложь", "false", "no", "-"})
_YEARS = range(1900, 2101)


class CellRefused(JournalError):
    """The cell cannot be read as what its column holds; `message` says what to write there."""

    status = 422


def is_blank(cell: Cell) -> bool:
    """Whether nothing readable is written in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def folded(value: str) -> str:
    """The form in which names are compared: white space, case and ё do not count."""
    return tidy(value).casefold().replace("ё", "е")


def header_key(title: str) -> str:
    """The form in which headers are compared: Latin look-alikes and a final * are forgiven."""
    return folded(cyrillic(title.rstrip("* \N{NO-BREAK SPACE}")))


def shown(cell: Cell) -> str:
    """The cell as a reader of the sheet sees it: for error reports."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return tidy(_readable(cell))
    return _written(cell)


def text(cell: Cell) -> str:
    """One line of text: `1012.0` is "1012", a date is "01.09.2026"."""
    return shown(cell)


def lines(cell: Cell) -> str:
    """Text that may have several lines; blank lines at the ends are dropped."""
    if not isinstance(cell, str):
        return shown(cell)
    return "\n".join(tidy(line) for line in _readable(cell).splitlines()).strip()


def decimal(cell: Cell) -> Decimal:
    """An exact number; a comma or a point, as a number or as text."""
    if isinstance(cell, str):
        written = tidy(cell)
        if _NUMBER.fullmatch(written):
            return _plain(Decimal(written.replace(",", ".")))
    elif isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell):
        return _plain(Decimal(str(round(cell, 9))))
    raise CellRefused(N_("A number is expected, not “%(value)s”.", value=shown(cell)))


def integer(cell: Cell) -> int:
    """A whole number; `5.0` and «5,0» are 5."""
    number = decimal(cell)
    if number != number.to_integral_value():
        raise CellRefused(N_("A whole number is expected, not “%(value)s”.", value=shown(cell)))
    return int(number)


def day(cell: Cell) -> date:
    """A calendar day: an Excel date, ДД.ММ.ГГГГ or ISO. A bare number is never a date."""
    if isinstance(cell, datetime):
        return _within_years(cell.date(), cell)
    if isinstance(cell, date):
        return _within_years(cell, cell)
    if not isinstance(cell, str):
        raise CellRefused(_not_a_day(cell))
    written = tidy(cell)
    if found := _RUSSIAN_DAY.fullmatch(written):
        return _calendar_day(found[3], found[2], found[1], cell)
    if found := _ISO_DAY.fullmatch(written):
        return _calendar_day(found[1], found[2], found[3], cell)
    raise CellRefused(_not_a_day(cell))


def clock_time(cell: Cell) -> time:
    """A time of day to the minute: an Excel time or text like 08:30."""
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0, tzinfo=None)
    if isinstance(cell, timedelta):
        return _minutes(round(cell.total_seconds() / 60), cell)
    if isinstance(cell, float) and 0 <= cell < 1:
        return _minutes(round(cell * 24 * 60), cell)
    if isinstance(cell, str) and (found := _CLOCK.fullmatch(tidy(cell))):
        hour, minute = int(found[1]), int(found[2])
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise CellRefused(_not_a_time(cell))


def yes_no(cell: Cell) -> bool:
    """«да» or «нет»; a tick box of the program counts too."""
    if isinstance(cell, bool):
        return cell
    word = folded(shown(cell))
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellRefused(N_("Write «да» or «нет», not “%(value)s”.", value=shown(cell)))


def _readable(value: str) -> str:
    """Drop what no reader sees and no database takes: control, soft and zero-width characters."""
    if value.isprintable():
        return value
    kept = (sign for sign in value if sign in "\n\t" or unicodedata.category(sign) not in _UNSEEN)
    return "".join(kept)


_UNSEEN = frozenset({"Cc", "Cs", "Cf", "Co"})


def _written(cell: float | int | bool | date | datetime | time | timedelta) -> str:
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    if isinstance(cell, int | float):
        return format(_plain(Decimal(str(cell))), "f") if math.isfinite(cell) else str(cell)
    if isinstance(cell, datetime):
        return f"{cell:%d.%m.%Y}" if cell.time() == time.min else f"{cell:%d.%m.%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return str(cell)


def _plain(number: Decimal) -> Decimal:
    """Without a fractional tail of zeros and without an exponent: 5.0 is 5, 100 stays 100."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def _calendar_day(year: str, month: str, number: str, cell: Cell) -> date:
    try:
        found = date(int(year), int(month), int(number))
    except ValueError:
        raise CellRefused(
            N_("There is no such date as “%(value)s”. Correct it.", value=shown(cell))
        ) from None
    return _within_years(found, cell)


def _within_years(found: date, cell: Cell) -> date:
    if found.year not in _YEARS:
        raise CellRefused(
            N_("The year of “%(value)s” cannot be right. Correct the date.", value=shown(cell))
        )
    return found


def _minutes(total: int, cell: Cell) -> time:
    if not 0 <= total < 24 * 60:
        raise CellRefused(_not_a_time(cell))
    return time(total // 60, total % 60)


def _not_a_day(cell: Cell) -> Message:
    return N_("Write the date as ДД.ММ.ГГГГ, not “%(value)s”.", value=shown(cell))


def _not_a_time(cell: Cell) -> Message:
    return N_("Write the time as 08:30, not “%(value)s”.", value=shown(cell))
