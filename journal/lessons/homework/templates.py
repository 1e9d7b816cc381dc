"""Homework kept for another time: a teacher's own, not part of the journal and so not logged."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.lessons.models import HomeworkTemplate
from journal.lessons.service import HOMEWORK_MAX, check_minutes

TEMPLATES_MAX = 200


def add_template(
    session: Session,
    *,
    organisation_id: int,
    staff_id: int,
    text: str,
    minutes: int | None,
    now: datetime,
) -> int:
    """Keep a text for the member of staff; returns the template's id. A text is kept once."""
    _check(text, minutes)
    mine = HomeworkTemplate.staff_id == staff_id
    same = session.scalar(select(HomeworkTemplate).where(mine, HomeworkTemplate.text == text))
    if same is None:
        _require_room(session, staff_id)
    place = {"organisation_id": organisation_id, "staff_id": staff_id}
    template = same or HomeworkTemplate(text=text, created_at=now, **place)
    template.minutes = minutes
    session.add(template)
    session.flush()
    return template.id


def _check(text: str, minutes: int | None) -> None:
    if not text:
        raise RuleViolation("homework", N_("Write the homework first, then keep it."))
    if len(text) > HOMEWORK_MAX:
        raise RuleViolation(
            "homework", N_("Shorten the homework to %(max)s characters.", max=HOMEWORK_MAX)
        )
    check_minutes(minutes)


def _require_room(session: Session, staff_id: int) -> None:
    kept = select(func.count(HomeworkTemplate.id)).where(HomeworkTemplate.staff_id == staff_id)
    if (session.scalar(kept) or 0) >= TEMPLATES_MAX:
        raise RuleViolation(
            "homework",
            N_("You keep %(max)s templates already. Delete some first.", max=TEMPLATES_MAX),
        )


def remove_template(session: Session, *, staff_id: int, template_id: int) -> None:
    """Delete one's own template; NotFound for everybody else's."""
    template = session.get(HomeworkTemplate, template_id)
    if template is None or template.staff_id != staff_id:
        raise NotFound(N_("There is no such template any more."))
    session.delete(template)
    session.flush()
