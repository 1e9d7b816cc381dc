"""The loader of a class: everything that its day's page and its windows depend on. One query."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session, aliased

from journal.access import Actor, Permission
from journal.core.errors import Forbidden, NotFound
from journal.core.messages import N_
from journal.lessons.queries.course_query import approver_of
from journal.lessons.queries.policy import policy_book, policy_texts, window_extensions
from journal.lessons.rules.class_head import ClassHead
from journal.people.models import Organisation
from journal.people.rules import short_name
from journal.school.models import AcademicYear, ClassGroup, Term
from journal.school.queries import TERM_COLUMNS
from journal.school.rules import TermSpan, terms_of_grade


def load_class(session: Session, actor: Actor, class_id: int) -> ClassHead:
    """The class with its actor. NotFound when it is not there or of another school; Forbidden when
    it is of the actor's school and its days are not his to read."""
    rows = session.execute(_query(), {"class_id": class_id}).all()
    if not rows:
        raise NotFound()
    head = _head(rows, actor)
    may_read = (Permission.READ_ANY_JOURNAL, Permission.READ_RISK)
    if head.writer is None and not any(actor.may(one, head.organisation_id) for one in may_read):
        raise Forbidden(N_("This class is kept by another class teacher."))
    return head


def _head(rows: Sequence[Row[Any]], actor: Actor) -> ClassHead:
    row = rows[0]
    member = actor.member_of(row.organisation_id)
    keeps = actor.may(Permission.WRITE_CLASS_ATTENDANCE, row.organisation_id)
    own = member is not None and row.class_teacher_id == (member.staff_id or 0)
    terms = [TermSpan(*one[-len(TERM_COLUMNS) :]) for one in rows if one[-len(TERM_COLUMNS)]]
    return ClassHead(
        id=row.id,
        name=row.name,
        grade=row.grade,
        organisation_id=row.organisation_id,
        zone=row.time_zone,
        book=policy_book(row, row.grade),
        extensions=window_extensions(row),
        approver=short_name(*row.approver.split("|")) if row.approver else None,
        terms=tuple(terms_of_grade(terms, row.grade)),
        writer=row.class_teacher_id if keeps and own else None,
    )


@cache
def _query() -> Any:
    """Rows are the terms of the year; the parameter is class_id."""
    windows = policy_texts(*(_of_class(column) for column in _PLACE))
    return (
        select(*_CLASS, *windows, approver_of(ClassGroup).label("approver"), *TERM_COLUMNS)
        .join(AcademicYear, AcademicYear.id == ClassGroup.academic_year_id)
        .join(Organisation, Organisation.id == ClassGroup.organisation_id)
        .outerjoin(Term, Term.academic_year_id == AcademicYear.id)
        .where(ClassGroup.id == bindparam("class_id"))
    )


_CLASS = (
    ClassGroup.id,
    ClassGroup.name,
    ClassGroup.grade,
    ClassGroup.organisation_id,
    ClassGroup.class_teacher_id,
    Organisation.time_zone,
)
_ASKED = aliased(ClassGroup)
_PLACE = (_ASKED.organisation_id, _ASKED.academic_year_id, _ASKED.grade)


def _of_class(column: Any) -> Any:
    """A fact of the class asked for, by the parameter alone (see `course_query`)."""
    return (
        select(column).where(_ASKED.id == bindparam("class_id")).correlate(None).scalar_subquery()
    )
