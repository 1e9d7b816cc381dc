"""A region around the cast: a centre with an operator, coordinators in both schools."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from journal.access import Actor, Role
from journal.core.tenancy import across, bind
from journal.exchange.forms import MP1
from journal.exchange.service import centre
from journal.exchange.service.centre import ProcedurePlan
from journal.people.actors import load_actor
from journal.people.models import Organisation, Person
from tests.cast import NOW, Cast
from tests.factories import SchoolBuilder

OPENS = NOW - timedelta(days=5)
CLOSES = datetime(2026, 11, 29, 21, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Region:
    """The people of a monitoring, and ids of what they are in."""

    session: Session
    centre: int
    operator: Actor
    coordinator: Actor
    responsible: Actor
    responsible_staff: int
    teacher: Actor
    neighbour: Actor
    school: int
    foreign_school: int

    def as_(self, actor: Actor) -> Session:
        """The session bound as a request of that actor binds it."""
        self.session.flush()
        bind(self.session, {actor.organisation_id})
        return self.session


def region(session: Session, cast: Cast) -> Region:
    """Write it; nothing is committed."""
    with across(session, "a region of the tests"):
        centre = SchoolBuilder(session, code="CMOKO", name="Центр мониторинга")
        session.get_one(Organisation, centre.organisation.id).kind = "regional_centre"
        operator = centre.staff("Регионова Ольга Олеговна", Role.REGIONAL_OPERATOR)
        school = SchoolBuilder.of(session, cast.school)
        coordinator = school.staff("Сидоров Алексей Алексеевич", Role.MONITORING_COORDINATOR)
        responsible = school.staff("Отвечалова Ия Ильинична", Role.MONITORING_RESPONSIBLE)
        foreign = SchoolBuilder.of(session, cast.foreign_school)
        neighbour = foreign.staff("Соседов Пётр Петрович", Role.MONITORING_COORDINATOR)
        session.flush()
        accounts = {
            name: session.get_one(Person, staff.person_id).account_id
            for name, staff in (
                ("operator", operator),
                ("coordinator", coordinator),
                ("responsible", responsible),
                ("neighbour", neighbour),
            )
        }
    actors: dict[str, Any] = {name: actor_of(session, one) for name, one in accounts.items()}
    return Region(
        session=session,
        centre=centre.organisation.id,
        responsible_staff=responsible.id,
        teacher=actor_of(session, cast["own_teacher"].account_id),
        school=cast.school,
        foreign_school=cast.foreign_school,
        **actors,
    )


def actor_of(session: Session, account_id: int | None) -> Actor:
    """The signed-in account."""
    assert account_id is not None
    found = load_actor(
        session,
        account_id=account_id,
        session_epoch=1,
        organisation_id=None,
        client_address=None,
        now=NOW,
    )
    assert found is not None
    return found


def plan(**changes: Any) -> ProcedurePlan:
    """A procedure that is open now."""
    facts: dict[str, Any] = {
        "title": "Областной мониторинг посещаемости",
        "form_schema": MP1.schema,
        "form_version": MP1.version,
        "year": "2026-2027",
        "period": "H1",
        "opens_at": OPENS,
        "closes_before": CLOSES,
    }
    return ProcedurePlan(**{**facts, **changes})


def opened(here: Region, **changes: Any) -> int:
    """An open procedure of both schools."""
    session, operator = here.as_(here.operator), here.operator
    procedure_id = centre.create_procedure(session, operator, plan(**changes), now=NOW)
    schools = [here.school, here.foreign_school]
    centre.set_audience(session, operator, procedure_id, schools, now=NOW)
    centre.open_procedure(session, operator, procedure_id, now=NOW)
    return procedure_id
