"""Whose timetable a planner may change (003:97): the classes set for him, by default all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission, Role
from journal.core.audit import Change, Origin, record
from journal.core.errors import Forbidden, NotFound
from journal.core.messages import N_
from journal.people.directory import NAME_COLUMNS, name_of
from journal.people.models import Person, RoleAssignment, StaffMember
from journal.school.directory import class_choices
from journal.school.models import ClassGroup, PlannerClass


@dataclass(frozen=True, slots=True)
class Planned:
    """Names of the classes of one year; None = every class."""

    names: frozenset[str] | None

    def covers(self, classes: Iterable[str]) -> bool:
        """Whether a lesson of these classes may be changed: one of them is enough."""
        return self.names is None or not self.names.isdisjoint(classes)

    def require(self, classes: Iterable[str]) -> None:
        """Refuse what is somebody else's to plan."""
        if not self.covers(classes):
            raise Forbidden(N_("You plan other classes. Ask the administrator to add this one."))


def planned_classes(session: Session, actor: Actor, academic_year_id: int | None) -> Planned:
    """What the actor may plan in the year. Who sets up the school is never limited."""
    if actor.may(Permission.MANAGE_SCHOOL) or actor.current.staff_id is None:
        return Planned(None)
    names = session.scalars(
        select(ClassGroup.name)
        .join(PlannerClass, PlannerClass.class_group_id == ClassGroup.id)
        .where(
            PlannerClass.staff_id == actor.current.staff_id,
            ClassGroup.academic_year_id == academic_year_id,
        )
    ).all()
    return Planned(frozenset(names) or None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannerRow:
    """A deputy and the classes set for him in the year; none = all."""

    staff_id: int
    name: str
    position: str
    class_ids: frozenset[int]


def planner_rows(session: Session, academic_year_id: int) -> list[PlannerRow]:
    """Everybody with the role of a deputy, in the order of names. Two queries."""
    set_for: dict[int, set[int]] = defaultdict(set)
    for staff_id, class_id in session.execute(
        select(PlannerClass.staff_id, PlannerClass.class_group_id)
        .join(ClassGroup, ClassGroup.id == PlannerClass.class_group_id)
        .where(ClassGroup.academic_year_id == academic_year_id)
    ):
        set_for[staff_id].add(class_id)
    rows = session.execute(
        select(StaffMember.id, StaffMember.position, *NAME_COLUMNS)
        .join(Person, Person.id == StaffMember.person_id)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(RoleAssignment.role == Role.DEPUTY_DIRECTOR, StaffMember.left_on.is_(None))
        .order_by(Person.sort_key, StaffMember.id)
    )
    return [
        PlannerRow(
            staff_id=row.id,
            name=name_of(row),
            position=row.position,
            class_ids=frozenset(set_for.get(row.id, ())),
        )
        for row in rows
    ]


def set_planned(
    session: Session,
    *,
    academic_year_id: int,
    staff_id: int,
    class_ids: Collection[int],
    origin: Origin,
    now: datetime,
) -> None:
    """Set the classes a deputy plans in the year; an empty set gives him all."""
    rows = {one.staff_id: one for one in planner_rows(session, academic_year_id)}
    row = rows.get(staff_id)
    names = dict(class_choices(session, academic_year_id))
    if row is None or not names.keys() >= set(class_ids):
        raise NotFound()
    gone, new = row.class_ids - set(class_ids), set(class_ids) - row.class_ids
    if not gone and not new:
        return
    organisation_id = session.get_one(StaffMember, staff_id).organisation_id
    _write_planned(session, organisation_id, staff_id, gone=gone, new=new)
    change = _assignment(staff_id, names, was=row.class_ids, becomes=class_ids)
    record(session, organisation_id=organisation_id, origin=origin, change=change, now=now)


def _write_planned(
    session: Session, organisation_id: int, staff_id: int, *, gone: Set[int], new: Set[int]
) -> None:
    session.execute(
        delete(PlannerClass)
        .where(PlannerClass.staff_id == staff_id, PlannerClass.class_group_id.in_(gone))
        .execution_options(synchronize_session=False)
    )
    own = {"organisation_id": organisation_id, "staff_id": staff_id}
    session.add_all(PlannerClass(**own, class_group_id=one) for one in sorted(new))
    session.flush()


def _assignment(
    staff_id: int, names: Mapping[int, str], *, was: Iterable[int], becomes: Iterable[int]
) -> Change:
    return Change(
        action="set_planner",
        object_type="staff",
        object_id=staff_id,
        before={"classes": sorted(names[one] for one in was)},
        after={"classes": sorted(names[one] for one in becomes)},
    )
