"""The jobs' edge: long work, nightly checks. One process of many runs it, by a lease."""

from journal.jobs.runner import Runner, start_jobs, stop_jobs

__all__ = ["Runner", "start_jobs", "stop_jobs"]
