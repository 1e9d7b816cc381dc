"""Classes, pupils, subjects and rooms as lists."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from journal.core.errors import NotFound
from journal.core.paging import ROWS_WHILE_TYPING, Page, first_of, page_of
from journal.people.directory import (
    ACCESS_COLUMNS,
    NAME_COLUMNS,
    AccessState,
    access_of,
    name_of,
)
from journal.people.models import Account, Person, Pupil, StaffMember
from journal.people.rules import short_name
from journal.people.searching import Typed, people_like, typed_words
from journal.school.models import (
    ClassGroup,
    ClassMembership,
    Course,
    Room,
    StudyGroupClass,
    Subject,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """класс in the list; `pupils` on the day asked for, `courses` of all its groups."""

    id: int
    name: str
    grade: int
    shift: int
    study_form: str
    days_per_week: int
    room: str | None
    teacher_name: str | None
    teacher_person_id: int | None
    pupils: int = 0
    courses: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilRow:
    """обучающийся in the list; no class = not in one on the day asked for."""

    person_id: int
    pupil_id: int
    name: str
    personal_file: str
    born_on: date | None
    class_group_id: int | None
    class_name: str | None
    access: AccessState


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """предмет; `courses` of the year asked for."""

    id: int
    name: str
    short_name: str
    area: str | None
    scale: str
    courses: int


@dataclass(frozen=True, slots=True)
class RoomRow:
    """кабинет."""

    id: int
    name: str
    capacity: int | None
    purpose: str | None


def in_class_on(day: date) -> ColumnElement[bool]:
    """The stay in the class covers the day."""
    return and_(
        ClassMembership.starts_on <= day,
        or_(ClassMembership.ends_before.is_(None), day < ClassMembership.ends_before),
    )


def class_rows(session: Session, academic_year_id: int, day: date) -> list[ClassRow]:
    """The classes of a year by grade and letter. Three queries."""
    query = _class_query().where(ClassGroup.academic_year_id == academic_year_id)
    pupils: dict[int, int] = {}
    for class_id, count in session.execute(
        select(ClassMembership.class_group_id, func.count())
        .where(in_class_on(day))
        .group_by(ClassMembership.class_group_id)
    ):
        pupils[class_id] = count
    courses: dict[int, int] = {}
    for class_id, count in session.execute(
        select(StudyGroupClass.class_group_id, func.count())
        .join(Course, Course.study_group_id == StudyGroupClass.study_group_id)
        .where(Course.academic_year_id == academic_year_id)
        .group_by(StudyGroupClass.class_group_id)
    ):
        courses[class_id] = count
    return [
        _class_row(row, pupils.get(row.id, 0), courses.get(row.id, 0))
        for row in session.execute(query.order_by(ClassGroup.grade, ClassGroup.name))
    ]


def class_row(session: Session, class_group_id: int) -> tuple[ClassRow, int]:
    """One class without counts, and the id of its year; raises NotFound."""
    row = session.execute(_class_query().where(ClassGroup.id == class_group_id)).one_or_none()
    if row is None:
        raise NotFound()
    return _class_row(row, 0, 0), row.academic_year_id


def _class_query() -> Select[*tuple[Any, ...]]:
    return (
        select(
            ClassGroup.id,
            ClassGroup.academic_year_id,
            ClassGroup.name,
            ClassGroup.grade,
            ClassGroup.shift,
            ClassGroup.study_form,
            ClassGroup.days_per_week,
            Room.name.label("room"),
            Person.id.label("teacher_person_id"),
            *NAME_COLUMNS,
        )
        .outerjoin(Room, Room.id == ClassGroup.room_id)
        .outerjoin(StaffMember, StaffMember.id == ClassGroup.class_teacher_id)
        .outerjoin(Person, Person.id == StaffMember.person_id)
    )


def _class_row(row: Any, pupils: int, courses: int) -> ClassRow:
    named = row.teacher_person_id is not None
    return ClassRow(
        id=row.id,
        name=row.name,
        grade=row.grade,
        shift=row.shift,
        study_form=row.study_form,
        days_per_week=row.days_per_week,
        room=row.room,
        teacher_name=short_name(row.surname, row.given_name, row.patronymic) if named else None,
        teacher_person_id=row.teacher_person_id,
        pupils=pupils,
        courses=courses,
    )


def class_choices(session: Session, academic_year_id: int) -> list[tuple[int, str]]:
    """(id, name) of the classes of a year, for a drop-down."""
    rows = session.execute(_choices_query(), {"year_id": academic_year_id})
    return [(id_, name) for id_, name in rows]


@cache
def _choices_query() -> Any:
    return (
        select(ClassGroup.id, ClassGroup.name)
        .where(ClassGroup.academic_year_id == bindparam("year_id"))
        .order_by(ClassGroup.grade, ClassGroup.name)
    )


def grades_of(session: Session, academic_year_id: int) -> list[int]:
    """The parallels that have classes in the year."""
    query = select(ClassGroup.grade).where(ClassGroup.academic_year_id == academic_year_id)
    return list(session.scalars(query.distinct().order_by(ClassGroup.grade)))


def pupil_page(
    session: Session,
    *,
    day: date,
    text: str = "",
    class_group_id: int | None = None,
    without_class: bool = False,
    page: int = 1,
    typing: bool = False,
) -> Page[PupilRow]:
    """Pupils in the order of names with the class they are in on the day. One query, two where
    they fill more than a page. While one is `typing`, the first of them alone."""
    typed = typed_words(text)
    query = _pupil_query(
        typed.shape if text else None,
        of_class=class_group_id is not None,
        without_class=without_class,
        typing=typing,
    )
    values = {**typed.values, "day": day, "class_id": class_group_id}
    if typing and text:
        rows, more = first_of(session, query, values)
        return Page(tuple(_pupil_row(row) for row in rows), 1, len(rows), more)
    rows, number, total = page_of(session, query, page, values)
    return Page(tuple(_pupil_row(row) for row in rows), number, total)


@cache
def _pupil_query(
    shape: tuple[int, ...] | None, *, of_class: bool, without_class: bool, typing: bool
) -> Select[*tuple[Any, ...]]:
    """The pupils whose names have words of that shape (see `people.searching.Typed`)."""
    most = ROWS_WHILE_TYPING + 1 if typing and not (of_class or without_class) else None
    criteria = []
    if shape is not None:
        typed = Typed(shape, {})
        criteria = [people_like(typed, Pupil.personal_file, of=Pupil, most=most)]
    if of_class:
        criteria.append(ClassGroup.id == bindparam("class_id"))
    if without_class:
        criteria.append(ClassGroup.id.is_(None))
    columns = (Pupil.id.label("pupil_id"), Pupil.personal_file, *_CLASS, *ACCESS_COLUMNS)
    return (
        select(Person.id.label("person_id"), *NAME_COLUMNS, Person.born_on, *columns)
        .join(Pupil, Pupil.person_id == Person.id)
        .outerjoin(Account, Account.id == Person.account_id)
        .outerjoin(ClassMembership, _stay())
        .outerjoin(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .where(*criteria)
        .order_by(Person.sort_key, Pupil.id)
    )


_CLASS = (ClassGroup.id.label("class_group_id"), ClassGroup.name.label("class_name"))


def _stay() -> ColumnElement[bool]:
    """The pupil's stay in a class on the day, a parameter."""
    day: Any = bindparam("day", type_=Date)
    return and_(ClassMembership.pupil_id == Pupil.id, in_class_on(day))


def _pupil_row(row: Any) -> PupilRow:
    return PupilRow(
        person_id=row.person_id,
        pupil_id=row.pupil_id,
        name=name_of(row),
        personal_file=row.personal_file,
        born_on=row.born_on,
        class_group_id=row.class_group_id,
        class_name=row.class_name,
        access=access_of(row),
    )


def class_names_on(session: Session, pupil_ids: Collection[int], day: date) -> dict[int, str]:
    """The name of each pupil's class on the day; who is in none is absent."""
    rows = session.execute(
        select(ClassMembership.pupil_id, ClassGroup.name)
        .join(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .where(ClassMembership.pupil_id.in_(list(pupil_ids)), in_class_on(day))
    )
    return {pupil_id: str(name) for pupil_id, name in rows}


def subject_rows(session: Session, academic_year_id: int) -> list[SubjectRow]:
    """The subjects in alphabetical order with the number of their courses in the year."""
    taught = and_(Course.subject_id == Subject.id, Course.academic_year_id == academic_year_id)
    rows = session.execute(
        select(
            Subject.id,
            Subject.name,
            Subject.short_name,
            Subject.area,
            Subject.scale,
            func.count(Course.id),
        )
        .outerjoin(Course, taught)
        .group_by(Subject.id)
        .order_by(Subject.sort_key)
    )
    return [SubjectRow(*row) for row in rows]


def room_rows(session: Session) -> list[RoomRow]:
    """The rooms by name."""
    rows = session.execute(select(Room.id, Room.name, Room.capacity, Room.purpose))
    return sorted((RoomRow(*row) for row in rows), key=lambda room: (len(room.name), room.name))
