"""Reads of a pupil's days: the lessons of his roster with what happened to him in each.

The statements are built once per process: a diary is opened more often than anything else.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from journal.attendance.models import Absence, Excuse, Exemption
from journal.attendance.off_timetable import Plan, plan_selects
from journal.attendance.pupil_facts import PupilAbsence, PupilLesson
from journal.core.json_rows import day_of, instant_of, json_rows, rows_of
from journal.lessons.models import Homework, Lesson
from journal.people.models import Person, StaffMember
from journal.school.models import (
    ClassMembership,
    Course,
    Room,
    StudyGroup,
    StudyGroupClass,
    Subject,
)
from journal.school.pupil_queries import stays_on_roster

_HOLDER, _PLANNED = aliased(StaffMember), aliased(StaffMember)
_HOLDER_PERSON, _PLANNED_PERSON = aliased(Person), aliased(Person)


def pupil_lessons(
    session: Session,
    pupil_ids: Collection[int],
    *,
    first: date,
    before: date,
    set_from: date,
    set_lately: datetime | None = None,
) -> list[PupilLesson]:
    """Lessons of [first, before) by day and number, rosters as of each date.

    Also the earlier lessons, from the day `set_from` on, whose homework is still due on `first`.
    Homework set since the instant `set_lately` says when it was.
    """
    values = {
        "pupil_ids": list(pupil_ids),
        "first": first,
        "before": before,
        "set_from": set_from,
        "set_lately": set_lately,
    }
    rows, *planned = map(rows_of, session.execute(_lessons(), values).one())
    plan, since = Plan(*planned), first.isoformat()
    lessons = [_lesson(row, plan, since) for row in rows]
    lessons.sort(key=_IN_ORDER)
    return lessons


@cache
def _lessons() -> Any:
    """The lessons, and what the timetables plan for their courses, each as one text."""
    of_pupils = ClassMembership.pupil_id.in_(bindparam("pupil_ids", expanding=True))
    lessons = _joined(select(json_rows(*_columns()))).where(of_pupils, _shown_or_due())
    return select(*(one.scalar_subquery() for one in (lessons, *plan_selects(of_pupils))))


_IN_ORDER = itemgetter(*map(PupilLesson._fields.index, ("held_on", "number", "id", "pupil_id")))
_HELD_ON, _NUMBER, _STARTS, _ENDS, _COURSE, _DUE, _SET_AT = map(
    PupilLesson._fields.index,
    ("held_on", "number", "starts_at", "ends_at", "course_id", "due_on", "homework_set_at"),
)


def _lesson(row: list[Any], plan: Plan, since: str) -> PupilLesson:
    """A named tuple made as a tuple: its own constructor takes three times as long."""
    day, year_id = row[_HELD_ON], row.pop()
    shown = day >= since
    row.append(plan.lacks(year_id, day, row[_COURSE], row[_NUMBER]) if shown else None)
    row[_HELD_ON] = day_of(day)
    row[_STARTS], row[_ENDS] = instant_of(row[_STARTS]), instant_of(row[_ENDS])
    row[_DUE] = row[_DUE] and day_of(row[_DUE])
    row[_SET_AT] = row[_SET_AT] and instant_of(row[_SET_AT])
    return tuple.__new__(PupilLesson, row)


def _columns() -> tuple[Any, ...]:
    """In the order of PupilLesson; the year is for what stands last there, `off_timetable`."""
    return (
        ClassMembership.pupil_id,
        Lesson.id,
        Lesson.held_on,
        Lesson.lesson_number,
        Lesson.starts_at,
        Lesson.ends_at,
        Lesson.course_id,
        Lesson.status == "cancelled",
        Lesson.mode == "distance",
        Lesson.topic,
        Subject.name,
        StudyGroup.name,
        Room.name,
        *_names(_HOLDER_PERSON),
        *_names(_PLANNED_PERSON),
        *(Homework.id, Homework.text, Homework.nothing_set, Homework.due_on, Homework.minutes),
        case((Homework.entered_at >= bindparam("set_lately"), Homework.entered_at)),
        *(Absence.code, Absence.minutes),
        # Not looked for in the earlier lessons, of which only the homework is wanted.
        case((Lesson.held_on >= bindparam("first"), _exemption())),
        Course.academic_year_id,
    )


def _names(person: Any) -> tuple[Any, ...]:
    return person.surname, person.given_name, person.patronymic


def _joined(query: Any) -> Any:
    """From the pupil to his courses, and only then to their lessons (None where there is none).

    The outer joins hold SQLite to this order: it would rather begin with all lessons of the school.
    """
    mine = and_(Absence.lesson_id == Lesson.id, Absence.pupil_id == ClassMembership.pupil_id)
    return (
        query.select_from(ClassMembership)
        .outerjoin(
            StudyGroupClass, StudyGroupClass.class_group_id == ClassMembership.class_group_id
        )
        .outerjoin(StudyGroup, StudyGroup.id == StudyGroupClass.study_group_id)
        .outerjoin(Course, Course.study_group_id == StudyGroup.id)
        .outerjoin(Subject, Subject.id == Course.subject_id)
        .outerjoin(Lesson, _wanted())
        .outerjoin(Homework, Homework.lesson_id == Lesson.id)
        .outerjoin(_HOLDER, _HOLDER.id == Lesson.staff_id)
        .outerjoin(_HOLDER_PERSON, _HOLDER_PERSON.id == _HOLDER.person_id)
        .outerjoin(_PLANNED, _PLANNED.id == Lesson.replaced_staff_id)
        .outerjoin(_PLANNED_PERSON, _PLANNED_PERSON.id == _PLANNED.person_id)
        .outerjoin(Room, Room.id == Lesson.room_id)
        .outerjoin(Absence, mine)
    )


def _wanted() -> ColumnElement[bool]:
    return and_(
        Lesson.course_id == Course.id,
        Lesson.held_on >= bindparam("set_from"),
        Lesson.held_on < bindparam("before"),
        stays_on_roster(ClassMembership, Lesson.held_on),
    )


def _shown_or_due() -> ColumnElement[bool]:
    """A lesson of the days asked for, or homework for that day or later; without a date it is for
    the next lesson of the course.

    Asked of the homework that is joined: SQLite opens a subquery anew for each of some hundreds
    of lessons.
    """
    between = aliased(Lesson)
    first: Any = bindparam("first")
    next_was_earlier = (
        select(between.id)
        .where(
            between.course_id == Lesson.course_id,
            between.held_on > Lesson.held_on,
            between.held_on < first,
            between.status != "cancelled",
        )
        .correlate(Lesson)
        .exists()
    )
    undated = and_(Homework.id.is_not(None), Homework.due_on.is_(None), ~next_was_earlier)
    return or_(Lesson.held_on >= first, Homework.due_on >= first, undated)


def _exemption() -> Any:
    """The kind of an exemption that covers the lesson; «attending» says more than «practice»."""
    return (
        select(func.min(Exemption.kind))
        .where(
            Exemption.pupil_id == ClassMembership.pupil_id,
            or_(Exemption.subject_id.is_(None), Exemption.subject_id == Course.subject_id),
            Exemption.starts_on <= Lesson.held_on,
            or_(Exemption.ends_before.is_(None), Exemption.ends_before > Lesson.held_on),
        )
        .scalar_subquery()
    )


def pupil_absences(
    session: Session, pupil_id: int, *, first: date, before: date
) -> list[PupilAbsence]:
    """Absences and latenesses of [first, before), the latest day first."""
    values = {"pupil_id": pupil_id, "first": first, "before": before}
    rows = session.execute(_absences(), values)
    return [PupilAbsence(*row) for row in rows if row.held_on is not None]


@cache
def _absences() -> Any:
    wanted = and_(
        Lesson.id == Absence.lesson_id,
        Lesson.held_on >= bindparam("first"),
        Lesson.held_on < bindparam("before"),
        Lesson.status != "cancelled",
    )
    return (
        select(Lesson.held_on, Lesson.lesson_number, Subject.name, Absence.code, Absence.minutes)
        .select_from(Absence)
        .outerjoin(Lesson, wanted)
        .outerjoin(Course, Course.id == Lesson.course_id)
        .outerjoin(Subject, Subject.id == Course.subject_id)
        .where(Absence.pupil_id == bindparam("pupil_id"))
        .order_by(Lesson.held_on.desc(), Lesson.lesson_number)
    )


def all_absences(
    session: Session, pupil_id: int, *, first: date, before: date, now: datetime
) -> list[PupilAbsence]:
    """What is entered, and what is foreseen, the latest day first. Two statements."""
    rows = pupil_absences(session, pupil_id, first=first, before=before)
    rows += foreseen_absences(session, pupil_id, first=first, before=before, now=now)
    return sorted(rows, key=lambda row: (-row.held_on.toordinal(), row.number))


def foreseen_absences(
    session: Session, pupil_id: int, *, first: date, before: date, now: datetime
) -> list[PupilAbsence]:
    """Lessons of [first, before) that have ended without a register, missed by what a confirmed
    excuse says: the overlay of `rules.counting`, in SQL. A test holds them together."""
    values = {"pupil_id": pupil_id, "first": first, "before": before, "now": now}
    rows = session.execute(_foreseen(), values)
    return [PupilAbsence(row[0], row[1], row[2], row[3], None) for row in rows]


@cache
def _foreseen() -> Any:
    mine = and_(Absence.lesson_id == Lesson.id, Absence.pupil_id == ClassMembership.pupil_id)
    # Illness says more than another reason: «b» comes before «u».
    return (
        select(Lesson.held_on, Lesson.lesson_number, Subject.name, func.min(Excuse.code))
        .select_from(ClassMembership)
        .join(StudyGroupClass, StudyGroupClass.class_group_id == ClassMembership.class_group_id)
        .join(StudyGroup, StudyGroup.id == StudyGroupClass.study_group_id)
        .join(Course, Course.study_group_id == StudyGroup.id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(Lesson, _without_register())
        .join(Excuse, _excused())
        .outerjoin(Absence, mine)
        .where(
            ClassMembership.pupil_id == bindparam("pupil_id"),
            Absence.id.is_(None),
            or_(func.coalesce(_exemption(), "") != "attending", _alone()),
        )
        .group_by(Lesson.id, Lesson.held_on, Lesson.lesson_number, Subject.name)
    )


def _excused() -> ColumnElement[bool]:
    return and_(
        Excuse.pupil_id == ClassMembership.pupil_id,
        Excuse.status == "confirmed",
        Excuse.starts_on <= Lesson.held_on,
        Excuse.ends_before > Lesson.held_on,
    )


def _without_register() -> ColumnElement[bool]:
    return and_(
        Lesson.course_id == Course.id,
        Lesson.held_on >= bindparam("first"),
        Lesson.held_on < bindparam("before"),
        Lesson.ends_at <= bindparam("now"),
        Lesson.status != "cancelled",
        Lesson.attendance_taken_at.is_(None),
        stays_on_roster(ClassMembership, Lesson.held_on),
    )


def _alone() -> ColumnElement[bool]:
    """Whether the roster is one pupil: a release does not free from individual tuition."""
    other, place = aliased(ClassMembership), aliased(StudyGroupClass)
    roster: Any = (
        select(func.count())
        .select_from(other)
        .join(place, place.class_group_id == other.class_group_id)
        .where(place.study_group_id == StudyGroup.id, stays_on_roster(other, Lesson.held_on))
        .correlate(StudyGroup, Lesson)
        .scalar_subquery()
    )
    return roster == 1  # type: ignore[no-any-return]
