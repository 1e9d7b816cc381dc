"""The teacher's cabinet: the desk of a day, own courses, own week."""

from journal.cabinets.teacher.views import BLUEPRINTS, MENU

__all__ = ["BLUEPRINTS", "MENU"]
