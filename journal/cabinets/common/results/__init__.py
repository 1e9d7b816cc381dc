"""Results: term, year, exam and final marks of courses and classes, and the state of the terms."""

from journal.access import Permission
from journal.cabinets.common.results import (
    certified,
    check,
    classes,
    council,
    course,
    overview,
    rules,
    summary,
)
from journal.cabinets.common.results.blueprint import blueprint
from journal.core.messages import N_
from journal.webkit.menu import MenuEntry, MenuGroup

BLUEPRINTS = (blueprint, check.blueprint)
MENU = (
    MenuEntry(
        label=N_("Results"),
        endpoint="results.overview",
        permission=Permission.OPEN_JOURNAL,
        order=60,
        group=MenuGroup.JOURNALS,
    ),
)

__all__ = [
    "BLUEPRINTS",
    "MENU",
    "certified",
    "check",
    "classes",
    "council",
    "course",
    "overview",
    "rules",
    "summary",
]
