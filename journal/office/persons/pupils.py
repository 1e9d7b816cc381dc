"""Commands on pupils: enrolment by order, changed data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Role
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.office.persons.rows import PersonFacts, Whom, add_person, change_row, give_role
from journal.office.setup.rows import may_set_up, note, owned_row
from journal.people.models import Pupil
from journal.school.models import AcademicYear, ClassGroup, ClassMembership


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """зачисление: the class and the order."""

    class_id: int
    enrolled_on: date
    order: str | None

    @property
    def columns(self) -> dict[str, Any]:
        """What the pupil's row keeps."""
        return {"enrolled_on": self.enrolled_on, "enrolment_order": self.order}


def enrol_pupil(
    session: Session,
    actor: Actor,
    *,
    person: PersonFacts,
    personal_file: str,
    enrolment: Enrolment,
    now: datetime,
) -> int:
    """Enter a pupil into a class; returns the person.

    RuleViolation: personal_file, born_on, enrolled_on.
    """
    may_set_up(actor)
    _check_file(session, None, personal_file)
    _check_birth(person, enrolment.enrolled_on)
    group, begins = _place(session, enrolment)
    row = add_person(session, actor, person)
    here = {**enrolment.columns, "personal_file": personal_file, "entry_class": group.name}
    pupil = Pupil(organisation_id=actor.organisation_id, person_id=row.id, **here)
    session.add(pupil)
    session.flush()
    _begin_stay(session, pupil, group, begins)
    give_role(session, actor, row.id, Role.PUPIL)
    told = {**person.shown, **here}
    note(session, actor, "create", pupil, after=told, now=now, about_id=pupil.id)
    return row.id


def _begin_stay(session: Session, pupil: Pupil, group: ClassGroup, begins: date) -> None:
    ids = {"pupil_id": pupil.id, "class_group_id": group.id}
    place = {"organisation_id": pupil.organisation_id}
    session.add(ClassMembership(starts_on=begins, **ids, **place))
    session.flush()


def _place(session: Session, enrolment: Enrolment) -> tuple[ClassGroup, date]:
    """The class and the first day in it: that of its year for who came before."""
    group = owned_row(session, ClassGroup, enrolment.class_id)
    year = owned_row(session, AcademicYear, group.academic_year_id)
    if enrolment.enrolled_on >= year.ends_before:
        message = N_("The class ends before this day. Choose a class of that year.")
        raise RuleViolation("enrolled_on", message)
    return group, max(enrolment.enrolled_on, year.starts_on)


def save_pupil(
    session: Session,
    actor: Actor,
    *,
    whom: Whom,
    person: PersonFacts,
    personal_file: str,
    now: datetime,
) -> None:
    """Change a pupil's data; his classes change by movement. RuleViolation: personal_file,
    born_on."""
    pupil = whom.pupil
    if pupil is None:
        raise NotFound()
    _check_file(session, pupil.id, personal_file)
    _check_birth(person, pupil.enrolled_on)
    change_row(session, actor, whom.person, person.columns, whom.person.id, now)
    change_row(session, actor, pupil, {"personal_file": personal_file}, pupil.id, now)


def _check_file(session: Session, pupil_id: int | None, personal_file: str) -> None:
    taken = session.scalar(select(Pupil.id).where(Pupil.personal_file == personal_file))
    if taken not in (None, pupil_id):
        message = N_("Another pupil has this personal file. Correct the number.")
        raise RuleViolation("personal_file", message)


def _check_birth(person: PersonFacts, enrolled_on: date) -> None:
    if person.born_on is not None and person.born_on >= enrolled_on:
        message = N_("The pupil is born after enrolment. Correct the date.")
        raise RuleViolation("born_on", message)
