"""Whom a change of lessons is told to: its teachers, its pupils and their families."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.messages import N_, Message
from journal.office.queries.lessons import LessonFacts
from journal.people.notices import Link, NoticeKind, Recipients
from journal.people.telling import notify
from journal.school.models import ClassMembership
from journal.school.queries import rosters


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Who changed it, where and when: he himself is not told."""

    session: Session
    organisation_id: int
    person_id: int
    now: datetime

    def lesson(self, lesson: LessonFacts, staff: Iterable[int], what: Message) -> None:
        """A change of one lesson that is still to come."""
        if lesson.ends_at <= self.now:
            return
        message = N_(
            "%(title)s, %(day)s, lesson %(number)s: %(what)s.",
            title=lesson.title,
            day=lesson.held_on,
            number=lesson.number,
            what=what,
        )
        self._staff(staff, message, lesson.held_on)
        pupils = {
            one.pupil_id
            for one in rosters(self.session, [lesson.group_id])
            if one.span.covers(lesson.held_on)
        }
        self._families(pupils, message)

    def order(
        self, lessons: Iterable[LessonFacts], class_ids: Iterable[int], day: date, message: Message
    ) -> None:
        """An order about days of whole classes."""
        self._staff({one.staff_id for one in lessons}, message, day)
        pupils = self.session.scalars(
            select(ClassMembership.pupil_id).where(
                ClassMembership.class_group_id.in_(list(class_ids)),
                ClassMembership.starts_on <= day,
                (ClassMembership.ends_before.is_(None)) | (ClassMembership.ends_before > day),
            )
        )
        self._families(set(pupils), message)

    def _staff(self, staff: Iterable[int], message: Message, day: date) -> None:
        to = Recipients(staff=staff, but_not=self.person_id)
        self._notify(to, message, Link("teacher.home", {"date": day.isoformat()}))

    def _families(self, pupils: set[int], message: Message) -> None:
        to = Recipients(pupils=pupils, guardians_of=pupils, but_not=self.person_id)
        self._notify(to, message, Link("pupil.week"))

    def _notify(self, to: Recipients, message: Message, link: Link) -> None:
        notify(
            self.session,
            organisation_id=self.organisation_id,
            kind=NoticeKind.SUBSTITUTIONS,
            to=to,
            message=message,
            now=self.now,
            link=link,
        )


MOVED_TO = N_("moved to %(day)s, lesson %(number)s")
_NEWS: dict[str, Message] = {
    "cancel_lesson": N_("the lesson is cancelled"),
    "make_remote": N_("the lesson is remote"),
    "undo_substitution": N_("the lesson takes place as planned"),
}


def news(
    action: str,
    after: Mapping[str, Any],
    name: Callable[[int], str],
    room: Callable[[int | None], str],
) -> Message:
    """What teachers and families read after the lesson's name; ids are named by `name`, `room`."""
    if action in ("move_lesson", "swap_lessons"):
        place = {"day": after["held_on"], "number": after["lesson_number"]}
        return Message(MOVED_TO.key, place)
    if action == "put_other_subject":
        return N_(
            "instead: %(subject)s, %(name)s", subject=after["subject"], name=name(after["staff_id"])
        )
    if action == "substitute":
        return N_("substitution: %(name)s", name=name(after["staff_id"]))
    if action == "change_room":
        return N_("another room: %(room)s", room=room(after["room_id"]))
    return _NEWS[action]
