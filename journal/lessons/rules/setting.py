"""What the administrator may set: versions of the policy ahead of time, extensions of past days."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from journal.core.clock import end_of_day
from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.lessons.rules.policy import MOST_DAYS, EntryKind, Extension, Policy, PolicyBook
from journal.lessons.rules.unlocks import REASON_MIN, TEXT_MAX

DAY_FIELDS = (
    "marks_days",
    "attendance_days",
    "class_attendance_days",
    "topic_days",
    "homework_days",
)
LONGEST_SPAN = timedelta(days=92)
FARTHEST = timedelta(days=366)


def check_policy(policy: Policy, *, known: Collection[date], today: date) -> None:
    """Refuse days out of range, and any change of what is in force already."""
    for field in DAY_FIELDS:
        if not 0 <= getattr(policy, field) <= MOST_DAYS:
            raise RuleViolation(
                field, N_("Enter a number of days from 0 to %(most)s.", most=MOST_DAYS)
            )
    if policy.valid_from < today:
        raise RuleViolation(
            "valid_from",
            N_("What was in force does not change afterwards. Choose today or a later day."),
        )
    if policy.valid_from == today and today in known:
        raise RuleViolation(
            "valid_from",
            N_("A version is in force since today already. Choose tomorrow or a later day."),
        )


def check_extension(wanted: Extension, *, reason: str, today: date) -> None:
    """Refuse an extension that opens nothing, or for longer than anybody can answer for."""
    if not wanted.kinds:
        raise RuleViolation("kinds", N_("Choose what to open: marks, attendance, topic, homework."))
    if wanted.lessons_before <= wanted.lessons_from:
        raise RuleViolation("lessons_to", N_("The last day is before the first. Swap them."))
    if wanted.lessons_before - wanted.lessons_from > LONGEST_SPAN:
        raise RuleViolation("lessons_to", N_("Name at most 92 days of lessons at a time."))
    if wanted.last_day < today:
        raise RuleViolation("last_day", N_("This day is over. Choose today or a later day."))
    if wanted.last_day < wanted.lessons_from:
        raise RuleViolation("last_day", N_("The lessons are later than this day. Choose a later."))
    if wanted.last_day > today + FARTHEST:
        raise RuleViolation("last_day", N_("Choose a day within a year from today."))
    if len(reason) < REASON_MIN:
        raise RuleViolation("reason", N_("Write the reason: the teachers and the log show it."))
    if len(reason) > TEXT_MAX:
        raise RuleViolation("reason", N_("Write at most %(count)s characters.", count=TEXT_MAX))


@dataclass(frozen=True, slots=True)
class PreviewKind:
    """What the preview asks for: a kind, the class teacher's or a work type's own days."""

    label: str
    kind: EntryKind
    class_teacher: bool = False
    checking_days: int | None = None

    def end(self, book: PolicyBook, day: date, zone: str) -> datetime:
        """The first refused instant of a lesson of that day."""
        last = book.last_day(
            self.kind,
            day,
            checking_days=self.checking_days,
            class_teacher=self.class_teacher,
        )
        return end_of_day(last, zone)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A kind of entry of one lesson: until when it may be made now, and by the new version."""

    label: str
    held_on: date
    now: datetime
    then: datetime


def preview(
    present: PolicyBook,
    policy: Policy,
    *,
    days: Sequence[date],
    kinds: Iterable[PreviewKind],
    zone: str,
) -> list[PreviewRow]:
    """The first refused instants of lessons on these days, as they are and as they would be."""
    others = [one for one in present.versions if one.valid_from != policy.valid_from]
    versions = sorted([*others, policy], key=lambda one: one.valid_from)
    new = PolicyBook(tuple(versions), present.week)
    return [
        PreviewRow(one.label, day, one.end(present, day, zone), one.end(new, day, zone))
        for one in kinds
        for day in days
    ]
