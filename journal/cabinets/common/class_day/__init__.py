"""The day of a class: pupils by lessons, kept by the class teacher, read by the office."""

from journal.cabinets.common.class_day.views import blueprint

__all__ = ["blueprint"]
