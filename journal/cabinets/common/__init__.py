"""What every role shares: signing in, the journal page, own password, language, the way home."""

from journal.cabinets.common import register
from journal.cabinets.common.views import MENU, blueprint

BLUEPRINTS = (blueprint, register.blueprint)

__all__ = ["BLUEPRINTS", "MENU"]
