"""Handing out logins and temporary passwords: administrator, coordinator, class teacher."""

from journal.access import Permission
from journal.cabinets.common.credentials import inviting, issuing, views
from journal.cabinets.common.credentials.blueprint import blueprint
from journal.core.messages import N_
from journal.webkit.menu import MenuEntry, MenuGroup

BLUEPRINTS = (blueprint, inviting.door)
MENU = (
    MenuEntry(
        label=N_("Passwords"),
        endpoint="credentials.overview",
        permission=Permission.OPEN_CREDENTIALS,
        order=80,
        group=MenuGroup.PEOPLE,
    ),
)

__all__ = ["BLUEPRINTS", "MENU", "inviting", "issuing", "views"]
