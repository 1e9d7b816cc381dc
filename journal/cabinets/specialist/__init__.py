"""The specialist's cabinet (психолог, социальный педагог): absences and risk."""

from journal.cabinets.specialist.views import BLUEPRINTS, MENU

__all__ = ["BLUEPRINTS", "MENU"]
