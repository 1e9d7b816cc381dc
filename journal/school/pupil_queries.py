"""Reads that begin with a pupil: whom an actor may look at, and the calendar he lives by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, false, or_, select, true
from sqlalchemy.orm import Session, aliased

from journal.access import Actor, Permission
from journal.core.clock import local_date
from journal.people.models import GuardianLink, Person, Pupil
from journal.people.rules import class_list_name
from journal.school.models import (
    AcademicYear,
    ClassGroup,
    ClassMembership,
    GroupMembership,
    Holiday,
    StudyGroup,
    Term,
)
from journal.school.pupil_facts import Break, ClassStay, Family, KnownPupil, YearCalendar
from journal.school.rules import Span, TermSpan


def family(session: Session, actor: Actor, *, pupil_id: int | None, now: datetime) -> Family:
    """The authorised loader of diaries: own children, oneself, pupils of the own class.

    `chosen` is the pupil of `pupil_id`, or the first of one's own; None when the actor may not
    look at him. A class teacher keeps a leaver, not a pupil who moved on to another class.
    """
    members = [one for one in actor.memberships if Permission.READ_DIARY in one.permissions]
    staff = frozenset(one.staff_id for one in members if one.staff_id is not None)
    values: dict[str, Any] = {
        "guardians": [one.guardian_id for one in members if one.guardian_id is not None],
        "selves": [one.pupil_id for one in members if one.pupil_id is not None],
        "asked": pupil_id if staff else None,
    }
    there = {name: value for name, value in values.items() if value}
    query = _family_query(
        guardian="guardians" in there, pupil="selves" in there, asked="asked" in there
    )
    rows = session.execute(query, there).all()
    known = _known(rows)
    own = tuple(known[id_] for id_ in dict.fromkeys(row.id for row in rows if row.is_own))
    if pupil_id is None:
        return Family(own, own[0] if own else None)
    chosen = known.get(pupil_id)
    if chosen is not None and chosen not in own and not _keeps(actor, staff, chosen, now):
        chosen = None
    return Family(own, chosen)


def _keeps(actor: Actor, staff: frozenset[int], pupil: KnownPupil, now: datetime) -> bool:
    member = actor.member_of(pupil.organisation_id)
    stay = pupil.stay_on(local_date(now, member.time_zone)) if member else None
    return stay is not None and stay.class_teacher_id in staff


@cache
def _family_query(*, guardian: bool, pupil: bool, asked: bool) -> Any:
    """Children of `guardians`, the pupils `selves` and the one `asked`, as far as there are any."""
    children = select(GuardianLink.pupil_id).where(_of_guardians())
    own = [Pupil.id.in_(children)] * guardian
    own += [Pupil.id.in_(bindparam("selves", expanding=True))] * pupil
    is_own = or_(false(), *own)
    if guardian and not (pupil or asked):
        query = select(*_pupil_columns(), true().label("is_own")).select_from(GuardianLink)
        query = query.outerjoin(Pupil, Pupil.id == GuardianLink.pupil_id).where(_of_guardians())
    else:
        query = select(*_pupil_columns(), is_own.label("is_own"))
        query = query.where(or_(is_own, Pupil.id == bindparam("asked")) if asked else is_own)
    return (
        query.outerjoin(Person, Person.id == Pupil.person_id)
        .outerjoin(ClassMembership, ClassMembership.pupil_id == Pupil.id)
        .outerjoin(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .order_by(Person.sort_key, Pupil.id, ClassMembership.starts_on)
    )


def _of_guardians() -> ColumnElement[bool]:
    return GuardianLink.guardian_id.in_(bindparam("guardians", expanding=True))


def _pupil_columns() -> tuple[Any, ...]:
    return (
        *(Pupil.id, Pupil.organisation_id, Person.surname, Person.given_name),
        *(ClassMembership.starts_on, ClassMembership.ends_before),
        ClassGroup.name.label("class_name"),
        *(ClassGroup.grade, ClassGroup.academic_year_id),
        *(ClassGroup.class_teacher_id, ClassGroup.days_per_week),
    )


def _known(rows: Sequence[Row[Any]]) -> dict[int, KnownPupil]:
    stays: dict[int, list[ClassStay]] = {row.id: [] for row in rows}
    for row in rows:
        if row.starts_on is not None:
            stays[row.id].append(_stay(row))
    return {
        row.id: KnownPupil(
            row.id,
            row.organisation_id,
            row.given_name,
            class_list_name(row.surname, row.given_name),
            tuple(stays[row.id]),
        )
        for row in rows
    }


def _stay(row: Row[Any]) -> ClassStay:
    return ClassStay(
        row.class_name,
        row.grade,
        row.academic_year_id,
        row.class_teacher_id,
        row.days_per_week,
        Span(row.starts_on, row.ends_before),
    )


def calendars(
    session: Session, year_ids: Collection[int], *, first: date, before: date
) -> dict[int, YearCalendar]:
    """The years by id, with those of their breaks that touch [first, before)."""
    values = {"year_ids": list(year_ids), "first": first, "before": before}
    rows = session.execute(_calendar_query(), values).all()
    found: dict[int, YearCalendar] = {}
    for year_id in dict.fromkeys(row.year_id for row in rows):
        mine = [row for row in rows if row.year_id == year_id]
        found[year_id] = YearCalendar(
            year_id,
            mine[0].year_name,
            Span(mine[0].year_starts_on, mine[0].year_ends_before),
            tuple(dict.fromkeys(_term(row) for row in mine if row.id is not None)),
            tuple(dict.fromkeys(_break(row) for row in mine if row.break_name is not None)),
        )
    return found


@cache
def _calendar_query() -> Any:
    touches = and_(
        Holiday.academic_year_id == AcademicYear.id,
        Holiday.starts_on < bindparam("before"),
        Holiday.ends_before > bindparam("first"),
    )
    return (
        select(*_year_columns())
        .outerjoin(Term, Term.academic_year_id == AcademicYear.id)
        .outerjoin(Holiday, touches)
        .where(AcademicYear.id.in_(bindparam("year_ids", expanding=True)))
        .order_by(Term.starts_on, Term.kind, Holiday.starts_on)
    )


def _year_columns() -> tuple[Any, ...]:
    return (
        AcademicYear.id.label("year_id"),
        AcademicYear.name.label("year_name"),
        AcademicYear.starts_on.label("year_starts_on"),
        AcademicYear.ends_before.label("year_ends_before"),
        *(Term.id, Term.kind, Term.number, Term.grades, Term.starts_on, Term.ends_before),
        *(Term.marks_from, Term.marks_before),
        Holiday.name.label("break_name"),
        Holiday.starts_on.label("break_starts_on"),
        Holiday.ends_before.label("break_ends_before"),
        Holiday.grades.label("break_grades"),
    )


def _term(row: Row[Any]) -> TermSpan:
    return TermSpan(
        row.id,
        row.kind,
        row.number,
        row.grades,
        row.starts_on,
        row.ends_before,
        row.marks_from,
        row.marks_before,
    )


def _break(row: Row[Any]) -> Break:
    span = Span(row.break_starts_on, row.break_ends_before)
    return Break(row.break_name, span, row.break_grades)


def stays_on_roster(stay: type[ClassMembership], day: Any) -> ColumnElement[bool]:
    """Whether a joined stay in a class (for a named group: in the subgroup too) covers a day.

    The SQL twin of `queries.rosters`, for statements that begin with a pupil; a test holds them
    together. Expects StudyGroup joined.
    """
    place = aliased(GroupMembership)
    in_subgroup = (
        select(place.id)
        .where(
            place.study_group_id == StudyGroup.id,
            place.pupil_id == stay.pupil_id,
            place.starts_on <= day,
            or_(place.ends_before.is_(None), place.ends_before > day),
        )
        .exists()
    )
    return and_(
        stay.starts_on <= day,
        or_(stay.ends_before.is_(None), stay.ends_before > day),
        or_(StudyGroup.name == "", in_subgroup),
    )
