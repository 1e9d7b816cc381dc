"""Who is absent in the school now, by class and reason, and which lessons say nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.rules.counting import Facts, PupilState, states_by_day
from journal.attendance.rules.states import LATE, MISSED, NOT_HELD, RELEASED
from journal.core.clock import end_of_day, local_date
from journal.lessons.queries.agenda import AgendaRow, Days, school_lessons
from journal.school.rules import RosterEntry

REASONS = ("b", "u", "p", "n")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPupil:
    """A pupil of the class. `state` is that of the last lesson so far that tells anything of him,
    None while none does; `missed` are lesson numbers with their codes."""

    name: str
    state: str | None
    missed: tuple[tuple[int, str], ...]
    late: bool

    @property
    def absent(self) -> bool:
        """Whether he is not there now."""
        return self.state in MISSED


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassNow:
    """A class. `untaken` are its begun lessons whose attendance nobody has taken."""

    id: int
    name: str
    pupils: tuple[DayPupil, ...]
    begun: int
    untaken: tuple[AgendaRow, ...]

    @property
    def absent(self) -> tuple[DayPupil, ...]:
        """Those who are not there now, by name."""
        return tuple(one for one in self.pupils if one.absent)

    @property
    def silent(self) -> bool:
        """Whether lessons have begun and not one says anything."""
        return self.begun > 0 and all(one.state is None for one in self.pupils)

    @property
    def figures(self) -> Figures:
        """Its counts."""
        by_reason = Counter(one.state for one in self.absent)
        return Figures(
            listed=len(self.pupils),
            unknown=sum(one.state is None for one in self.pupils),
            reasons=tuple(by_reason[code] for code in REASONS),
            late=sum(one.late for one in self.pupils),
            untaken=len(self.untaken),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Pupils: on the list, of whom nothing is known, absent by REASONS, late today; lessons."""

    listed: int = 0
    unknown: int = 0
    reasons: tuple[int, ...] = (0,) * len(REASONS)
    late: int = 0
    untaken: int = 0

    @property
    def absent(self) -> int:
        """For whatever reason."""
        return sum(self.reasons)

    @property
    def present(self) -> int:
        """Of whom it is known."""
        return self.listed - self.unknown - self.absent


@dataclass(frozen=True, slots=True, kw_only=True)
class DayNow:
    """The page."""

    day: date
    today: date
    classes: tuple[ClassNow, ...]
    untaken: tuple[AgendaRow, ...]

    @property
    def total(self) -> Figures:
        """The whole school; a lesson of several classes counts once."""
        found = [one.figures for one in self.classes]
        return Figures(
            listed=sum(one.listed for one in found),
            unknown=sum(one.unknown for one in found),
            reasons=tuple(map(sum, zip(*(one.reasons for one in found), strict=True)))
            or Figures().reasons,
            late=sum(one.late for one in found),
            untaken=len(self.untaken),
        )

    @property
    def previous(self) -> date:
        """The day before."""
        return self.day - timedelta(days=1)

    @property
    def next(self) -> date:
        """The day after."""
        return self.day + timedelta(days=1)


def day_now(session: Session, actor: Actor, *, asked: date | None, now: datetime) -> DayNow:
    """The day (today by default) as far as it has come. Six queries whatever the school."""
    zone = actor.current.time_zone
    today = local_date(now, zone)
    day = asked or today
    agenda = [one for one in school_lessons(session, day=day) if not one.cancelled]
    begun = {one.lesson_id: one for one in agenda if one.starts_at <= now}
    facts = attendance_facts(session, Chosen(Days.one(day), end_of_day(day, zone)))
    so_far = replace(facts, lessons=[one for one in facts.lessons if one.id in begun])
    untaken = [one for one in begun.values() if not one.attendance_taken]
    return DayNow(
        day=day,
        today=today,
        classes=tuple(classes_now(facts.roster, so_far, begun.values(), untaken, day)),
        untaken=tuple(untaken),
    )


def classes_now(
    roster: Iterable[RosterEntry],
    so_far: Facts,
    begun: Iterable[AgendaRow],
    untaken: Iterable[AgendaRow],
    day: date,
) -> list[ClassNow]:
    """The classes that have lessons on the day, in order of parallels."""
    seen = _seen(so_far)
    listed: dict[tuple[int, str], dict[int, str]] = defaultdict(dict)
    for entry in roster:
        if entry.span.covers(day):
            listed[entry.class_group_id, entry.class_name][entry.pupil_id] = entry.name
    held, silent = _by_class(begun), _by_class(untaken)
    return [
        ClassNow(
            id=class_id,
            name=name,
            pupils=tuple(_pupil(own[one], seen.get(one, [])) for one in own),
            begun=len(held.get(name, ())),
            untaken=tuple(silent.get(name, ())),
        )
        for (class_id, name), own in sorted(listed.items(), key=lambda one: _place(one[0][1]))
    ]


def _by_class(rows: Iterable[AgendaRow]) -> Mapping[str, list[AgendaRow]]:
    found: dict[str, list[AgendaRow]] = defaultdict(list)
    for row in rows:
        for name in row.classes_key.split(","):
            found[name].append(row)
    return found


def _place(name: str) -> tuple[int, str]:
    """«5Б» before «10А»."""
    number = re.match(r"\d+", name)
    return int(number[0]) if number else 0, name


def _seen(so_far: Facts) -> dict[int, list[PupilState]]:
    """What the lessons so far tell of each pupil, in their order."""
    found: dict[int, list[PupilState]] = defaultdict(list)
    for states in states_by_day(so_far):
        for one in states:
            tells = one.lesson.taken or one.state in MISSED or one.state == LATE
            if tells and one.state not in (NOT_HELD, RELEASED):
                found[one.pupil_id].append(one)
    return found


def _pupil(name: str, seen: list[PupilState]) -> DayPupil:
    return DayPupil(
        name=name,
        state=seen[-1].state if seen else None,
        missed=tuple((one.lesson.number, one.state) for one in seen if one.state in MISSED),
        late=any(one.state == LATE for one in seen),
    )
