"""The regional side of monitoring: procedures, who has handed in what, publications."""

from journal.access import Permission
from journal.cabinets.region import (
    audience,
    authority,
    base,
    data,
    exporting,
    procedures,
    publications,
)
from journal.cabinets.region.blueprint import blueprint
from journal.core.messages import N_
from journal.webkit.menu import MenuEntry

BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("Procedures"),
        endpoint="region.procedures",
        permission=Permission.RUN_MONITORING,
        order=35,
        home=True,
    ),
    MenuEntry(
        label=N_("Integrated base"),
        endpoint="region.base",
        permission=Permission.RUN_MONITORING,
        order=42,
    ),
    MenuEntry(
        label=N_("Publications"),
        endpoint="region.publications",
        permission=Permission.RUN_MONITORING,
        order=45,
    ),
)

__all__ = [
    "BLUEPRINTS",
    "MENU",
    "audience",
    "authority",
    "base",
    "data",
    "exporting",
    "procedures",
    "publications",
]
