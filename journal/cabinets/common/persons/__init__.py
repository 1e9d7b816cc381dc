"""People entered and changed: the administrator everybody, a class teacher the own class."""

from journal.cabinets.common.persons import consents, guardians, history, merging, subgroups, views
from journal.cabinets.common.persons.blueprint import blueprint
from journal.webkit.menu import MenuEntry

BLUEPRINTS = (blueprint,)
MENU: tuple[MenuEntry, ...] = ()

__all__ = [
    "BLUEPRINTS",
    "MENU",
    "consents",
    "guardians",
    "history",
    "merging",
    "subgroups",
    "views",
]
