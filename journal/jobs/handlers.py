"""What each kind of job does: (session bound to the organisation, the job, progress) → Outcome.

A handler commits its own work, in one transaction, as late and as short as it can; it may be
called again after an interruption, so it must be repeatable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from journal.core.audit import verify_chain
from journal.core.jobs import ClaimedJob, Outcome
from journal.core.messages import N_
from journal.jobs.alarms import check_absences
from journal.jobs.archive import delete_kept, make_archive
from journal.jobs.forms import make_forms
from journal.jobs.history import check_history_file, export_history_file, import_history_file
from journal.jobs.monitoring import export_region, fill_form, process_form
from journal.jobs.progress import Progress
from journal.jobs.rollover import turn_the_year
from journal.jobs.timetable import publish_timetable
from journal.jobs.workbook import check_school_file, export_school_file, import_school_file
from journal.webkit.job_kinds import (
    CHECK_ABSENCES,
    CHECK_HISTORY,
    CHECK_SCHOOL,
    DELETE_KEPT,
    EXPORT_HISTORY,
    EXPORT_REGION,
    EXPORT_SCHOOL,
    FILL_FORM,
    IMPORT_HISTORY,
    IMPORT_SCHOOL,
    MAKE_ARCHIVE,
    MAKE_FORMS,
    PROCESS_FORM,
    PUBLISH_TIMETABLE,
    TURN_YEAR,
    VERIFY_AUDIT,
)

Handler = Callable[[Session, ClaimedJob, Progress], Outcome]


def verify_audit(session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
    """Walk the audit chain of the organisation; a fault ends the job as failed."""
    progress(0, 1)
    entries, fault = verify_chain(session, job.organisation_id)
    if fault is None:
        message = N_("The log is whole: %(count)s entries checked.", count=entries)
        return Outcome(message=message, facts={"entries": entries})
    message = N_("The log is damaged at entry %(seq)s: %(why)s.", seq=fault.seq, why=fault.why)
    return Outcome(message=message, ok=False, facts={"entries": entries, "fault": fault.seq})


HANDLERS: Mapping[str, Handler] = {
    VERIFY_AUDIT: verify_audit,
    TURN_YEAR: turn_the_year,
    CHECK_ABSENCES: check_absences,
    MAKE_FORMS: make_forms,
    MAKE_ARCHIVE: make_archive,
    DELETE_KEPT: delete_kept,
    CHECK_SCHOOL: check_school_file,
    IMPORT_SCHOOL: import_school_file,
    EXPORT_SCHOOL: export_school_file,
    CHECK_HISTORY: check_history_file,
    IMPORT_HISTORY: import_history_file,
    EXPORT_HISTORY: export_history_file,
    PROCESS_FORM: process_form,
    FILL_FORM: fill_form,
    EXPORT_REGION: export_region,
    PUBLISH_TIMETABLE: publish_timetable,
}
