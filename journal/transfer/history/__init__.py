"""The journal's history: five CSV files, their reading, checks, differences and writing."""

from journal.transfer.history.changes import history_changes
from journal.transfer.history.known import HistoryKnown, known_from
from journal.transfer.history.parsing import HistoryReading, parse_history
from journal.transfer.history.rows import (
    AbsenceRow,
    ExemptionRow,
    HistoryPackage,
    LessonRow,
    MarkRow,
    PeriodMarkRow,
)
from journal.transfer.history.writing import write_history

__all__ = [
    "AbsenceRow",
    "ExemptionRow",
    "HistoryKnown",
    "HistoryPackage",
    "HistoryReading",
    "LessonRow",
    "MarkRow",
    "PeriodMarkRow",
    "history_changes",
    "known_from",
    "parse_history",
    "write_history",
]
