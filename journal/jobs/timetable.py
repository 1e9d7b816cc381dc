"""Publishing as a job: worked out outside of transactions, written in one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from journal.core.clock import utc_now
from journal.core.db import db, gather_statistics, transaction
from journal.core.jobs import ClaimedJob, Outcome
from journal.core.messages import N_, Message, message_facts
from journal.jobs.findings import origin_of_job
from journal.jobs.progress import Progress
from journal.office.service.publishing import Published
from journal.office.service.versions import prepare, publish
from journal.school.planning import Planned

STEPS = 3


def publish_timetable(session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
    """A draft takes effect: its lessons are made, those before it give way."""
    progress(0, STEPS)
    names = job.params.get("classes")
    planned = Planned(None if names is None else frozenset(names))
    version_id, version = int(job.params["version_id"]), int(job.params["version"])
    ready = prepare(session, version_id, version=version, planned=planned)
    progress(1, STEPS)
    origin = origin_of_job(session, job)
    progress(2, STEPS)
    with transaction() as writing:
        published = publish(writing, ready, origin=origin, now=utc_now())
    gather_statistics(db.engine)
    return _told(N_("The timetable is published."), published)


def _told(message: Message, published: Published) -> Outcome:
    lines = (
        N_("Lessons added: %(count)s", count=published.added),
        N_("Lessons changed: %(count)s", count=published.corrected),
        N_("Lessons dropped: %(count)s", count=published.dropped),
        N_("Lessons left as they are: %(count)s", count=published.kept),
    )
    return Outcome(message=message, facts={"lines": [message_facts(line) for line in lines]})
