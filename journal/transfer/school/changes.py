"""What a school workbook would change in the database."""

from __future__ import annotations

from typing import Any

from journal.transfer.changes import Changes, changes
from journal.transfer.school.package import SchoolPackage
from journal.transfer.school.sheets import SHEETS


def school_changes(known: SchoolPackage, package: SchoolPackage) -> dict[str, Changes[Any]]:
    """Field of the package to the difference of its sheet; absent sheets change nothing."""
    return {
        field: changes(spec, getattr(known, field), getattr(package, field))
        for field, spec in SHEETS.items()
        if spec.title in package.sheets
    }
