"""Alerts about absences: what the school sets, and who would be told today."""

from journal.cabinets.common.alerts.views import BLUEPRINTS, MENU

__all__ = ["BLUEPRINTS", "MENU"]
