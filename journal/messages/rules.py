"""Ways of being told, and when a letter that did not leave is tried again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from journal.access import Permission
from journal.core.messages import N_, Message
from journal.people.notices import NoticeKind


class Way(StrEnum):
    """How a person is told of one kind."""

    SITE = "site"
    MAIL = "mail"  # on the site and by e-mail
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A kind in words: whom it concerns (any of the permissions), how they are told unless they
    choose otherwise, whether they may choose not to be told."""

    name: Message
    concerns: frozenset[Permission]
    way: Way = Way.SITE
    silenceable: bool = True

    @property
    def ways(self) -> tuple[Way, ...]:
        """What may be chosen."""
        return tuple(Way) if self.silenceable else (Way.SITE, Way.MAIL)


ABOUT: dict[NoticeKind, About] = {
    NoticeKind.UNLOCKS: About(
        name=N_("Unlocks: requests and answers"),
        concerns=frozenset({Permission.REQUEST_UNLOCK, Permission.APPROVE_UNLOCK}),
    ),
    NoticeKind.LETTERS: About(
        name=N_("Letters and answers to them"),
        concerns=frozenset({Permission.SIGNED_IN}),
        way=Way.MAIL,
        silenceable=False,
    ),
    NoticeKind.SUBSTITUTIONS: About(
        name=N_("Changes of the timetable: substitutions, cancelled and moved lessons"),
        concerns=frozenset({Permission.WRITE_LESSONS, Permission.READ_DIARY}),
    ),
    NoticeKind.EXCUSES: About(
        name=N_("Explained absences: notices and answers"),
        concerns=frozenset(
            {Permission.SUBMIT_EXCUSE, Permission.KEEP_CLASS, Permission.APPROVE_LEAVE}
        ),
    ),
    NoticeKind.ABSENCES: About(
        name=N_("Unannounced absences of my children"),
        concerns=frozenset({Permission.SUBMIT_EXCUSE}),
        way=Way.MAIL,
    ),
    NoticeKind.THRESHOLDS: About(
        name=N_("Absences of pupils over a threshold of the school"),
        concerns=frozenset({Permission.KEEP_CLASS, Permission.READ_RISK}),
    ),
    NoticeKind.MONITORING: About(
        name=N_("Regional monitoring"),
        concerns=frozenset(
            {Permission.RUN_MONITORING, Permission.POST_MONITORING, Permission.FILL_MONITORING}
        ),
    ),
}
WAY_NAMES: dict[Way, Message] = {
    Way.SITE: N_("here only"),
    Way.MAIL: N_("here and by e-mail"),
    Way.OFF: N_("do not tell"),
}

_ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\.]+(\.[^@\s<>,;:\"()\[\]\\.]+)+")


def can_be_addressed(address: str | None) -> bool:
    """Whether it has the shape of an e-mail address."""
    return address is not None and _ADDRESS.fullmatch(address) is not None


# After the first try a minute, then longer; the last one is given up after two days.
PAUSES = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 3 * 60, 8 * 60, 12 * 60, 24 * 60)
)


# How long the text of a letter that was given up is kept for another try.
KEPT = timedelta(days=30)


def next_try(attempts: int, now: datetime) -> datetime:
    """When a letter is tried again after its try number `attempts` (from 1) begun at `now`."""
    return now + PAUSES[min(attempts, len(PAUSES)) - 1]


def given_up(attempts: int) -> bool:
    """Whether a letter tried so often is not tried again."""
    return attempts > len(PAUSES)
