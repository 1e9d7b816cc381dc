"""Two cards made one: everything moves, nothing is lost, and what would be is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.access import Actor, Role
from journal.core.audit import AuditEntry
from journal.core.errors import Forbidden, NotFound, RuleViolation
from journal.lessons.models import Lesson
from journal.messages.models import Letter, LetterCopy, LetterReply
from journal.office.merging.queries import likely_duplicates, preview
from journal.office.merging.service import merge_persons
from journal.office.merging.words import TABLES
from journal.people.actors import load_actor
from journal.people.models import (
    Account,
    Guardian,
    GuardianLink,
    Person,
    Pupil,
    RoleAssignment,
    StaffMember,
)
from journal.school.models import ClassGroup, ClassMembership
from tests.cast import NOW, Cast
from tests.factories import SchoolBuilder
from tests.features.retention.conftest import old_year

TODAY = NOW.date()
ActorOf = Callable[[str], Actor]


@pytest.fixture
def actor_of(db_session: Session, cast: Cast) -> ActorOf:
    """The actor of a member's session."""

    def load(name: str) -> Actor:
        actor = load_actor(
            db_session,
            account_id=cast[name].account_id,
            session_epoch=1,
            organisation_id=cast.school,
            client_address=None,
            now=NOW,
        )
        assert actor is not None
        return actor

    return load


def merge(session: Session, actor: Actor, kept: int, gone: int, *take: str) -> None:
    merge_persons(session, actor, kept_id=kept, gone_id=gone, take=take, now=NOW, today=TODAY)


def school_of(session: Session, cast: Cast) -> SchoolBuilder:
    return SchoolBuilder.of(session, cast.school)


def child_of(session: Session, cast: Cast, name: str) -> Pupil:
    return session.get_one(Pupil, cast.pupils[name])


def test_a_parent_entered_twice(db_session: Session, cast: Cast, actor_of: ActorOf) -> None:
    school, actor = school_of(db_session, cast), actor_of("administrator")
    first = cast["parent"]
    twin = school.guardian(
        "Елкина Вера Андреевна",
        child_of(db_session, cast, "sibling"),
        child_of(db_session, cast, "third"),
    )
    person = db_session.get_one(Person, twin.person_id)
    person.phone = "+7 900 123-45-67"
    letter = school.add(
        Letter,
        person_id=cast["own_teacher"].person_id,
        about="other",
        subject="Собрание",
        sent_at=NOW,
    )
    copies = [
        school.add(
            LetterCopy,
            letter_id=letter.id,
            person_id=one,
            pupil_id=cast.pupils["sibling"],
            text="В шесть",
        )
        for one in (first.person_id, person.id)
    ]
    school.add(LetterReply, copy_id=copies[1].id, person_id=person.id, text="Да", sent_at=NOW)
    found = likely_duplicates(db_session, of=first.person_id)
    assert [pair.other.person_id for pair in found] == [person.id]
    shown = preview(db_session, actor, kept_id=first.person_id, gone_id=person.id, today=TODAY)
    assert not shown.refusals
    assert {one.key: one.offered for one in shown.differences} == {
        "name": "kept",
        "phone": "gone",
        "login": "kept",
    }
    assert (TABLES["guardian_link"], 1) in shown.moved
    assert (TABLES["guardian_link"], 1) in shown.doubled
    account_id = person.account_id

    merge(db_session, actor, first.person_id, person.id, "phone")
    children = select(GuardianLink.pupil_id).where(GuardianLink.guardian_id == first.guardian_id)
    wanted = {cast.pupils[name] for name in ("pupil", "sibling", "third")}
    assert set(db_session.scalars(children)) == wanted
    kept = db_session.get_one(Person, first.person_id)
    assert (kept.phone, kept.account_id) == ("+7 900 123-45-67", first.account_id)
    assert db_session.get(Person, twin.person_id) is None
    account = db_session.get_one(Account, account_id)
    assert not account.active and account.session_epoch == 2
    assert db_session.scalars(select(LetterReply.copy_id)).all() == [copies[0].id]
    entry = db_session.execute(
        select(AuditEntry.about_id, AuditEntry.before).filter_by(action="merge_persons")
    ).one()
    assert entry.about_id == first.person_id and "Елкина" in entry.before


def test_a_teacher_who_is_a_parent_too(db_session: Session, cast: Cast, actor_of: ActorOf) -> None:
    school, teacher = school_of(db_session, cast), cast["own_teacher"]
    mother = school.guardian("Соколова Анна Ивановна", child_of(db_session, cast, "third"))
    merge(db_session, actor_of("administrator"), teacher.person_id, mother.person_id)
    row = db_session.get_one(Guardian, mother.id)
    assert row.person_id == teacher.person_id
    roles = select(RoleAssignment.role).filter_by(person_id=teacher.person_id)
    assert set(db_session.scalars(roles)) == {Role.TEACHER, Role.PARENT}


def test_two_cards_of_a_teacher(db_session: Session, cast: Cast, actor_of: ActorOf) -> None:
    school, other = school_of(db_session, cast), cast["other_teacher"]
    twin = school.staff("Лебедев Олег Петрович", Role.TEACHER, Role.SPECIALIST)
    number = twin.personnel_number
    lessons = select(func.count()).select_from(Lesson)
    held = db_session.scalar(lessons.where(Lesson.staff_id == other.staff_id))
    assert held
    actor = actor_of("administrator")
    merge(db_session, actor, twin.person_id, other.person_id, "login")
    assert db_session.scalar(lessons.where(Lesson.staff_id == twin.id)) == held
    assert db_session.get(StaffMember, other.staff_id) is None
    kept = db_session.get_one(Person, twin.person_id)
    assert kept.account_id == other.account_id
    assert db_session.get_one(StaffMember, twin.id).personnel_number == number


def test_a_pupil_keeps_the_card_with_entries(
    db_session: Session, cast: Cast, actor_of: ActorOf
) -> None:
    school, actor = school_of(db_session, cast), actor_of("administrator")
    own = db_session.get_one(ClassGroup, cast.classes["own"])
    twin = school.pupil("Елкин Артем Игоревич", own, from_day=date(2026, 10, 1))
    kept, file = cast["pupil"], twin.personal_file
    with pytest.raises(RuleViolation, match="Keep that card"):
        merge(db_session, actor, twin.person_id, kept.person_id)
    merge(db_session, actor, kept.person_id, twin.person_id, "personal_file")
    stays = select(ClassMembership.starts_on).filter_by(pupil_id=kept.pupil_id)
    assert db_session.scalars(stays).all() == [date(2026, 9, 1)]
    assert db_session.get_one(Pupil, kept.pupil_id).personal_file == file


def test_a_pupil_in_two_classes_at_once_is_refused(
    db_session: Session, cast: Cast, actor_of: ActorOf
) -> None:
    school, actor = school_of(db_session, cast), actor_of("administrator")
    other = db_session.get_one(ClassGroup, cast.classes["other"])
    twin = school.pupil("Ёлкин Артём Игоревич", other)
    shown = preview(
        db_session, actor, kept_id=cast["pupil"].person_id, gone_id=twin.person_id, today=TODAY
    )
    assert len(shown.refusals) == 1
    with pytest.raises(RuleViolation, match="contradict"):
        merge(db_session, actor, cast["pupil"].person_id, twin.person_id)
    assert db_session.get(Person, twin.person_id) is not None


def test_links_that_say_different_things_are_refused(
    db_session: Session, cast: Cast, actor_of: ActorOf
) -> None:
    school = school_of(db_session, cast)
    child = child_of(db_session, cast, "pupil")
    twin = school.guardian("Ёлкина Вера Андреевна", child, relation="other")
    with pytest.raises(RuleViolation, match="contradict"):
        merge(db_session, actor_of("administrator"), cast["parent"].person_id, twin.person_id)


def test_who_may_not_and_what_is_nobodys(
    db_session: Session, cast: Cast, actor_of: ActorOf
) -> None:
    ids = cast["parent"].person_id, cast["stranger_parent"].person_id
    with pytest.raises(Forbidden):
        merge(db_session, actor_of("deputy"), *ids)
    administrator = actor_of("administrator")
    with pytest.raises(NotFound):
        merge(db_session, administrator, ids[0], cast["foreign_parent"].person_id)
    with pytest.raises(RuleViolation, match="grown-up"):
        merge(db_session, administrator, ids[0], cast["stranger_pupil"].person_id)
    own = school_of(db_session, cast).staff("Зотова Инна Львовна", Role.TEACHER)
    with pytest.raises(RuleViolation, match="signed in"):
        merge(db_session, administrator, own.person_id, cast["administrator"].person_id)


def test_entries_of_an_archived_year_send_nobody_into_its_journals(
    db_session: Session, cast: Cast, actor_of: ActorOf
) -> None:
    """What nobody can take back is not asked for: the sentence names the year."""
    school, actor = school_of(db_session, cast), actor_of("administrator")
    twin = school.pupil("Елкин Артём", school.class_group("5Щ"))
    old = old_year(db_session, cast, 2021)
    pupil = child_of(db_session, cast, "pupil")
    lesson = db_session.get_one(Lesson, old.lesson)
    new = db_session.scalars(select(Lesson).where(Lesson.starts_at > lesson.starts_at)).first()
    assert new is not None
    school.absence(new, twin)
    db_session.flush()
    with pytest.raises(RuleViolation, match="Take the entries of the card that goes"):
        merge(db_session, actor, pupil.person_id, twin.person_id)
    with pytest.raises(RuleViolation, match="2021-2022"):
        merge(db_session, actor, twin.person_id, pupil.person_id)
    school.absence(lesson, twin)
    with pytest.raises(RuleViolation, match="stay apart") as told:
        merge(db_session, actor, pupil.person_id, twin.person_id)
    assert told.value.message.params["years"] == old.name
    seen = preview(db_session, actor, kept_id=pupil.person_id, gone_id=twin.person_id, today=TODAY)
    assert seen.refusals[0] == told.value.message
