"""Excuses known when a lesson's register is taken: they become the reason of its absences."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Date, bindparam, select
from sqlalchemy.orm import Session

from journal.attendance.excuses.queries import covers_day
from journal.attendance.models import Excuse


class KnownReason(NamedTuple):
    """The reason a confirmed excuse gives; an illness outdoes a leave."""

    code: str
    excuse_id: int


def known_reasons(
    session: Session, day: date, pupil_ids: Collection[int] | None = None
) -> dict[int, KnownReason]:
    """Pupil -> reason, of everybody excused that day or of these pupils. One query."""
    asked: dict[str, Any] = {"day": day}
    if pupil_ids is not None:
        asked["pupil_ids"] = list(pupil_ids)
    rows = session.execute(_query(of_pupils=pupil_ids is not None), asked)
    return {row[0]: KnownReason(row[1], row[2]) for row in rows}


@cache
def _query(*, of_pupils: bool) -> Any:
    day: Any = bindparam("day", type_=Date)
    query = (
        select(Excuse.pupil_id, Excuse.code, Excuse.id)
        .where(Excuse.status == "confirmed", covers_day(day))
        .order_by(Excuse.code.desc(), Excuse.id)
    )
    if of_pupils:
        query = query.where(Excuse.pupil_id.in_(bindparam("pupil_ids", expanding=True)))
    return query
