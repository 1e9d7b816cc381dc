"""The registry of printed forms: pages, jobs and `flask report` are made from it."""

from __future__ import annotations

from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.reports.kinds.asking import FormKind
from journal.reports.kinds.attendance import (
    CLASS_ATTENDANCE,
    DAYS_ATTENDANCE,
    SCHOOL_ATTENDANCE,
)
from journal.reports.kinds.changes import CHANGES
from journal.reports.kinds.class_report import CLASS_REPORT
from journal.reports.kinds.journal_book import JOURNAL_BOOK
from journal.reports.kinds.movement import MOVEMENT
from journal.reports.kinds.passport import PASSPORT
from journal.reports.kinds.pupil_report import PUPIL_REPORT
from journal.reports.kinds.school_totals import SCHOOL_TOTALS
from journal.reports.kinds.subject_report import SUBJECT_REPORT
from journal.reports.kinds.summary import SUMMARY

KINDS: tuple[FormKind, ...] = (
    SUMMARY,
    JOURNAL_BOOK,
    PUPIL_REPORT,
    CLASS_REPORT,
    SUBJECT_REPORT,
    SCHOOL_TOTALS,
    CLASS_ATTENDANCE,
    SCHOOL_ATTENDANCE,
    DAYS_ATTENDANCE,
    MOVEMENT,
    PASSPORT,
    CHANGES,
)
BY_NAME = {one.name: one for one in KINDS}


def form_kind(name: str) -> FormKind:
    """The form of that name; raises NotFound."""
    found = BY_NAME.get(name)
    if found is None:
        raise NotFound(N_("There is no form of this name."))
    return found
