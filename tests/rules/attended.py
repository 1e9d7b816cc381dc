"""Small schools for the counting of attendance: lessons, rosters and entries by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count as numbers

from journal.attendance.rules.counting import CountedLesson, Facts, KnownExcuse, Release
from journal.school.rules import RosterEntry, Span

FIRST = date(2026, 9, 1)


@dataclass
class Attended:
    """Facts that grow: groups are numbers, a class is a number, so are pupils and subjects."""

    lessons: list[CountedLesson] = field(default_factory=list)
    roster: list[RosterEntry] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    excuses: list[KnownExcuse] = field(default_factory=list)
    absences: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    _ids: Iterable[int] = field(default_factory=lambda: numbers(1))

    def seat(
        self,
        group: int,
        pupils: Iterable[int],
        *,
        in_class: int = 1,
        since: date = FIRST,
        before: date | None = None,
    ) -> None:
        for pupil in pupils:
            span = Span(since, before)
            self.roster.append(RosterEntry(group, pupil, in_class, "", f"{pupil}", span))

    def lesson(
        self,
        group: int = 10,
        day: date = FIRST,
        number: int = 1,
        *,
        subject: int = 1,
        cancelled: bool = False,
        distance: bool = False,
        taken: bool = True,
        **entries: str,
    ) -> int:
        """A lesson; entries such as `p3="b"` are states of pupil 3. Returns its id."""
        lesson_id = next(iter(self._ids))
        places = (lesson_id, day, number, group, group * 100 + subject, subject)
        self.lessons.append(CountedLesson(*places, cancelled, distance, taken))
        for name, code in entries.items():
            self.absences[lesson_id][int(name[1:])] = code
        return lesson_id

    def week(self, group: int, lessons: int, a_day: int) -> list[int]:
        """So many lessons, `a_day` of them each day from the first day on."""
        return [
            self.lesson(group, FIRST + timedelta(days=n // a_day), n % a_day + 1)
            for n in range(lessons)
        ]

    def release(self, pupil: int, subject: int | None, days: int | None = None) -> None:
        before = None if days is None else FIRST + timedelta(days=days)
        self.releases.append(Release(pupil, subject, Span(FIRST, before)))

    def facts(self) -> Facts:
        return Facts(
            lessons=sorted(self.lessons, key=lambda one: (one.day, one.number, one.id)),
            roster=self.roster,
            releases=self.releases,
            absences=self.absences,
            excuses=self.excuses,
        )
