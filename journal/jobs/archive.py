"""The archive of a year, and the deletion two persons decided, as jobs."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask import current_app
from sqlalchemy.orm import Session

from config import Settings
from journal.core.clock import utc_now
from journal.core.db import transaction
from journal.core.files import DirectoryStore
from journal.core.jobs import ClaimedJob, Outcome
from journal.core.messages import N_, message_facts
from journal.jobs.findings import origin_of_job
from journal.jobs.progress import Progress
from journal.people.queries import organisation_card
from journal.transfer.archive.keeping import Made, keep_archive, put_bytes
from journal.transfer.archive.keys import SigningKey, fingerprint
from journal.transfer.archive.service import archive_year
from journal.transfer.retention.rows import ROW_NAMES
from journal.transfer.retention.service import carry_out
from journal.webkit.i18n import say, speaking_to


def make_archive(session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
    """Write the signed archive of the year beside the files of the school, then enter it."""
    settings: Settings = current_app.config["SETTINGS"]
    settings.files_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.files_dir, prefix=".archive") as folder:
        made = _written(session, job, progress, settings, Path(folder) / "archive.zip")
        sha256 = put_bytes(DirectoryStore(settings.files_dir), made.path)
        origin = origin_of_job(session, job)
        with transaction() as writing:
            keep_archive(writing, made, sha256=sha256, origin=origin, now=utc_now())
    return Outcome(message=N_("The archive is ready: documents %(count)s.", count=made.documents))


def _written(
    session: Session, job: ClaimedJob, progress: Progress, settings: Settings, path: Path
) -> Made:
    """In Russian, the language of the school's documents, whoever asked."""
    card = organisation_card(session, job.organisation_id)
    key, year = SigningKey.of(settings.instance_dir), str(job.params["year"])
    with speaking_to("ru", card.time_zone):
        documents = archive_year(
            session, card, year=year, target=path, key=key, say=say, now=utc_now(), told=progress
        )
    return Made(
        path=path,
        organisation_id=card.id,
        year_id=int(job.params["year_id"]),
        name=f"{card.code}-{year}.zip",
        documents=documents,
        signer=fingerprint(key.public_pem),
    )


def delete_kept(session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
    """Carry the deletion out: all of it, or nothing."""
    progress(0, 1)
    origin = origin_of_job(session, job)
    with transaction() as writing:
        gone = carry_out(writing, int(job.params["decision"]), origin=origin, now=utc_now())
    lines = [
        message_facts(N_("%(what)s: %(count)s", what=ROW_NAMES[name], count=count))
        for name, count in gone.items()
    ]
    return Outcome(message=N_("What was kept for its term is deleted."), facts={"lines": lines})
