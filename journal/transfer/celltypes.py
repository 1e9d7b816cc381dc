"""Kinds of cells of the exchange formats: how each is read, written and stood in for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import available_timezones

from journal.core.messages import N_, Message
from journal.core.text import cyrillic, tidy
from journal.documents import cells
from journal.documents.cells import Cell, CellRefused, folded, header_key, shown
from journal.documents.workbook import Value
from journal.people.rules import class_name, class_parts

_QUOTES = re.compile(r"[«»\"'„“”]")
_DASH = re.compile(r"[-–—−/]")
_YEAR = re.compile(r"([0-9]{4})-([0-9]{4})")
_GRADES = re.compile(r"([0-9]{1,2})(?:-([0-9]{1,2}))?")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_LAST_GRADE = 12
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellType:
    """How a cell is read (raising CellRefused) and written; `stand_in` replaces a faulty value."""

    read: Callable[[Cell], object]
    write: Callable[[object], Value]
    stand_in: object = None
    width: float = 14
    as_text: bool = False
    listed: tuple[str, ...] = ()


def text(limit: int, *, width: float = 18, several_lines: bool = False) -> CellType:
    """Text of at most `limit` characters (the database's)."""
    take = cells.lines if several_lines else cells.text

    def read(cell: Cell) -> str:
        value = take(cell)
        if len(value) > limit:
            raise CellRefused(N_("Write at most %(limit)s characters here.", limit=limit))
        return value

    return CellType(read=read, write=_as_is, stand_in="", width=width, as_text=True)


def integer(least: int, most: int, *, width: float = 10) -> CellType:
    """A whole number of a range."""

    @lru_cache(maxsize=1024, typed=True)
    def read(cell: Cell) -> int:
        value = cells.integer(cell)
        if not least <= value <= most:
            raise CellRefused(_outside(least, most, cell))
        return value

    return CellType(read=read, write=_as_is, stand_in=least, width=width)


def decimal(least: Decimal, most: Decimal) -> CellType:
    """An exact number of a range, with at most two decimals."""

    @lru_cache(maxsize=256, typed=True)
    def read(cell: Cell) -> Decimal:
        value = cells.decimal(cell)
        if not least <= value <= most or value != round(value, 2):
            raise CellRefused(_outside(least, most, cell))
        return value

    return CellType(read=read, write=_as_is, stand_in=least, width=10)


def choice(options: Mapping[str, object], *, width: float = 16) -> CellType:
    """One of the words of `options`, which maps what people write to the value kept.

    Of several words for a value the first is the one written and listed.
    """
    values = {header_key(word): value for word, value in options.items()}
    words: dict[object, str] = {}
    for word, value in options.items():
        words.setdefault(value, word)
    listed = tuple(words.values())

    def read(cell: Cell) -> object:
        value = values.get(cell) if isinstance(cell, str) else None
        if value is None:
            value = values.get(header_key(shown(cell)))
        if value is None:
            raise CellRefused(_not_allowed(shown(cell), listed))
        return value

    return CellType(
        read=read,
        write=lambda value: words[value],
        stand_in=next(iter(words)),
        width=width,
        listed=listed,
    )


def several(options: Mapping[str, object], *, width: float = 30) -> CellType:
    """A comma-separated list of words of `options`; kept in the order of `options`, once each."""
    one = choice(options)
    order = list(dict.fromkeys(options.values()))

    def read(cell: Cell) -> tuple[object, ...]:
        parts = [part for part in re.split(r"[,;]", shown(cell)) if part.strip()]
        return tuple(sorted({one.read(part) for part in parts}, key=order.index))

    def write(value: object) -> Value:
        assert isinstance(value, tuple)
        return ", ".join(str(one.write(item)) for item in value)

    return CellType(read=read, write=write, stand_in=(), width=width)


def _as_is(value: object) -> Value:
    assert value is None or isinstance(value, str | int | float | Decimal | date | time)
    return value


def _write_last_day(value: object) -> Value:
    return value - ONE_DAY if isinstance(value, date) else None


@lru_cache(maxsize=4096, typed=True)
def _read_last_day(cell: Cell) -> date:
    """The last day of a range becomes the first day after it: inside, ranges are half-open."""
    return cells.day(cell) + ONE_DAY


def _outside(least: object, most: object, cell: Cell) -> Message:
    return N_(
        "Write a number from %(least)s to %(most)s, not “%(value)s”.",
        least=least,
        most=most,
        value=shown(cell),
    )


def _not_allowed(value: str, listed: Sequence[str]) -> Message:
    return N_(
        "“%(value)s” is not allowed here. Choose one of: %(allowed)s.",
        value=value,
        allowed=", ".join(listed),
    )


def _read_class(cell: Cell) -> str:
    return canonical_class(shown(cell))


@lru_cache(maxsize=4096)
def canonical_class(written: str) -> str:
    """«5 "а"», «5-A» (Latin) and «5А» are one class, 5А. Raises CellRefused."""
    bare = _QUOTES.sub("", written)
    name = cyrillic(class_name(re.sub(r"(?<=\d)\s*[-–—]\s*", "", bare)))
    if not class_parts(name)[0]:
        raise CellRefused(N_("Write the class like 5А, not “%(value)s”.", value=written))
    return name


def _read_classes(cell: Cell) -> tuple[str, ...]:
    return canonical_classes(shown(cell))


@lru_cache(maxsize=4096)
def canonical_classes(written: str) -> tuple[str, ...]:
    """A list of classes in any spacing and order, once each, ordered by parallel and letter."""
    parts = [part for part in re.split(r"[,;]", written) if part.strip()]
    return tuple(sorted({canonical_class(tidy(part)) for part in parts}, key=class_parts))


def classes_key(names: object) -> str:
    """The list as it is written: «10А,10Б»."""
    assert isinstance(names, tuple)
    return ",".join(names)


def _read_year(cell: Cell) -> str:
    name = _DASH.sub("-", shown(cell).replace(" ", ""))
    found = _YEAR.fullmatch(name)
    if not found or int(found[2]) != int(found[1]) + 1:
        raise CellRefused(
            N_("Write the academic year like 2026-2027, not “%(value)s”.", value=shown(cell))
        )
    return name


def _read_grades(cell: Cell) -> tuple[int, ...]:
    """«2-9», «10,11», «1, 5-8». Excel may have made a number of «10,11» or a date of «2-9»."""
    written = _DASH.sub("-", shown(cell).replace(" ", ""))
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        written = written.replace(".", ",")
    found: list[int] = []
    for part in filter(None, written.split(",")):
        numbers = _GRADES.fullmatch(part)
        if isinstance(cell, date | datetime) or not numbers:
            raise CellRefused(_bad_grades(cell))
        found.extend(range(int(numbers[1]), int(numbers[2] or numbers[1]) + 1))
    if found != sorted(set(found)) or not found or not 1 <= found[0] <= found[-1] <= _LAST_GRADE:
        # «9,10» that Excel took for 9.1 comes here too: out of order, hence never misread.
        raise CellRefused(_bad_grades(cell))
    return tuple(found)


def _bad_grades(cell: Cell) -> Message:
    return N_("Write the parallels as text like 2-9 or 10,11, not “%(value)s”.", value=shown(cell))


def write_grades(value: object) -> Value:
    """The shortest list of parallels: (1, 2, 3, 5) is «1-3,5»."""
    assert isinstance(value, tuple)
    runs: list[list[int]] = []
    for grade in value:
        if runs and runs[-1][-1] == grade - 1:
            runs[-1].append(grade)
        else:
            runs.append([grade])
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _read_email(cell: Cell) -> str:
    value = shown(cell)
    if len(value) > 200 or not _EMAIL.fullmatch(value):
        raise CellRefused(N_("“%(value)s” is not an e-mail address. Correct it.", value=value))
    return value


def _read_letter(cell: Cell) -> str:
    return cyrillic(_QUOTES.sub("", shown(cell))).upper()


def _write_yes_no(value: object) -> Value:
    return "да" if value else "нет"


@lru_cache
def _zones() -> Mapping[str, str]:
    """IANA names by their folded form; the ones of places only («Area/City» and UTC)."""
    names = (name for name in available_timezones() if "/" in name or name == "UTC")
    return {folded(name): name for name in names}


def _read_zone(cell: Cell) -> str:
    value = shown(cell)
    if folded(value) not in _zones():
        raise CellRefused(
            N_("There is no time zone “%(value)s”. Write it like Europe/Moscow.", value=value)
        )
    return _zones()[folded(value)]


TIME_ZONE = CellType(read=_read_zone, write=_as_is, stand_in="UTC", width=20)
DAY = CellType(
    read=lru_cache(maxsize=4096, typed=True)(cells.day), write=_as_is, stand_in=date.min, width=12
)
LAST_DAY = CellType(
    read=_read_last_day, write=_write_last_day, stand_in=date.max - ONE_DAY, width=12
)
TIME = CellType(read=cells.clock_time, write=_as_is, stand_in=time.min, width=10)
YES_NO = CellType(
    read=cells.yes_no, write=_write_yes_no, stand_in=False, width=12, listed=("да", "нет")
)
CLASS = CellType(read=_read_class, write=_as_is, stand_in="", width=8, as_text=True)
CLASSES = CellType(read=_read_classes, write=classes_key, stand_in=(), width=12, as_text=True)
LETTER = CellType(read=_read_letter, write=_as_is, stand_in="", width=8, as_text=True)
YEAR = CellType(read=_read_year, write=_as_is, stand_in="", width=12, as_text=True)
GRADES = CellType(read=_read_grades, write=write_grades, stand_in=(), width=12, as_text=True)
EMAIL = CellType(read=_read_email, write=_as_is, stand_in="", width=26, as_text=True)
