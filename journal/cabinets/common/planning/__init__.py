"""Planning: versions of the timetable, the weekly editor, publication, who plans which classes."""

from journal.cabinets.common.planning import asc, bells, editor, planners, publishing, versions
from journal.cabinets.common.planning.blueprint import blueprint

BLUEPRINTS = (blueprint,)
MENU = ()

__all__ = ["BLUEPRINTS", "MENU", "asc", "bells", "editor", "planners", "publishing", "versions"]
