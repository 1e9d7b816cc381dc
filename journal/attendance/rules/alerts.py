"""Rules of alerts (003:105, 121): whose family is told of an absence, who is over a threshold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction

from journal.attendance.rules.counting import Facts, PupilState, states_by_day, tallies
from journal.attendance.rules.states import (
    ILL,
    INVALID,
    NOT_HELD,
    RELEASED,
    UNKNOWN,
    VALID,
)
from journal.attendance.rules.tally import Tally, over_threshold
from journal.core.errors import RuleViolation
from journal.core.messages import N_, Message

# Who is absent without a reason, and who is known to have none.
UNANNOUNCED = frozenset({UNKNOWN, INVALID})
DELAY_MAX = 120
WINDOW_MAX = 366
BOUND_MAX = {"lessons": 500, "percent": 99}
# Of fewer lessons a per cent says nothing: one of two is half.
FEWEST_DUE = 10


@dataclass(frozen=True, slots=True)
class TellingPolicy:
    """Whether families are told; how long after the entry; until which time of the day."""

    tells_families: bool = True
    delay_minutes: int = 15
    until: time = time(18, 0)

    @property
    def delay(self) -> timedelta:
        """How long an entry may still be corrected in silence."""
        return timedelta(minutes=self.delay_minutes)


def check_policy(policy: TellingPolicy) -> None:
    """Refuse what cannot be meant."""
    if not 0 <= policy.delay_minutes <= DELAY_MAX:
        raise RuleViolation(
            "delay_minutes", N_("Enter 0 to %(most)s minutes of delay.", most=DELAY_MAX)
        )


class Verdict(StrEnum):
    """What becomes of one unannounced absence of the day."""

    TOLD = "told"
    DUE = "due"  # will be told, or is told now
    ANNOUNCED = "announced"
    TOO_LATE = "too_late"
    SWITCHED_OFF = "switched_off"


def first_absences(facts: Facts) -> list[PupilState]:
    """Who is absent without a reason at the first of his lessons of the day whose register is
    filled. A cancelled lesson, or one he is released from by order, is none of his."""
    first: dict[int, PupilState] = {}
    for states in states_by_day(facts):
        for one in states:
            if one.lesson.taken and one.state not in (NOT_HELD, RELEASED):
                first.setdefault(one.pupil_id, one)
    return [one for one in first.values() if one.state in UNANNOUNCED]


def verdict(policy: TellingPolicy, *, announced: bool, at: datetime, until: datetime) -> Verdict:
    """Of an absence nobody was told of yet: it can be told at that moment, if nothing is against.

    `until` is the end of telling on that day, for a server that stood still too."""
    if announced:
        return Verdict.ANNOUNCED
    if not policy.tells_families:
        return Verdict.SWITCHED_OFF
    return Verdict.DUE if at < until else Verdict.TOO_LATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """порог; `codes` are the reasons counted."""

    measure: str
    bound: int
    window_days: int
    codes: frozenset[str]

    @property
    def window(self) -> timedelta:
        """The days that are counted, the present one among them."""
        return timedelta(days=self.window_days)

    def over(self, tally: Tally) -> bool:
        """Whether the pupil is over it."""
        missed = self.missed(tally)
        if self.measure == "lessons":
            return missed >= self.bound
        return tally.due >= FEWEST_DUE and over_threshold(missed, tally.due, self.bound)

    def missed(self, tally: Tally) -> int:
        """Lessons missed for the reasons counted."""
        return sum(getattr(tally, _FIELDS[code]) for code in self.codes)


_FIELDS = {ILL: "ill", VALID: "valid", INVALID: "invalid", UNKNOWN: "unknown"}
REASON_NAMES: dict[str, Message] = {
    UNKNOWN: N_("no reason stated"),
    INVALID: N_("no valid reason"),
    ILL: N_("illness"),
    VALID: N_("a valid reason"),
}
CODES = "npbu"  # in the order of the words


def check_threshold(threshold: Threshold) -> None:
    """Refuse what cannot be meant; each sentence says what to enter instead."""
    most = BOUND_MAX.get(threshold.measure)
    if most is None:
        raise RuleViolation("measure", N_("Choose lessons or per cent."))
    if not 1 <= threshold.bound <= most:
        raise RuleViolation("bound", N_("Enter a number from 1 to %(most)s.", most=most))
    if not 1 <= threshold.window_days <= WINDOW_MAX:
        raise RuleViolation(
            "window_days", N_("Enter a number of days from 1 to %(most)s.", most=WINDOW_MAX)
        )
    if not threshold.codes or threshold.codes - set(CODES):
        raise RuleViolation("codes", N_("Choose at least one reason."))


def threshold_words(threshold: Threshold) -> Message:
    """«20 уроков и больше за 30 дней (по всем причинам)»."""
    facts = {"bound": threshold.bound, "days": threshold.window_days}
    reasons = reasons_words(threshold.codes)
    if threshold.measure == "lessons":
        return N_(
            "%(bound)s lessons and more in %(days)s days, %(reasons)s", **facts, reasons=reasons
        )
    return N_(
        "more than %(bound)s %% of the lessons in %(days)s days, %(reasons)s",
        **facts,
        reasons=reasons,
    )


def reasons_words(codes: Collection[str]) -> Message:
    """The reasons in one phrase."""
    if set(codes) == set(CODES):
        return N_("for whatever reason")
    chosen = [REASON_NAMES[code] for code in CODES if code in codes]
    words = chosen[0]
    for one in chosen[1:]:
        words = N_("%(first)s, %(second)s", first=words, second=one)
    return words


@dataclass(frozen=True, slots=True)
class Over:
    """A pupil over a threshold: `missed` of `due` lessons."""

    pupil_id: int
    missed: int
    due: int


def pupils_over(threshold: Threshold, counted: Mapping[int, Tally]) -> list[Over]:
    """Who is over it: by lessons the most missed first, by per cent the largest share."""
    found = [
        Over(pupil_id, threshold.missed(tally), tally.due)
        for pupil_id, tally in counted.items()
        if threshold.over(tally)
    ]
    if threshold.measure == "lessons":
        return sorted(found, key=lambda one: (-one.missed, one.due, one.pupil_id))
    return sorted(found, key=lambda one: (-Fraction(one.missed, one.due), one.pupil_id))


def tallies_since(facts: Facts, first: date) -> dict[int, Tally]:
    """Every pupil's tally of the lessons from that day on."""
    lessons = [one for one in facts.lessons if one.day >= first]
    return tallies(replace(facts, lessons=lessons), key=lambda state: state.pupil_id)
