"""Lessons follow what they are made of: bells, breaks, moved days, the year, the time zone.

Whoever changes one of these calls this in the same transaction, so that nobody has to know that
dated lessons are a consequence.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.clock import local_date
from journal.core.errors import RuleViolation, SeveralViolations
from journal.core.messages import N_
from journal.office.queries.publishing import course_titles
from journal.office.rules.publishing import Plan, rings
from journal.office.service.publishing import publish_year
from journal.people.service import origin_of
from journal.school.models import AcademicYear

_TOLD = 20


def lessons_follow(
    session: Session, actor: Actor, *, now: datetime, year_id: int | None = None
) -> None:
    """Bring lessons without entries in line: those of a year, or of every year that is not over.

    SeveralViolations where a lesson would be left without a bell.
    """
    for one in [year_id] if year_id is not None else _years_not_over(session, actor, now):

        def refuse(plan: Plan, year: int = one) -> None:
            _require_bells(session, year, plan)

        publish_year(session, academic_year_id=one, origin=origin_of(actor), now=now, check=refuse)


def _years_not_over(session: Session, actor: Actor, now: datetime) -> list[int]:
    today = local_date(now, actor.current.time_zone)
    query = select(AcademicYear.id).where(AcademicYear.ends_before > today)
    return list(session.scalars(query.order_by(AcademicYear.starts_on)))


def _require_bells(session: Session, year_id: int, plan: Plan) -> None:
    """A lesson that rang must ring; one that never did is not this change's fault."""
    silent = [target for _, target in plan.correct if not rings(target)]
    if not silent:
        return
    titles = course_titles(session, year_id)
    places = sorted({(titles[one.course_id][0], one.lesson_number) for one in silent})
    raise SeveralViolations(
        [
            RuleViolation(
                "",
                N_(
                    "The timetable of %(classes)s has lesson %(number)s, which would have no bell.",
                    classes=classes.replace(",", ", "),
                    number=number,
                ),
            )
            for classes, number in places[:_TOLD]
        ]
    )
