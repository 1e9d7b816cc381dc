"""The specialist's cabinet (психолог, социальный педагог): absences, risk, own notes."""

from journal.cabinets.specialist import cards, views

BLUEPRINTS = (views.blueprint, cards.blueprint)
MENU = views.MENU

__all__ = ["BLUEPRINTS", "MENU"]
