"""Substitutions: the day's desk, absences with proposals, single lessons, orders, sheets."""

from journal.access import Permission
from journal.cabinets.common.substitutions import absences, desk, lesson, orders, sheets
from journal.cabinets.common.substitutions.blueprint import blueprint
from journal.core.messages import N_
from journal.webkit.menu import MenuEntry, MenuGroup

BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("Substitutions"),
        endpoint="substitutions.desk",
        permission=Permission.PLAN_TIMETABLE,
        order=27,
        group=MenuGroup.TIMETABLE,
    ),
)

__all__ = ["BLUEPRINTS", "MENU", "absences", "desk", "lesson", "orders", "sheets"]
