"""Reads of jobs for the pages that show them; files are read only when they are asked for."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from journal.core.errors import NotFound
from journal.core.jobs.models import Job, JobState
from journal.core.messages import Message, message_from_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """A job as a page shows it. `message` is what the work ended with."""

    id: int
    kind: str
    state: JobState
    done_steps: int
    all_steps: int
    params: Mapping[str, Any]
    message: Message | None
    facts: Mapping[str, Any]
    output_name: str | None
    has_output: bool
    has_payload: bool
    account_id: int | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (JobState.DONE, JobState.FAILED)


def job_view(session: Session, job_id: int) -> JobView:
    """One job of the bound organisations; raises NotFound."""
    row = session.execute(_query().where(Job.id == job_id)).one_or_none()
    if row is None:
        raise NotFound()
    return _view(row)


def recent_jobs(
    session: Session,
    *,
    organisation_id: int,
    limit: int,
    kinds: Collection[str] | None = None,
    states: Collection[JobState] | None = None,
) -> list[JobView]:
    """The latest jobs of an organisation, newest first."""
    query = _query().where(Job.organisation_id == organisation_id)
    if kinds is not None:
        query = query.where(Job.kind.in_(list(kinds)))
    if states is not None:
        query = query.where(Job.state.in_(list(states)))
    return [_view(row) for row in session.execute(query.order_by(Job.id.desc()).limit(limit))]


def any_waiting(session: Session) -> bool:
    """Whether there is anything to do; a reader's question, it locks nothing."""
    query = select(Job.id).where(Job.state == JobState.WAITING).limit(1)
    return session.scalar(query) is not None


def job_output(session: Session, job_id: int) -> tuple[bytes, str]:
    """The file a job produced and its name; raises NotFound when there is none (any more)."""
    query = select(Job.output, Job.output_name).where(Job.id == job_id)
    row = session.execute(query).one_or_none()
    if row is None or row.output is None:
        raise NotFound()
    return row.output, row.output_name or f"{job_id}"


def _query() -> Select[*tuple[Any, ...]]:
    return select(
        Job.id,
        Job.kind,
        Job.state,
        Job.done_steps,
        Job.all_steps,
        Job.params,
        Job.result,
        Job.output_name,
        Job.output.is_not(None).label("has_output"),
        Job.payload.is_not(None).label("has_payload"),
        Job.account_id,
        Job.created_at,
        Job.started_at,
        Job.finished_at,
    )


def _view(row: Any) -> JobView:
    facts = json.loads(row.result) if row.result else {}
    said = facts.pop("message", None)
    return JobView(
        id=row.id,
        kind=row.kind,
        state=JobState(row.state),
        done_steps=row.done_steps,
        all_steps=row.all_steps,
        params=json.loads(row.params),
        message=message_from_facts(said) if said else None,
        facts=facts,
        output_name=row.output_name,
        has_output=row.has_output,
        has_payload=row.has_payload,
        account_id=row.account_id,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )
