"""Commands on jobs. Each is short; the work itself runs between them, outside of transactions."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple, cast

from sqlalchemy import CursorResult, delete, or_, select, update
from sqlalchemy.orm import Session

from journal.core.errors import NotFound, RuleViolation
from journal.core.jobs.models import Job, JobState
from journal.core.messages import N_, Message, message_facts

MAX_ATTEMPTS = 2
_OPEN = (JobState.WAITING, JobState.RUNNING)
KEEP_OUTPUT = timedelta(days=7)
KEEP_ROW = timedelta(days=60)
INTERRUPTED = N_("The work was interrupted when the server stopped. Start it again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedJob:
    """A job taken by this process. `attempt` fences it: a later claim invalidates this one."""

    id: int
    organisation_id: int
    kind: str
    params: Mapping[str, Any]
    payload: bytes | None
    account_id: int | None
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How work ended: what is told, further facts (JSON), perhaps a file. `ok` False = refused.

    `keep_payload` leaves the uploaded file for a next step: a checked file waits for its import.
    """

    message: Message
    ok: bool = True
    facts: Mapping[str, Any] = field(default_factory=dict)
    output: bytes | None = None
    output_name: str | None = None
    keep_payload: bool = False


def enqueue(
    session: Session,
    *,
    organisation_id: int,
    kind: str,
    now: datetime,
    params: Mapping[str, Any] | None = None,
    payload: bytes | None = None,
    account_id: int | None = None,
    once_key: str | None = None,
) -> int:
    """Put work into the queue; returns the job's id."""
    job = Job(
        organisation_id=organisation_id,
        kind=kind,
        state=JobState.WAITING,
        params=json.dumps(dict(params or {}), ensure_ascii=False),
        payload=payload,
        account_id=account_id,
        once_key=once_key,
        created_at=now,
    )
    session.add(job)
    session.flush()
    return job.id


class Queued(NamedTuple):
    """The job that does what was asked; `begun` False: it was waiting or running already."""

    job_id: int
    begun: bool


def enqueue_once(
    session: Session,
    *,
    organisation_id: int,
    kind: str,
    now: datetime,
    params: Mapping[str, Any],
    account_id: int,
    for_all: bool = False,
) -> Queued:
    """Put work into the queue unless this person has asked for the same and it is not ended.

    `for_all`: whoever has asked. Of two who ask at the same moment PostgreSQL lets one write;
    the other's IntegrityError begins his transaction anew, which then finds the first.
    """
    key = _once_key(kind, params, None if for_all else account_id)
    same = (Job.organisation_id == organisation_id, Job.once_key == key)
    found = session.scalar(select(Job.id).where(*same, Job.state.in_(_OPEN)))
    if found is not None:
        return Queued(found, False)
    begun = enqueue(
        session,
        organisation_id=organisation_id,
        kind=kind,
        now=now,
        params=params,
        account_id=account_id,
        once_key=key,
    )
    return Queued(begun, True)


def _once_key(kind: str, params: Mapping[str, Any], account_id: int | None) -> str:
    facts = [kind, dict(params), account_id]
    return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def enqueue_next(
    session: Session,
    *,
    job_id: int,
    kind: str,
    now: datetime,
    params: Mapping[str, Any],
    account_id: int,
) -> int:
    """Put the next step of an ended job into the queue: the kept file moves over to it.

    Raises RuleViolation when the file is not kept (any more): the step was begun already.
    """
    job = session.scalar(select(Job).where(Job.id == job_id).with_for_update())
    if job is None:
        raise NotFound()
    if job.state != JobState.DONE or job.payload is None:
        raise RuleViolation("file", N_("The file is no longer kept. Upload it again."))
    payload, job.payload = job.payload, None
    return enqueue(
        session,
        organisation_id=job.organisation_id,
        kind=kind,
        now=now,
        params=params,
        payload=payload,
        account_id=account_id,
    )


def claim_next(session: Session, *, kinds: Collection[str], now: datetime) -> ClaimedJob | None:
    """Take the oldest waiting job of these kinds; what somebody asked for goes before the nightly
    work of the server. The caller commits before the work begins."""
    waiting = (
        select(Job.id)
        .where(Job.state == JobState.WAITING, Job.kind.in_(list(kinds)))
        .order_by(Job.account_id.is_(None), Job.id)
        .limit(1)
    )
    job_id = session.scalar(waiting)
    if job_id is None or not _start(session, job_id, now):
        return None
    attempt = session.scalar(select(Job.attempts).where(Job.id == job_id))
    return claimed_job(session, job_id, attempt or 0)


def claimed_job(session: Session, job_id: int, attempt: int) -> ClaimedJob | None:
    """The job as it was claimed; None when another process has taken it over meanwhile."""
    row = session.execute(
        select(
            Job.organisation_id, Job.kind, Job.params, Job.payload, Job.account_id, Job.attempts
        ).where(Job.id == job_id, Job.attempts == attempt, Job.state == JobState.RUNNING)
    ).one_or_none()
    if row is None:
        return None
    return ClaimedJob(
        id=job_id,
        organisation_id=row.organisation_id,
        kind=row.kind,
        params=json.loads(row.params),
        payload=row.payload,
        account_id=row.account_id,
        attempt=row.attempts,
    )


def _start(session: Session, job_id: int, now: datetime) -> bool:
    started = _update(
        session,
        Job.id == job_id,
        Job.state == JobState.WAITING,
        state=JobState.RUNNING,
        started_at=now,
        attempts=Job.attempts + 1,
        done_steps=0,
    )
    return bool(started)


def note_progress(session: Session, job: ClaimedJob, *, done: int, of: int) -> None:
    """Write how far the work is. The caller commits."""
    _update_mine(session, job, done_steps=done, all_steps=of)


def finish(session: Session, job: ClaimedJob, outcome: Outcome, *, now: datetime) -> bool:
    """End the job with its outcome; False when another process has taken it over meanwhile."""
    result = {"message": message_facts(outcome.message), **outcome.facts}
    values = {
        "state": JobState.DONE if outcome.ok else JobState.FAILED,
        "result": json.dumps(result, ensure_ascii=False),
        "output": outcome.output,
        "output_name": outcome.output_name,
        "finished_at": now,
    }
    if not outcome.keep_payload:
        values["payload"] = None
    return _update_mine(session, job, **values)


def fail(session: Session, job: ClaimedJob, message: Message, *, now: datetime) -> bool:
    """End the job with a refusal."""
    return finish(session, job, Outcome(message=message, ok=False), now=now)


def put_back(session: Session, job: ClaimedJob) -> None:
    """Return a job that this process cannot end; the stop of a server counts no attempt."""
    _update_mine(session, job, state=JobState.WAITING, attempts=job.attempt - 1, done_steps=0)


def recover_interrupted(
    session: Session, *, repeatable: Collection[str], now: datetime
) -> tuple[int, int]:
    """Deal with the running jobs of a process that died: (put back, failed).

    Called by who takes the lease anew. Work that may be repeated waits again, unless it has
    already been tried MAX_ATTEMPTS times: it may be what kills the process.
    """
    again = (Job.kind.in_(list(repeatable))) & (Job.attempts < MAX_ATTEMPTS)
    waiting = _update(session, Job.state == JobState.RUNNING, again, state=JobState.WAITING)
    failed = _update(
        session,
        Job.state == JobState.RUNNING,
        state=JobState.FAILED,
        result=json.dumps({"message": message_facts(INTERRUPTED)}),
        payload=None,
        finished_at=now,
    )
    return waiting, failed


def prune(session: Session, *, now: datetime) -> None:
    """Drop produced files after a week and ended rows after two months: they hold names."""
    ended = Job.state.in_([JobState.DONE, JobState.FAILED])
    kept = or_(Job.output.is_not(None), Job.payload.is_not(None))
    old = Job.finished_at < now - KEEP_OUTPUT
    _update(session, ended, kept, old, output=None, payload=None)
    session.execute(
        delete(Job)
        .where(ended, Job.finished_at < now - KEEP_ROW)
        .execution_options(synchronize_session=False)
    )


def _update_mine(session: Session, job: ClaimedJob, **values: Any) -> bool:
    mine = (Job.id == job.id) & (Job.attempts == job.attempt) & (Job.state == JobState.RUNNING)
    return bool(_update(session, mine, **values))


def _update(session: Session, *criteria: Any, **values: Any) -> int:
    changed = session.execute(
        update(Job).where(*criteria).values(**values).execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", changed).rowcount
