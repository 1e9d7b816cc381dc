"""The jobs' edge: long work, nightly checks. One process of many runs it, by a lease."""

from journal.jobs.runner import Runner, start_jobs, stop_jobs
from journal.jobs.working import do_claimed_job

__all__ = ["Runner", "do_claimed_job", "start_jobs", "stop_jobs"]
