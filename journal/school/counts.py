"""What of the school is set up, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.core.counting import count_together
from journal.people.models import Guardian, GuardianLink, Pupil, StaffMember
from journal.school.directory import in_class_on
from journal.school.models import (
    ClassGroup,
    ClassMembership,
    Course,
    CourseTeacher,
    Holiday,
    Room,
    Subject,
    Term,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolCounts:
    """Rows of one year; pupils «in class» are those in a class on the day asked for."""

    staff: int
    pupils: int
    pupils_in_class: int
    pupils_without_guardian: int
    guardians: int
    terms: int
    terms_without_window: int
    holidays: int
    subjects: int
    rooms: int
    classes: int
    classes_without_teacher: int
    courses: int
    courses_without_teacher: int


def school_counts(session: Session, academic_year_id: int, day: date) -> SchoolCounts:
    """All of it in one query."""
    number = func.count()
    in_class = select(ClassMembership.pupil_id).where(in_class_on(day))
    terms = select(number).select_from(Term).where(Term.academic_year_id == academic_year_id)
    classes = (
        select(number)
        .select_from(ClassGroup)
        .where(ClassGroup.academic_year_id == academic_year_id)
    )
    courses = select(number).select_from(Course).where(Course.academic_year_id == academic_year_id)
    pupils = select(number).select_from(Pupil)
    found = count_together(
        session,
        staff=select(number).select_from(StaffMember),
        pupils=pupils,
        pupils_in_class=pupils.where(Pupil.id.in_(in_class)),
        pupils_without_guardian=pupils.where(
            Pupil.id.in_(in_class), Pupil.id.not_in(select(GuardianLink.pupil_id))
        ),
        guardians=select(number).select_from(Guardian),
        terms=terms,
        terms_without_window=terms.where(Term.marks_before.is_(None)),
        holidays=select(number)
        .select_from(Holiday)
        .where(Holiday.academic_year_id == academic_year_id),
        subjects=select(number).select_from(Subject),
        rooms=select(number).select_from(Room),
        classes=classes,
        classes_without_teacher=classes.where(ClassGroup.class_teacher_id.is_(None)),
        courses=courses,
        courses_without_teacher=courses.where(Course.id.not_in(select(CourseTeacher.course_id))),
    )
    return SchoolCounts(**found)
