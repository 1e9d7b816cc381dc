"""The demonstration in the database: every state the screens can show, and logins to see them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.attendance.models import Absence, Excuse, Exemption
from journal.cli.demo import fresh_logins
from journal.core.audit import verify_chain
from journal.core.db import db, transaction
from journal.core.errors import WindowClosed
from journal.core.tenancy import bind
from journal.demo.ground import Ground
from journal.demo.service import Demonstration, load_demonstration, make_demonstration
from journal.demo.shown import shown_people
from journal.grading.models import Mark, TermMark, Work, WorkType
from journal.grading.service import MarkDraft, put_mark
from journal.lessons.desk import open_desk
from journal.lessons.models import Homework, Lesson, Unlock
from journal.office.models import StaffAbsence
from journal.people.models import (
    Account,
    Guardian,
    GuardianLink,
    Organisation,
    Person,
    Pupil,
    StaffMember,
)
from journal.people.service import check_credentials
from journal.school.models import ClassMembership, Movement, Term
from journal.timetable.models import Timetable
from tests.features.demo.conftest import MOMENTS


def load(moment: str) -> tuple[Demonstration, int]:
    made = make_demonstration(MOMENTS[moment])
    with transaction() as session:
        return made, load_demonstration(session, made)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session()
        db.session.remove()


def count(session: Session, model: Any, *criteria: Any) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*criteria)) or 0


def test_every_state_the_screens_can_show(session: Session) -> None:
    made, organisation_id = load("a Friday noon")
    bind(session, {organisation_id})
    ground = Ground(session, organisation_id, made.journal, made.now)
    assert session.get_one(Organisation, organisation_id).demonstration
    check_decisions(session, made.now)
    check_the_day(session, ground)
    check_people(session, ground)
    check_marks(session)
    check_locks(session, ground)
    assert verify_chain(session, organisation_id)[1] is None
    check_logins(session, organisation_id, made.now)


def test_what_is_loaded_is_counted_before_it_is_worked_with(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else PostgreSQL walks whole tables for every mark, for minutes."""
    counted = "pg_stats" if session.get_bind().dialect.name == "postgresql" else "sqlite_stat1"
    named = "tablename" if counted == "pg_stats" else "tbl"
    found: list[int] = []

    def look(ground: Ground) -> None:
        rows = ground.session.connection().exec_driver_sql(
            f"SELECT count(*) FROM {counted} WHERE {named} = 'mark'"
        )
        found.append(rows.scalar_one())

    monkeypatch.setattr("journal.demo.service.sign_entries", look)
    load("a Friday noon")
    assert found[0] > 0


def check_decisions(session: Session, now: datetime) -> None:
    states = {one.status: one for one in session.scalars(select(Unlock))}
    assert states.keys() == {"pending", "granted", "refused"}
    expires_at = states["granted"].expires_at
    assert expires_at is not None
    assert expires_at > now
    assert states["refused"].decision_note
    for status in ("submitted", "confirmed", "refused"):
        assert count(session, Excuse, Excuse.status == status)
    assert count(session, Absence, Absence.excuse_id.is_not(None))


def check_the_day(session: Session, ground: Ground) -> None:
    day = ground.school.shown_day
    teacher = ground.employee(ground.school.shown_teacher).id
    mine = (Lesson.held_on == day, Lesson.staff_id == teacher)
    assert count(session, Lesson, *mine) >= 3
    assert count(session, Lesson, *mine, Lesson.replaced_staff_id.is_not(None)) == 1
    assert count(session, Lesson, Lesson.held_on == day, Lesson.status == "cancelled")
    assert count(session, Lesson, Lesson.mode == "distance")
    assert count(session, Homework, Homework.nothing_set.is_(True))
    future = Lesson.starts_at > ground.now
    entries = (Lesson.topic.is_not(None), Lesson.attendance_taken_at.is_not(None))
    assert not any(count(session, Lesson, future, entry) for entry in entries)
    assert not count(session, Mark, Mark.entered_at > ground.now)
    closed = count(session, Term, Term.marks_before <= ground.school.today)
    assert 0 < closed < count(session, Term)


def check_people(session: Session, ground: Ground) -> None:
    for kind in ("transfer", "leaving", "return"):
        assert count(session, Movement, Movement.kind == kind)
    assert count(session, Exemption, Exemption.kind == "attending")
    assert count(session, Exemption, Exemption.kind == "practice")
    marked = select(Mark.pupil_id)
    markless = count(
        session,
        Pupil,
        Pupil.id.not_in(marked),
        Pupil.enrolled_on > ground.school.calendar.starts_on,
    )
    assert markless
    assert session.scalar(select(func.max(func.length(Person.search_key)))) == 60
    in_classes = count(session, ClassMembership, ClassMembership.ends_before.is_(None))
    assert in_classes >= 560


def check_marks(session: Session) -> None:
    values = set(session.scalars(select(Mark.value).distinct()))
    assert {"5", "4", "3", "2", "1", "зач", "незач", "н/а", "осв", "•"} == values
    assert count(session, Mark, Mark.retake_of_id.is_not(None))
    assert count(session, Mark, Mark.comment.is_not(None))
    assert count(session, Mark, Mark.deadline.is_not(None))
    foreign = (
        select(func.count())
        .select_from(Mark)
        .join(Work, Work.id == Mark.work_id)
        .join(Lesson, Lesson.id == Work.lesson_id)
        .join(StaffMember, StaffMember.id == Lesson.staff_id)
        .join(Person, Person.id == StaffMember.person_id)
        .where(Mark.entered_by.is_distinct_from(Person.account_id))
    )
    assert session.scalar(foreign) == 0
    odd_weights = (
        select(func.count())
        .select_from(Work)
        .join(WorkType, WorkType.id == Work.work_type_id)
        .where(Work.weight != WorkType.weight)
    )
    assert session.scalar(odd_weights)
    assert count(session, TermMark, TermMark.reason.is_not(None))
    assert {"н/а", "осв", "2", "5"} <= set(session.scalars(select(TermMark.value).distinct()))


def check_locks(session: Session, ground: Ground) -> None:
    """The lesson somebody asks to unlock refuses an entry until the deputy has decided."""
    unlock = session.scalars(select(Unlock).where(Unlock.status == "pending")).one()
    lesson = session.scalars(
        select(Lesson).where(
            Lesson.course_id == unlock.course_id, Lesson.held_on == unlock.lessons_from
        )
    ).first()
    assert lesson is not None
    assert lesson.topic is None
    assert lesson.attendance_taken_at is None
    people = shown_people(session, ground.organisation_id)
    child = session.scalars(select(Pupil.id).where(Pupil.person_id == people[Role.PUPIL])).one()
    desk = open_desk(
        session,
        ground.actor(people[Role.TEACHER]),
        course_id=lesson.course_id,
        lesson_ids=[lesson.id],
        pupil_ids=[child],
        now=ground.now,
    )
    roster = {entry.pupil_id for entry in desk.roster}
    if child in roster:
        with pytest.raises(WindowClosed):
            put_mark(
                desk,
                lesson_id=lesson.id,
                pupil_id=child,
                work_id=None,
                mark_id=None,
                draft=MarkDraft(value="5"),
                base=0,
            )


def check_logins(session: Session, organisation_id: int, now: datetime) -> None:
    session.rollback()
    issued = dict(fresh_logins(organisation_id, now))
    assert issued.keys() >= {
        Role.ADMINISTRATOR,
        Role.DIRECTOR,
        Role.DEPUTY_DIRECTOR,
        Role.CLASS_TEACHER,
        Role.TEACHER,
        Role.SPECIALIST,
        Role.PARENT,
        Role.PUPIL,
    }
    for one in issued.values():
        signed = check_credentials(session, login=one.login, password=one.password, now=now)
        assert signed.right
    accounts = Account.login.in_([one.login for one in issued.values()])
    assert not count(session, Account, accounts, Account.password_is_temporary.is_(False))
    bind(session, {organisation_id})
    children = (
        select(func.count())
        .select_from(GuardianLink)
        .join(Guardian, Guardian.id == GuardianLink.guardian_id)
        .where(Guardian.person_id == issued[Role.PARENT].person_id)
    )
    assert session.scalar(children) == 2


@pytest.mark.parametrize("moment", ["the first day of school, before lessons", "a Sunday"])
def test_it_loads_on_other_days(session: Session, moment: str) -> None:
    made, organisation_id = load(moment)
    bind(session, {organisation_id})
    school = made.school
    assert not count(session, Mark, Mark.entered_at > made.now)
    assert not count(session, Lesson, Lesson.topic.is_not(None), Lesson.held_on > school.today)
    shown = count(
        session,
        Lesson,
        Lesson.held_on == school.shown_day,
        Lesson.replaced_staff_id.is_not(None),
        Lesson.staff_id
        == Ground(session, organisation_id, made.journal, made.now)
        .employee(school.shown_teacher)
        .id,
    )
    assert shown == 1
    assert count(session, Excuse, Excuse.status == "submitted")
    assert verify_chain(session, organisation_id)[1] is None


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_deputy_has_work_before_him(session: Session, moment: str) -> None:
    """While the year lasts somebody is ill on a day to come, and his lessons want a teacher."""
    made, organisation_id = load(moment)
    bind(session, {organisation_id})
    absences = session.scalars(select(StaffAbsence)).all()
    coming = [one for one in made.school.lessons if one.day > made.school.today]
    assert len(absences) == (1 if coming else 0)
    for one in absences:
        wanting = select(func.count()).where(
            Lesson.staff_id == one.staff_id,
            Lesson.held_on == one.starts_on,
            Lesson.starts_at > made.now,
            Lesson.status == "scheduled",
        )
        assert (session.scalar(wanting) or 0) >= 3
    later = session.scalar(select(Term.id).where(Term.starts_on > made.school.today).limit(1))
    drafts = count(session, Timetable, Timetable.status == "draft")
    assert drafts == (1 if later else 0)
