"""Long work as rows of a queue: enqueue, claim, report progress, finish."""

from journal.core.jobs.models import Job, JobState
from journal.core.jobs.queries import JobView, any_waiting, job_output, job_view, recent_jobs
from journal.core.jobs.service import (
    ClaimedJob,
    Outcome,
    Queued,
    claim_next,
    claimed_job,
    enqueue,
    enqueue_next,
    enqueue_once,
    fail,
    finish,
    note_progress,
    prune,
    put_back,
    recover_interrupted,
)

__all__ = [
    "ClaimedJob",
    "Job",
    "JobState",
    "JobView",
    "Outcome",
    "Queued",
    "any_waiting",
    "claim_next",
    "claimed_job",
    "enqueue",
    "enqueue_next",
    "enqueue_once",
    "fail",
    "finish",
    "job_output",
    "job_view",
    "note_progress",
    "prune",
    "put_back",
    "recent_jobs",
    "recover_interrupted",
]
