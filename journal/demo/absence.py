"""Who is away on which day, and why: illness, family reasons, truancy. Pure.

Spells follow from the pupil alone; only the code of a fresh one depends on the day of looking:
nobody knows yet why he is away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from journal.demo.pupils import DemoPupil

UNKNOWN, ILLNESS, VALID, NO_REASON, LATE = "n", "b", "u", "p", "o"
_UNEXPLAINED_DAYS = 4
_COLD_MONTHS = frozenset({10, 11, 12, 1, 2, 3})
_ILL, _EXCUSED, _TRUANT = 0.0065, 0.0012, 0.0006
_OFTEN_AWAY_EACH = 190  # every n-th pupil misses about a third of the lessons
_OFTEN_AWAY = 7.0
_LONG_ILL_AFTER, _LONG_ILL_DAYS = 4, 45  # others of them are ill nearly the whole first term


@dataclass(frozen=True, slots=True)
class Spell:
    """Days away, half-open, with the code they get once the reason is known."""

    starts_on: date
    ends_before: date
    code: str


def spells(pupil: DemoPupil, days: Sequence[date]) -> tuple[Spell, ...]:
    """The spells of a year; `days` are the year's school days."""
    rng = Random(f"absence|{pupil.file}|{days[0]}")
    luck = int(pupil.file.rpartition("-")[2]) % _OFTEN_AWAY_EACH
    health = pupil.health if luck else _OFTEN_AWAY
    found: list[Spell] = []
    back = days[0] + timedelta(days=4)  # nobody is ill in the first days of September
    if luck == _OFTEN_AWAY_EACH // 2:
        back = days[_LONG_ILL_AFTER] + timedelta(days=_LONG_ILL_DAYS)
        found.append(Spell(days[_LONG_ILL_AFTER], back, ILLNESS))
    for day in days:
        if day < back:
            continue
        spell = _spell(rng, day, health)
        if spell:
            found.append(spell)
            back = spell.ends_before + timedelta(days=3)
    return tuple(found)


def _spell(rng: Random, day: date, health: float) -> Spell | None:
    chance = rng.random()
    ill = _ILL * health * (1.4 if day.month in _COLD_MONTHS else 0.7)
    if chance < ill:
        return Spell(day, day + timedelta(days=rng.randint(3, 9)), ILLNESS)
    if chance < ill + _EXCUSED:
        return Spell(day, day + timedelta(days=rng.randint(1, 3)), VALID)
    if chance < ill + _EXCUSED + _TRUANT * health:
        return Spell(day, day + timedelta(days=1), NO_REASON)
    return None


def last_days(days: Sequence[date], today: date) -> Sequence[date]:
    """The last two school days before today, once the year is a week old and while it lasts."""
    past = [day for day in days if day < today]
    return past[-2:] if 5 <= len(past) < len(days) else ()


class Away:
    """Answers who is away; made once for a school.

    `known` are the spells whose reason is known, `fresh` those nobody has explained yet.
    """

    def __init__(self, pupils: Sequence[DemoPupil], days: Sequence[date], today: date) -> None:
        self._codes: dict[date, dict[str, str]] = {}
        self.known: list[tuple[str, Spell]] = []
        self.fresh: list[tuple[str, Spell]] = []
        for pupil in pupils:
            for spell in spells(pupil, days):
                if spell.starts_on > today:
                    break
                fresh = spell.starts_on > today - timedelta(days=_UNEXPLAINED_DAYS)
                (self.fresh if fresh else self.known).append((pupil.file, spell))
                self._note(pupil.file, spell, UNKNOWN if fresh else spell.code)

    def _note(self, file: str, spell: Spell, code: str) -> None:
        day = spell.starts_on
        while day < spell.ends_before:
            self._codes.setdefault(day, {})[file] = code
            day += timedelta(days=1)

    def add(self, file: str, days: Iterable[date]) -> None:
        """Somebody is away for a reason nobody has told yet."""
        for day in days:
            self._codes.setdefault(day, {})[file] = UNKNOWN

    def on(self, day: date) -> dict[str, str]:
        """Personal file -> code of everybody away the whole day."""
        return self._codes.get(day, {})


def in_lesson(rng: Random, *, number: int, last: bool, skill: float) -> tuple[str, int | None]:
    """The state of a pupil who came that day: («», None) present, or a code with minutes."""
    chance = rng.random()
    if chance < (0.012 if number == 1 else 0.0015):
        return LATE, rng.choice((3, 5, 5, 7, 10, 15))
    if last and chance > 1 - 0.004 * (5.2 - skill):
        return UNKNOWN, None
    return "", None
