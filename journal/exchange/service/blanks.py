"""The empty workbook of a procedure for a school, and its size."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from journal.exchange.figures import ClassLine
from journal.exchange.forms import MP1
from journal.exchange.queries import ParticipationCard
from journal.exchange.service.journal import Blank, blank_form
from journal.exchange.service.processing import heading_of, order_of
from journal.exchange.workbook import WRITERS, Heading, write_form

KEPT = 256
_Key = tuple[int, int, str, tuple[ClassLine | None, ...]]
_sizes: OrderedDict[_Key, dict[str, int]] = OrderedDict()


def blank_workbook(
    session: Session, card: ParticipationCard, *, suffix: str, secret: str, now: datetime
) -> tuple[bytes, str]:
    """The bytes of the .xls or .xlsx with the classes and no numbers, and its name."""
    blank, heading = _blank(session, card, now)
    name = heading.form.file_name(heading.organisation_code, heading.year, suffix)
    return write_form(blank.content, heading, suffix=suffix, secret=secret), name


@dataclass(frozen=True, slots=True)
class BlankFacts:
    """Sizes of the empty workbooks in bytes by suffix; `counted`: this journal can fill the form
    with figures of its own."""

    sizes: Mapping[str, int]
    counted: bool


def blank_facts(session: Session, card: ParticipationCard, *, secret: str) -> BlankFacts:
    """What a page says of the empty workbook. Writing it takes half a second, so the sizes of a
    list of classes are kept; they do not depend on the moment."""
    blank, heading = _blank(session, card, card.procedure.opens_at)
    key = (card.procedure.id, card.organisation_id, heading.organisation_name)
    full = (*key, tuple(blank.content.classes))
    if full not in _sizes:
        _sizes[full] = {
            one: len(write_form(blank.content, heading, suffix=one, secret=secret))
            for one in WRITERS
        }
        if len(_sizes) > KEPT:
            _sizes.popitem(last=False)
    here = blank.heading is not None and card.procedure.form_schema == MP1.schema
    return BlankFacts(_sizes[full], here)


def _blank(session: Session, card: ParticipationCard, at: datetime) -> tuple[Blank, Heading]:
    blank = blank_form(session, order_of(card.procedure), card.organisation_id, at)
    if blank.heading is not None:
        return blank, blank.heading
    return blank, heading_of(session, card.procedure, card.organisation_id, at)
