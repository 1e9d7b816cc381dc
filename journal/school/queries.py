"""Reads of the school that every storey above shares: rosters, terms."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from journal.people.models import Person, Pupil
from journal.people.rules import class_list_name
from journal.school.models import (
    AcademicYear,
    ClassGroup,
    ClassMembership,
    GroupMembership,
    StudyGroup,
    StudyGroupClass,
    Term,
)
from journal.school.rules import RosterEntry, Span, TermSpan, intersect

_STAY = (
    StudyGroupClass.study_group_id,
    ClassMembership.pupil_id,
    ClassMembership.class_group_id,
    ClassGroup.name.label("class_name"),
    Person.surname,
    Person.given_name,
    ClassMembership.starts_on,
    ClassMembership.ends_before,
    GroupMembership.id.label("subgroup_row"),
    GroupMembership.starts_on.label("group_starts_on"),
    GroupMembership.ends_before.label("group_ends_before"),
)


@cache
def roster_query(*, of_pupils: bool) -> Select[*tuple[Any, ...]]:
    """The one definition of a roster; see `rosters` for its meaning. Built once."""
    in_subgroup = and_(
        GroupMembership.study_group_id == StudyGroupClass.study_group_id,
        GroupMembership.pupil_id == ClassMembership.pupil_id,
    )
    query = (
        select(*_STAY)
        .select_from(StudyGroupClass)
        .join(StudyGroup, StudyGroup.id == StudyGroupClass.study_group_id)
        .join(ClassMembership, ClassMembership.class_group_id == StudyGroupClass.class_group_id)
        .join(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .join(Pupil, Pupil.id == ClassMembership.pupil_id)
        .join(Person, Person.id == Pupil.person_id)
        .outerjoin(GroupMembership, in_subgroup)
        .where(
            StudyGroupClass.study_group_id.in_(bindparam("group_ids", expanding=True)),
            or_(StudyGroup.name == "", GroupMembership.id.is_not(None)),
        )
        .order_by(Person.sort_key, Pupil.id, ClassMembership.starts_on)
    )
    if of_pupils:
        query = query.where(ClassMembership.pupil_id.in_(bindparam("pupil_ids", expanding=True)))
    return query


def rosters(
    session: Session, group_ids: Collection[int], *, pupil_ids: Collection[int] | None = None
) -> list[RosterEntry]:
    """Who is in the groups and when, in the order of names (a pupil may come twice: a return).

    A whole-class group is everybody of its classes; a named one its members while they are also
    in one of its classes (monitoring-mp1.md §4).
    """
    query = roster_query(of_pupils=pupil_ids is not None)
    ids = {"group_ids": list(group_ids)}
    if pupil_ids is not None:
        ids["pupil_ids"] = list(pupil_ids)
    entries = []
    for group_id, pupil_id, class_id, class_name, surname, given_name, *stay in session.execute(
        query, ids
    ):
        span = _stay(*stay)
        if span is not None:
            name = class_list_name(surname, given_name)
            entries.append(RosterEntry(group_id, pupil_id, class_id, class_name, name, span))
    return entries


def _stay(
    starts_on: date,
    ends_before: date | None,
    subgroup_row: int | None,
    group_starts_on: date | None,
    group_ends_before: date | None,
) -> Span | None:
    """The last five of _STAY as one span, None where the two do not meet."""
    in_class = Span(starts_on, ends_before)
    if subgroup_row is None or group_starts_on is None:
        return in_class
    return intersect(in_class, Span(group_starts_on, group_ends_before))


TERM_COLUMNS = (
    Term.id,
    Term.kind,
    Term.number,
    Term.grades,
    Term.starts_on,
    Term.ends_before,
    Term.marks_from,
    Term.marks_before,
)
"""In the order of TermSpan."""


def term_spans(session: Session, academic_year_id: int) -> list[TermSpan]:
    """The terms of a year in order of their start."""
    rows = session.execute(_terms_of_year(), {"year_id": academic_year_id})
    return [TermSpan(*row) for row in rows]


@cache
def _terms_of_year() -> Any:
    of_year = Term.academic_year_id == bindparam("year_id")
    return select(*TERM_COLUMNS).where(of_year).order_by(Term.starts_on, Term.kind)


def terms_on(session: Session, day: date) -> list[TermSpan]:
    """The terms of the academic year the day lies in, in order of their start."""
    rows = session.execute(
        select(*TERM_COLUMNS)
        .join(AcademicYear, AcademicYear.id == Term.academic_year_id)
        .where(AcademicYear.starts_on <= day, AcademicYear.ends_before > day)
        .order_by(Term.starts_on, Term.kind)
    )
    return [TermSpan(*row) for row in rows]


def term_span(session: Session, term_id: int) -> TermSpan | None:
    """The term of the bound school, or None."""
    row = session.execute(select(*TERM_COLUMNS).where(Term.id == term_id)).one_or_none()
    return TermSpan(*row) if row else None


def latest_year(session: Session) -> int | None:
    """The academic year that began last."""
    return session.scalar(select(AcademicYear.id).order_by(AcademicYear.starts_on.desc()).limit(1))


def year_by_name(session: Session, name: str) -> int | None:
    """The academic year of that name («2026-2027»)."""
    return session.scalar(select(AcademicYear.id).where(AcademicYear.name == name))
