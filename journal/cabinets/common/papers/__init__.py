"""Printed forms: one page for each of the registry, its files, and whole classes as a job."""

from journal.access import Permission
from journal.cabinets.common.papers import jobs, views
from journal.cabinets.common.papers.blueprint import blueprint
from journal.core.messages import N_
from journal.webkit.menu import MenuEntry, MenuGroup

BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("Forms"),
        endpoint="papers.index",
        permission=Permission.OPEN_FORMS,
        order=65,
        concerns=lambda actor: actor.may_anywhere(Permission.OPEN_JOURNAL),
        group=MenuGroup.JOURNALS,
    ),
)

__all__ = ["BLUEPRINTS", "MENU", "jobs", "views"]
