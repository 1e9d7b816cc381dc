"""The loaded school by the generator's own names: numbers of staff, files of pupils, lessons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.errors import NotFound
from journal.demo.history import lesson_keys
from journal.demo.model import DemoCourse
from journal.demo.school import DemoSchool
from journal.demo.stories import Journal
from journal.demo.timetables import DatedLesson
from journal.lessons.models import Lesson
from journal.people.actors import load_actor
from journal.people.models import Account, Person, Pupil, StaffMember
from journal.people.rules import login_stem
from journal.people.service import free_login
from journal.school.models import Course, StudyGroup, Subject


@dataclass(frozen=True, slots=True)
class Known:
    """A row of a person: staff or pupil."""

    id: int
    person_id: int


@dataclass(frozen=True)
class Ground:
    """What the states are added to. Everything is read once, on first use."""

    session: Session
    organisation_id: int
    journal: Journal
    now: datetime

    @property
    def school(self) -> DemoSchool:
        """The generator's school."""
        return self.journal.school

    @cached_property
    def staff(self) -> dict[str, Known]:
        """Staff by personnel number."""
        rows = self.session.execute(
            select(StaffMember.personnel_number, StaffMember.id, StaffMember.person_id)
        )
        return {row[0]: Known(row[1], row[2]) for row in rows}

    @cached_property
    def pupils(self) -> dict[str, Known]:
        """Pupils by personal file."""
        rows = self.session.execute(select(Pupil.personal_file, Pupil.id, Pupil.person_id))
        return {row[0]: Known(row[1], row[2]) for row in rows}

    @cached_property
    def courses(self) -> dict[str, int]:
        """Courses by the generator's key."""
        rows = self.session.execute(
            select(Course.id, StudyGroup.classes_key, Subject.name, StudyGroup.name.label("part"))
            .join(StudyGroup, StudyGroup.id == Course.study_group_id)
            .join(Subject, Subject.id == Course.subject_id)
        )
        return {f"{row.classes_key}|{row.name}|{row.part}": row.id for row in rows}

    @cached_property
    def keys(self) -> dict[DatedLesson, str]:
        """«Урок» of every lesson."""
        return lesson_keys(self.journal)

    @cached_property
    def lessons(self) -> dict[str, int]:
        """Imported lessons by «Урок»."""
        rows = self.session.execute(
            select(Lesson.external_key, Lesson.id).where(Lesson.external_key.is_not(None))
        )
        return {key: lesson_id for key, lesson_id in rows if key}

    def course_id(self, course: DemoCourse) -> int:
        """The course's row."""
        return self.courses[course.key]

    def lesson_id(self, lesson: DatedLesson) -> int:
        """The row of a lesson up to today."""
        return self.lessons[self.keys[lesson]]

    def employee(self, index: int) -> Known:
        """The row of a member of the generator's staff."""
        return self.staff[self.school.staff[index].number]

    def actor(self, person_id: int) -> Actor:
        """The person, acting. He gets a login without a password if he has none."""
        account = self._account(person_id)
        actor = load_actor(
            self.session,
            account_id=account.id,
            session_epoch=account.session_epoch,
            organisation_id=self.organisation_id,
            client_address=None,
            now=self.now,
        )
        if actor is None:
            raise NotFound()
        return actor

    def name_staff(self) -> None:
        """A login without a password for everybody of the staff: entries name who made them."""
        for known in self.staff.values():
            self._account(known.person_id)

    def _account(self, person_id: int) -> Account:
        person = self.session.get_one(Person, person_id)
        account = self.session.get(Account, person.account_id) if person.account_id else None
        if account is None:
            login = free_login(self.session, login_stem(person.surname, person.given_name))
            account = Account(login=login, created_at=self.now, session_epoch=1)
            self.session.add(account)
            self.session.flush()
            person.account_id = account.id
            self.session.flush()
        return account
