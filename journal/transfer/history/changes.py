"""What a history would change in the database."""

from __future__ import annotations

from typing import Any

from journal.transfer.changes import Changes, changes
from journal.transfer.history.files import FILES
from journal.transfer.history.rows import HistoryPackage


def history_changes(held: HistoryPackage, package: HistoryPackage) -> dict[str, Changes[Any]]:
    """Field of the package to the difference of its file; absent files change nothing."""
    return {
        field: changes(spec, getattr(held, field), getattr(package, field))
        for field, spec in FILES.items()
        if spec.title in package.files
    }
