"""The empty workbook of a procedure for a school, and its size."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from journal.exchange.figures import ClassLine, Content
from journal.exchange.queries import ParticipationCard
from journal.exchange.service.journal import blank_content
from journal.exchange.service.processing import heading_of, order_of
from journal.exchange.workbook import WRITERS, Heading, write_form

KEPT = 256
_Key = tuple[int, int, str, tuple[ClassLine | None, ...]]
_sizes: OrderedDict[_Key, dict[str, int]] = OrderedDict()


def blank_workbook(
    session: Session, card: ParticipationCard, *, suffix: str, secret: str, now: datetime
) -> tuple[bytes, str]:
    """The bytes of the .xls or .xlsx with the classes and no numbers, and its name."""
    content, heading = _blank(session, card, now)
    name = heading.form.file_name(heading.organisation_code, heading.year, suffix)
    return write_form(content, heading, suffix=suffix, secret=secret), name


def blank_size(session: Session, card: ParticipationCard, *, secret: str) -> dict[str, int]:
    """The sizes of the empty workbooks in bytes by suffix. Writing them takes half a second, so
    the sizes of a list of classes are kept; they do not depend on the moment."""
    content, heading = _blank(session, card, card.procedure.opens_at)
    key = (card.procedure.id, card.organisation_id, heading.organisation_name)
    full = (*key, tuple(content.classes))
    if full not in _sizes:
        _sizes[full] = {
            one: len(write_form(content, heading, suffix=one, secret=secret)) for one in WRITERS
        }
        if len(_sizes) > KEPT:
            _sizes.popitem(last=False)
    return _sizes[full]


def _blank(session: Session, card: ParticipationCard, at: datetime) -> tuple[Content, Heading]:
    order = order_of(card.procedure)
    content, spans = blank_content(session, order, card.organisation_id, at)
    heading = heading_of(session, card.procedure, card.organisation_id, at)
    return content, replace(heading, spans=spans)
