"""The loader of a course: everything that access and windows depend on.

One query loads the course *together with* what decides whether the actor may see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.clock import local_date
from journal.core.errors import Forbidden, NotFound
from journal.core.messages import N_
from journal.lessons.queries.course_query import head_query
from journal.lessons.queries.policy import policy_book, window_extensions
from journal.lessons.rules import (
    CourseHead,
    CourseTeacherSpan,
    EntryKind,
    Extension,
    Grant,
    staff_of,
)
from journal.lessons.rules.unlocks import lessons_from_text
from journal.people.rules import full_name, short_name
from journal.school.rules import Span, TermSpan, terms_of_grade


def load_course(session: Session, actor: Actor, course_id: int, *, now: datetime) -> CourseHead:
    """The course with its actor. NotFound when it is not there or of another school;
    Forbidden when it is of the actor's school and not his to read."""
    staff_ids = [one.staff_id for one in actor.memberships if one.staff_id] or [0]
    facts = {"course_id": course_id, "staff_ids": staff_ids, "now": now}
    rows = session.execute(head_query(), facts).all()
    if not rows:
        raise NotFound()
    head = _head(rows, now)
    if not _may_read(actor, head):
        raise Forbidden(N_("This journal page is kept by another teacher."))
    return head


def _may_read(actor: Actor, head: CourseHead) -> bool:
    organisation = head.organisation_id
    if actor.may(Permission.READ_ANY_JOURNAL, organisation):
        return True
    if actor.may(Permission.READ_CLASS_JOURNALS, organisation) and head.is_class_teacher:
        return True
    staff_id = staff_of(actor, organisation)
    teaches = any(one.staff_id == staff_id for one in head.teachers)
    return actor.may(Permission.READ_OWN_JOURNALS, organisation) and (teaches or head.substituted)


def _head(rows: Sequence[Row[Any]], now: datetime) -> CourseHead:
    row, book = rows[0], policy_book(rows[0], rows[0].grade)
    plain = {name: getattr(row, name) for name in ("group_id", "classes_key", "subgroup")}
    return CourseHead(
        **plain,
        course_id=row.id,
        organisation_id=row.organisation_id,
        grade=row.grade,
        subject_id=row.subject_id,
        subject=row.subject,
        scale=row.scale,
        year_id=row.year_id,
        year_name=row.year_name,
        year=Span(row.starts_on, row.ends_before),
        zone=row.time_zone,
        policy=book.at(local_date(now, row.time_zone)),
        book=book,
        extensions=_extensions(row),
        approver=_approver(row),
        terms=_terms(rows, row.grade),
        teachers=_teachers(rows),
        grants=_grants(rows),
        is_class_teacher=bool(row.is_class_teacher),
        substituted=bool(row.substituted),
    )


def _approver(row: Row[Any]) -> str | None:
    return short_name(*row.approver.split("|")) if row.approver else None


def _extensions(row: Row[Any]) -> tuple[Extension, ...]:
    return tuple(
        one for one in window_extensions(row) if one.concerns(grade=row.grade, course_id=row.id)
    )


def _terms(rows: Sequence[Row[Any]], grade: int) -> tuple[TermSpan, ...]:
    found = {
        row.term_id: TermSpan(
            row.term_id,
            row.term_kind,
            row.term_number,
            row.term_grades,
            row.term_from,
            row.term_before,
            row.marks_from,
            row.marks_before,
        )
        for row in rows
        if row.term_id is not None
    }
    return tuple(terms_of_grade(found.values(), grade))


def _teachers(rows: Sequence[Row[Any]]) -> tuple[CourseTeacherSpan, ...]:
    found = {
        row.teaching_id: CourseTeacherSpan(
            row.staff_id,
            full_name(row.surname, row.given_name, row.patronymic),
            Span(row.teaches_from, row.teaches_before),
        )
        for row in rows
        if row.teaching_id is not None
    }
    return tuple(found.values())


def _grants(rows: Sequence[Row[Any]]) -> tuple[Grant, ...]:
    found = {
        row.unlock_id: Grant(
            id=row.unlock_id,
            staff_id=row.unlock_staff,
            kinds=frozenset(EntryKind(kind) for kind in row.unlock_kinds.split(",")),
            lessons_from=row.lessons_from,
            lessons_before=row.lessons_before,
            expires_at=row.expires_at,
            lesson_ids=frozenset(one.id for one in lessons_from_text(row.unlock_lessons)),
        )
        for row in rows
        if row.unlock_id is not None
    }
    return tuple(found.values())
