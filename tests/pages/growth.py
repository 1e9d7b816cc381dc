"""The cast's school made five times as large: people, classes, courses, lessons, entries."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.people.models import StaffMember
from journal.school.models import ClassGroup, Course
from journal.timetable.models import Timetable
from tests.cast import NOW, TODAY, Cast, lesson_days
from tests.factories import SchoolBuilder

LETTERS = "абвгдежзиклмнопрстуф"


def grow(session: Session, cast: Cast) -> None:
    """Twelve more pupils in each class of the cast, eight classes more; commits."""
    school = SchoolBuilder.of(session, cast.school)
    for name in ("own", "other"):
        _more_pupils(school, session.get_one(ClassGroup, cast.classes[name]), name)
    own = session.get_one(StaffMember, cast["own_teacher"].staff_id)
    _more_lessons(school, session.get_one(Course, cast.courses["own"]), own)
    timetable = session.scalars(select(Timetable)).one()
    for number, letter in enumerate("ВГДЕЖЗИК"):
        _one_more_class(school, timetable, f"5{letter}", number)
    session.commit()


def _more_pupils(school: SchoolBuilder, group: ClassGroup, word: str) -> None:
    for number in range(12):
        child = school.pupil(f"Новиков{LETTERS[number]}{word} Пётр Ильич", group)
        school.guardian(f"Новиков{LETTERS[number]}{word} Илья Петрович", child)


def _more_lessons(school: SchoolBuilder, course: Course, teacher: StaffMember) -> None:
    """Lessons on the weekdays the course had none, some with marks."""
    pupils = [school.pupil("Гостева Анна Ильинична", _first_class(school))]
    for day in lesson_days((1, 3)):
        lesson = school.lesson(course, teacher, day, 5)
        if day <= TODAY:
            work = school.work(lesson)
            for pupil in pupils:
                school.mark(work, pupil, "4", NOW)


def _first_class(school: SchoolBuilder) -> ClassGroup:
    return school.session.scalars(select(ClassGroup).where(ClassGroup.name == "5А")).one()


def _one_more_class(school: SchoolBuilder, timetable: Timetable, name: str, number: int) -> None:
    teacher = school.staff(f"Учителев{LETTERS[number]} Олег Ильич", Role.TEACHER)
    group = school.class_group(name, teacher)
    pupils = [school.pupil(f"Учеников{LETTERS[n]}{name} Лев", group) for n in range(4)]
    course = school.course(group, school.subject(f"Предмет {name}"), teacher)
    school.slot(timetable, course, teacher, 5, 2)
    for day in (TODAY - timedelta(days=7), TODAY):
        lesson = school.lesson(course, teacher, day, 2)
        school.absence(lesson, pupils[0])
