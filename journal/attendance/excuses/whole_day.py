"""«Нет весь день»: the class teacher's word for one day, an excuse of that day alone.

It fills the lessons to come as they are taken, like every excuse, and gives Н of the day its
reason.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from journal.attendance.excuses.decisions import enter_paper, withdraw_paper
from journal.attendance.excuses.deeds import Deed, require_own_pupil
from journal.attendance.excuses.known import known_reasons
from journal.attendance.models import Excuse
from journal.attendance.rules.excuses import ExcuseDraft


def excuse_day(deed: Deed, *, pupil_id: int, day: date, code: str, text: str) -> None:
    """The day is excused. Nothing happens where an excuse of that reason covers it already."""
    there = known_reasons(deed.session, day, [pupil_id]).get(pupil_id)
    if there is not None and there.code == code:
        require_own_pupil(deed, deed.actor.organisation_id, pupil_id)
        return
    enter_paper(
        deed, pupil_id=pupil_id, draft=ExcuseDraft(first=day, last=day, code=code, text=text)
    )


def take_day_back(deed: Deed, *, pupil_id: int, day: date, text: str) -> None:
    """Takes back the actor's own word of that day, told by its text; other excuses stay."""
    require_own_pupil(deed, deed.actor.organisation_id, pupil_id)
    own = deed.session.scalars(
        select(Excuse.id)
        .where(
            Excuse.pupil_id == pupil_id,
            Excuse.starts_on == day,
            Excuse.status == "confirmed",
            Excuse.on_paper.is_(True),
            Excuse.text == text,
            Excuse.submitted_by == deed.actor.current.person_id,
        )
        .order_by(Excuse.id)
    ).all()
    for excuse_id in own:
        withdraw_paper(deed, excuse_id=excuse_id, day=day)
