"""What is entered and known of the attendance of one day, of some pupils, in one statement."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, cast, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, Excuse, Exemption
from journal.attendance.rules.excuses import WAITING


class Entered(NamedTuple):
    """A state of a pupil in a lesson, with the version a writer has to know."""

    code: str
    minutes: int | None
    version: int


class Known(NamedTuple):
    """What an excuse says of the day; `confirmed`, or only announced by the family."""

    code: str
    confirmed: bool


class ReleasedFrom(NamedTuple):
    """A release of the day: «attending» or «practice»; no subject = from everything."""

    kind: str
    subject_id: int | None


@dataclass(frozen=True, slots=True)
class DayFacts:
    """Entries by (lesson, pupil); excuses and releases by pupil."""

    entered: dict[tuple[int, int], Entered] = field(default_factory=dict)
    known: dict[int, Known] = field(default_factory=dict)
    released: dict[int, list[ReleasedFrom]] = field(default_factory=dict)

    def frees(self, pupil_id: int, subject_id: int, kind: str = "attending") -> bool:
        """Whether an order releases the pupil from lessons of the subject that day."""
        return any(
            one.kind == kind and one.subject_id in (None, subject_id)
            for one in self.released.get(pupil_id, ())
        )


def day_facts(
    session: Session, *, day: date, lesson_ids: Collection[int], pupil_ids: Collection[int]
) -> DayFacts:
    """Entries of these pupils in these lessons, their excuses and releases of the day."""
    rows = session.execute(
        _query(), {"day": day, "lesson_ids": list(lesson_ids), "pupil_ids": list(pupil_ids)}
    ).all()
    found = DayFacts()
    for what, pupil_id, place, code, minutes, version in rows:
        if what == "a":
            found.entered[place, pupil_id] = Entered(code, minutes, version)
        elif what == "e":
            found.released.setdefault(pupil_id, []).append(ReleasedFrom(code, place))
        else:
            _keep_stronger(found.known, pupil_id, Known(code, what == "c"))
    return found


def _keep_stronger(known: dict[int, Known], pupil_id: int, one: Known) -> None:
    """A confirmed excuse outdoes an announcement, an illness another reason."""
    there = known.get(pupil_id)
    if there is None or (not there.confirmed, there.code) > (not one.confirmed, one.code):
        known[pupil_id] = one


@cache
def _query() -> Any:
    return union_all(_entries(), _excuses("c", "confirmed"), _excuses("w", *WAITING), _releases())


def _entries() -> Any:
    return select(
        literal("a").label("what"),
        Absence.pupil_id,
        Absence.lesson_id,
        Absence.code,
        Absence.minutes,
        Absence.version,
    ).where(
        Absence.lesson_id.in_(bindparam("lesson_ids", expanding=True)),
        Absence.pupil_id.in_(bindparam("pupil_ids", expanding=True)),
    )


def _excuses(what: str, *states: str) -> Any:
    return select(literal(what), Excuse.pupil_id, _NOTHING, Excuse.code, _NOTHING, _NOTHING).where(
        Excuse.pupil_id.in_(bindparam("pupil_ids", expanding=True)),
        Excuse.status.in_(states),
        *_covers(Excuse),
    )


def _releases() -> Any:
    return select(
        literal("e"),
        Exemption.pupil_id,
        Exemption.subject_id,
        Exemption.kind,
        _NOTHING,
        _NOTHING,
    ).where(Exemption.pupil_id.in_(bindparam("pupil_ids", expanding=True)), *_covers(Exemption))


_NOTHING = cast(null(), Integer)


def _covers(dated: Any) -> tuple[Any, ...]:
    day: Any = bindparam("day")
    return dated.starts_on <= day, or_(dated.ends_before.is_(None), day < dated.ends_before)
