"""Reads of the office: publishing, substitutions."""

from journal.office.queries.publishing import existing_lessons, stands_for_another

__all__ = ["existing_lessons", "stands_for_another"]
