"""The administrator's cabinet: what is set up, people, classes, timetable, files, the log."""

from journal.access import Permission
from journal.cabinets.admin import (
    audit,
    classes,
    exchange,
    home,
    jobs,
    lists,
    mail,
    movement,
    people,
    rollover,
    setup,
    timetable,
    windows,
)
from journal.cabinets.admin.blueprint import blueprint
from journal.core.messages import N_
from journal.webkit.menu import MenuEntry, MenuGroup

BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("School"),
        endpoint="admin.home",
        permission=Permission.MANAGE_SCHOOL,
        order=10,
        home=True,
    ),
    MenuEntry(
        label=N_("People"),
        endpoint="admin.pupils",
        permission=Permission.MANAGE_SCHOOL,
        order=11,
        group=MenuGroup.PEOPLE,
    ),
    MenuEntry(
        label=N_("Classes"),
        endpoint="admin.classes",
        permission=Permission.MANAGE_SCHOOL,
        order=12,
        group=MenuGroup.PEOPLE,
    ),
    MenuEntry(
        label=N_("Timetable"),
        endpoint="admin.timetable",
        permission=Permission.PLAN_TIMETABLE,
        order=13,
        group=MenuGroup.TIMETABLE,
    ),
    MenuEntry(
        label=N_("Edit windows"),
        endpoint="admin.windows",
        permission=Permission.SET_WINDOWS,
        order=14,
        group=MenuGroup.JOURNALS,
    ),
    MenuEntry(
        label=N_("Files"),
        endpoint="admin.exchange",
        permission=Permission.MANAGE_SCHOOL,
        order=15,
        group=MenuGroup.UPKEEP,
    ),
    MenuEntry(
        label=N_("Mail"),
        endpoint="admin.mail",
        permission=Permission.MANAGE_SCHOOL,
        order=16,
        group=MenuGroup.UPKEEP,
    ),
    MenuEntry(
        label=N_("Log"),
        endpoint="admin.audit",
        permission=Permission.READ_AUDIT,
        order=92,
        group=MenuGroup.UPKEEP,
    ),
)

__all__ = [
    "BLUEPRINTS",
    "MENU",
    "audit",
    "classes",
    "exchange",
    "home",
    "jobs",
    "lists",
    "mail",
    "movement",
    "people",
    "rollover",
    "setup",
    "timetable",
    "windows",
]
