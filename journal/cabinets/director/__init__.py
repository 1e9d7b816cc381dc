"""The director's cabinet: three figures with their trend."""

from journal.cabinets.director.views import BLUEPRINTS, MENU

__all__ = ["BLUEPRINTS", "MENU"]
