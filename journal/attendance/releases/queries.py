"""Reads of releases: of the school or of a class; one by its number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, Exemption
from journal.attendance.rules.releases import GivenRelease
from journal.core.errors import NotFound
from journal.core.paging import Page, page_of
from journal.lessons.models import Lesson
from journal.people.models import Person, Pupil
from journal.people.rules import class_list_name
from journal.school.directory import in_class_on
from journal.school.models import ClassGroup, ClassMembership, Course, Subject
from journal.school.rules import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """освобождение as pages show it; `class_name` and `class_group_id` are those of the day asked
    about. No subject = from all."""

    id: int
    pupil_id: int
    pupil: str
    class_group_id: int | None
    class_name: str | None
    kind: str
    subject: str | None
    span: Span
    order: str | None

    @property
    def last(self) -> date | None:
        """The last day; None while it is open."""
        return None if self.span.ends_before is None else self.span.ends_before - timedelta(days=1)


def release_list(
    session: Session, *, day: date, class_group_id: int | None, past: bool, page: int
) -> Page[ReleaseView]:
    """Those that hold on the day or will, or with `past` those that ended; of the school or of the
    pupils of a class. By class and name."""
    over = and_(Exemption.ends_before.is_not(None), Exemption.ends_before <= day)
    held = or_(Exemption.ends_before.is_(None), Exemption.ends_before > day)
    query = _query(day).where(over if past else held)
    if class_group_id is not None:
        query = query.where(ClassMembership.class_group_id == class_group_id)
    order = (ClassGroup.grade, ClassGroup.name, Person.sort_key, Exemption.starts_on, Exemption.id)
    rows, number, total = page_of(session, query.order_by(*order), page)
    return Page(tuple(_view(row) for row in rows), number, total)


def release_view(session: Session, release_id: int, *, day: date) -> ReleaseView:
    """One release; NotFound for one of another school."""
    row = session.execute(_query(day).where(Exemption.id == release_id)).first()
    if row is None:
        raise NotFound()
    return _view(row)


def _query(day: date) -> Any:
    return (
        select(
            *(Exemption.id, Exemption.pupil_id, Exemption.kind, Exemption.order_text),
            *(Exemption.starts_on, Exemption.ends_before, Person.surname, Person.given_name),
            *(ClassGroup.id.label("class_group_id"), ClassGroup.name.label("class_name")),
            Subject.name.label("subject"),
        )
        .join(Pupil, Pupil.id == Exemption.pupil_id)
        .join(Person, Person.id == Pupil.person_id)
        .outerjoin(Subject, Subject.id == Exemption.subject_id)
        .outerjoin(ClassMembership, and_(ClassMembership.pupil_id == Pupil.id, in_class_on(day)))
        .outerjoin(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
    )


def _view(row: Any) -> ReleaseView:
    return ReleaseView(
        id=row.id,
        pupil_id=row.pupil_id,
        pupil=class_list_name(row.surname, row.given_name),
        class_group_id=row.class_group_id,
        class_name=row.class_name,
        kind=row.kind,
        subject=row.subject,
        span=Span(row.starts_on, row.ends_before),
        order=row.order_text,
    )


def given_releases(
    session: Session, pupil_id: int, *, but: int | None = None
) -> list[GivenRelease]:
    """Everything the pupil is released from, one release left out."""
    rows = session.execute(
        select(
            *(Exemption.kind, Exemption.subject_id, Exemption.starts_on, Exemption.ends_before)
        ).where(Exemption.pupil_id == pupil_id, Exemption.id != (but or 0))
    )
    return [GivenRelease(row[0], row[1], Span(row[2], row[3])) for row in rows]


def absences_within(session: Session, pupil_id: int, subject_id: int | None, span: Span) -> int:
    """How many absences and lates of the pupil are entered in lessons the release covers."""
    of_subject: list[ColumnElement[bool]] = []
    if subject_id is not None:
        of_subject = [Course.subject_id == subject_id]
    until = [] if span.ends_before is None else [Lesson.held_on < span.ends_before]
    return (
        session.scalar(
            select(func.count())
            .select_from(Absence)
            .join(Lesson, Lesson.id == Absence.lesson_id)
            .join(Course, Course.id == Lesson.course_id)
            .where(
                Absence.pupil_id == pupil_id,
                Lesson.held_on >= span.starts_on,
                *until,
                *of_subject,
            )
        )
        or 0
    )
