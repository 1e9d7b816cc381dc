"""What of the school is set up, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select

from journal.people.models import Guardian, GuardianLink, Organisation, Pupil, StaffMember
from journal.school.directory import in_class_on
from journal.school.models import (
    AcademicYear,
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

    details_missing: int
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


_NUMBER = func.count()


def school_counts(academic_year_id: int, day: date) -> dict[str, Select[int]]:
    """The counts of `SchoolCounts`, to be asked together with others."""
    return {**_of_year(academic_year_id), **_of_people(day)}


def _of_year(year: int) -> dict[str, Select[int]]:
    terms = select(_NUMBER).select_from(Term).where(Term.academic_year_id == year)
    holidays = select(_NUMBER).select_from(Holiday).where(Holiday.academic_year_id == year)
    classes = select(_NUMBER).select_from(ClassGroup).where(ClassGroup.academic_year_id == year)
    courses = select(_NUMBER).select_from(Course).where(Course.academic_year_id == year)
    taught = select(CourseTeacher.course_id)
    place = select(AcademicYear.organisation_id).where(AcademicYear.id == year)
    wanted = (
        Organisation.address,
        Organisation.director_name,
        Organisation.administrator_contact,
        Organisation.support_contact,
    )
    return {
        "details_missing": select(_NUMBER)
        .select_from(Organisation)
        .where(Organisation.id == place.scalar_subquery(), or_(*(one.is_(None) for one in wanted))),
        "terms": terms,
        "terms_without_window": terms.where(Term.marks_before.is_(None)),
        "holidays": holidays,
        "classes": classes,
        "classes_without_teacher": classes.where(ClassGroup.class_teacher_id.is_(None)),
        "courses": courses,
        "courses_without_teacher": courses.where(Course.id.not_in(taught)),
    }


def _of_people(day: date) -> dict[str, Select[int]]:
    pupils = select(_NUMBER).select_from(Pupil)
    present = pupils.where(Pupil.id.in_(select(ClassMembership.pupil_id).where(in_class_on(day))))
    with_guardian = select(GuardianLink.pupil_id)
    return {
        "staff": select(_NUMBER).select_from(StaffMember),
        "pupils": pupils,
        "pupils_in_class": present,
        "pupils_without_guardian": present.where(Pupil.id.not_in(with_guardian)),
        "guardians": select(_NUMBER).select_from(Guardian),
        "subjects": select(_NUMBER).select_from(Subject),
        "rooms": select(_NUMBER).select_from(Room),
    }
