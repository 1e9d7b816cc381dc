"""The office: who arranges lessons of a school, when, why; one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change
from journal.lessons.models import Lesson
from journal.lessons.queries.staff_agenda import staff_names
from journal.office.queries.lessons import LessonFacts, hold_lessons, lesson_facts
from journal.office.service.telling import Teller
from journal.people.models import Organisation
from journal.people.service import record_by
from journal.school.models import Room
from journal.school.planning import planned_classes


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who arranges, when, why; `order_id` where an order about the day is the reason."""

    session: Session
    actor: Actor
    now: datetime
    reason: str | None = None
    order_id: int | None = None

    @classmethod
    def of(
        cls, session: Session, actor: Actor, *, now: datetime, reason: str | None = None
    ) -> Office:
        """The office of the actor's school. Whoever else arranges something there waits until the
        transaction ends: what was free, and who was there, is so when it is written."""
        school = select(Organisation.id).where(Organisation.id == actor.organisation_id)
        session.execute(school.with_for_update(key_share=True))
        return cls(session=session, actor=actor, now=now, reason=reason)

    def lesson(self, lesson_id: int) -> LessonFacts:
        """A lesson he may change: NotFound and Forbidden otherwise. It is held: nobody enters
        anything in it meanwhile."""
        hold_lessons(self.session, Lesson.id == lesson_id)
        found = lesson_facts(self.session, lesson_id)
        planned_classes(self.session, self.actor, found.year_id).require(found.classes)
        return found

    def log(self, change: Change) -> None:
        """Append to the chain of the school."""
        record_by(self.session, self.actor, change, self.now)

    @property
    def teller(self) -> Teller:
        """Who tells people of the change."""
        return Teller(
            session=self.session,
            organisation_id=self.actor.organisation_id,
            person_id=self.actor.current.person_id,
            now=self.now,
        )

    def room(self, room_id: int | None) -> str:
        """The name of a room, «–» for none."""
        found = self.session.get(Room, room_id or 0)
        return found.name if found else "–"

    def name(self, staff_id: int) -> str:
        """Фамилия И. О."""
        return staff_names(self.session, [staff_id]).get(staff_id, "–")
