"""Reads of the enrolment: the public site, applications, schools with their coordinators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission, Role
from journal.core.errors import Forbidden, NotFound
from journal.core.paging import Page, page_of
from journal.core.tenancy import across
from journal.core.text import search_words
from journal.office.enrolment.models import CentreSite, Enrolment
from journal.office.enrolment.rules import Applicant, EnrolmentState, key_digest
from journal.people.directory import ACCESS_COLUMNS, NAME_COLUMNS, AccessState, access_of, name_of
from journal.people.models import Account, Organisation, Person, RoleAssignment, StaffMember
from journal.people.rules import full_name

PUBLIC = "the public site of the monitoring shows what the centre publishes"
SCHOOLS_A_PAGE = 50
CENTRE = "the centre sees the coordinators of the schools of its region"


@dataclass(frozen=True, slots=True)
class Centre:
    """The regional centre as its public site shows it."""

    id: int
    full_name: str
    short_name: str
    website: str | None
    address: str | None
    phone: str | None
    email: str | None
    support_contact: str | None
    time_zone: str
    about: str

    @property
    def site_address(self) -> str | None:
        """Where «Официальный сайт» leads; people type it without a scheme."""
        if not self.website or self.website.startswith(("http://", "https://")):
            return self.website
        return f"https://{self.website}"


def portal_centre(session: Session) -> Centre | None:
    """The centre of this installation, the first made when there are several; None without one."""
    query: Select[*tuple[Any, ...]] = (
        select(
            Organisation.id,
            Organisation.full_name,
            Organisation.short_name,
            Organisation.website,
            Organisation.address,
            Organisation.phone,
            Organisation.email,
            Organisation.support_contact,
            Organisation.time_zone,
            func.coalesce(CentreSite.about, ""),
        )
        .outerjoin(CentreSite, CentreSite.organisation_id == Organisation.id)
        .where(Organisation.kind == "regional_centre")
        .order_by(Organisation.id)
        .limit(1)
    )
    with across(session, PUBLIC):
        row = session.execute(query).first()
    return Centre(*row) if row else None


def check_runs_region(actor: Actor) -> None:
    """Forbidden unless the actor works at a regional centre."""
    if not actor.may(Permission.RUN_MONITORING):
        raise Forbidden()


def own_about(session: Session, actor: Actor) -> str:
    """What the actor's centre tells of the project."""
    check_runs_region(actor)
    return session.scalar(select(CentreSite.about)) or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentCard(Applicant):
    """An application as the centre and its sender read it."""

    id: int
    state: EnrolmentState
    sent_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    reason: str | None

    @property
    def coordinator(self) -> str:
        """Фамилия Имя Отчество."""
        return full_name(self.surname, self.given_name, self.patronymic)


_CARD = tuple(getattr(Enrolment, name) for name in EnrolmentCard.__dataclass_fields__)


def _card(row: Mapping[Any, Any]) -> EnrolmentCard:
    return EnrolmentCard(**{**row, "state": EnrolmentState(row["state"])})


def enrolment_by_key(session: Session, key: str) -> EnrolmentCard:
    """The application of a secret address; NotFound for every other."""
    query = select(*_CARD).where(Enrolment.key_sha256 == key_digest(key))
    with across(session, PUBLIC):
        row = session.execute(query).mappings().first()
    if row is None:
        raise NotFound()
    return _card(row)


def own_enrolment(session: Session, actor: Actor, enrolment_id: int) -> EnrolmentCard:
    """An application to the actor's centre. NotFound, Forbidden."""
    check_runs_region(actor)
    query = select(*_CARD).where(Enrolment.id == enrolment_id)
    row = session.execute(query).mappings().first()
    if row is None:
        raise NotFound()
    return _card(row)


def waiting_enrolments(session: Session, actor: Actor) -> list[EnrolmentCard]:
    """The queue, the oldest first."""
    check_runs_region(actor)
    waiting = Enrolment.state == EnrolmentState.WAITING.value
    query = select(*_CARD).where(waiting).order_by(Enrolment.sent_at, Enrolment.id)
    return [_card(row) for row in session.execute(query).mappings()]


def decided_enrolments(session: Session, actor: Actor, *, number: int) -> Page[EnrolmentCard]:
    """What was decided, the latest first."""
    check_runs_region(actor)
    decided = Enrolment.state != EnrolmentState.WAITING.value
    query = select(*_CARD).where(decided)
    query = query.order_by(Enrolment.decided_at.desc(), Enrolment.id.desc())
    rows, shown, total = page_of(session, query, number)
    return Page(tuple(_card(row._mapping) for row in rows), shown, total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinator:
    """A monitoring coordinator of a school, and how far his access is."""

    person_id: int
    name: str
    position: str
    phone: str | None
    email: str | None
    access: AccessState


@dataclass(frozen=True, slots=True)
class RegionSchool:
    """A school of the region. `made_here`: the centre made its cabinet and keeps its passwords."""

    id: int
    code: str
    name: str
    municipality: str
    made_here: bool
    coordinators: tuple[Coordinator, ...]


def region_schools(
    session: Session, actor: Actor, *, typed: str, number: int
) -> Page[RegionSchool]:
    """A page of the schools of the installation with their coordinators, by municipality and name.

    Three statements. Every word typed must be in code, name or municipality.
    """
    check_runs_region(actor)
    fits = [Organisation.kind == "school", *_fits(typed)]
    total = session.scalar(select(func.count()).select_from(Organisation).where(*fits)) or 0
    shown = min(max(number, 1), max(1, -(-total // SCHOOLS_A_PAGE)))
    there = _schools().where(*fits).offset((shown - 1) * SCHOOLS_A_PAGE)
    here = session.execute(there).all()
    with across(session, CENTRE):
        found = _coordinators(session, [row.id for row in here])
    schools = (
        RegionSchool(row.id, row.code, row.name, row.municipality, row.made_here, found[row.id])
        for row in here
    )
    return Page(tuple(schools), shown, total, size=SCHOOLS_A_PAGE)


def _schools() -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(
            Organisation.id,
            Organisation.code,
            Organisation.short_name.label("name"),
            func.coalesce(Organisation.municipality, "").label("municipality"),
            Enrolment.id.is_not(None).label("made_here"),
        )
        .outerjoin(Enrolment, Enrolment.school_id == Organisation.id)
        .order_by(Organisation.list_key, Organisation.id)
        .limit(SCHOOLS_A_PAGE)
    )
    return query


def _fits(typed: str) -> list[ColumnElement[bool]]:
    """Any reading of what was typed, every word of it; nothing typed fits all."""
    known = Organisation.search_key
    readings = [
        and_(*(known.contains(word, autoescape=True) for word in words))
        for words in search_words(typed)
    ]
    return [or_(*readings)] if readings else []


def _coordinators(
    session: Session, school_ids: Collection[int]
) -> Mapping[int, tuple[Coordinator, ...]]:
    found: dict[int, tuple[Coordinator, ...]] = defaultdict(tuple)
    for row in session.execute(_coordinators_of(school_ids)):
        found[row.organisation_id] += (_coordinator(row),)
    return found


def _coordinators_of(school_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    at_work = and_(StaffMember.person_id == Person.id, StaffMember.left_on.is_(None))
    query: Select[*tuple[Any, ...]] = (
        select(
            Person.organisation_id,
            Person.id,
            *NAME_COLUMNS,
            StaffMember.position,
            Person.phone,
            Person.email,
            *ACCESS_COLUMNS,
        )
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .join(StaffMember, at_work)
        .outerjoin(Account, Account.id == Person.account_id)
        .where(
            Person.organisation_id.in_(list(school_ids)),
            RoleAssignment.role == Role.MONITORING_COORDINATOR.value,
        )
        .order_by(Person.sort_key, Person.id)
    )
    return query


def _coordinator(row: Row[Any]) -> Coordinator:
    return Coordinator(
        person_id=row.id,
        name=name_of(row),
        position=row.position,
        phone=row.phone,
        email=row.email,
        access=access_of(row),
    )
