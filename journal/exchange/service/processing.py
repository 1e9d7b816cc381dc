"""Processing what was sent: reading and checking outside of a transaction, settling inside of one.

An attempt is settled once: whoever comes second, after a crash or beside another process, finds it
settled and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.core.audit import Change, Origin, record
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.exchange.control import Finding, findings, message, nothing_typed
from journal.exchange.figures import Content, Figures
from journal.exchange.filling import Order, journal_findings
from journal.exchange.models import Attempt, Participation, Submission
from journal.exchange.queries import ProcedureCard, filled_facts, procedure_card
from journal.exchange.service.notices import tell_outcome
from journal.exchange.snapshot import Snapshot, snapshot
from journal.exchange.storage import content_of, content_text, findings_text
from journal.exchange.summing import summary_text, summed
from journal.exchange.workbook import Heading
from journal.exchange.workbook.marking import marked_form
from journal.exchange.workbook.reading import Reading, read_form
from journal.exchange.workbook.structure import Expected
from journal.people.queries import organisation_card

RECEIVED, ACCEPTED, REFUSED = "received", "accepted", "refused"


@dataclass(frozen=True, slots=True)
class Checked:
    """An attempt with what there is to say of it; without `content` it could not be read. `marked`
    is the coloured copy of a form that is not accepted."""

    attempt_id: int
    procedure: ProcedureCard
    content: Content | None
    findings: tuple[Finding, ...]
    marked: bytes | None = None

    @property
    def accepted(self) -> bool:
        """Readable, without errors, every warning explained."""
        return self.content is not None and not any(one.open for one in self.findings)


def order_of(card: ProcedureCard, *, empty: bool = False) -> Order:
    """Which workbook a procedure wants."""
    return Order(
        form=card.form,
        year=card.year,
        period=card.period,
        thresholds=card.thresholds,
        procedure_id=str(card.id),
        empty=empty,
    )


def check_attempt(session: Session, attempt_id: int, *, secret: str) -> Checked:
    """Read and check an attempt; writes nothing. The session is bound to the school."""
    row = _attempt(session, attempt_id)
    card = procedure_card(session, row.procedure_id)
    heading = heading_of(session, card, row.organisation_id, row.received_at)
    reading = _reading(row, heading, secret)
    found = reading.findings
    if reading.content is not None:
        at = _as_of(session, row, reading)
        school = _journal(session, card, row.organisation_id, at)
        if school is not None:
            found = (*found, *journal_findings(order_of(card), school, reading.content))
            heading = replace(heading, spans=school.spans)
    checked = Checked(attempt_id, card, reading.content, found)
    if checked.accepted:
        return checked
    at = row.received_at
    return replace(checked, marked=marked_form(reading, found, heading, secret=secret, made_at=at))


def _reading(row: Any, heading: Heading, secret: str) -> Reading:
    if row.kind == "table":
        content = content_of(row.content)
        if nothing_typed(content):
            return Reading((Finding(code="M06", text=message("M06")),))
        figures = Figures(heading.form, content, heading.thresholds)
        return Reading(tuple(findings(figures, heading.period)), content)
    if row.data is None:
        return Reading((Finding(code="F04", text=message("F04")),))
    return read_form(row.data, Expected(heading=heading, secret=secret))


def _as_of(session: Session, row: Any, reading: Reading) -> datetime:
    """A form is compared with the journal as of the instant it was made of: lessons held since do
    not make its figures wrong. A table is made of the latest filling, if there was one."""
    made_at = reading.snapshot_at
    if row.kind == "table":
        filled = filled_facts(session, row.participation_id)
        made_at = None if filled is None else filled.as_of
    received: datetime = row.received_at
    return received if made_at is None else min(made_at, received)


def _attempt(session: Session, attempt_id: int) -> Any:
    row = session.execute(
        select(
            Attempt.kind,
            Attempt.data,
            Attempt.content,
            Attempt.received_at,
            Attempt.organisation_id,
            Attempt.participation_id,
            Participation.procedure_id,
        )
        .join(Participation, Participation.id == Attempt.participation_id)
        .where(Attempt.id == attempt_id)
    ).one_or_none()
    if row is None:
        raise NotFound()
    return row


def heading_of(
    session: Session, card: ProcedureCard, organisation_id: int, at: datetime
) -> Heading:
    """The head of a school's workbook of the procedure, without the days of its sheets."""
    school = organisation_card(session, organisation_id)
    return Heading(
        form=card.form,
        organisation_code=school.code,
        organisation_name=school.full_name,
        municipality=school.municipality,
        year=card.year,
        period=card.period,
        snapshot_at=at,
        thresholds=card.thresholds,
        procedure_id=str(card.id),
    )


def _journal(
    session: Session, card: ProcedureCard, organisation_id: int, at: datetime
) -> Snapshot | None:
    """What the journal of this installation knows; None for a school that keeps another one."""
    try:
        school = snapshot(
            session,
            card.form,
            organisation_id=organisation_id,
            year=card.year,
            thresholds=card.thresholds,
            as_of=at,
        )
    except NotFound:
        return None
    rows = (row for rows in school.content.numbers.values() for row in rows)
    return school if any(row.get("L") for row in rows) else None


def settle(session: Session, checked: Checked, *, now: datetime) -> bool:
    """Write what became of the attempt; True when it is (or was already) accepted. An accepted one
    becomes the next version of the school's submission; of a refused one only the log remains."""
    attempt = session.scalar(
        select(Attempt)
        .where(Attempt.id == checked.attempt_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if attempt is None:
        raise NotFound()
    if attempt.state != RECEIVED:
        return attempt.state == ACCEPTED
    attempt.findings, attempt.processed_at = findings_text(checked.findings), now
    if checked.accepted:
        _accept(session, attempt, checked, now)
    else:
        attempt.state, attempt.data, attempt.marked = REFUSED, None, checked.marked
    session.flush()
    _tell(session, attempt, checked, now)
    _log(session, attempt, checked, now)
    return checked.accepted


def _tell(session: Session, attempt: Attempt, checked: Checked, now: datetime) -> None:
    """Word of the outcome for the coordinators and who filled the form in."""
    row = session.get_one(Participation, attempt.participation_id)
    title = checked.procedure.title
    message = (
        N_("«%(title)s»: the report of your school is accepted.", title=title)
        if checked.accepted
        else N_(
            "«%(title)s»: the report of your school was not accepted, remarks: %(count)s.",
            title=title,
            count=sum(one.open for one in checked.findings),
        )
    )
    tell_outcome(session, row, attempt.id, message, now)


def _accept(session: Session, attempt: Attempt, checked: Checked, now: datetime) -> None:
    assert checked.content is not None
    last = session.scalar(
        select(func.max(Submission.number)).where(
            Submission.participation_id == attempt.participation_id
        )
    )
    attempt.state = ACCEPTED
    session.add(
        Submission(
            organisation_id=attempt.organisation_id,
            participation_id=attempt.participation_id,
            attempt_id=attempt.id,
            number=(last or 0) + 1,
            form_schema=checked.procedure.form_schema,
            form_version=checked.procedure.form_version,
            content=content_text(checked.content),
            findings=findings_text(checked.findings),
            summary=_summary(checked.procedure, checked.content),
            accepted_at=now,
        )
    )
    session.get_one(Participation, attempt.participation_id).submitted_at = attempt.received_at


def _summary(card: ProcedureCard, content: Content) -> str:
    return summary_text(summed(card.form, card.period, content, card.thresholds))


def _log(session: Session, attempt: Attempt, checked: Checked, now: datetime) -> None:
    codes = sorted({one.code for one in checked.findings})
    record(
        session,
        organisation_id=attempt.organisation_id,
        origin=Origin(account_id=attempt.account_id, actor_name=attempt.sender),
        change=Change(
            action="settle_form",
            object_type="participation",
            object_id=attempt.participation_id,
            within_id=checked.procedure.id,
            after={"attempt": attempt.id, "state": attempt.state, "codes": codes},
        ),
        now=now,
    )
