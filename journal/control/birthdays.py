"""Birthdays of the coming days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Birthday:
    """Whose, on which day, how old then."""

    name: str
    day: date
    age: int


def birthdays(
    born: Iterable[tuple[str, date | None]], first: date, length: timedelta
) -> tuple[Birthday, ...]:
    """Birthdays in [first, first + length), in order of the day. Who was born on 29 February
    has his on 28 February in a common year."""
    found = []
    for name, born_on in born:
        if born_on is None:
            continue
        for year in {first.year, (first + length).year}:
            day = _in_year(born_on, year)
            if first <= day < first + length and year > born_on.year:
                found.append(Birthday(name, day, year - born_on.year))
    return tuple(sorted(found, key=lambda one: one.day))


def _in_year(born_on: date, year: int) -> date:
    try:
        return born_on.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
