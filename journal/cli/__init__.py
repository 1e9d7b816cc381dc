"""The command line: `flask --app wsgi …`. One transaction per run."""

from __future__ import annotations

from flask import Flask
from flask_migrate import Migrate

from config import ROOT
from journal.cli.account import account
from journal.cli.archive import archive_group
from journal.cli.audit import audit
from journal.cli.demo import demo
from journal.cli.monitoring import monitoring
from journal.cli.report import report
from journal.cli.start import start_command
from journal.cli.transfer import export_group, import_group
from journal.core.db import db

_COMMANDS = (
    start_command,
    account,
    audit,
    demo,
    import_group,
    export_group,
    monitoring,
    report,
    archive_group,
)


def init_app(app: Flask) -> None:
    """Register the commands, those of the migrations included."""
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    for command in _COMMANDS:
        app.cli.add_command(command)
