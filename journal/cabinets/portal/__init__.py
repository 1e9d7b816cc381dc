"""The public site of the regional monitoring (S02): about, registration, participants."""

from journal.cabinets.portal.views import BLUEPRINTS, MENU

__all__ = ["BLUEPRINTS", "MENU"]
