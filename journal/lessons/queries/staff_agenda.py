"""Lessons of one teacher. Statements are built once: a teacher's desk is opened between lessons."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select, union_all
from sqlalchemy.orm import Session

from journal.lessons.models import Lesson
from journal.lessons.queries.agenda import AgendaRow, Days, lacks, lesson_rows, nameless_query
from journal.people.models import Person, StaffMember
from journal.people.rules import short_name


def desk_lessons(
    session: Session, *, staff_id: int, day: date, changes: Days, lacking: Days
) -> list[AgendaRow]:
    """What a teacher's desk shows, in order of time: every lesson of `day` he holds or would hold
    had nobody replaced him; substitutions and cancellations of `changes`; and of `lacking` the
    lessons he held that lack something."""
    parameters = {
        "staff_id": staff_id,
        "day": day,
        "changes_from": changes.starts_on,
        "changes_before": changes.ends_before,
        "lacking_from": lacking.starts_on,
        "lacking_before": lacking.ends_before,
        "first": min(day, changes.starts_on, lacking.starts_on),
        "last": max(day, changes.ends_before, lacking.ends_before),
    }
    return _named(session, staff_id, lesson_rows(session.execute(_desk_query(), parameters)))


def week_lessons(session: Session, *, staff_id: int, span: Days) -> list[AgendaRow]:
    """Every lesson of `span` he holds or would hold had nobody replaced him, in order of time."""
    parameters = {"staff_id": staff_id, "first": span.starts_on, "last": span.ends_before}
    return _named(session, staff_id, lesson_rows(session.execute(_week_query(), parameters)))


def next_lessons(session: Session, *, staff_id: int, after: date) -> list[AgendaRow]:
    """The lessons he holds on the first day after `after` that has any."""
    parameters = {"staff_id": staff_id, "after": after}
    return _named(session, staff_id, lesson_rows(session.execute(_next_query(), parameters)))


@cache
def _desk_query() -> Select[*tuple[Any, ...]]:
    changed = or_(Lesson.replaced_staff_id.is_not(None), Lesson.status == "cancelled")
    shown = or_(
        Lesson.held_on == bindparam("day"),
        and_(_between("changes_from", "changes_before"), changed),
        and_(
            _between("lacking_from", "lacking_before"),
            Lesson.staff_id == bindparam("staff_id"),
            lacks(),
        ),
    )
    return nameless_query(lessons_first=True).where(Lesson.id.in_(_his()), shown)


@cache
def _week_query() -> Select[*tuple[Any, ...]]:
    return nameless_query(lessons_first=True).where(Lesson.id.in_(_his()))


@cache
def _next_query() -> Select[*tuple[Any, ...]]:
    his = (Lesson.staff_id == bindparam("staff_id"), Lesson.status != "cancelled")
    first = select(func.min(Lesson.held_on)).where(*his, Lesson.held_on > bindparam("after"))
    return nameless_query(lessons_first=True).where(*his, Lesson.held_on == first.scalar_subquery())


def _his() -> Any:
    """Two index searches: an OR over both columns would walk the lessons of the whole school."""
    return union_all(
        *(
            select(Lesson.id).where(column == bindparam("staff_id"), _between("first", "last"))
            for column in (Lesson.staff_id, Lesson.replaced_staff_id)
        )
    )


def _between(first: str, last: str) -> ColumnElement[bool]:
    return and_(Lesson.held_on >= bindparam(first), Lesson.held_on < bindparam(last))


def _named(session: Session, staff_id: int, rows: Sequence[AgendaRow]) -> list[AgendaRow]:
    """With the names of the others; a query only where there is a substitution."""
    ids = {row.staff_id for row in rows} | {row.planned_staff_id for row in rows}
    others = {one for one in ids if one is not None and one != staff_id}
    if not others:
        return list(rows)
    names = staff_names(session, others)
    return [
        replace(
            row,
            teacher=names.get(row.staff_id, ""),
            planned_teacher=names.get(row.planned_staff_id or 0),
        )
        for row in rows
    ]


def staff_names(session: Session, staff_ids: Collection[int]) -> dict[int, str]:
    """Фамилия И. О. of members of staff."""
    rows = session.execute(
        select(StaffMember.id, Person.surname, Person.given_name, Person.patronymic)
        .join(Person, Person.id == StaffMember.person_id)
        .where(StaffMember.id.in_(list(staff_ids)))
    )
    return {row[0]: short_name(row[1], row[2], row[3]) for row in rows}
