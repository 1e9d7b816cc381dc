"""The school's rule sets as the database holds them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from journal.grading.models import MarkRules
from journal.grading.rules import Half, Retake, RuleBook, RuleSet


def rule_book(session: Session, organisation_id: int, *, today: date) -> RuleBook:
    """Every version of the school, looked at today. One query."""
    rows = session.execute(_query(), {"organisation_id": organisation_id})
    return RuleBook(tuple(_rule_set(row) for row in rows), today)


def _rule_set(row: Row[Any]) -> RuleSet:
    facts = {column.key: value for column, value in zip(_COLUMNS, row, strict=True)}
    return RuleSet(**facts | {"retake": Retake(row.retake), "final_half": Half(row.final_half)})


_COLUMNS = (
    MarkRules.id,
    MarkRules.valid_from,
    MarkRules.title,
    MarkRules.act,
    MarkRules.five_from,
    MarkRules.four_from,
    MarkRules.three_from,
    MarkRules.minimum_marks,
    MarkRules.missed_over,
    MarkRules.retake,
    MarkRules.final_half,
)


@cache
def _query() -> Any:
    return (
        select(*_COLUMNS)
        .where(MarkRules.organisation_id == bindparam("organisation_id"))
        .order_by(MarkRules.valid_from)
    )
