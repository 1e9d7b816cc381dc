"""Settings of the production server; `flask start` names the address on the command line."""

from __future__ import annotations

import gc
import os
from importlib import import_module
from pathlib import Path
from typing import Any

os.environ["JOURNAL_COMMANDS"] = "0"
chdir = str(Path(__file__).resolve().parent.parent)
wsgi_app = "wsgi:app"
bind = os.environ.get("JOURNAL_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("JOURNAL_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("JOURNAL_THREADS", "4"))
keepalive = 5
timeout = 60
graceful_timeout = 20
# Each worker loads the application itself. Loading it before the fork shares little for long,
# counting references writes to every page, and the master would hold a hundred megabytes idle.
preload_app = False
# Requests are in the journal's own audit log; a second record of addresses would be personal data.
accesslog = None
loglevel = "warning"
# Databases, secrets and files are for the account of the server only.
umask = 0o077
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """Every worker may run jobs; the one that holds the lease does.

    A page makes twenty thousand objects and lets them go by counting references: a collector that
    looks for cycles after every seven hundred of them looks for nothing, and what was loaded stays.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    _jobs().start_jobs(worker.wsgi)


def worker_exit(_server: Any, worker: Any) -> None:
    """Stop taking jobs before the interpreter waits for its threads."""
    _jobs().stop_jobs(worker.wsgi)


def _jobs() -> Any:
    """Imported by workers alone: the master reads this file and never needs the application."""
    return import_module("journal.jobs")
