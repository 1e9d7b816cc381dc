"""The events of a feed: lessons with their substitutions, homework that is due, assessments."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import cache

from sqlalchemy.orm import Session

from journal.core.messages import N_, Message
from journal.diary.rules.tasks import due_tasks
from journal.documents.ical import CalendarEvent, EventText
from journal.lessons.queries.agenda import Days
from journal.office.feeds.queries import (
    FeedLesson,
    assessments_of,
    pupil_feed,
    staff_feed,
    teachers_of,
)
from journal.people.calendar_addresses import FeedOwner
from journal.school.titles import course_title

Say = Callable[[Message | str], str]
HOST = "school-journal"
COURSE, STAFF, HOMEWORK = (
    FeedLesson._fields.index(name) for name in ("course_id", "staff_id", "homework_id")
)


def feed_events(session: Session, owner: FeedOwner, span: Days, say: Say) -> list[CalendarEvent]:
    """Everything of the span, in order of time. Three queries whatever the number of lessons."""
    if owner.pupil_id is None:
        lessons = staff_feed(session, owner.staff_id or 0, span)
    else:
        lessons = pupil_feed(session, owner.pupil_id, span)
    names, works = teachers_of(session, lessons), assessments_of(session, lessons, span)
    words = _Words(say, names, works)
    if owner.pupil_id is None:
        return [_taught(one, words) for one in lessons]
    attended = [_attended(one, words) for one in lessons]
    return [*attended, *_homework(lessons, words)]


class _Words:
    """What the events of one feed say; lessons that differ in their hour alone are worded once."""

    def __init__(self, say: Say, names: Mapping[int, str], works: Mapping[int, str]) -> None:
        self._say, self._names, self._works = say, names, works
        self._known: dict[Hashable, EventText] = {}
        self.homework = cache(lambda name: say(N_("Homework: %(subject)s", subject=name)))

    def of(self, one: FeedLesson, word: Callable[[FeedLesson], tuple[str, str]]) -> EventText:
        """The text of a lesson; `word` gives its title and a note."""
        work = self._works.get(one.id)
        key = one[COURSE], one[STAFF:HOMEWORK], work
        found = self._known.get(key)
        if found is None:
            title, note = word(one)
            there = one.room and not one.distance
            place = self._say(N_("room %(room)s", room=one.room)) if there else ""
            found = EventText(self._summary(one, title, work), place, note, one.cancelled)
            self._known[key] = found
        return found

    def for_teacher(self, one: FeedLesson) -> tuple[str, str]:
        """Class and subject; who would have held it."""
        title = course_title(one.classes_key, one.subject, one.subgroup)
        if one.planned_staff_id is None:
            return title, ""
        planned = self._names.get(one.planned_staff_id, "")
        return title, self._say(N_("substitution, planned: %(name)s", name=planned))

    def for_family(self, one: FeedLesson) -> tuple[str, str]:
        """Subject; who holds it, instead of whom."""
        title = f"{one.subject} ({one.subgroup})" if one.subgroup else one.subject
        teacher = self._names.get(one.staff_id, "")
        if one.planned_staff_id is None or one.cancelled:
            return title, teacher
        names = {"name": teacher, "planned": self._names.get(one.planned_staff_id, "")}
        return title, self._say(N_("%(name)s instead of %(planned)s", **names))

    def _summary(self, one: FeedLesson, title: str, work: str | None) -> str:
        if one.cancelled:
            return f"{title}: {self._say(N_('cancelled'))}"
        if work is not None:
            return f"{title}: {work[:1].lower()}{work[1:]}"
        return f"{title}: {self._say(N_('remote'))}" if one.distance else title


def _taught(one: FeedLesson, words: _Words) -> CalendarEvent:
    uid = f"lesson-{one.id}@{HOST}"
    return CalendarEvent(uid, words.of(one, words.for_teacher), one.starts_at, one.ends_at)


def _attended(one: FeedLesson, words: _Words) -> CalendarEvent:
    uid = f"lesson-{one.id}-{one.pupil_id}@{HOST}"
    return CalendarEvent(uid, words.of(one, words.for_family), one.starts_at, one.ends_at)


def _homework(lessons: Sequence[FeedLesson], words: _Words) -> Iterator[CalendarEvent]:
    """On the day it is due, as a whole day: a program shows it above the lessons."""
    for day, tasks in due_tasks(lessons).items():
        for one in tasks:
            if one.task.text and not one.task.nothing:
                yield CalendarEvent(
                    uid=f"homework-{one.lesson_id}-{one.pupil_id}@{HOST}",
                    text=EventText(words.homework(one.subject), description=one.task.text),
                    day=day,
                )
