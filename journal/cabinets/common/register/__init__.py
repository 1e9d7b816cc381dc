"""The journal page: shown to whoever may read it, written by whoever holds the lesson."""

from journal.cabinets.common.register.views import blueprint

__all__ = ["blueprint"]
