"""Keeping when somebody looked through the day of a class."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.models import DayLook
from journal.core.errors import Forbidden
from journal.core.messages import N_
from journal.lessons.queries.class_head import load_class


def keep_look(
    session: Session, actor: Actor, *, class_id: int, day: date, seen_at: datetime, now: datetime
) -> None:
    """He has seen the day as it was at `seen_at`; never later than now, never earlier than before.

    NotFound or Forbidden when the class is not the actor's own.
    """
    if load_class(session, actor, class_id).writer is None:
        raise Forbidden(N_("This class is kept by another class teacher."))
    seen_at = min(seen_at, now)
    look = session.scalar(
        select(DayLook)
        .where(
            DayLook.account_id == actor.account_id,
            DayLook.class_group_id == class_id,
            DayLook.day == day,
        )
        .with_for_update()
    )
    if look is None:
        place = {"organisation_id": actor.organisation_id, "account_id": actor.account_id}
        session.add(DayLook(**place, class_group_id=class_id, day=day, seen_at=seen_at))
    else:
        look.seen_at = max(look.seen_at, seen_at)
    session.flush()
