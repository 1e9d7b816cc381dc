"""Regional forms as jobs: a server that stops in between takes them up again."""

from __future__ import annotations

from flask import current_app
from sqlalchemy.orm import Session

from journal.core.clock import utc_now
from journal.core.db import transaction
from journal.core.errors import NotFound
from journal.core.jobs import ClaimedJob, Outcome
from journal.core.messages import N_
from journal.exchange.export import export
from journal.exchange.queries import procedure_card, statistics_of
from journal.exchange.rules import refused_form
from journal.exchange.service.journal import fill, keep_filled
from journal.exchange.service.processing import check_attempt, settle
from journal.jobs.progress import Progress

STEPS = 2  # read and checked, settled


def process_form(session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
    """Check the attempt outside of a transaction, settle it in one. Settling twice changes nothing,
    so that the work may be repeated."""
    progress(0, STEPS)
    attempt_id = int(job.params["attempt"])
    checked = check_attempt(session, attempt_id, secret=current_app.config["SECRET_KEY"])
    progress(1, STEPS)
    with transaction() as writing:
        accepted = settle(writing, checked, now=utc_now())
    if accepted:
        return Outcome(message=N_("The form was accepted."), facts={"attempt": attempt_id})
    left = sum(one.open for one in checked.findings)
    return Outcome(message=refused_form(left), ok=False, facts={"attempt": attempt_id})


def fill_form(session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
    """Fill a form from the journal outside of a transaction, keep it in one."""
    progress(0, STEPS)
    secret = current_app.config["SECRET_KEY"]
    made = fill(session, int(job.params["participation"]), secret=secret, now=utc_now())
    progress(1, STEPS)
    with transaction() as writing:
        keep_filled(writing, made)
    return Outcome(message=N_("The form is filled from the journal."))


def export_region(session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
    """Everything handed in for a procedure of the centre as one file."""
    card = procedure_card(session, int(job.params["procedure"]))
    if card.centre_id != job.organisation_id:
        raise NotFound()
    schools = statistics_of(session, card).submitted
    suffix = str(job.params["suffix"])
    progress(0, schools)
    data, count = export(session, card, suffix=suffix, note=lambda n: progress(n, schools))
    name = f"{card.form.name.replace('/', '-')} {card.year} {card.period}{suffix}"
    message = N_("The file is ready: schools %(count)s.", count=count)
    return Outcome(message=message, output=data, output_name=name)
