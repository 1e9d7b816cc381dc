"""Dated lessons as the office changes them: what stands there, what was written, who meets whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from journal.attendance.models import Absence
from journal.core.errors import NotFound
from journal.grading.models import Work
from journal.lessons.models import Homework, Lesson
from journal.office.models import Substitution
from journal.school.models import Course, CourseTeacher, GroupMembership, Room, StudyGroup, Subject
from journal.school.titles import course_title, subject_title
from journal.timetable.rules import Taking


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonFacts:
    """One lesson. `written`: topic, homework or a work; `taken`: its attendance was taken, or the
    absence of somebody entered.

    `substitution_id` and `made_lesson_id` are of the change made to it, `made_of` is the lesson
    this one stands for after a move.
    """

    id: int
    course_id: int
    held_on: date
    number: int
    starts_at: datetime
    ends_at: datetime
    staff_id: int
    planned_staff_id: int | None
    room_id: int | None
    room: str | None
    status: str
    mode: str
    version: int
    taken: bool
    written: bool
    substitution_id: int | None
    made_lesson_id: int | None
    made_of: int | None
    group_id: int
    group: str
    grade: int
    classes_key: str
    subject_id: int
    subject: str
    year_id: int

    @property
    def title(self) -> str:
        """«5Б, математика»."""
        return course_title(self.classes_key, self.subject, self.group)

    @property
    def subject_title(self) -> str:
        """«математика», «английский язык, 1 группа»."""
        return subject_title(self.subject, self.group)

    @property
    def classes(self) -> frozenset[str]:
        """The names of its classes."""
        return frozenset(self.classes_key.split(","))

    @property
    def cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.status == "cancelled"

    @property
    def changed(self) -> bool:
        """Whether it differs from the timetable in anything that can be undone."""
        return (
            self.substitution_id is not None
            or self.planned_staff_id is not None
            or self.cancelled
            or self.mode == "distance"
        )


_WRITTEN: ColumnElement[bool] = or_(
    Lesson.topic.is_not(None),
    exists().where(Homework.lesson_id == Lesson.id),
    exists().where(Work.lesson_id == Lesson.id),
)


# A class teacher enters absences in lessons that their teachers have not taken yet.
_TAKEN: ColumnElement[bool] = or_(
    Lesson.attendance_taken_at.is_not(None),
    exists().where(Absence.lesson_id == Lesson.id),
)
_MADE = aliased(Substitution)
_MADE_OF = select(_MADE.lesson_id).where(_MADE.made_lesson_id == Lesson.id)
_COLUMNS = (
    Lesson.id,
    Lesson.course_id,
    Lesson.held_on,
    Lesson.lesson_number.label("number"),
    Lesson.starts_at,
    Lesson.ends_at,
    Lesson.staff_id,
    Lesson.replaced_staff_id.label("planned_staff_id"),
    Lesson.room_id,
    Room.name.label("room"),
    Lesson.status,
    Lesson.mode,
    Lesson.version,
    _TAKEN.label("taken"),
    _WRITTEN.label("written"),
    Substitution.id.label("substitution_id"),
    Substitution.made_lesson_id,
    _MADE_OF.scalar_subquery().label("made_of"),
    StudyGroup.id.label("group_id"),
    StudyGroup.name.label("group"),
    StudyGroup.grade,
    StudyGroup.classes_key,
    Subject.id.label("subject_id"),
    Subject.name.label("subject"),
    Course.academic_year_id.label("year_id"),
)


def lessons_where(session: Session, *criteria: ColumnElement[bool]) -> list[LessonFacts]:
    """The lessons in order of time, cancelled ones too. One query."""
    rows = session.execute(
        select(*_COLUMNS)
        .join(Course, Course.id == Lesson.course_id)
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .outerjoin(Room, Room.id == Lesson.room_id)
        .outerjoin(Substitution, Substitution.lesson_id == Lesson.id)
        .where(*criteria)
        .order_by(Lesson.starts_at, Lesson.lesson_number, StudyGroup.grade, Lesson.id)
    )
    return [_facts(row) for row in rows.mappings()]


def _facts(row: Any) -> LessonFacts:
    return LessonFacts(**{**row, "taken": bool(row["taken"]), "written": bool(row["written"])})


def lesson_facts(session: Session, lesson_id: int) -> LessonFacts:
    """One lesson of the bound organisation; raises NotFound."""
    found = lessons_where(session, Lesson.id == lesson_id)
    if not found:
        raise NotFound()
    return found[0]


def hold_lessons(session: Session, *criteria: ColumnElement[bool]) -> None:
    """Nobody else writes in these lessons until the transaction ends (`lessons.desk`)."""
    rows = select(Lesson.id).where(*criteria).order_by(Lesson.id)
    session.execute(rows.with_for_update())


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtCourse:
    """A course that somebody teaches, as a lesson of it names it."""

    course_id: int
    staff_id: int
    group_id: int
    group: str
    classes_key: str
    subject_id: int
    subject: str


def taught_course(
    session: Session, course_id: int, staff_id: int, lesson: LessonFacts
) -> TaughtCourse:
    """The course, if he teaches it on the day of the lesson; raises NotFound."""
    row = session.execute(
        _taught().where(
            Course.id == course_id,
            Course.academic_year_id == lesson.year_id,
            CourseTeacher.staff_id == staff_id,
            CourseTeacher.starts_on <= lesson.held_on,
            or_(CourseTeacher.ends_before.is_(None), CourseTeacher.ends_before > lesson.held_on),
        )
    ).first()
    if row is None:
        raise NotFound()
    return TaughtCourse(**row._mapping)


def _taught() -> Any:
    """The columns of TaughtCourse."""
    return (
        select(
            Course.id.label("course_id"),
            CourseTeacher.staff_id,
            StudyGroup.id.label("group_id"),
            StudyGroup.name.label("group"),
            StudyGroup.classes_key,
            Subject.id.label("subject_id"),
            Subject.name.label("subject"),
        )
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(Subject, Subject.id == Course.subject_id)
        .join(CourseTeacher, CourseTeacher.course_id == Course.id)
    )


def lessons_meeting(
    session: Session, *, starts_at: datetime, ends_at: datetime, but: Collection[int]
) -> list[LessonFacts]:
    """What else is on in the school at that time, cancelled lessons left out."""
    return lessons_where(
        session,
        Lesson.starts_at < ends_at,
        Lesson.ends_at > starts_at,
        Lesson.status == "scheduled",
        Lesson.id.not_in(list(but)),
    )


def takings(session: Session, lessons: Sequence[LessonFacts]) -> list[Taking]:
    """What each lesson takes; the members of subgroups as of its day. One query."""
    members = _members(session, {one.group_id for one in lessons if one.group})
    return [
        Taking(
            staff_id=one.staff_id,
            room_id=one.room_id,
            group_id=one.group_id,
            group=one.group,
            classes=one.classes,
            members=frozenset(
                pupil_id
                for pupil_id, starts_on, ends_before in members.get(one.group_id, ())
                if starts_on <= one.held_on and (ends_before is None or one.held_on < ends_before)
            ),
        )
        for one in lessons
    ]


def _members(
    session: Session, group_ids: Collection[int]
) -> dict[int, list[tuple[int, date, date | None]]]:
    rows = session.execute(
        select(
            GroupMembership.study_group_id,
            GroupMembership.pupil_id,
            GroupMembership.starts_on,
            GroupMembership.ends_before,
        ).where(GroupMembership.study_group_id.in_(list(group_ids)))
    )
    found: dict[int, list[tuple[int, date, date | None]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append((row[1], row[2], row[3]))
    return found
