"""Orders about days, as a list."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.office.models import DayOrder, DayOrderClass, Substitution
from journal.school.models import ClassGroup

SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """An order; `last_day` inclusive, `lessons` are those it still changes."""

    id: int
    kind: str
    mode: str
    starts_on: date
    last_day: date
    order_number: str
    order_date: date
    revoked_at: datetime | None
    classes: tuple[str, ...]
    lessons: int


def order_rows(session: Session, *, day: date | None = None) -> list[OrderRow]:
    """The latest orders, or those in force on a day. Three queries."""
    query = select(DayOrder).order_by(DayOrder.starts_on.desc(), DayOrder.id.desc()).limit(SHOWN)
    if day is not None:
        query = query.where(
            DayOrder.starts_on <= day, DayOrder.ends_before > day, DayOrder.revoked_at.is_(None)
        )
    orders = session.scalars(query).all()
    ids = [one.id for one in orders]
    classes: dict[int, list[str]] = defaultdict(list)
    named = (
        select(DayOrderClass.day_order_id, ClassGroup.name)
        .join(ClassGroup, ClassGroup.id == DayOrderClass.class_group_id)
        .where(DayOrderClass.day_order_id.in_(ids))
        .order_by(ClassGroup.grade, ClassGroup.name)
    )
    for order_id, name in session.execute(named):
        classes[order_id].append(name)
    counts = _lesson_counts(session, ids)
    return [_row(one, tuple(classes[one.id]), counts.get(one.id, 0)) for one in orders]


def _lesson_counts(session: Session, ids: list[int]) -> dict[int, int]:
    rows = session.execute(
        select(Substitution.day_order_id, func.count())
        .where(Substitution.day_order_id.in_(ids))
        .group_by(Substitution.day_order_id)
    )
    return {order_id: count for order_id, count in rows if order_id is not None}


def _row(one: DayOrder, classes: tuple[str, ...], lessons: int) -> OrderRow:
    return OrderRow(
        id=one.id,
        kind=one.kind,
        mode=one.mode,
        starts_on=one.starts_on,
        last_day=one.ends_before - timedelta(days=1),
        order_number=one.order_number,
        order_date=one.order_date,
        revoked_at=one.revoked_at,
        classes=classes,
        lessons=lessons,
    )
