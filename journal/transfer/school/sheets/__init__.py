"""The sheets of the school workbook, in the order of the format: the one place that names them."""

from typing import Any

from journal.transfer.school.sheets.calendar import (
    BELLS,
    HOLIDAYS,
    ORGANISATION,
    ORGANISATION_COLUMNS,
    ORGANISATION_FIELDS,
    TERMS,
    YEARS,
)
from journal.transfer.school.sheets.people import (
    CLASSES,
    GUARDIANS,
    MOVEMENTS,
    PUPILS,
    ROOMS,
    STAFF,
    SUBJECTS,
)
from journal.transfer.school.sheets.teaching import LOADS, SLOTS, SUBGROUPS, TOPICS
from journal.transfer.specification import SheetSpec

SHEETS: dict[str, SheetSpec[Any]] = {
    "years": YEARS,
    "terms": TERMS,
    "holidays": HOLIDAYS,
    "bells": BELLS,
    "subjects": SUBJECTS,
    "rooms": ROOMS,
    "classes": CLASSES,
    "staff": STAFF,
    "pupils": PUPILS,
    "movements": MOVEMENTS,
    "guardians": GUARDIANS,
    "loads": LOADS,
    "subgroups": SUBGROUPS,
    "slots": SLOTS,
    "topics": TOPICS,
}
"""Field of the package to the sheet that fills it; «Организация», which has no rows, apart."""

TITLES = (ORGANISATION, *(spec.title for spec in SHEETS.values()))

__all__ = [
    "BELLS",
    "CLASSES",
    "GUARDIANS",
    "HOLIDAYS",
    "LOADS",
    "MOVEMENTS",
    "ORGANISATION",
    "ORGANISATION_COLUMNS",
    "ORGANISATION_FIELDS",
    "PUPILS",
    "ROOMS",
    "SHEETS",
    "SLOTS",
    "STAFF",
    "SUBGROUPS",
    "SUBJECTS",
    "TERMS",
    "TITLES",
    "TOPICS",
    "YEARS",
]
