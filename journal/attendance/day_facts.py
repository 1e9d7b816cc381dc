"""What is entered and known of the attendance of one day, of some pupils, in one statement."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Integer,
    String,
    Text,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, DayLook, Excuse, Exemption
from journal.attendance.rules.excuses import WAITING
from journal.core.audit import AuditEntry
from journal.core.db import UtcDateTime


class Entered(NamedTuple):
    """A state of a pupil in a lesson, with the version a writer has to know."""

    code: str
    minutes: int | None
    version: int


class Known(NamedTuple):
    """What an excuse says of the day; `confirmed`, or only announced by the family. `at` is when it
    was last decided or announced."""

    code: str
    confirmed: bool
    at: datetime


class ReleasedFrom(NamedTuple):
    """A release of the day: «attending» or «practice»; no subject = from everything."""

    kind: str
    subject_id: int | None


class Altered(NamedTuple):
    """An entry somebody else made since the last look; no pupil: the lesson was taken. Codes are
    None where nothing stood."""

    lesson_id: int
    pupil_id: int | None
    before: str | None
    after: str | None
    who: str
    at: datetime


@dataclass(slots=True)
class DayFacts:
    """Entries by (lesson, pupil); excuses and releases by pupil; changes in their order.

    `seen_at` is when the reader last looked through the day, None when never.
    """

    entered: dict[tuple[int, int], Entered] = field(default_factory=dict)
    known: dict[int, Known] = field(default_factory=dict)
    released: dict[int, list[ReleasedFrom]] = field(default_factory=dict)
    altered: list[Altered] = field(default_factory=list)
    seen_at: datetime | None = None

    def frees(self, pupil_id: int, subject_id: int, kind: str = "attending") -> bool:
        """Whether an order releases the pupil from lessons of the subject that day."""
        orders = self.released.get(pupil_id)
        if not orders:
            return False
        return any(one.kind == kind and one.subject_id in (None, subject_id) for one in orders)


@dataclass(frozen=True, slots=True)
class DayReader:
    """Who reads which class's day: his look at it and changes that are not his own."""

    account_id: int
    class_id: int


def day_facts(
    session: Session,
    reader: DayReader,
    *,
    day: date,
    lesson_ids: Collection[int],
    pupil_ids: Collection[int],
) -> DayFacts:
    """Entries of these pupils in these lessons, their excuses and releases of the day, and what
    others changed in them since the reader's last look."""
    rows = session.execute(
        _query(),
        {
            "day": day,
            "lesson_ids": list(lesson_ids),
            "pupil_ids": list(pupil_ids),
            "account_id": reader.account_id,
            "class_id": reader.class_id,
        },
    ).all()
    found = DayFacts()
    for row in rows:
        _keep(found, *row)
    found.altered.sort(key=lambda one: one.at)
    return found


def _keep(
    found: DayFacts,
    what: str,
    pupil_id: int,
    place: int,
    code: str,
    minutes: int | None,
    version: int,
    who: str,
    before: str | None,
    after: str | None,
    at: datetime,
) -> None:
    if what == "a":
        found.entered[place, pupil_id] = Entered(code, minutes, version)
    elif what == "e":
        found.released.setdefault(pupil_id, []).append(ReleasedFrom(code, place))
    elif what == "l":
        found.seen_at = at
    elif what == "h":
        change = Altered(place, pupil_id, _code(before), _code(after), who, at)
        found.altered.append(change)
    else:
        _keep_stronger(found.known, pupil_id, Known(code, what == "c", at))


def _code(text: str | None) -> str | None:
    code = json.loads(text).get("code") if text else None
    return None if code is None else str(code)


def _keep_stronger(known: dict[int, Known], pupil_id: int, one: Known) -> None:
    """A confirmed excuse outdoes an announcement, an illness another reason."""
    there = known.get(pupil_id)
    if there is None or (not there.confirmed, there.code) > (not one.confirmed, one.code):
        known[pupil_id] = one


_NUMBER, _WORD = cast(null(), Integer), cast(null(), String)
_TEXT, _NEVER = cast(null(), Text), cast(null(), UtcDateTime())
_NO_CHANGE = (_WORD, _TEXT, _TEXT)
ACTIONS = ("put_absence", "clear_absence", "take_attendance")


@cache
def _query() -> Any:
    return union_all(
        _entries(),
        _excuses("c", "confirmed"),
        _excuses("w", *sorted(WAITING)),
        _releases(),
        _look(),
        _changes(),
    )


def _entries() -> Any:
    return select(
        literal("a").label("what"),
        Absence.pupil_id,
        Absence.lesson_id,
        cast(Absence.code, String),
        Absence.minutes,
        Absence.version,
        *_NO_CHANGE,
        Absence.entered_at,
    ).where(_in_lessons(Absence.lesson_id), _of_pupils(Absence.pupil_id))


def _excuses(what: str, *states: str) -> Any:
    return select(
        literal(what),
        Excuse.pupil_id,
        _NUMBER,
        Excuse.code,
        _NUMBER,
        _NUMBER,
        *_NO_CHANGE,
        func.coalesce(Excuse.decided_at, Excuse.submitted_at),
    ).where(_of_pupils(Excuse.pupil_id), Excuse.status.in_(states), *_covers(Excuse))


def _releases() -> Any:
    facts = (Exemption.pupil_id, Exemption.subject_id, Exemption.kind, _NUMBER, _NUMBER)
    return select(literal("e"), *facts, *_NO_CHANGE, _NEVER).where(
        _of_pupils(Exemption.pupil_id), *_covers(Exemption)
    )


def _look() -> Any:
    nothing = (_NUMBER, _NUMBER, _WORD, _NUMBER, _NUMBER)
    return select(literal("l"), *nothing, *_NO_CHANGE, DayLook.seen_at).where(*_own_look())


def _changes() -> Any:
    """Entries of the log in these lessons by others, since the last look at the day."""
    seen = select(DayLook.seen_at).where(*_own_look()).scalar_subquery()
    return select(
        literal("h"),
        AuditEntry.about_id,
        AuditEntry.within_id,
        _WORD,
        _NUMBER,
        _NUMBER,
        AuditEntry.actor_name,
        AuditEntry.before,
        AuditEntry.after,
        AuditEntry.at,
    ).where(
        _in_lessons(AuditEntry.within_id),
        AuditEntry.action.in_(ACTIONS),
        AuditEntry.object_type.in_(("absence", "lesson")),
        AuditEntry.account_id.is_distinct_from(bindparam("account_id")),
        or_(seen.is_(None), AuditEntry.at > seen),
        or_(AuditEntry.about_id.is_(None), _of_pupils(AuditEntry.about_id)),
    )


def _own_look() -> tuple[Any, ...]:
    return (
        DayLook.account_id == bindparam("account_id"),
        DayLook.class_group_id == bindparam("class_id"),
        DayLook.day == bindparam("day"),
    )


def _in_lessons(column: Any) -> Any:
    return column.in_(bindparam("lesson_ids", expanding=True))


def _of_pupils(column: Any) -> Any:
    return column.in_(bindparam("pupil_ids", expanding=True))


def _covers(dated: Any) -> tuple[Any, ...]:
    day: Any = bindparam("day")
    return dated.starts_on <= day, or_(dated.ends_before.is_(None), day < dated.ends_before)
