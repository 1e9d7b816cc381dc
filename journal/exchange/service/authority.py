"""Commands of sending results to the education authority (R15); in the chain of the centre."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change, Origin, record
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_, Message
from journal.core.tenancy import acting_for
from journal.exchange.authority import (
    DAYS,
    SendingView,
    check_sendable,
    digest_of,
    new_key,
    sending_by_key,
)
from journal.exchange.models import ResultsSending
from journal.exchange.queries import ProcedureCard, own_procedure
from journal.exchange.service.centre import log
from journal.messages.mail import Addressee, queue_mail


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveringLetter:
    """To whom the results go, and the words that go with them."""

    authority: str
    email: str | None
    number: str
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The files that are sent, and of how many schools they speak."""

    pdf: bytes
    xlsx: bytes
    schools: int


def send_results(
    session: Session,
    actor: Actor,
    procedure_id: int,
    letter: CoveringLetter,
    papers: Papers,
    *,
    address: Callable[[str], str],
    now: datetime,
) -> str:
    """Keep what is sent and let the authority have it at a secret address, for ninety days; by
    e-mail where one is given. `address` makes the address of a secret; returns the secret, which
    is kept nowhere. RuleViolation: authority, number."""
    card = own_procedure(session, actor, procedure_id)
    check_sendable(card, papers.schools, now)
    if not letter.authority.strip():
        raise RuleViolation("authority", N_("Name the authority."))
    key = new_key()
    row = ResultsSending(procedure_id=card.id, centre_id=card.centre_id, **asdict(letter))
    row.pdf, row.xlsx, row.schools = papers.pdf, papers.xlsx, papers.schools
    row.sender, row.key_sha256 = actor.name, digest_of(key)
    row.sent_at, row.open_before = now, now + timedelta(days=DAYS)
    _keep(session, row)
    facts = {"sending": row.id, **asdict(letter), "schools": papers.schools}
    log(session, actor, "send_results", card.id, None, facts, now)
    if letter.email:
        _mail(session, card, letter, address(key), now)
    return key


def _keep(session: Session, row: ResultsSending) -> None:
    session.add(row)
    session.flush()


def _mail(
    session: Session, card: ProcedureCard, letter: CoveringLetter, address: str, now: datetime
) -> None:
    lines: tuple[Message | str, ...] = (
        *(line for line in letter.letter.split("\n") if line.strip()),
        N_("The results stand at this address for %(days)s days:", days=DAYS),
        address,
    )
    queue_mail(
        session,
        organisation_id=card.centre_id,
        to=Addressee(address=letter.email or ""),
        subject=N_("Results: %(title)s", title=card.title),
        lines=lines,
        now=now,
        secret=True,
    )


def withdraw_results(
    session: Session, actor: Actor, procedure_id: int, sending_id: int, *, now: datetime
) -> None:
    """The address leads nowhere from now on; what was sent stays in the list. Twice is once."""
    card = own_procedure(session, actor, procedure_id)
    row = session.scalar(
        select(ResultsSending).where(
            ResultsSending.id == sending_id, ResultsSending.procedure_id == card.id
        )
    )
    if row is None:
        raise NotFound()
    if row.withdrawn_at is not None:
        return
    row.withdrawn_at = now
    session.flush()
    log(session, actor, "withdraw_results", card.id, None, {"sending": sending_id}, now)


def confirm_receipt(session: Session, key: str, *, now: datetime) -> None:
    """The authority has it: the first time is kept and logged. Raises NotFound."""
    found = sending_by_key(session, key, now=now)
    if found.received_at is None:
        session.get_one(ResultsSending, found.id).received_at = now
        session.flush()
        _log_receipt(session, found, now)


def _log_receipt(session: Session, found: SendingView, now: datetime) -> None:
    with acting_for(session, {found.centre_id}):
        change = Change(
            action="confirm_receipt",
            object_type="procedure",
            object_id=found.procedure_id,
            after={"sending": found.id},
        )
        origin = Origin(account_id=None, actor_name=found.authority[:200])
        record(session, organisation_id=found.centre_id, origin=origin, change=change, now=now)
        session.flush()
