"""Requests for unlocks of the cast's teacher."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from journal.lessons.models import Unlock
from tests.cast import NOW, Cast


def pending_unlock(
    session: Session, cast: Cast, first: date, last: date, *, kinds: str = "marks,topic"
) -> int:
    """A request of «own_teacher» for his lessons of these days; returns its id."""
    unlock = Unlock(
        organisation_id=cast.school,
        staff_id=cast["own_teacher"].staff_id,
        course_id=cast.courses["own"],
        lessons_from=first,
        lessons_before=last + timedelta(days=1),
        kinds=kinds,
        reason="Была на курсах",
        requested_at=NOW,
    )
    session.add(unlock)
    session.commit()
    return unlock.id
