"""Timetables made with aSc Timetables: its XML export becomes a draft."""

from journal.transfer.asc.service import AscRefused, import_asc

__all__ = ["AscRefused", "import_asc"]
