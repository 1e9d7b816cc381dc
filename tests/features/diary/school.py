"""The cast's own school, opened for more rows."""

from __future__ import annotations

from datetime import date
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.models import Exemption
from journal.grading.models import WorkType
from journal.people.models import Organisation, Pupil, StaffMember
from journal.school.models import (
    AcademicYear,
    ClassGroup,
    ClassMembership,
    Course,
    GroupMembership,
    Holiday,
    StudyGroup,
    Subject,
)
from journal.timetable.models import Timetable
from tests.cast import Cast
from tests.factories import SchoolBuilder


class OwnSchool(SchoolBuilder):
    """A builder over «Школа № 17» as the cast left it."""

    def __init__(self, session: Session, cast: Cast) -> None:
        self.session = session
        self.cast = cast
        self.organisation = session.get_one(Organisation, cast.school)
        self.year = session.get_one(AcademicYear, cast.year)
        self._numbers = iter(count(900))
        self._work_types = {one.name: one for one in session.scalars(select(WorkType))}

    def class_of(self, name: str) -> ClassGroup:
        """«own» is 5А, «other» is 5Б."""
        return self.session.get_one(ClassGroup, self.cast.classes[name])

    def pupil_of(self, name: str) -> Pupil:
        return self.session.get_one(Pupil, self.cast.pupils[name])

    def teacher(self, name: str = "own_teacher") -> StaffMember:
        return self.session.get_one(StaffMember, self.cast[name].staff_id)

    def course_of(self, name: str) -> Course:
        return self.session.get_one(Course, self.cast.courses[name])

    def subject_of(self, name: str) -> Subject:
        return self.session.get_one(Subject, self.cast.subjects[name])

    def published(self) -> Timetable:
        return self.session.scalars(select(Timetable)).one()

    def move(self, pupil: str, to: str, day: date) -> None:
        """The pupil leaves his class on the day and is in the other one from it."""
        stay = self.session.scalars(
            select(ClassMembership).where(ClassMembership.pupil_id == self.cast.pupils[pupil])
        ).one()
        stay.ends_before = day
        self.add(
            ClassMembership,
            pupil_id=self.cast.pupils[pupil],
            class_group_id=self.cast.classes[to],
            starts_on=day,
        )

    def subgroup(self, name: str, members: dict[str, tuple[date, date | None]]) -> Course:
        """An English subgroup of 5А with dated members."""
        found = self.session.scalars(select(Subject).where(Subject.name == "Английский язык"))
        english = found.one_or_none() or self.subject("Английский язык")
        course = self.course(self.class_of("own"), english, self.teacher(), subgroup=name)
        group = self.session.get_one(StudyGroup, course.study_group_id)
        for pupil, (starts_on, ends_before) in members.items():
            self.add(
                GroupMembership,
                study_group_id=group.id,
                pupil_id=self.cast.pupils[pupil],
                starts_on=starts_on,
                ends_before=ends_before,
            )
        return course

    def holiday(self, name: str, starts_on: date, ends_before: date) -> None:
        self.add(
            Holiday,
            academic_year_id=self.year.id,
            name=name,
            starts_on=starts_on,
            ends_before=ends_before,
            grades=frozenset(),
        )

    def release(self, pupil: str, subject: str, kind: str, starts_on: date) -> None:
        self.add(
            Exemption,
            pupil_id=self.cast.pupils[pupil],
            subject_id=self.cast.subjects[subject],
            kind=kind,
            starts_on=starts_on,
        )
