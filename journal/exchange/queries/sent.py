"""What a school has saved and sent: draft, attempts, accepted versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from journal.core.errors import NotFound
from journal.exchange.control import Finding
from journal.exchange.figures import Content
from journal.exchange.models import Attempt, Draft, Submission
from journal.exchange.storage import content_of, findings_of


@dataclass(frozen=True, slots=True)
class DraftView:
    """The on-line table as it was saved last."""

    content: Content
    version: int
    saved_at: datetime
    saved_by: int


def draft_of(session: Session, participation_id: int) -> DraftView | None:
    """The draft of a participation, if anything was saved."""
    row = session.execute(
        select(Draft.content, Draft.version, Draft.saved_at, Draft.saved_by).where(
            Draft.participation_id == participation_id
        )
    ).one_or_none()
    return None if row is None else DraftView(content_of(row[0]), row[1], row[2], row[3])


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One sending and what became of it; `version`: the number it was accepted under."""

    id: int
    kind: str
    state: str
    file_name: str | None
    file_size: int | None
    sender: str
    received_at: datetime
    processed_at: datetime | None
    findings: tuple[Finding, ...]
    has_copy: bool
    version: int | None


def attempts(session: Session, participation_id: int) -> list[AttemptView]:
    """The log of sendings, the latest first."""
    rows = session.execute(_attempts(participation_id).order_by(Attempt.id.desc()))
    return [_attempt(row) for row in rows]


def attempt_of(session: Session, participation_id: int, attempt_id: int) -> AttemptView:
    """One sending of the participation; raises NotFound."""
    query = _attempts(participation_id).where(Attempt.id == attempt_id)
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound()
    return _attempt(row)


def attempt_copy(session: Session, participation_id: int, attempt_id: int) -> bytes:
    """The coloured copy of a refused form; raises NotFound where the file could not be read."""
    copy = session.scalar(
        select(Attempt.marked).where(
            Attempt.id == attempt_id, Attempt.participation_id == participation_id
        )
    )
    if copy is None:
        raise NotFound()
    return copy


def _attempts(participation_id: int) -> Select[*tuple[Any, ...]]:
    columns = (
        Attempt.id,
        Attempt.kind,
        Attempt.state,
        Attempt.file_name,
        Attempt.file_size,
        Attempt.sender,
        Attempt.received_at,
        Attempt.processed_at,
        Attempt.findings,
        Attempt.marked.is_not(None).label("has_copy"),
        Submission.number.label("version"),
    )
    return (
        select(*columns)
        .outerjoin(Submission, Submission.attempt_id == Attempt.id)
        .where(Attempt.participation_id == participation_id)
    )


def _attempt(row: Any) -> AttemptView:
    return AttemptView(**{**row._mapping, "findings": findings_of(row.findings)})


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """An accepted version."""

    id: int
    number: int
    form_schema: str
    form_version: str
    content: Content
    findings: tuple[Finding, ...]
    accepted_at: datetime


def submissions(session: Session, participation_id: int) -> list[SubmissionView]:
    """Every accepted version, the one that counts first."""
    rows = session.execute(
        select(
            Submission.id,
            Submission.number,
            Submission.form_schema,
            Submission.form_version,
            Submission.content,
            Submission.findings,
            Submission.accepted_at,
        )
        .where(Submission.participation_id == participation_id)
        .order_by(Submission.number.desc())
    )
    return [
        SubmissionView(
            **{
                **row,
                "content": content_of(row["content"]),
                "findings": findings_of(row["findings"]),
            }
        )
        for row in rows.mappings()
    ]
