"""Rows for tests: one builder per school, each method adds a row and flushes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.attendance.models import Absence
from journal.core.clock import instant
from journal.core.db import Base
from journal.core.text import sort_key
from journal.grading.models import Mark, Work, WorkType
from journal.lessons.models import Homework, Lesson
from journal.people.models import (
    Account,
    Guardian,
    GuardianLink,
    Organisation,
    Person,
    Pupil,
    RoleAssignment,
    StaffMember,
)
from journal.people.rules import login_stem, name_keys
from journal.people.service import free_login
from journal.school.models import (
    AcademicYear,
    ClassGroup,
    ClassMembership,
    Course,
    CourseTeacher,
    GroupMembership,
    StudyGroup,
    StudyGroupClass,
    Subject,
    Term,
)
from journal.timetable.models import (
    BellPeriod,
    BellSchedule,
    ClassBells,
    Timetable,
    TimetableSlot,
)

ZONE = "Europe/Moscow"
PASSWORD = "chitaem-vsluh-17"
# One cheap hash for everybody: the cost of a real one is the business of its own test.
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
BELLS = {
    1: (time(8, 30), time(9, 15)),
    2: (time(9, 25), time(10, 10)),
    3: (time(10, 25), time(11, 10)),
    4: (time(11, 30), time(12, 15)),
    5: (time(12, 25), time(13, 10)),
}
MADE_AT = datetime(2026, 8, 31, 9, 0, tzinfo=UTC)

Row = TypeVar("Row", bound=Base)


class SchoolBuilder:
    """Adds the rows of one school. The session must be bound to it, or lifted by `across`."""

    def __init__(self, session: Session, *, code: str, name: str) -> None:
        self.session = session
        self.organisation = Organisation(
            code=code, full_name=name, short_name=name, time_zone=ZONE, kind="school"
        )
        session.add(self.organisation)
        session.flush()
        self.year: AcademicYear
        self._numbers = iter(range(1, 1000))
        self._work_types: dict[str, WorkType] = {}

    @classmethod
    def of(cls, session: Session, organisation_id: int) -> SchoolBuilder:
        """Goes on with a school that is there already, in its latest year."""
        school = cls.__new__(cls)
        school.session = session
        school.organisation = session.get_one(Organisation, organisation_id)
        newest = select(AcademicYear).where(AcademicYear.organisation_id == organisation_id)
        school.year = session.scalars(newest.order_by(AcademicYear.starts_on.desc())).one()
        school._numbers = iter(range(5000, 9000))
        school._work_types = {
            one.name: one
            for one in session.scalars(
                select(WorkType).where(WorkType.organisation_id == organisation_id)
            )
        }
        return school

    def add(self, model: type[Row], **values: Any) -> Row:
        """A row of this school."""
        row = model(organisation_id=self.organisation.id, **values)
        self.session.add(row)
        self.session.flush()
        return row

    def person(self, name: str, roles: Iterable[Role] = (), **values: Any) -> Person:
        """«Фамилия Имя Отчество» with an account (`PASSWORD`) when there are roles."""
        surname, given_name, patronymic = (*name.split(), None)[:3]
        assert surname and given_name
        key, search = name_keys(surname, given_name, patronymic)
        names = {"surname": surname, "given_name": given_name, "patronymic": patronymic}
        roles = tuple(roles)
        account_id = self._account(surname, given_name) if roles else None
        keys = {"sort_key": key, "search_key": search, "account_id": account_id}
        person = self.add(Person, **names, **keys, **values)
        for role in roles:
            self.add(RoleAssignment, person_id=person.id, role=role.value)
        return person

    def _account(self, surname: str, given_name: str) -> int:
        account = Account(
            login=free_login(self.session, login_stem(surname, given_name)),
            password_hash=PASSWORD_HASH,
            password_is_temporary=False,
            created_at=MADE_AT,
        )
        self.session.add(account)
        self.session.flush()
        return account.id

    def login_of(self, person: Person) -> str:
        return self.session.get_one(Account, person.account_id).login

    def staff(self, name: str, *roles: Role, position: str = "Учитель") -> StaffMember:
        person = self.person(name, roles)
        number = f"{next(self._numbers):03}"
        return self.add(
            StaffMember, person_id=person.id, personnel_number=number, position=position
        )

    def pupil(
        self,
        name: str,
        class_group: ClassGroup,
        *,
        from_day: date | None = None,
        before: date | None = None,
    ) -> Pupil:
        """A pupil with an account, in the class since the beginning of the year by default."""
        person = self.person(name, (Role.PUPIL,), sex="m", born_on=date(2015, 3, 14))
        start = from_day or self.year.starts_on
        file = f"Л-{next(self._numbers):03}"
        pupil = self.add(
            Pupil,
            person_id=person.id,
            personal_file=file,
            enrolled_on=start,
            entry_class=class_group.name,
        )
        stay = {"pupil_id": pupil.id, "class_group_id": class_group.id}
        self.add(ClassMembership, **stay, starts_on=start, ends_before=before)
        return pupil

    def guardian(self, name: str, *children: Pupil, relation: str = "mother") -> Guardian:
        person = self.person(name, (Role.PARENT,))
        guardian = self.add(Guardian, person_id=person.id)
        for child in children:
            link = {"guardian_id": guardian.id, "pupil_id": child.id}
            self.add(GuardianLink, **link, relation=relation)
        return guardian

    def academic_year(self, name: str, starts_on: date, ends_before: date) -> AcademicYear:
        self.year = self.add(AcademicYear, name=name, starts_on=starts_on, ends_before=ends_before)
        return self.year

    def term(self, number: int, starts_on: date, ends_before: date, *, marks_before: date) -> Term:
        """A quarter of grades 2–9; its marks are entered in the ten days up to `marks_before`."""
        return self.add(
            Term,
            academic_year_id=self.year.id,
            kind="quarter",
            number=number,
            grades=frozenset(range(2, 10)),
            starts_on=starts_on,
            ends_before=ends_before,
            marks_from=date.fromordinal(marks_before.toordinal() - 10),
            marks_before=marks_before,
        )

    def bells(self) -> BellSchedule:
        schedule = self.add(BellSchedule, name="Основной")
        for number, (starts_at, ends_at) in BELLS.items():
            times = {"starts_at": starts_at, "ends_at": ends_at}
            self.add(BellPeriod, bell_schedule_id=schedule.id, lesson_number=number, **times)
        return schedule

    def class_group(
        self, name: str, teacher: StaffMember | None = None, bells: BellSchedule | None = None
    ) -> ClassGroup:
        group = self.add(
            ClassGroup,
            academic_year_id=self.year.id,
            name=name,
            grade=int(name[:-1]),
            letter=name[-1],
            class_teacher_id=teacher.id if teacher else None,
        )
        if bells:
            self.add(ClassBells, class_group_id=group.id, bell_schedule_id=bells.id)
        return group

    def subject(self, name: str, scale: str = "five_point") -> Subject:
        short = name[:5]
        return self.add(Subject, name=name, short_name=short, scale=scale, sort_key=sort_key(name))

    def course(
        self,
        class_group: ClassGroup,
        subject: Subject,
        teacher: StaffMember,
        *,
        subgroup: str = "",
        members: Iterable[Pupil] = (),
        hours: int = 3,
    ) -> Course:
        """A course of the whole class, or of a subgroup with these members all year."""
        group = self._study_group(class_group, subject, subgroup)
        for pupil in members:
            stay = {"pupil_id": pupil.id, "starts_on": self.year.starts_on}
            self.add(GroupMembership, study_group_id=group.id, **stay)
        course = self.add(
            Course,
            academic_year_id=self.year.id,
            study_group_id=group.id,
            subject_id=subject.id,
        )
        self.add(
            CourseTeacher,
            course_id=course.id,
            staff_id=teacher.id,
            weekly_hours=Decimal(hours),
            starts_on=self.year.starts_on,
        )
        return course

    def _study_group(self, class_group: ClassGroup, subject: Subject, name: str) -> StudyGroup:
        subject_id = subject.id if name else None
        found = self.session.scalar(
            select(StudyGroup).where(
                StudyGroup.academic_year_id == self.year.id,
                StudyGroup.classes_key == class_group.name,
                StudyGroup.subject_id.is_not_distinct_from(subject_id),
                StudyGroup.name == name,
            )
        )
        if found is not None:
            return found
        group = self.add(
            StudyGroup,
            academic_year_id=self.year.id,
            classes_key=class_group.name,
            subject_id=subject_id,
            name=name,
            grade=class_group.grade,
        )
        self.add(StudyGroupClass, study_group_id=group.id, class_group_id=class_group.id)
        return group

    def timetable(self, starts_on: date, ends_before: date) -> Timetable:
        span = {"starts_on": starts_on, "ends_before": ends_before}
        return self.add(Timetable, academic_year_id=self.year.id, status="published", **span)

    def slot(
        self, timetable: Timetable, course: Course, teacher: StaffMember, weekday: int, number: int
    ) -> TimetableSlot:
        place = {"weekday": weekday, "lesson_number": number}
        row = {"timetable_id": timetable.id, "course_id": course.id, "staff_id": teacher.id}
        return self.add(TimetableSlot, **row, **place)

    def lesson(
        self, course: Course, teacher: StaffMember, day: date, number: int, **values: Any
    ) -> Lesson:
        starts_at, ends_at = BELLS[number]
        return self.add(
            Lesson,
            course_id=course.id,
            staff_id=teacher.id,
            held_on=day,
            lesson_number=number,
            starts_at=instant(day, starts_at, ZONE),
            ends_at=instant(day, ends_at, ZONE),
            **values,
        )

    def homework(self, lesson: Lesson, text: str, due_on: date | None = None) -> Homework:
        return self.add(
            Homework, lesson_id=lesson.id, text=text, due_on=due_on, entered_at=lesson.ends_at
        )

    def work_type(self, name: str, weight: int = 1, days: int | None = None) -> WorkType:
        if name not in self._work_types:
            values = {"short_name": name[:3], "weight": weight, "checking_days": days}
            self._work_types[name] = self.add(WorkType, name=name, **values)
        return self._work_types[name]

    def work(self, lesson: Lesson, type_name: str = "Ответ на уроке") -> Work:
        kind = self.work_type(type_name)
        return self.add(Work, lesson_id=lesson.id, work_type_id=kind.id, weight=kind.weight)

    def mark(self, work: Work, pupil: Pupil, value: str, at: datetime, **values: Any) -> Mark:
        keys = {"work_id": work.id, "pupil_id": pupil.id}
        return self.add(Mark, **keys, value=value, entered_at=at, **values)

    def absence(
        self, lesson: Lesson, pupil: Pupil, code: str = "n", minutes: int | None = None
    ) -> Absence:
        keys = {"lesson_id": lesson.id, "pupil_id": pupil.id}
        return self.add(Absence, **keys, code=code, minutes=minutes, entered_at=lesson.ends_at)
