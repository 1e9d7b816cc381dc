"""The archive in the matrix: its lines, a kept file, a deletion that waits in a long past year."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from journal.core.files import StoredFile
from journal.core.jobs.models import Job, JobState
from journal.school.models import AcademicYear
from journal.school.retention.models import RetentionDeletion
from journal.transfer.archive.models import YearArchive
from tests.cast import NOW
from tests.factories import SchoolBuilder

OLD_YEAR = "1989-1990"
ARCHIVE_BODIES = {
    "archive.propose": {"reason": "Акт № 3"},
    "archive.deletion": {"year": OLD_YEAR},
}
ARCHIVE = """
# The archive: administrator and director, of their own school
xxxtL x++xx xxxxx +xxx x+ L  GET archive.page
xxxtL x++xx xxxxx +xxx x+ L  GET archive.public_key
xxxtL x>>xx xxxxx oxxx xo L  POST archive.make year=own
xxxtL xooxx xxxxx >xxx x> L  POST archive.make year=foreign
xxxtL xooxx xxxxx oxxx xo L  POST archive.make year=missing
xxxtL x++xx xxxxx oxxx xo L  GET archive.job_state job=own_archive
xxxtL xooxx xxxxx +xxx x+ L  GET archive.job_state job=foreign_archive
xxxtL xooxx xxxxx oxxx xo L  GET archive.job_state job=own
xxxtL xooxx xxxxx oxxx xo L  GET archive.job_state job=foreign
xxxtL xooxx xxxxx oxxx xo L  GET archive.job_state job=missing
xxxtL x++xx xxxxx oxxx xo L  GET archive.file archive=own
xxxtL xooxx xxxxx +xxx x+ L  GET archive.file archive=foreign
xxxtL xooxx xxxxx oxxx xo L  GET archive.file archive=missing
xxxtL x++xx xxxxx oxxx xo L  GET archive.check archive=own
xxxtL xooxx xxxxx +xxx x+ L  GET archive.check archive=foreign
xxxtL xooxx xxxxx oxxx xo L  GET archive.check archive=missing
xxxtL x++xx xxxxx oxxx xo L  GET archive.propose year=own what=journals
xxxtL xooxx xxxxx +xxx x+ L  GET archive.propose year=foreign what=journals
xxxtL xooxx xxxxx oxxx xo L  GET archive.propose year=missing what=journals
xxxtL xooxx xxxxx oxxx xo L  GET archive.propose year=own what=nonsense
xxxtL x!!xx xxxxx oxxx xo L  POST archive.propose year=own what=journals
xxxtL xooxx xxxxx !xxx x! L  POST archive.propose year=foreign what=sheets
xxxtL xooxx xxxxx oxxx xo L  POST archive.propose year=missing what=sheets
xxxtL x++xx xxxxx oxxx xo L  GET archive.deletion decision=own
xxxtL xooxx xxxxx +xxx x+ L  GET archive.deletion decision=foreign
xxxtL xooxx xxxxx oxxx xo L  GET archive.deletion decision=missing
xxxtL x>>xx xxxxx oxxx xo L  POST archive.deletion decision=own
xxxtL xooxx xxxxx >xxx x> L  POST archive.deletion decision=foreign
xxxtL xooxx xxxxx oxxx xo L  POST archive.deletion decision=missing
xxxtL x>>xx xxxxx oxxx xo L  POST archive.withdraw decision=own
xxxtL xooxx xxxxx >xxx x> L  POST archive.withdraw decision=foreign
xxxtL xooxx xxxxx oxxx xo L  POST archive.withdraw decision=missing
xxxtL x>>xx xxxxx oxxx xo L  POST archive.again decision=own
xxxtL xooxx xxxxx >xxx x> L  POST archive.again decision=foreign
xxxtL xooxx xxxxx oxxx xo L  POST archive.again decision=missing
"""


def add_archive(
    objects: dict[str, dict[str, int]], school: SchoolBuilder, name: str, bytes_: bytes
) -> None:
    """A job that makes one, one that is kept, and a deletion somebody has proposed."""
    old = school.add(
        AcademicYear, name=OLD_YEAR, starts_on=date(1989, 9, 1), ends_before=date(1990, 6, 1)
    )
    facts = {"sha256": hashlib.sha256(bytes_).hexdigest(), "size": len(bytes_)}
    file = school.add(
        StoredFile, name="архив.zip", media_type="application/zip", uploaded_at=NOW, **facts
    )
    made = {"documents": 1, "signer": "0" * 64, "made_name": "", "made_at": NOW}
    archive = school.add(YearArchive, academic_year_id=old.id, stored_file_id=file.id, **made)
    decision = school.add(
        RetentionDeletion,
        academic_year_id=old.id,
        what="journals",
        state="proposed",
        reason="Акт № 2",
        counts=json.dumps({"lessons": 5}),
        proposed_by=0,
        proposed_name="–",
        proposed_at=NOW,
    )
    job = school.add(
        Job,
        kind="make_archive",
        state=JobState.RUNNING,
        params=json.dumps({"year_id": old.id, "name": OLD_YEAR}),
        created_at=NOW,
    )
    objects.setdefault("archive", {})[name] = archive.id
    objects.setdefault("decision", {})[name] = decision.id
    objects.setdefault("job", {})[f"{name}_archive"] = job.id
