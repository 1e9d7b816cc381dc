"""Commands of the enrolment: apply, approve, decline, open a cabinet, renew a password.

Everything is logged in the centre's chain; a new organisation and its passwords in its own too.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission, Role
from journal.core.audit import Change, Origin, record
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_, Message
from journal.core.tenancy import across, acting_for
from journal.messages.mail import Addressee, queue_mail
from journal.office.enrolment.models import CentreSite, Enrolment
from journal.office.enrolment.queries import check_runs_region, portal_centre
from journal.office.enrolment.rules import (
    ABOUT_MAX,
    Applicant,
    EnrolmentState,
    check_new_code,
    check_reason,
    key_digest,
    new_key,
)
from journal.office.setup.founding import FirstPerson, found_organisation
from journal.people.models import Organisation
from journal.people.notices import Link, NoticeKind, Recipients
from journal.people.service import (
    FreshPassword,
    IssuedCredentials,
    issue_credentials,
    origin_of,
)
from journal.people.telling import notify

_OUTSIDE = "whether a school with this code is there"


def apply(session: Session, applicant: Applicant, *, now: datetime) -> str:
    """An application of somebody who is not signed in; returns the secret of its address.

    NotFound without a centre; RuleViolation: code.
    """
    centre = portal_centre(session)
    if centre is None:
        raise NotFound()
    key = new_key()
    with acting_for(session, {centre.id}):
        _check_code(session, applicant.code)
        row = _row(centre.id, applicant, now)
        row.key_sha256 = key_digest(key)
        session.add(row)
        session.flush()
        sender = f"{applicant.surname} {applicant.given_name}, {applicant.short_name}"
        origin = Origin(account_id=None, actor_name=sender[:200])
        _log(session, centre.id, origin, "apply_for_cabinet", row, now)
        _tell_operators(session, centre.id, applicant, now)
        session.flush()
    return key


def _check_code(session: Session, code: str, *, but: int = 0) -> None:
    with across(session, _OUTSIDE):
        taken = session.scalar(select(Organisation.id).where(Organisation.code == code))
    waiting = session.scalar(
        select(Enrolment.id).where(
            Enrolment.code == code,
            Enrolment.state == EnrolmentState.WAITING.value,
            Enrolment.id != but,
        )
    )
    check_new_code(taken=taken is not None, waiting=waiting is not None)


def _row(centre_id: int, applicant: Applicant, now: datetime) -> Enrolment:
    return Enrolment(organisation_id=centre_id, sent_at=now, **asdict(applicant))


def _tell_operators(session: Session, centre_id: int, applicant: Applicant, now: datetime) -> None:
    notify(
        session,
        organisation_id=centre_id,
        kind=NoticeKind.MONITORING,
        to=Recipients(may=Permission.RUN_MONITORING),
        message=N_("%(school)s asks for a cabinet of the monitoring", school=applicant.short_name),
        now=now,
        link=Link("centre.organisations"),
    )


@dataclass(frozen=True, slots=True)
class OpenedCabinet:
    """A school that can sign in: its id and the first login, shown once."""

    school_id: int
    credentials: IssuedCredentials


def approve(
    session: Session, actor: Actor, enrolment_id: int, *, password: FreshPassword, now: datetime
) -> OpenedCabinet:
    """Make the organisation and its coordinator. NotFound; RuleViolation: code, state."""
    row = _waiting(session, actor, enrolment_id)
    _check_code(session, row.code, but=row.id)
    opened = _open(session, actor, row, password, now)
    subject = N_("The application for a cabinet of the monitoring is approved")
    lines = (
        N_("%(school)s has a cabinet in the regional monitoring.", school=row.short_name),
        N_(
            "The login is %(login)s. The centre hands out the temporary password.",
            login=opened.credentials.login,
        ),
    )
    _answer(session, row, subject, lines, now)
    return opened


def open_cabinet(
    session: Session, actor: Actor, applicant: Applicant, *, password: FreshPassword, now: datetime
) -> OpenedCabinet:
    """A cabinet on an official request on paper (R01). RuleViolation: code."""
    check_runs_region(actor)
    _check_code(session, applicant.code)
    row = _row(actor.organisation_id, applicant, now)
    return _open(session, actor, row, password, now)


def decline(
    session: Session, actor: Actor, enrolment_id: int, *, reason: str, now: datetime
) -> None:
    """Turn an application down; the school reads why. RuleViolation: reason, state."""
    row = _waiting(session, actor, enrolment_id)
    check_reason(reason)
    row.reason = reason.strip()
    _decide(row, actor, EnrolmentState.DECLINED, now)
    session.flush()
    _log(session, actor.organisation_id, origin_of(actor), "decline_cabinet", row, now)
    subject = N_("The application for a cabinet of the monitoring is declined")
    _answer(session, row, subject, (row.reason,), now)


def _waiting(session: Session, actor: Actor, enrolment_id: int) -> Enrolment:
    check_runs_region(actor)
    row = session.scalar(select(Enrolment).where(Enrolment.id == enrolment_id).with_for_update())
    if row is None:
        raise NotFound()
    if row.state != EnrolmentState.WAITING.value:
        raise RuleViolation("state", N_("This application is decided already."))
    return row


def _decide(row: Enrolment, actor: Actor, state: EnrolmentState, now: datetime) -> None:
    row.state, row.decided_at, row.decided_by = state.value, now, actor.name


def _open(
    session: Session, actor: Actor, row: Enrolment, password: FreshPassword, now: datetime
) -> OpenedCabinet:
    named = ("code", "type_name", "full_name", "short_name", "municipality", "website")
    facts = {name: getattr(row, name) for name in named}
    first = FirstPerson(
        surname=row.surname,
        given_name=row.given_name,
        patronymic=row.patronymic,
        position=row.position,
        role=Role.MONITORING_COORDINATOR,
        contacts={"phone": row.phone, "email": row.email},
    )
    zone = session.get_one(Organisation, actor.organisation_id).time_zone
    facts |= {"kind": "school", "time_zone": zone}
    founded = found_organisation(session, facts, first, origin=origin_of(actor), now=now)
    row.school_id, row.coordinator_id = founded.organisation_id, founded.person_id
    _decide(row, actor, EnrolmentState.APPROVED, now)
    session.add(row)
    session.flush()
    _log(session, actor.organisation_id, origin_of(actor), "open_cabinet", row, now)
    issued = _issue(session, actor, row, password, now)
    return OpenedCabinet(founded.organisation_id, issued)


def renew_password(
    session: Session, actor: Actor, school_id: int, *, password: FreshPassword, now: datetime
) -> IssuedCredentials:
    """A new temporary password of the coordinator of a cabinet the centre made. NotFound for a
    school that keeps its journal here: its own administrator does that."""
    check_runs_region(actor)
    row = session.scalar(select(Enrolment).where(Enrolment.school_id == school_id))
    if row is None:
        raise NotFound()
    _log(session, actor.organisation_id, origin_of(actor), "renew_coordinator", row, now)
    return _issue(session, actor, row, password, now)


def _issue(
    session: Session, actor: Actor, row: Enrolment, password: FreshPassword, now: datetime
) -> IssuedCredentials:
    """Of the person made with the cabinet, in the school's own chain."""
    school_id, person_id = row.school_id or 0, row.coordinator_id or 0
    with acting_for(session, {school_id}):
        (issued,) = issue_credentials(
            session,
            organisation_id=school_id,
            origin=origin_of(actor),
            person_ids=[person_id],
            now=now,
            passwords=[password],
        )
    return issued


def save_site(session: Session, actor: Actor, *, about: str, now: datetime) -> None:
    """The words of «О проекте». RuleViolation: about."""
    check_runs_region(actor)
    text = about.strip()
    if len(text) > ABOUT_MAX:
        raise RuleViolation("about", N_("Use at most %(max)s characters.", max=ABOUT_MAX))
    row = session.scalar(select(CentreSite))
    if row is None:
        row = CentreSite(organisation_id=actor.organisation_id, about="")
        session.add(row)
    before, row.about, row.changed_at = row.about, text, now
    session.flush()
    if before != text:
        change = Change(
            action="change",
            object_type="monitoring_site",
            object_id=row.id,
            before={"text": before},
            after={"text": text},
        )
        origin = origin_of(actor)
        record(session, organisation_id=row.organisation_id, origin=origin, change=change, now=now)


def _answer(
    session: Session,
    row: Enrolment,
    subject: Message,
    lines: tuple[Message | str, ...],
    now: datetime,
) -> None:
    queue_mail(
        session,
        organisation_id=row.organisation_id,
        to=Addressee(address=row.email),
        subject=subject,
        lines=lines,
        now=now,
        link=Link("common.sign_in"),
        secret=True,
    )


def _log(
    session: Session, centre_id: int, origin: Origin, action: str, row: Enrolment, now: datetime
) -> None:
    facts: dict[str, Any] = {"code": row.code, "name": row.short_name, "reason": row.reason}
    change = Change(
        action=action,
        object_type="monitoring_enrolment",
        object_id=row.id,
        after={name: value for name, value in facts.items() if value},
    )
    record(session, organisation_id=centre_id, origin=origin, change=change, now=now)
