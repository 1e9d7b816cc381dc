"""What every role shares: signing in, the journal page, own password, language, the way home."""

from journal.cabinets.common import (
    assessments,
    class_day,
    excuses,
    lessons,
    letters,
    notifications,
    offline,
    plans,
    register,
    releases,
    unlocks,
)
from journal.cabinets.common.views import MENU as OWN_MENU
from journal.cabinets.common.views import blueprint

BLUEPRINTS = (
    blueprint,
    register.blueprint,
    lessons.blueprint,
    unlocks.blueprint,
    notifications.blueprint,
    offline.blueprint,
    plans.blueprint,
    assessments.blueprint,
    class_day.blueprint,
    *letters.BLUEPRINTS,
    *excuses.BLUEPRINTS,
    releases.blueprint,
)
MENU = (
    *OWN_MENU,
    *unlocks.MENU,
    *plans.MENU,
    *assessments.MENU,
    *letters.MENU,
    *excuses.MENU,
    *releases.MENU,
)

__all__ = ["BLUEPRINTS", "MENU"]
