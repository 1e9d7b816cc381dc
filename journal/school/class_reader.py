"""The loader of a class for who reads all its subjects: its class teacher, the administration."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.errors import Forbidden, NotFound
from journal.core.messages import N_
from journal.school.models import AcademicYear, ClassGroup
from journal.school.rules import Span


@dataclass(frozen=True, slots=True)
class ReadClass:
    """класс with its academic year."""

    id: int
    name: str
    grade: int
    class_teacher_id: int | None
    year_id: int
    year_name: str
    year: Span


def load_class(
    session: Session,
    actor: Actor,
    class_id: int,
    *,
    whole_school: Permission = Permission.READ_ANY_JOURNAL,
) -> ReadClass:
    """NotFound for a class of another school, Forbidden for one that is not his to read: neither
    his own nor, by the right named, that of anybody who reads the whole school."""
    found = read_class(session, class_id)
    own = found.class_teacher_id == (actor.current.staff_id or 0)
    if not (actor.may(whole_school) or (own and actor.may(Permission.READ_CLASS_JOURNALS))):
        raise Forbidden(N_("All subjects of a class are read by its class teacher."))
    return found


def read_class(session: Session, class_id: int) -> ReadClass:
    """The class for who was let through already; NotFound for one of another school."""
    row = session.execute(_class(), {"class_id": class_id}).one_or_none()
    if row is None:
        raise NotFound()
    return ReadClass(row[0], row[1], row[2], row[3], row[4], row[5], Span(row[6], row[7]))


@cache
def _class() -> Any:
    return (
        select(
            *(ClassGroup.id, ClassGroup.name, ClassGroup.grade, ClassGroup.class_teacher_id),
            *(ClassGroup.academic_year_id, AcademicYear.name),
            *(AcademicYear.starts_on, AcademicYear.ends_before),
        )
        .join(AcademicYear, AcademicYear.id == ClassGroup.academic_year_id)
        .where(ClassGroup.id == bindparam("class_id"))
    )
