"""Settings of the production server; `flask start` names the address on the command line."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from journal.jobs import start_jobs, stop_jobs

os.environ["JOURNAL_COMMANDS"] = "0"
chdir = sys.path[0]
wsgi_app = "wsgi:app"
bind = os.environ.get("JOURNAL_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("JOURNAL_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("JOURNAL_THREADS", "4"))
keepalive = 5
timeout = 60
graceful_timeout = 20
# The application is loaded once, before the fork: workers share its memory.
preload_app = True
# Requests are in the journal's own audit log; a second record of addresses would be personal data.
accesslog = None
loglevel = "warning"
# Databases, secrets and files are for the account of the server only.
umask = 0o077
control_socket_disable = True


def pre_fork(_server: Any, _worker: Any) -> None:
    """Keep the collector from touching, and so copying, the pages shared with the parent."""
    gc.collect()
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """Every worker may run jobs; the one that holds the lease does.

    A page makes twenty thousand objects and lets them go by counting references: a collector that
    looks for cycles after every seven hundred of them looks for nothing.
    """
    gc.set_threshold(20_000, 20, 20)
    start_jobs(worker.wsgi)


def worker_exit(_server: Any, worker: Any) -> None:
    """Stop taking jobs before the interpreter waits for its threads."""
    stop_jobs(worker.wsgi)
