"""The school workbook as jobs. Files are read outside of transactions; only writing takes one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

from sqlalchemy.orm import Session

from journal.core.clock import utc_now
from journal.core.db import db, gather_statistics, transaction
from journal.core.jobs import ClaimedJob, Outcome
from journal.core.messages import N_, Message, message_facts
from journal.jobs.findings import ERRORS, note_facts, origin_of_job, refused
from journal.jobs.progress import Progress
from journal.transfer.changes import Changes
from journal.transfer.marking import marked_file
from journal.transfer.school import school_changes
from journal.transfer.service import CheckedSchool, check_school, export_school, import_school
from journal.webkit.i18n import say

NAMED = 10  # vanished rows named on the page; the rest are counted
STEPS = 3  # read and checked, compared, written


def check_school_file(session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
    """The dry run: every error with its place and a coloured copy, or what would change."""
    progress(0, STEPS)
    name, data = str(job.params["name"]), job.payload or b""
    checked = check_school(session, file_name=name, data=data, organisation_id=job.organisation_id)
    progress(1, STEPS)
    if checked.package is None:
        return _refused(checked, name, data)
    changes = school_changes(checked.held, checked.package)
    return Outcome(
        message=N_("No errors were found. The file can be imported."),
        facts={"notes": note_facts(checked.notes), "lines": _lines(changes.values())},
        keep_payload=True,
    )


def import_school_file(session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
    """Check anew, because the school may have changed meanwhile, and write in one transaction."""
    progress(0, STEPS)
    name, data = str(job.params["name"]), job.payload or b""
    checked = check_school(session, file_name=name, data=data, organisation_id=job.organisation_id)
    progress(1, STEPS)
    if checked.package is None:
        return _refused(checked, name, data)
    return _written(session, job, checked, progress)


def _written(
    session: Session, job: ClaimedJob, checked: CheckedSchool, progress: Progress
) -> Outcome:
    origin = origin_of_job(session, job)
    progress(2, STEPS)
    with transaction() as writing:
        stored = import_school(writing, checked, origin=origin, now=utc_now())
    gather_statistics(db.engine)
    message = N_("Imported. Lessons made: %(count)s.", count=stored.lessons_added)
    if not stored.changed_anything:
        message = N_("Nothing has changed: the file says what the journal holds.")
    facts = {"notes": note_facts(checked.notes), "lines": _lines(stored.changes.values())}
    return Outcome(message=message, facts=facts)


def export_school_file(session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
    """The present state as a workbook."""
    progress(0, 1)
    content = export_school(session, job.organisation_id, now=utc_now())
    return Outcome(
        message=N_("The file is ready."), output=content, output_name=f"{job.params['name']}.xlsx"
    )


def _refused(checked: CheckedSchool, name: str, data: bytes) -> Outcome:
    return refused(
        checked.faults,
        checked.notes,
        output=marked_file(name, data, checked.faults, translate=say, made_at=utc_now()),
        output_name=f"{PurePath(name).stem} {say(ERRORS)}.xlsx",
    )


def _lines(changes: Iterable[Changes[Any]]) -> list[dict[str, object]]:
    return [message_facts(line) for change in changes for line in _said(change)]


def _said(change: Changes[Any]) -> Iterator[Message]:
    sheet = change.spec.title
    if change.any:
        yield N_(
            "%(sheet)s: new %(added)s, changed %(changed)s, the same %(same)s",
            sheet=sheet,
            added=len(change.added),
            changed=len(change.changed),
            same=change.same,
        )
    if change.vanished:
        names = "; ".join(change.named(row) for row in change.vanished[:NAMED])
        yield N_(
            "%(sheet)s: not in the file, left as they are: %(count)s (%(names)s)",
            sheet=sheet,
            count=len(change.vanished),
            names=names if len(change.vanished) <= NAMED else f"{names}; …",
        )
