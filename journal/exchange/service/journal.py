"""The form filled from the school's journal: made by a job, looked at, put into the table, sent.

Counting a school takes seconds, so it is done outside of a transaction and kept: what is looked at
is what is downloaded and sent.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.errors import NotFound, RuleViolation
from journal.core.jobs import Queued, enqueue_once
from journal.core.messages import N_
from journal.exchange.figures import Content, Explanation
from journal.exchange.filling import Filled, Order, filled
from journal.exchange.models import FilledForm, Participation
from journal.exchange.queries import (
    DraftView,
    ParticipationCard,
    draft_of,
    filled_of,
    participation,
    procedure_card,
)
from journal.exchange.rules import check_may_fill
from journal.exchange.service.processing import order_of
from journal.exchange.service.school import save_draft, send_table
from journal.exchange.storage import content_text, findings_text
from journal.exchange.workbook import Heading
from journal.webkit.job_kinds import FILL_FORM

NOT_FILLED = N_("The form is not filled from the journal yet. Fill it first.")


@dataclass(frozen=True, slots=True)
class Made:
    """A filled form of a participation with the sizes of its workbooks in bytes."""

    participation_id: int
    filled: Filled
    sizes: tuple[int, int]
    as_of: datetime


def ask_filling(session: Session, actor: Actor, procedure_id: int, *, now: datetime) -> Queued:
    """Have the form filled from the journal as of now, unless that is under way."""
    card = participation(session, actor, procedure_id)
    check_may_fill(card.part)
    return enqueue_once(
        session,
        organisation_id=card.organisation_id,
        kind=FILL_FORM,
        params={"participation": card.id, "procedure": procedure_id},
        account_id=actor.account_id,
        now=now,
        for_all=True,
    )


def fill(session: Session, participation_id: int, *, secret: str, now: datetime) -> Made:
    """Count the school and write its workbooks; changes nothing. The session is bound to it."""
    row = session.get(Participation, participation_id)
    if row is None:
        raise NotFound()
    card = procedure_card(session, row.procedure_id)
    made = filled(session, order_of(card), organisation_id=row.organisation_id, as_of=now)
    inside = card.form.periods[card.period]
    numbers = {name: rows for name, rows in made.content.numbers.items() if name in inside}
    made = replace(made, content=replace(made.content, numbers=numbers))
    xls, xlsx = (len(made.workbook(suffix=one, secret=secret)) for one in (".xls", ".xlsx"))
    return Made(participation_id, made, (xls, xlsx), now)


def keep_filled(session: Session, made: Made) -> None:
    """Keep what was filled instead of what was kept before. A later one stays."""
    row = session.get(FilledForm, made.participation_id)
    if row is not None and row.as_of > made.as_of:
        return
    if row is None:
        owner = session.get_one(Participation, made.participation_id).organisation_id
        row = FilledForm(participation_id=made.participation_id, organisation_id=owner)
        session.add(row)
    days = made.filled.heading.spans.items()
    row.content = content_text(made.filled.content)
    row.findings = findings_text(made.filled.findings)
    row.spans = json.dumps({name: [one.isoformat() for one in span] for name, span in days})
    row.xls_size, row.xlsx_size = made.sizes
    row.as_of = made.as_of
    session.flush()


def take_filled(
    session: Session,
    actor: Actor,
    procedure_id: int,
    *,
    explanations: Sequence[Explanation],
    now: datetime,
) -> int:
    """Put the figures of the journal into the on-line table; returns the table's version. What
    stood there is replaced; explanations already given stay unless they are given anew."""
    card = participation(session, actor, procedure_id)
    view = filled_of(session, card.id)
    if view is None:
        raise RuleViolation("file", NOT_FILLED)
    draft = draft_of(session, card.id)
    given = [] if draft is None else list(draft.content.explanations)
    content = explained(view.content, [*given, *explanations])
    base = 0 if draft is None else draft.version
    return save_draft(session, actor, procedure_id, content, base=base, now=now)


def send_filled(
    session: Session,
    actor: Actor,
    procedure_id: int,
    *,
    explanations: Sequence[Explanation],
    confirmed: bool,
    now: datetime,
) -> int:
    """Send the form as the journal filled it; returns the attempt's id."""
    take_filled(session, actor, procedure_id, explanations=explanations, now=now)
    return send_table(session, actor, procedure_id, confirmed=confirmed, now=now)


def explained(content: Content, given: Sequence[Explanation]) -> Content:
    """The content with these explanations: the last one of a warning and class counts."""
    known = {(one.code, one.class_name): one for one in [*content.explanations, *given]}
    texts = {(one.code, one.class_name): one for one in given if one.text}
    return replace(content, explanations=list({**known, **texts}.values()))


@dataclass(frozen=True, slots=True)
class Blank:
    """What a table and a template begin with; `heading` is None for a school that keeps its
    journal of that year elsewhere: it gets blank rows."""

    content: Content
    heading: Heading | None


def blank_form(session: Session, order: Order, organisation_id: int, now: datetime) -> Blank:
    """The classes of the journal without numbers. Four statements."""
    try:
        empty = replace(order, empty=True)
        made = filled(session, empty, organisation_id=organisation_id, as_of=now)
    except NotFound:
        return Blank(Content(classes=[None] * order.form.empty_rows, numbers={}), None)
    return Blank(made.content, made.heading)


def table_content(
    session: Session, card: ParticipationCard, *, now: datetime
) -> tuple[Content, DraftView | None]:
    """The on-line table as it was saved last, else with blank cells."""
    draft = draft_of(session, card.id)
    if draft is not None:
        return draft.content, draft
    order = order_of(card.procedure)
    return blank_form(session, order, card.organisation_id, now).content, None
