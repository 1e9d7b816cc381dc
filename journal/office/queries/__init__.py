"""Reads of the office: publishing, substitutions."""

from journal.office.queries.publishing import existing_lessons

__all__ = ["existing_lessons"]
