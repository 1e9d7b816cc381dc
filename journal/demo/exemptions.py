"""Exemptions by order: from attending, from practice, of a subject or of all. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from journal.demo.load import SPORT
from journal.demo.pupils import DemoPupil
from journal.demo.school import DemoSchool

ATTENDING, PRACTICE = "attending", "practice"
# class, subject (None = all), kind, ordinal of the school day it begins, length in days
_PLAN = (
    ("3Б", SPORT, PRACTICE, 0, 60),
    ("6А", SPORT, PRACTICE, 4, None),
    ("8А", SPORT, ATTENDING, 0, None),
    ("9Б", SPORT, PRACTICE, 22, 45),
    ("10А", SPORT, ATTENDING, 15, 30),
    ("5А", SPORT, PRACTICE, 9, 40),
    ("7Б", "Музыка", ATTENDING, 0, None),
    ("4А", None, ATTENDING, 18, 21),
    ("2Б", None, ATTENDING, 95, 21),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoExemption:
    """освобождение of a pupil, half-open; `ends_before` None = to the year's end."""

    file: str
    subject: str | None
    kind: str
    starts_on: date
    ends_before: date | None
    order: str

    def holds(self, subject: str, day: date) -> bool:
        """Whether it covers the subject on the day."""
        inside = self.starts_on <= day and (self.ends_before is None or day < self.ends_before)
        return inside and self.subject in (None, subject)


def make_exemptions(school: DemoSchool) -> tuple[DemoExemption, ...]:
    """Those that have begun; of pupils who stay in their class the whole year."""
    return tuple(_exemptions(school))


def _exemptions(school: DemoSchool) -> Iterator[DemoExemption]:
    days = list(school.calendar.school_days(grade=5, days_per_week=5))
    for number, (name, subject, kind, ordinal, length) in enumerate(_PLAN):
        begins = days[ordinal] if ordinal else school.calendar.starts_on
        if begins > school.today:
            continue
        settled = _settled(school, name)
        yield DemoExemption(
            file=settled[(number * 5 + 3) % len(settled)].file,
            subject=subject,
            kind=kind,
            starts_on=begins,
            ends_before=begins + timedelta(days=length) if length else None,
            order=f"№ {210 + number * 7} от {begins - timedelta(days=1):%d.%m.%Y}",
        )


def _settled(school: DemoSchool, name: str) -> list[DemoPupil]:
    """Known families aside, whoever was in the class on 1 September; a third of them in the
    middle, where nobody is chosen to move."""
    inside = [
        one
        for one in school.population.pupils
        if one.class_name == name
        and one.enrolled_on <= school.calendar.starts_on
        and one.family.number > 10
    ]
    return inside[: len(inside) // 3]


class Exempt:
    """Answers who is released; made once for a school."""

    def __init__(self, exemptions: Iterable[DemoExemption]) -> None:
        self._all = tuple(exemptions)

    def from_attending(self, subject: str, day: date) -> frozenset[str]:
        """Personal files of those who need not come."""
        return self._files(ATTENDING, subject, day)

    def from_practice(self, subject: str, day: date) -> frozenset[str]:
        """Personal files of those who come and watch."""
        return self._files(PRACTICE, subject, day)

    def _files(self, kind: str, subject: str, day: date) -> frozenset[str]:
        return frozenset(
            one.file for one in self._all if one.kind == kind and one.holds(subject, day)
        )
