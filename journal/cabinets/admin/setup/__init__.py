"""Setting the school up by hand: every page says what is missing and has one primary act."""

from journal.cabinets.admin.setup import courses, items, organisation, tables

__all__ = ["courses", "items", "organisation", "tables"]
