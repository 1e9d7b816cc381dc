"""The schools of the demonstration region: cabinets the centre made on applications."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.audit import Origin
from journal.demo.names import draw_adult
from journal.office.enrolment.models import Enrolment
from journal.office.enrolment.rules import EnrolmentState
from journal.office.setup.founding import FirstPerson, Founded, found_organisation

ZONE = "Europe/Moscow"
MUNICIPALITIES = (
    "г. Зеленоборск",
    "Заречный район",
    "Лесной район",
    "Озёрский район",
    "Степной район",
)
CENTRE = "Центр мониторинга"


def drawn_person(rng: Random, position: str, role: Role, **contacts: str) -> FirstPerson:
    """Somebody of that role with an invented name."""
    name = draw_adult(rng, rng.choice("мж"))
    return FirstPerson(
        surname=name.surname,
        given_name=name.given_name,
        patronymic=name.patronymic,
        position=position,
        role=role,
        contacts=contacts,
    )


def made_school(
    session: Session, rng: Random, centre: int, number: int, origin: Origin, now: datetime
) -> Founded:
    """A school with its coordinator, and the approved application it was made of."""
    facts, first = _facts(rng, number), _coordinator(rng, number)
    organisation = {**facts, "kind": "school", "time_zone": ZONE}
    made = found_organisation(session, organisation, first, origin=origin, now=now)
    row = _application(centre, facts, first, now - timedelta(days=200 - number))
    row.state, row.decided_by = EnrolmentState.APPROVED.value, CENTRE
    row.decided_at = row.sent_at + timedelta(days=2)
    row.school_id, row.coordinator_id = made.organisation_id, made.person_id
    session.add(row)
    return made


def waiting_school(session: Session, rng: Random, centre: int, number: int, now: datetime) -> None:
    """A school that has applied and has no answer yet."""
    first = _coordinator(rng, number)
    session.add(_application(centre, _facts(rng, number), first, now - timedelta(hours=20)))


def _facts(rng: Random, number: int) -> dict[str, str]:
    kind = rng.choice(("СОШ", "СОШ", "СОШ", "ООШ", "лицей", "гимназия"))
    name, place = f"МБОУ {kind} № {number + 10}", MUNICIPALITIES[number % len(MUNICIPALITIES)]
    return {
        "code": f"48{number:04d}",
        "type_name": "Общеобразовательная организация",
        "full_name": f"{name}, {place}",
        "short_name": name,
        "municipality": place,
        "website": f"https://school{number + 10}.example.org",
    }


def _coordinator(rng: Random, number: int) -> FirstPerson:
    return drawn_person(
        rng,
        "Заместитель директора",
        Role.MONITORING_COORDINATOR,
        phone=f"+7 000 200-{number:02d}-00",
        email=f"school{number + 10}@region.example.org",
    )


def _application(
    centre: int, facts: dict[str, str], first: FirstPerson, sent_at: datetime
) -> Enrolment:
    return Enrolment(
        organisation_id=centre,
        state=EnrolmentState.WAITING.value,
        **facts,
        surname=first.surname,
        given_name=first.given_name,
        patronymic=first.patronymic,
        position=first.position,
        **first.contacts,
        basis="Официальный запрос руководителя",
        sent_at=sent_at,
    )
