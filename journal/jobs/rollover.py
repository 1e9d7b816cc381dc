"""The roll-over of a year as a job: everything in one transaction, or nothing."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from journal.core.clock import utc_now
from journal.core.db import transaction
from journal.core.errors import NotFound
from journal.core.jobs import ClaimedJob, Outcome
from journal.core.messages import N_, message_facts
from journal.jobs.findings import origin_of_job
from journal.jobs.progress import Progress
from journal.office.rollover.rules import DECISIONS, Decision, TurnPlan
from journal.office.rollover.service import TurnChoices, turn_year
from journal.school.calendar import YearSpan, years


def turn_the_year(session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
    """Roll the year of the job over into the next one."""
    progress(0, 1)
    old, new = _years(session, int(job.params["old"]))
    origin = origin_of_job(session, job)
    with transaction() as writing:
        plan = turn_year(
            writing,
            organisation_id=job.organisation_id,
            old=old,
            new=new,
            choices=_choices(job),
            origin=origin,
            now=utc_now(),
        )
    message = N_("The year is rolled over. It can be undone until the new year has lessons.")
    return Outcome(message=message, facts={"lines": _lines(plan)})


def _years(session: Session, old_id: int) -> tuple[YearSpan, YearSpan]:
    spans = years(session)
    old = next((span for span in spans if span.id == old_id), None)
    new = next((span for span in spans if old and span.starts_on >= old.ends_before), None)
    if old is None or new is None:
        raise NotFound()
    return old, new


def _choices(job: ClaimedJob) -> TurnChoices:
    dated = job.params.get("order_date")
    return TurnChoices(
        leaving=frozenset(job.params["leaving"]),
        firsts=tuple(job.params["firsts"]),
        order_number=job.params.get("order_number"),
        order_date=date.fromisoformat(dated) if dated else None,
    )


def _lines(plan: TurnPlan) -> list[dict[str, object]]:
    classes = N_("classes of the new year: %(names)s", names=", ".join(plan.new_classes))
    counts = [
        N_("%(what)s: %(count)s", what=DECISIONS[one], count=plan.count(one)) for one in Decision
    ]
    return [message_facts(line) for line in (classes, *counts)]
