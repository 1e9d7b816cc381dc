"""Sections of those who have a diary of their own or of their children."""

from __future__ import annotations

from journal.access import Actor, Permission
from journal.core.messages import N_
from journal.webkit.menu import MenuEntry


def is_pupil(actor: Actor) -> bool:
    """Whether the login is a pupil's."""
    return any(member.pupil_id is not None for member in actor.memberships)


def has_diary(actor: Actor) -> bool:
    """Whether there is a diary to open without naming a pupil."""
    return is_pupil(actor) or any(one.guardian_id is not None for one in actor.memberships)


MENU = (
    MenuEntry(
        label=N_("Today"),
        endpoint="pupil.today",
        permission=Permission.READ_DIARY,
        order=81,
        home=True,
        concerns=is_pupil,
    ),
    MenuEntry(
        label=N_("Diary"),
        endpoint="pupil.week",
        permission=Permission.READ_DIARY,
        order=82,
        concerns=has_diary,
    ),
    MenuEntry(
        label=N_("Marks"),
        endpoint="pupil.marks",
        permission=Permission.READ_DIARY,
        order=83,
        concerns=has_diary,
    ),
    MenuEntry(
        label=N_("Absences"),
        endpoint="pupil.absences",
        permission=Permission.READ_DIARY,
        order=84,
        concerns=has_diary,
    ),
)
