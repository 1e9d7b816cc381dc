"""Errors and remarks of a file as plain JSON in the job's row, and what a refusal looks like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from journal.core.audit import Origin
from journal.core.jobs import ClaimedJob, Outcome
from journal.core.messages import N_, message_facts
from journal.people.names import account_names
from journal.transfer.faults import ImportFault, ImportNote

ERRORS = N_("errors")  # in the name of the coloured copy


def refused(
    faults: Sequence[ImportFault],
    notes: Sequence[ImportNote],
    *,
    output: bytes,
    output_name: str,
) -> Outcome:
    """Nothing was written: every error, and the coloured copy."""
    return Outcome(
        ok=False,
        message=N_("The file holds %(count)s errors; nothing was written.", count=len(faults)),
        facts={"faults": [_fault(one) for one in faults], "notes": note_facts(notes)},
        output=output,
        output_name=output_name,
    )


def note_facts(notes: Iterable[ImportNote]) -> list[dict[str, Any]]:
    """Remarks that stop nothing."""
    return [
        {
            "sheet": one.sheet,
            "row": one.row,
            "column": one.column,
            "message": message_facts(one.message),
        }
        for one in notes
    ]


def origin_of_job(session: Session, job: ClaimedJob) -> Origin:
    """Who asked for the work, for the audit log."""
    names = account_names(session, [job.account_id]) if job.account_id else {}
    return Origin(account_id=job.account_id, actor_name=names.get(job.account_id or 0, "–"))


def _fault(one: ImportFault) -> dict[str, Any]:
    return {
        "sheet": one.sheet,
        "row": one.row,
        "column": one.column,
        "value": one.value,
        "message": message_facts(one.message),
    }
