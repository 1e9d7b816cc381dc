"""The deputy director's cabinet: the desk of the school's day."""

from journal.cabinets.deputy.views import BLUEPRINTS, MENU

__all__ = ["BLUEPRINTS", "MENU"]
