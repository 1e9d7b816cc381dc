"""The journal history as jobs: a .zip of its CSV files in and out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from sqlalchemy.orm import Session

from journal.core.clock import utc_now
from journal.core.db import db, gather_statistics, transaction
from journal.core.jobs import ClaimedJob, Outcome
from journal.core.messages import N_, message_facts
from journal.documents.archives import pack, read_archive
from journal.documents.marked import Remark, marked_copy
from journal.documents.tables import read_tables
from journal.jobs.findings import ERRORS, note_facts, origin_of_job, refused
from journal.jobs.progress import Progress
from journal.transfer.faults import ImportFault
from journal.transfer.history.files import FILES
from journal.transfer.service import (
    CheckedHistory,
    check_history,
    export_history,
    import_history,
)
from journal.transfer.store.history import StoredHistory
from journal.webkit.i18n import say

STEPS = 3
NAMES = frozenset(spec.title for spec in FILES.values())


def check_history_file(session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
    """The dry run: every error with its file and line, or leave to import."""
    contents, checked = _checked(session, job, progress)
    if checked.package is None:
        return _refused(contents, checked, str(job.params["name"]))
    return Outcome(
        message=N_("No errors were found. The file can be imported."),
        facts={"notes": note_facts(checked.notes)},
        keep_payload=True,
    )


def import_history_file(session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
    """Check anew and write in one transaction."""
    contents, checked = _checked(session, job, progress)
    if checked.package is None:
        return _refused(contents, checked, str(job.params["name"]))
    origin = origin_of_job(session, job)
    progress(2, STEPS)
    with transaction() as writing:
        stored = import_history(writing, checked, origin=origin, now=utc_now())
    gather_statistics(db.engine)
    message = N_("The journal history is imported.")
    if not stored.changed_anything:
        message = N_("Nothing has changed: the file says what the journal holds.")
    return Outcome(
        message=message, facts={"notes": note_facts(checked.notes), "lines": _lines(stored)}
    )


def export_history_file(session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
    """The year's journal as a .zip of CSV files."""
    progress(0, 1)
    year = str(job.params["year"])
    files = export_history(session, job.organisation_id, year=year, now=utc_now())
    return Outcome(
        message=N_("The file is ready."),
        output=pack(files),
        output_name=f"{job.params['name']} {year}.zip",
    )


def _checked(
    session: Session, job: ClaimedJob, progress: Progress
) -> tuple[dict[str, bytes], CheckedHistory]:
    progress(0, STEPS)
    contents = read_archive(job.payload or b"", names=NAMES)
    checked = check_history(
        session, organisation_id=job.organisation_id, contents=contents, now=utc_now()
    )
    progress(1, STEPS)
    return contents, checked


def _refused(contents: Mapping[str, bytes], checked: CheckedHistory, name: str) -> Outcome:
    return refused(
        checked.faults,
        checked.notes,
        output=pack(_marked(contents, checked.faults)),
        output_name=f"{PurePath(name).stem} {say(ERRORS)}.zip",
    )


def _marked(contents: Mapping[str, bytes], faults: Sequence[ImportFault]) -> dict[str, bytes]:
    """The coloured copy of every file that has errors."""
    by_file: dict[str, list[ImportFault]] = defaultdict(list)
    for fault in faults:
        by_file[fault.sheet.casefold()].append(fault)
    return {
        f"{PurePath(name).stem}.xlsx": _marked_file(name, contents[name], found)
        for name, found in by_file.items()
        if name in contents
    }


def _marked_file(name: str, data: bytes, faults: Sequence[ImportFault]) -> bytes:
    (table, *_) = read_tables(name, data)
    remarks = [
        Remark(sheet=table.name, row=one.row, column=one.column, text=say(one.message))
        for one in faults
    ]
    return marked_copy(name, data, remarks, made_at=utc_now())


def _lines(stored: StoredHistory) -> list[dict[str, object]]:
    return [
        message_facts(
            N_("%(file)s: new or changed %(count)s", file=FILES[field].title, count=count)
        )
        for field, count in stored.written.items()
        if count
    ]
