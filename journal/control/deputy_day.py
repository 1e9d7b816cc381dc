"""The deputy's desk: the school's day, what waits for a decision, who has not filled what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.control.school_day import SchoolDay, school_day
from journal.control.unfilled import Chosen, default_span
from journal.lessons.queries.lacking import LackingCount, lacking_by_teacher
from journal.lessons.queries.unlocks import UnlockRow, pending_unlocks


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyDay:
    """The page. `teachers` have ended lessons of `chosen` that lack something, most first."""

    school: SchoolDay
    chosen: Chosen
    teachers: tuple[LackingCount, ...]
    pending: tuple[UnlockRow, ...]

    @property
    def lacking(self) -> int:
        """How many lessons lack something in the span."""
        return sum(one.lessons for one in self.teachers)


def deputy_day(session: Session, actor: Actor, *, asked: date | None, now: datetime) -> DeputyDay:
    """The desk with the day asked for (today by default). Five queries."""
    school = school_day(session, actor, asked=asked, now=now)
    first, last = default_span(school.today)
    chosen = Chosen(first=first, last=last)
    return DeputyDay(
        school=school,
        chosen=chosen,
        teachers=tuple(lacking_by_teacher(session, span=chosen.span, now=now)),
        pending=tuple(pending_unlocks(session, now=now)),
    )
