"""What a workbook says of itself: whose it is, which period, which procedure, and its signature."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from journal.exchange.forms.specification import Form

NO_PROCEDURE = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The head of a workbook. `spans` are first and last days of class sheets by name."""

    form: Form
    organisation_code: str
    organisation_name: str
    municipality: str
    year: str
    period: str
    snapshot_at: datetime
    thresholds: Mapping[str, int]
    procedure_id: str = NO_PROCEDURE
    spans: Mapping[str, tuple[date, date]] = field(default_factory=dict)


def signature(heading: Heading, rows: int, secret: str, *, version: str | None = None) -> str:
    """HMAC-SHA256 of schema|version|procedure|school|year|rows under the secret of the instance:
    a workbook made here for this school, and not its neighbour's with the code changed."""
    form = heading.form
    parts = (
        form.schema,
        version or form.version,
        heading.procedure_id,
        heading.organisation_code,
        heading.year,
        str(rows),
    )
    return hmac.new(secret.encode(), "|".join(parts).encode(), "sha256").hexdigest()
