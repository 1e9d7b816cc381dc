"""Reads of the adoption: what the data prove, what was ticked, who is responsible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.control.setup import Setup, read_setup
from journal.core.messages import N_, Message
from journal.office.adoption.models import AdoptionPlan, AdoptionTick
from journal.office.adoption.rules import Line, Owner, Proof, Tick, plan_lines, proved
from journal.people.directory import NAME_COLUMNS
from journal.people.models import (
    Account,
    GuardianLink,
    Person,
    Pupil,
    RoleAssignment,
    StaffMember,
)
from journal.people.queries import at_work
from journal.people.rules import short_name
from journal.school.calendar import YearSpan
from journal.school.directory import in_class_on
from journal.school.models import ClassMembership


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """The start and the orders; what is not set is None."""

    starts_on: date
    order_number: str | None = None
    order_date: date | None = None
    coordinators_number: str | None = None
    coordinators_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """The live plan."""

    facts: PlanFacts
    lines: tuple[Line, ...]

    @property
    def done(self) -> int:
        """How many items are done."""
        return sum(line.done for line in self.lines)

    @property
    def late(self) -> int:
        """How many are overdue."""
        return sum(line.late for line in self.lines)


def plan_facts(session: Session, *, starts_on: date) -> PlanFacts:
    """The school's plan; one that was never saved begins with the year."""
    names = PlanFacts.__dataclass_fields__
    row = session.execute(select(*(getattr(AdoptionPlan, name) for name in names))).one_or_none()
    return PlanFacts(**row._mapping) if row else PlanFacts(starts_on=starts_on)


def read_adoption(session: Session, *, year: YearSpan, today: date, now: datetime) -> Adoption:
    """The plan with what is proved, ticked, due and overdue. Four queries."""
    facts = plan_facts(session, starts_on=year.starts_on)
    consents = consent_counts(year.day_within(today))
    setup = read_setup(session, year=year, today=today, now=now, more=consents)
    holders, ticks = _people(session, today)
    papers = _of_papers(ConsentCounts(**setup.more), facts, holders)
    proofs = {**_of_setup(setup), **papers}
    lines = plan_lines(
        facts.starts_on,
        proofs=proofs,
        ticks=ticks,
        owners=_owner_names(holders),
        today=today,
    )
    return Adoption(facts=facts, lines=tuple(lines))


def _of_setup(setup: Setup) -> dict[int, Proof]:
    school, access = setup.school, setup.access
    people = access.staff, access.pupils, access.guardians
    total, issued, own = (sum(getattr(one, name) for one in people) for name in _STAGES)
    pupils, kept = school.pupils_in_class, school.classes - school.classes_without_teacher
    return {
        **_of_calendar(setup),
        12: _share(kept, school.classes),
        14: _share(pupils - school.pupils_without_guardian, pupils),
        15: proved(N_("in classes: %(count)s", count=pupils), pupils > 0),
        18: _share(issued, total),
        19: _share(own, total),
        20: _share(setup.ready, len(setup.items)),
    }


def _of_calendar(setup: Setup) -> dict[int, Proof]:
    school, timetable = setup.school, setup.timetable
    lists = N_("%(count)s subjects, %(rooms)s rooms", count=school.subjects, rooms=school.rooms)
    slots = N_("lessons a week: %(count)s", count=timetable.slots)
    return {
        9: proved(N_("terms: %(count)s", count=school.terms), school.terms > 0),
        10: proved(N_("sets of bells: %(count)s", count=timetable.bells), timetable.bells > 0),
        11: proved(lists, school.subjects > 0),
        16: proved(slots, setup.lessons.lessons > 0),
    }


_STAGES = ("total", "issued", "own")


def _of(part: int, whole: int) -> Message:
    return N_("%(part)s of %(all)s", part=part, all=whole)


def _share(part: int, whole: int) -> Proof:
    return Proof(words=_of(part, whole), part=part, whole=whole)


Holders = dict[Role, list[tuple[str, bool]]]


def _of_papers(counts: ConsentCounts, facts: PlanFacts, holders: Holders) -> dict[int, Proof]:
    coordinators = len(holders.get(Role.MONITORING_COORDINATOR, ()))
    inside = any(own for _, own in holders.get(Role.ADMINISTRATOR, ()))
    order = N_("no order yet")
    if facts.order_number:
        order = N_(
            "order № %(number)s of %(day)s",
            number=facts.order_number,
            day=f"{facts.order_date:%d.%m.%Y}" if facts.order_date else "–",
        )
    return {
        2: proved(N_("an administrator has signed in") if inside else N_("nobody yet"), inside),
        4: proved(N_("coordinators: %(count)s", count=coordinators), coordinators > 0),
        6: proved(order, bool(facts.order_number)),
        8: _share(counts.staff_given, counts.staff),
        13: _share(counts.pupils_given, counts.pupils),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentCounts:
    """Whose consent holds: of the staff at work, of the pupils in classes with their parents."""

    staff: int
    staff_given: int
    pupils: int
    pupils_given: int


def consent_counts(day: date) -> dict[str, Select[int]]:
    """The counts of `ConsentCounts`. A pupil counts when he, or a parent for him, has given it."""
    number = func.count()
    staff = select(number).select_from(StaffMember).where(at_work(day))
    in_class = select(ClassMembership.pupil_id).where(in_class_on(day))
    pupils = select(number).select_from(Pupil).where(Pupil.id.in_(in_class))
    by_parent = select(GuardianLink.pupil_id).where(_holds(GuardianLink))
    given = or_(_holds(Pupil), Pupil.id.in_(by_parent))
    return {
        "staff": staff,
        "staff_given": staff.where(_holds(StaffMember)),
        "pupils": pupils,
        "pupils_given": pupils.where(given),
    }


def _holds(bearer: type[StaffMember | Pupil | GuardianLink]) -> ColumnElement[bool]:
    return and_(bearer.consent_on.is_not(None), bearer.consent_withdrawn_on.is_(None))


def _people(session: Session, day: date) -> tuple[Holders, dict[int, Tick]]:
    """(name, whether he has an own password) of those who answer for the plan; who ticked what."""
    rows = session.execute(_answering_or_ticking(day))
    holders: dict[Role, dict[int, tuple[str, bool]]] = {}
    ticks: dict[int, Tick] = {}
    for row in rows:
        name = short_name(row.surname, row.given_name, row.patronymic)
        if row.role is not None:
            own = bool(row.known) and row.password_is_temporary is False
            holders.setdefault(Role(row.role), {})[row.id] = (name, own)
        if row.item is not None:
            ticks[row.item] = Tick(row.id, name, row.ticked_on)
    return {role: list(found.values()) for role, found in holders.items()}, ticks


def _answering_or_ticking(day: date) -> Select[*tuple[Any, ...]]:
    answering = and_(
        RoleAssignment.person_id == Person.id,
        RoleAssignment.role.in_(_ANSWERING),
        Person.id.in_(select(StaffMember.person_id).where(at_work(day))),
    )
    return (
        select(
            Person.id,
            *NAME_COLUMNS,
            RoleAssignment.role,
            Account.password_hash.is_not(None).label("known"),
            Account.password_is_temporary,
            AdoptionTick.item,
            AdoptionTick.ticked_on,
        )
        .select_from(Person)
        .outerjoin(RoleAssignment, answering)
        .outerjoin(AdoptionTick, AdoptionTick.person_id == Person.id)
        .outerjoin(Account, Account.id == Person.account_id)
        .where(or_(RoleAssignment.id.is_not(None), AdoptionTick.id.is_not(None)))
        .order_by(Person.sort_key, Person.id, AdoptionTick.item)
    )


_ANSWERING = (Role.ADMINISTRATOR, Role.DIRECTOR, Role.MONITORING_COORDINATOR)


def _owner_names(holders: Holders) -> dict[Owner, str]:
    def names(role: Role) -> str:
        return ", ".join(name for name, _ in holders.get(role, ()))

    return {Owner.DIRECTOR: names(Role.DIRECTOR), Owner.ADMINISTRATOR: names(Role.ADMINISTRATOR)}


def names_of(session: Session, role: Role, *, day: date) -> list[str]:
    """Фамилия И. О. of everybody who has the role on that day: for an order."""
    rows = session.execute(
        select(*NAME_COLUMNS)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .join(StaffMember, StaffMember.person_id == Person.id)
        .where(RoleAssignment.role == role.value, at_work(day))
        .order_by(Person.sort_key, Person.id)
    )
    return [short_name(row[0], row[1], row[2]) for row in rows]
