"""Letters: to families, to the staff, to the administrator; answers, receipts, templates."""

from journal.cabinets.common.letters import templates, writing
from journal.cabinets.common.letters.views import MENU, blueprint

BLUEPRINTS = (blueprint, writing.blueprint, templates.blueprint)

__all__ = ["BLUEPRINTS", "MENU"]
