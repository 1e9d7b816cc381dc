"""A diary, for whoever may read it (the pupil, his parents, his class teacher), and his today."""

from journal.cabinets.pupil import calendar
from journal.cabinets.pupil.views import MENU, blueprint

BLUEPRINTS = (blueprint,)

__all__ = ["BLUEPRINTS", "MENU", "calendar"]
