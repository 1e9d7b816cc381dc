"""The command line: `flask --app wsgi …`. One transaction per run."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the commands."""
