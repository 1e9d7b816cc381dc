"""The archive: signed years, terms of keeping, deletion by two persons."""

from journal.access import Permission
from journal.cabinets.common.archive import deletions, views
from journal.cabinets.common.archive.blueprint import blueprint
from journal.core.messages import N_
from journal.webkit.menu import MenuEntry, MenuGroup

BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("Archive"),
        endpoint="archive.page",
        permission=Permission.KEEP_ARCHIVE,
        order=95,
        group=MenuGroup.UPKEEP,
    ),
)

__all__ = ["BLUEPRINTS", "MENU", "deletions", "views"]
