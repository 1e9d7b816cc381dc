"""What is worth a remark, since when, and how remarks are put together. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from journal.core.messages import N_, Message
from journal.grading.rules import NUMERIC, Entry, RuleSet, decimal_text, weighted_average

RECENT = timedelta(days=14)
AHEAD = timedelta(days=21)
JUMP = Fraction(1)
JUMP_MARKS = 3
LAG = 3
FEW_PUPILS = 3


class RemarkKind(StrEnum):
    """What a remark is about, in the order of the page."""

    ATTENDANCE = "attendance"
    TOPIC = "topic"
    HOMEWORK = "homework"
    LATE = "late"
    FEW = "few"
    LAG = "lag"
    MISFIT = "misfit"
    JUMP = "jump"
    RISK = "risk"


OF_LESSONS = (RemarkKind.ATTENDANCE, RemarkKind.TOPIC, RemarkKind.HOMEWORK)
KIND_NAMES: dict[RemarkKind, Message] = {
    RemarkKind.ATTENDANCE: N_("Attendance is not taken"),
    RemarkKind.TOPIC: N_("The topic is not written"),
    RemarkKind.HOMEWORK: N_("Homework is not written"),
    RemarkKind.LATE: N_("Filled after the window"),
    RemarkKind.FEW: N_("Too few marks"),
    RemarkKind.LAG: N_("Behind the lesson plan"),
    RemarkKind.MISFIT: N_("The plan does not fit into the year"),
    RemarkKind.JUMP: N_("The average changed suddenly"),
    RemarkKind.RISK: N_("«2» or н/а ahead"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The very place a remark leads to: an endpoint with its arguments."""

    endpoint: str
    args: tuple[tuple[str, int | str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A pupil of a remark, with the way to his figure."""

    words: Message | str
    where: Where | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """`since` is the day it opened. It closes when the data no longer give rise to it. `until` is
    the instant up to which the teacher may still mend it in time."""

    kind: RemarkKind
    staff_id: int
    teacher: str
    since: date
    classes: tuple[str, ...]
    course: str
    words: Message
    where: Where
    items: tuple[Item, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of one place: all that a lesson lacks stands together."""

    first: Remark
    kinds: tuple[RemarkKind, ...]
    until: datetime | None

    @property
    def named(self) -> bool:
        """Whether the few pupils it is about say it all."""
        about_pupils = self.kinds[0] in (RemarkKind.JUMP, RemarkKind.RISK)
        return about_pupils and len(self.first.items) <= FEW_PUPILS


@dataclass(frozen=True, slots=True)
class Group:
    """Remarks of a teacher or of an age, the oldest first."""

    title: Message | str
    staff_id: int | None
    remarks: tuple[Remark, ...]

    @property
    def oldest(self) -> date:
        """Since when the oldest is open."""
        return self.remarks[0].since

    @property
    def lines(self) -> tuple[Line, ...]:
        """The remarks as they are shown: those of one place in one line, each time it may be
        mended in is the earliest of theirs."""
        found: dict[tuple[object, ...], list[Remark]] = {}
        for one in self.remarks:
            key = (one.where, one.kind not in OF_LESSONS and one.kind)
            found.setdefault(key, []).append(one)
        return tuple(_line(own) for own in found.values())

    @property
    def kinds(self) -> tuple[tuple[RemarkKind, int], ...]:
        """How many of which kind, in their order."""
        counts = Counter(one.kind for one in self.remarks)
        return tuple((kind, counts[kind]) for kind in RemarkKind if counts[kind])


def _line(own: Sequence[Remark]) -> Line:
    dues = [one.until for one in own if one.until is not None]
    return Line(own[0], tuple(one.kind for one in own), min(dues, default=None))


def by_teacher(remarks: Iterable[Remark]) -> tuple[Group, ...]:
    """Who has most remarks first."""
    found: dict[tuple[int, str], list[Remark]] = {}
    for one in remarks:
        found.setdefault((one.staff_id, one.teacher), []).append(one)
    groups = [
        Group(name, staff_id, tuple(sorted(own, key=lambda one: one.since)))
        for (staff_id, name), own in found.items()
    ]
    return tuple(sorted(groups, key=lambda one: (-len(one.remarks), str(one.title))))


def by_kind(remarks: Iterable[Remark], order: Sequence[RemarkKind]) -> tuple[Group, ...]:
    """In that order of kinds; within one what concerns most pupils first."""
    found: dict[RemarkKind, list[Remark]] = {}
    for one in remarks:
        found.setdefault(one.kind, []).append(one)
    return tuple(
        Group(
            KIND_NAMES[kind],
            None,
            tuple(sorted(found[kind], key=lambda one: (-len(one.items), one.teacher, one.course))),
        )
        for kind in order
        if kind in found
    )


_AGES: tuple[tuple[int, Message], ...] = (
    (14, N_("Older than two weeks")),
    (7, N_("Older than a week")),
    (3, N_("Older than two days")),
    (0, N_("Of the last days")),
)


def by_age(remarks: Iterable[Remark], today: date) -> tuple[Group, ...]:
    """The oldest first."""
    found: dict[int, list[Remark]] = {}
    for one in sorted(remarks, key=lambda one: (one.since, one.teacher)):
        days = (today - one.since).days
        found.setdefault(next(age for age, _ in _AGES if days >= age or not age), []).append(one)
    return tuple(Group(title, None, tuple(found[age])) for age, title in _AGES if age in found)


def marks_needed(minimum: int, first: date, before: date, day: date) -> int:
    """How many of the fewest marks of a term should be there by the end of `day`: the same part of
    them as of the term has passed, rounded down."""
    whole = (before - first).days
    passed = min(max((day - first).days + 1, 0), whole)
    return minimum * passed // whole if whole > 0 else 0


def needed_since(minimum: int, first: date, before: date, day: date) -> date:
    """The first day that many marks were needed."""
    needed = marks_needed(minimum, first, before, day)
    while day > first and marks_needed(minimum, first, before, day - timedelta(days=1)) == needed:
        day -= timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class Jump:
    """The averages before and after, each of at least three marks."""

    before: Fraction
    after: Fraction
    since: date

    @property
    def words(self) -> str:
        """«4,60 → 3,00»."""
        return f"{decimal_text(self.before)} → {decimal_text(self.after)}"


def sudden_change(entries: Sequence[Entry], rules: RuleSet, today: date) -> Jump | None:
    """Of the marks of the last two weeks against the earlier ones of the term: a difference of a
    whole mark or more."""
    border = today - RECENT
    earlier = [one for one in entries if one.held_on <= border]
    later = [one for one in entries if one.held_on > border]
    if min(_numbers(earlier), _numbers(later)) < JUMP_MARKS:
        return None
    before = weighted_average(earlier, rules).value
    after = weighted_average(later, rules).value
    if before is None or after is None or abs(after - before) < JUMP:
        return None
    return Jump(before, after, later[0].held_on)


def _numbers(entries: Iterable[Entry]) -> int:
    return sum(one.value in NUMERIC for one in entries)
