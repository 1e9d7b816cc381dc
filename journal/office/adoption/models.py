"""Tables of the adoption: when the school starts, its orders, what was ticked by whom."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base
from journal.core.tenancy import SchoolOwned


class AdoptionPlan(SchoolOwned, Base):
    """One row a school: the day work begins, from which the due dates count, and the orders."""

    __tablename__ = "adoption_plan"
    __table_args__ = (UniqueConstraint("organisation_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    starts_on: Mapped[date] = mapped_column(Date)
    order_number: Mapped[str | None] = mapped_column(String(100))
    order_date: Mapped[date | None] = mapped_column(Date)
    coordinators_number: Mapped[str | None] = mapped_column(String(100))
    coordinators_date: Mapped[date | None] = mapped_column(Date)


class AdoptionTick(SchoolOwned, Base):
    """«отмечено»: an item of the plan that data cannot prove, with name and date."""

    __tablename__ = "adoption_tick"
    __table_args__ = (
        UniqueConstraint("organisation_id", "item"),
        CheckConstraint("item between 1 and 21", name="item"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    item: Mapped[int] = mapped_column(Integer)
    ticked_on: Mapped[date] = mapped_column(Date)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
