"""The form as the journal of the school filled it last."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.exchange.control import Finding
from journal.exchange.figures import Content
from journal.exchange.models import Draft, FilledForm, Participation
from journal.exchange.storage import content_of, findings_of


@dataclass(frozen=True, slots=True)
class FilledFacts:
    """What a page says of it without reading it; sizes in bytes by suffix."""

    as_of: datetime
    sizes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FilledView:
    """The whole: `spans` are first and last days of sheets by name."""

    content: Content
    findings: tuple[Finding, ...]
    spans: Mapping[str, tuple[date, date]]
    as_of: datetime
    sizes: Mapping[str, int]


def filled_facts(session: Session, participation_id: int) -> FilledFacts | None:
    """When it was filled and how large its workbooks are; None when it never was."""
    row = session.execute(
        select(FilledForm.as_of, FilledForm.xls_size, FilledForm.xlsx_size).where(
            FilledForm.participation_id == participation_id
        )
    ).one_or_none()
    return None if row is None else FilledFacts(row[0], {".xls": row[1], ".xlsx": row[2]})


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a school has made ready: when its table was saved, what the journal filled in."""

    table_saved_at: datetime | None
    filled: FilledFacts | None


def prepared(session: Session, participation_id: int) -> Prepared:
    """Of a participation, without the numbers. One statement."""
    row = session.execute(
        select(Draft.saved_at, FilledForm.as_of, FilledForm.xls_size, FilledForm.xlsx_size)
        .select_from(Participation)
        .outerjoin(Draft, Draft.participation_id == Participation.id)
        .outerjoin(FilledForm, FilledForm.participation_id == Participation.id)
        .where(Participation.id == participation_id)
    ).one()
    sizes = {".xls": row.xls_size, ".xlsx": row.xlsx_size}
    return Prepared(row.saved_at, None if row.as_of is None else FilledFacts(row.as_of, sizes))


def filled_of(session: Session, participation_id: int) -> FilledView | None:
    """The form as it was filled last; None when it never was."""
    row = session.execute(
        select(
            FilledForm.content,
            FilledForm.findings,
            FilledForm.spans,
            FilledForm.as_of,
            FilledForm.xls_size,
            FilledForm.xlsx_size,
        ).where(FilledForm.participation_id == participation_id)
    ).one_or_none()
    if row is None:
        return None
    days = json.loads(row.spans)
    return FilledView(
        content=content_of(row.content),
        findings=findings_of(row.findings),
        spans={
            name: (date.fromisoformat(a), date.fromisoformat(b)) for name, (a, b) in days.items()
        },
        as_of=row.as_of,
        sizes={".xls": row.xls_size, ".xlsx": row.xlsx_size},
    )
