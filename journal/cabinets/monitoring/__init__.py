"""The monitoring cabinet of a school: its coordinator, and who is responsible for a procedure."""

from journal.access import Permission
from journal.cabinets.monitoring import (
    behind,
    files,
    journal,
    organisation,
    report,
    responsible,
    sending,
    table,
    views,
)
from journal.cabinets.monitoring.blueprint import blueprint
from journal.core.messages import N_
from journal.webkit.menu import MenuEntry, MenuGroup

BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("About the organisation"),
        endpoint="monitoring.organisation",
        permission=Permission.POST_MONITORING,
        order=74,
        group=MenuGroup.MONITORING,
        concerns=lambda actor: not actor.may(Permission.MANAGE_SCHOOL),
    ),
    MenuEntry(
        label=N_("Monitorings"),
        endpoint="monitoring.current",
        permission=Permission.FILL_MONITORING,
        order=75,
        home=True,
        group=MenuGroup.MONITORING,
    ),
    MenuEntry(
        label=N_("Past monitorings"),
        endpoint="monitoring.past",
        permission=Permission.FILL_MONITORING,
        order=76,
        group=MenuGroup.MONITORING,
    ),
)

__all__ = [
    "BLUEPRINTS",
    "MENU",
    "behind",
    "files",
    "journal",
    "organisation",
    "report",
    "responsible",
    "sending",
    "table",
    "views",
]
