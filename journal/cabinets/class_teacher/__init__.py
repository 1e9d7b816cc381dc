"""The class teacher's cabinet: the day of the class, its list, its journal pages."""

from journal.cabinets.class_teacher import passport, term, weekly
from journal.cabinets.class_teacher.views import BLUEPRINTS, MENU

__all__ = ["BLUEPRINTS", "MENU", "passport", "term", "weekly"]
