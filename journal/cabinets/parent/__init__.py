"""The parent's cabinet: today of each child. The diaries themselves are the pupil cabinet's."""

from journal.cabinets.parent.views import MENU, blueprint

BLUEPRINTS = (blueprint,)

__all__ = ["BLUEPRINTS", "MENU"]
