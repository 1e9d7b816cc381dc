"""What a merge would do: which rows move, which are there already, which contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from journal.core.db import Base
from journal.core.messages import N_, Message
from journal.office.merging.entries import ENTRIES, entries_in_the_way
from journal.office.merging.references import PARTS, Reference, counts
from journal.office.merging.rules import Span, fate_of_span
from journal.office.merging.words import OTHER, TABLES
from journal.office.persons.rows import Whom
from journal.people.models import Guardian, Person, Pupil, StaffMember
from journal.school.models import ClassMembership, CourseTeacher, GroupMembership, StudyGroup

# Of these the row of the card that stays is enough, whatever the other says.
KEPT_IS_ENOUGH = (
    "calendar_address",
    "letter_copy",
    "notice_choice",
    "notification",
    "role_assignment",
)
# A second feed of the same calendar is no second row, though no constraint says so.
MORE_KEYS = {"calendar_address": (frozenset({"person_id", "pupil_id"}),)}
SPANS: dict[type[Base], str] = {
    ClassMembership: "class_group_id",
    GroupMembership: "study_group_id",
    CourseTeacher: "course_id",
}


@dataclass(slots=True)
class Plan:
    """Decided row by row: what is dropped for a row that stays, what fills an empty field of it."""

    moves: list[tuple[Reference, int, int]] = field(default_factory=list)
    dropped: list[tuple[Reference, Any, Any]] = field(default_factory=list)
    clashes: list[Message] = field(default_factory=list)

    def moved(self) -> dict[str, int]:
        """How many rows of each table move."""
        return _by_table([(one.table, count) for one, _, count in self.moves])

    def doubled(self) -> dict[str, int]:
        """How many are there already and go."""
        return _by_table([(one.table, 1) for one, _, _ in self.dropped])


def _by_table(rows: Sequence[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for table, count in rows:
        found[table] = found.get(table, 0) + count
    return {table: count for table, count in sorted(found.items()) if count}


def target_ids(whom: Whom) -> dict[type[Any], int | None]:
    """The rows of a person by table."""
    parts = {StaffMember: whom.staff, Pupil: whom.pupil, Guardian: whom.guardian}
    found: dict[type[Any], int | None] = {
        one: row.id if row else None for one, row in parts.items()
    }
    return found | {Person: whom.person.id}


def both_have(kept: Whom, gone: Whom) -> dict[type[Any], tuple[int, int]]:
    """(id of the card that stays, of the one that goes) of what both have."""
    stay, go = target_ids(kept), target_ids(gone)
    pairs = {one: (stay[one], go[one]) for one in (Person, *PARTS)}
    return {one: (a, b) for one, (a, b) in pairs.items() if a is not None and b is not None}


def plan_merge(session: Session, kept: Whom, gone: Whom, *, today: date) -> Plan:
    """Decide every row that points at what both have; a part only one has goes over whole."""
    pairs = both_have(kept, gone)
    plan = Plan()
    for one, gone_id, count in counts(session, {target: ids[1] for target, ids in pairs.items()}):
        if one.table in ENTRIES:
            why = entries_in_the_way(session, one, pairs[one.target], count, today)
            plan.clashes.insert(0, why)
        else:
            _decide(session, plan, one, pairs[one.target][0], gone_id, count)
    within = any(one.model is ClassMembership for one, _, _ in plan.dropped)
    if within and plan.moved().get("movement"):
        plan.clashes.append(_clash("movement", plan.moved()["movement"]))
    return plan


def _decide(
    session: Session, plan: Plan, one: Reference, kept_id: int, gone_id: int, count: int
) -> None:
    keys = one.keys + MORE_KEYS.get(one.table, ())
    keys = tuple(key for key in keys if key != {one.attribute})
    dated = one.model in SPANS
    if not keys and not dated:
        plan.moves.append((one, gone_id, count))
        return
    going, staying = (
        session.scalars(select(one.model).where(one.column == row_id)).all()
        for row_id in (gone_id, kept_id)
    )
    pick = _dated if dated else _keyed
    dropped, clashing = pick(session, one, keys, going, staying)
    plan.dropped += [(one, row, stays) for row, stays in dropped]
    plan.moves.append((one, gone_id, count - len(dropped)))
    if clashing:
        plan.clashes.append(_clash(one.table, clashing))


Picked = tuple[list[tuple[Any, Any]], int]


def _keyed(
    session: Session,
    one: Reference,
    keys: Sequence[frozenset[str]],
    going: Sequence[Any],
    staying: Sequence[Any],
) -> Picked:
    """Rows that would stand twice: there already, or contradicting each other."""
    dropped, clashing = [], 0
    for row in going:
        match = next((other for other in staying if _same(one, keys, row, other)), None)
        if match is None:
            continue
        dropped.append((row, match))
        if one.table not in KEPT_IS_ENOUGH and not _agrees(one, row, match):
            clashing += 1
    return dropped, clashing


def _same(one: Reference, keys: Sequence[frozenset[str]], row: Any, other: Any) -> bool:
    return any(
        all(getattr(row, name) == getattr(other, name) for name in key - {one.attribute})
        for key in keys
    )


def _agrees(one: Reference, row: Any, match: Any) -> bool:
    """Nothing is said by the row that goes but what the other says too."""
    names = {attribute.key for attribute in inspect(one.model).column_attrs}
    rest = names - {"id", "organisation_id", one.attribute}
    return all(getattr(row, name) in (None, getattr(match, name)) for name in rest)


def _dated(
    session: Session,
    one: Reference,
    keys: Sequence[frozenset[str]],
    going: Sequence[Any],
    staying: Sequence[Any],
) -> Picked:
    """Stays: within one that is kept, apart from all, or contradicting one."""
    place = SPANS[one.model]
    subjects = _subjects(session, [*going, *staying]) if one.model is GroupMembership else {}
    dropped, clashing = [], 0
    for row in going:
        beside = [kept for kept in staying if _compared(one, place, subjects, row, kept)]
        fate = fate_of_span(_span(row, place), [_span(kept, place) for kept in beside])
        if fate == "within":
            dropped.append((row, beside[0]))
        clashing += fate == "clashes"
    return dropped, clashing


def _compared(one: Reference, place: str, subjects: dict[int, Any], row: Any, kept: Any) -> bool:
    """Two classes exclude each other; subgroups of a subject do, courses only themselves."""
    if one.model is ClassMembership:
        return True
    if one.model is GroupMembership:
        return bool(subjects[row.study_group_id] == subjects[kept.study_group_id])
    return bool(getattr(row, place) == getattr(kept, place))


def _span(row: Any, place: str) -> Span:
    return Span(getattr(row, place), row.starts_on, row.ends_before)


def _subjects(session: Session, rows: Sequence[Any]) -> dict[int, Any]:
    groups = {row.study_group_id for row in rows}
    query = select(StudyGroup.id, StudyGroup.subject_id).where(StudyGroup.id.in_(groups))
    return {row.id: row.subject_id for row in session.execute(query)}


def _clash(table: str, count: int) -> Message:
    return N_(
        "These contradict each other: %(what)s (%(count)s). Bring them in line first, or keep the "
        "other card.",
        what=TABLES.get(table, OTHER),
        count=count,
    )
