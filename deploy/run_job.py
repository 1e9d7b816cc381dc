"""One claimed job in a process of its own: `run_job.py JOB ATTEMPT`, started by the runner."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from journal.jobs import do_claimed_job
from wsgi import app

if __name__ == "__main__":
    do_claimed_job(app, int(sys.argv[1]), int(sys.argv[2]))
