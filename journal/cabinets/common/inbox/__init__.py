"""The inbox of control: remarks, the board, what is ahead, who fills late."""

from journal.access import Permission
from journal.cabinets.common.inbox.views import blueprint
from journal.core.messages import N_
from journal.webkit.menu import MenuEntry, MenuGroup

BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("Remarks"),
        endpoint="inbox.listing",
        permission=Permission.CONTROL_FILLING,
        order=59,
        group=MenuGroup.JOURNALS,
    ),
)

__all__ = ["BLUEPRINTS", "MENU"]
