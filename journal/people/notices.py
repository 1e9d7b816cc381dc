"""What a notification is about, whom it is for, where it leads (see `people.telling`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from journal.access import Permission

NOTICE = "notice"


class NoticeKind(StrEnum):
    """What a notification is about: people choose by kind how they want to be told.

    A new kind also gets its words and its audience in `messages.rules.ABOUT`.
    """

    UNLOCKS = "unlocks"
    LETTERS = "letters"
    SUBSTITUTIONS = "substitutions"
    EXCUSES = "excuses"
    ABSENCES = "absences"
    THRESHOLDS = "thresholds"
    MONITORING = "monitoring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """Who is told; everybody once, however often named. Resolved when the event is handed on.

    `guardians_of` are pupils whose guardians did not decline the electronic service,
    `class_teachers_of` classes, `may` everybody on the staff with that permission.
    """

    persons: Iterable[int] = ()
    staff: Iterable[int] = ()
    pupils: Iterable[int] = ()
    guardians_of: Iterable[int] = ()
    class_teachers_of: Iterable[int] = ()
    may: Permission | None = None
    but_not: int | None = None

    def facts(self) -> dict[str, Any]:
        """As JSON."""
        names = ("persons", "staff", "pupils", "guardians_of", "class_teachers_of")
        found: dict[str, Any] = {name: sorted(set(getattr(self, name))) for name in names}
        found |= {"may": self.may.value if self.may else None, "but_not": self.but_not}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the journal: the endpoint and the arguments of its address."""

    endpoint: str
    args: Mapping[str, int | str | None] = field(default_factory=dict)

    def facts(self) -> dict[str, Any]:
        """As JSON."""
        return {"endpoint": self.endpoint, "args": dict(self.args)}
