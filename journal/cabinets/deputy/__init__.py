"""The deputy's cabinet: the school's day, what is not filled."""

from journal.cabinets.deputy.views import BLUEPRINTS, MENU

__all__ = ["BLUEPRINTS", "MENU"]
