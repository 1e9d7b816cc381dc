"""Toolkits that are loaded by who first makes a document of their kind.

PDF, workbooks, calendars and the days off of a country take twenty megabytes of a process; one that
shows pages alone, as serving processes mostly do, never needs them.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


def first_used(module: str, name: str) -> Any:
    """The function of a module that is imported when it is first called."""

    def call(*args: Any, **kwargs: Any) -> Any:
        return getattr(import_module(module), name)(*args, **kwargs)

    return call
