"""Which topic of the КТП each lesson has, what is done of it, and whether it fits into the year.

Nothing here is stored: topics attach to the lessons anew at every look, so that a lesson that falls
out moves all that follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from journal.core.text import search_key
from journal.school.rules import Span

SHORTENED = 10  # letters after which the beginning of a title names it


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic of a plan, in the plan's order; `from_day` is its pin in the course at hand."""

    id: int
    title: str
    hours: int
    section: str = ""
    homework: str = ""
    work_type: str = ""
    from_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A lesson of the course in order of time. `written` is its topic in the journal."""

    id: int
    held_on: date
    ends_at: datetime
    cancelled: bool = False
    written: str = ""
    topic_id: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A topic in a lesson: which of its hours, and whether the journal already says so."""

    topic: Topic
    hour: int
    written: bool


def names(title: str, written: str) -> bool:
    """Whether a topic written in the journal is the topic of that title: the same words, with
    something added after them, or shortened to no less than ten letters."""
    plan, said = search_key(title), search_key(written)
    if not plan or not said:
        return False
    if plan == said or said.startswith(f"{plan} "):
        return True
    return len(said) >= SHORTENED and plan.startswith(said)


@dataclass(slots=True)
class _Left:
    """How many hours of each topic are not yet given to a lesson."""

    topics: Sequence[Topic]
    hours: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.hours = {one.id: one.hours for one in self.topics}

    def take(self, topic: Topic) -> int:
        """The number of the hour that is taken, also beyond the plan's hours."""
        self.hours[topic.id] -= 1
        return topic.hours - self.hours[topic.id]

    def open(self, topic: Topic) -> bool:
        return self.hours[topic.id] > 0


def attach(topics: Sequence[Topic], slots: Iterable[Slot]) -> dict[int, Place]:
    """The topic of each lesson, by lesson id.

    What the journal says comes first. The lessons without a topic then get the topics left over,
    in order, each for its hours; a pinned one waits for its day and then goes before all others. A
    lesson left empty between written ones gets only what the plan has before the next written
    topic. Cancelled lessons, and those that were given to something outside of the plan, get none.
    """
    taking = [slot for slot in slots if not slot.cancelled]
    left = _Left(topics)
    found: dict[int, Place] = {}
    book = _TopicBook(topics)
    for slot in taking:
        topic = book.written_in(slot, left)
        if topic is not None:
            found[slot.id] = Place(topic, left.take(topic), written=True)
    order = {topic.id: place for place, topic in enumerate(topics)}
    limits = _limits(taking, found, order)
    for slot in taking:
        topic = None if slot.written else _next(topics, slot.held_on, left)
        if topic is not None and order[topic.id] <= limits[slot.id]:
            found[slot.id] = Place(topic, left.take(topic), written=False)
    return found


class _TopicBook:
    """The topics by number and by words: a school has a hundred thousand of them to find."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._topics = topics
        self._by_id = {one.id: one for one in topics}
        self._by_words: dict[str, list[Topic]] = {}
        for one in topics:
            self._by_words.setdefault(search_key(one.title), []).append(one)

    def written_in(self, slot: Slot, left: _Left) -> Topic | None:
        """The topic the journal names in a lesson; the same words before similar ones."""
        if not slot.written:
            return None
        named = self._by_id.get(slot.topic_id or 0)
        if named is not None:
            return named
        said = search_key(slot.written)
        found = self._by_words.get(said, []) if said else []
        found = found or [one for one in self._topics if names(one.title, slot.written)]
        return next((one for one in found if left.open(one)), found[-1] if found else None)


def _limits(
    slots: Sequence[Slot], written: Mapping[int, Place], order: Mapping[int, int]
) -> dict[int, int]:
    """For each lesson the furthest place of the plan it may take: that of the next written one."""
    limit, found = len(order), {}
    for slot in reversed(slots):
        found[slot.id] = limit
        place = written.get(slot.id)
        if place is not None and place.topic.from_day is None:
            limit = min(limit, order[place.topic.id])
    return found


def _next(topics: Sequence[Topic], day: date, left: _Left) -> Topic | None:
    waiting = [one for one in topics if left.open(one)]
    due = [one for one in waiting if one.from_day is not None and one.from_day <= day]
    if due:
        return min(due, key=lambda one: one.from_day or day)
    return next((one for one in waiting if one.from_day is None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFact:
    """план и факт of a course at an instant; all in lessons (hours of the plan).

    `due` lessons of the timetable are over, `done` of them took a topic of the plan in the journal.
    The difference is the lag, and these are its reasons: `cancelled`, `outside` of the plan,
    `unwritten` yet. `ahead` lessons are still to come by the timetable, `expected` more until the
    year's end where there is no timetable yet; `misfit` hours of the plan find no lesson.
    """

    hours: int
    due: int
    done: int
    cancelled: int
    outside: int
    unwritten: int
    ahead: int
    expected: int

    @property
    def lag(self) -> int:
        """Lessons behind the plan."""
        return max(0, min(self.due, self.hours) - self.done)

    @property
    def misfit(self) -> int:
        """Hours that will not fit before the year's end."""
        return max(0, self.hours - self.done - self.unwritten - self.ahead - self.expected)


def plan_fact(
    topics: Sequence[Topic], slots: Sequence[Slot], *, now: datetime, expected: int = 0
) -> PlanFact:
    """How far the course has come with its plan."""
    over = [slot for slot in slots if slot.ends_at <= now]
    found = attach(topics, slots)
    done = [slot for slot in over if slot.id in found and found[slot.id].written]
    planned = [slot for slot in done if found[slot.id].hour <= found[slot.id].topic.hours]
    unwritten = sum(1 for slot in over if not slot.cancelled and not slot.written)
    cancelled = sum(1 for slot in over if slot.cancelled)
    return PlanFact(
        hours=sum(topic.hours for topic in topics),
        due=len(over),
        done=len(planned),
        cancelled=cancelled,
        outside=len(over) - cancelled - unwritten - len(planned),
        unwritten=unwritten,
        ahead=sum(1 for slot in slots if slot.ends_at > now and not slot.cancelled),
        expected=expected,
    )


def expected_lessons(
    after: date, before: date, breaks: Iterable[Span], weekly_hours: Decimal
) -> int:
    """Lessons to expect on [after, before), where there is no timetable yet: hours a week for
    every five working days that lie in no break, rounded down."""
    spans = tuple(breaks)
    days = (after + timedelta(days=n) for n in range((before - after).days))
    working = sum(
        1 for day in days if day.weekday() < 5 and not any(span.covers(day) for span in spans)
    )
    return int(weekly_hours * working / 5)
