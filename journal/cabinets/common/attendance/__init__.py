"""Reports of attendance: classes, pupils, days; on the screen, to print, to work with."""

from journal.access import Permission
from journal.cabinets.common.attendance import classes, day, days, pupils, school
from journal.cabinets.common.attendance.blueprint import blueprint
from journal.core.messages import N_
from journal.webkit.menu import MenuEntry, MenuGroup

BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("Attendance"),
        endpoint="attendance.school",
        permission=Permission.OPEN_ATTENDANCE,
        order=62,
        group=MenuGroup.JOURNALS,
    ),
)

__all__ = ["BLUEPRINTS", "MENU", "classes", "day", "days", "pupils", "school"]
