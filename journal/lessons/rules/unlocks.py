"""Pure rules of unlocks: what may be asked, what may be decided, what state a request is in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol

from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.lessons.rules import EntryKind

DEFAULT_HOURS = 2
HOURS = (1, 2, 4, 8, 24)
MAX_DAYS = 31
MAX_LESSONS = 31
REASON_MIN = 5
TEXT_MAX = 1000


KIND_WORDS = {
    EntryKind.MARKS: N_("marks"),
    EntryKind.ATTENDANCE: N_("attendance"),
    EntryKind.TOPIC: N_("topic"),
    EntryKind.HOMEWORK: N_("homework"),
}


class UnlockState(StrEnum):
    """What the teacher sees. A grant ends by itself: expired is derived, never stored."""

    PENDING = "pending"
    OPEN = "open"
    EXPIRED = "expired"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


def state_of(status: str, expires_at: datetime | None, now: datetime) -> UnlockState:
    """The state of a stored request at `now`."""
    if status == "granted":
        return UnlockState.OPEN if expires_at and now < expires_at else UnlockState.EXPIRED
    return UnlockState(status)


def kinds_text(kinds: Iterable[EntryKind]) -> str:
    """The stored form: a comma-separated subset in the fixed order of EntryKind."""
    chosen = frozenset(kinds)
    return ",".join(kind.value for kind in EntryKind if kind in chosen)


def kinds_from(text: str) -> tuple[EntryKind, ...]:
    """The kinds named in a comma-separated list, in the fixed order; unknown words are left out."""
    words = frozenset(part.strip() for part in text.split(","))
    return tuple(kind for kind in EntryKind if kind.value in words)


class NamedLesson(NamedTuple):
    """A lesson as a request names it: the day and the number it had when it was asked for."""

    id: int
    held_on: date
    number: int


def lessons_text(lessons: Iterable[NamedLesson]) -> str:
    """The stored form: «id@day/number», comma-separated, in order of time."""
    ordered = sorted(lessons, key=lambda one: one[1:])
    return ",".join(f"{one.id}@{one.held_on.isoformat()}/{one.number}" for one in ordered)


def lessons_from_text(text: str | None) -> tuple[NamedLesson, ...]:
    """The inverse of `lessons_text`, in order of time."""
    return tuple(_named(part) for part in (text or "").split(",") if part)


def days_and_numbers(text: str) -> str:
    """«13.11 № 3, 16.11 № 2»: the lessons of such a text as a letter names them."""
    return ", ".join(f"{one.held_on:%d.%m} № {one.number}" for one in lessons_from_text(text))


def _named(part: str) -> NamedLesson:
    number, _, place = part.partition("@")
    day, _, lesson_number = place.partition("/")
    return NamedLesson(int(number), date.fromisoformat(day), int(lesson_number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a request asks to open: kinds of entries, lessons of [lessons_from, lessons_before).

    `lessons` names single ones: these alone then, and the days only span them.
    """

    kinds: frozenset[EntryKind]
    lessons_from: date
    lessons_before: date
    lessons: frozenset[NamedLesson] = frozenset()

    @property
    def lesson_ids(self) -> frozenset[int]:
        """Of the lessons it names."""
        return frozenset(one.id for one in self.lessons)

    def overlaps(self, other: Wanted) -> bool:
        """Whether both name some kind in some lesson."""
        return bool(self.kinds & other.kinds) and self._meets(other)

    def _meets(self, other: Wanted) -> bool:
        if self.lessons and other.lessons:
            return bool(self.lesson_ids & other.lesson_ids)
        if self.lessons:
            return any(other._covers(one.held_on) for one in self.lessons)
        if other.lessons:
            return other._meets(self)
        return self.lessons_from < other.lessons_before and other.lessons_from < self.lessons_before

    def _covers(self, day: date) -> bool:
        return self.lessons_from <= day < self.lessons_before

    def within(self, other: Wanted) -> bool:
        """Whether the other opens everything this one asks for."""
        if other.lessons:
            inside = bool(self.lessons) and self.lesson_ids <= other.lesson_ids
        else:
            inside = (
                other.lessons_from <= self.lessons_from
                and self.lessons_before <= other.lessons_before
            )
        return inside and self.kinds <= other.kinds


def wanted_lessons(kinds: Iterable[EntryKind], lessons: Iterable[NamedLesson]) -> Wanted:
    """A request for single lessons. RuleViolation (lessons) when none is named."""
    named = frozenset(lessons)
    if not named:
        raise RuleViolation("lessons", N_("Choose at least one lesson."))
    days = [one.held_on for one in named]
    return Wanted(
        kinds=frozenset(kinds),
        lessons_from=min(days),
        lessons_before=max(days) + timedelta(days=1),
        lessons=named,
    )


def check_wanted(wanted: Wanted, *, reason: str, today: date) -> None:
    """Refuse a request that is empty, reversed, too long, ahead of time, or without a reason.

    Single lessons may lie further apart than a span of days may be long.
    """
    if not wanted.kinds:
        raise RuleViolation("kinds", N_("Choose what to open: marks, attendance, topic, homework."))
    if wanted.lessons_before <= wanted.lessons_from:
        raise RuleViolation("lessons_to", N_("The last day is before the first. Swap them."))
    _check_size(wanted)
    if wanted.lessons_before > today + timedelta(days=1):
        raise RuleViolation(
            "lessons" if wanted.lessons else "lessons_to",
            N_("Only past lessons need an unlock. Choose a day up to today."),
        )
    if len(reason) < REASON_MIN:
        raise RuleViolation("reason", N_("Say why the entries are late: the decision rests on it."))
    if len(reason) > TEXT_MAX:
        raise RuleViolation("reason", N_("Write at most %(count)s characters.", count=TEXT_MAX))


def _check_size(wanted: Wanted) -> None:
    if len(wanted.lessons) > MAX_LESSONS:
        raise RuleViolation(
            "lessons", N_("Ask for at most %(count)s lessons at a time.", count=MAX_LESSONS)
        )
    span = wanted.lessons_before - wanted.lessons_from
    if not wanted.lessons and span > timedelta(days=MAX_DAYS):
        raise RuleViolation(
            "lessons_to", N_("Ask for at most %(days)s days at a time.", days=MAX_DAYS)
        )


class Earlier(Protocol):
    """A request of the same teacher and course that is pending or open."""

    @property
    def wanted(self) -> Wanted: ...
    @property
    def state(self) -> UnlockState: ...
    @property
    def requested_at(self) -> datetime: ...
    @property
    def expires_at(self) -> datetime | None: ...


def check_not_asked(wanted: Wanted, earlier: Iterable[Earlier]) -> None:
    """Refuse what already waits for an answer, and what is open as it is."""
    for one in earlier:
        if one.state is UnlockState.PENDING and wanted.overlaps(one.wanted):
            raise RuleViolation(
                "kinds",
                N_(
                    "You asked for this on %(at)s and the answer is still to come. "
                    "There is no need to ask again.",
                    at=one.requested_at,
                ),
            )
        if one.state is UnlockState.OPEN and wanted.within(one.wanted):
            raise RuleViolation(
                "kinds",
                N_("This is open for you until %(until)s. Make the entries.", until=one.expires_at),
            )


def check_narrower(granted: Wanted, asked: Wanted) -> None:
    """A grant may be narrower than the request, never wider, never empty."""
    if not granted.kinds:
        raise RuleViolation("kinds", N_("Leave at least one kind of entry to open."))
    if granted.lessons_before <= granted.lessons_from:
        raise RuleViolation("lessons_to", N_("The last day is before the first. Swap them."))
    if not granted.within(asked):
        raise RuleViolation(
            "lessons_from", N_("Only what was asked for can be opened. Choose days within it.")
        )


def check_decision(*, granted: bool, hours: int, note: str) -> None:
    """Refuse a grant of an unlisted length and a refusal without words."""
    if granted and hours not in HOURS:
        raise RuleViolation("hours", N_("Choose for how many hours to open: 1, 2, 4, 8 or 24."))
    if not granted and not note:
        raise RuleViolation("note", N_("Write why you refuse: the teacher reads it."))
    if len(note) > TEXT_MAX:
        raise RuleViolation("note", N_("Write at most %(count)s characters.", count=TEXT_MAX))
