"""The years of a school and what lies in them: which one a page opens with, terms, holidays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.school.models import AcademicYear, Holiday


@dataclass(frozen=True, slots=True)
class YearSpan:
    """учебный год, half-open."""

    id: int
    name: str
    starts_on: date
    ends_before: date

    @property
    def last_day(self) -> date:
        """Its last day, inclusive."""
        return self.ends_before - timedelta(days=1)

    def day_within(self, today: date) -> date:
        """Today, or the nearest day of the year: lists are drawn up as of it."""
        return min(max(today, self.starts_on), self.ends_before - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class HolidaySpan:
    """каникулы или праздник, half-open; no grades = everybody."""

    name: str
    starts_on: date
    ends_before: date
    grades: frozenset[int]


def years(session: Session) -> list[YearSpan]:
    """The academic years of the bound organisation in order."""
    return [YearSpan(*row) for row in session.execute(_years_query())]


@cache
def _years_query() -> Any:
    return select(
        AcademicYear.id, AcademicYear.name, AcademicYear.starts_on, AcademicYear.ends_before
    ).order_by(AcademicYear.starts_on)


def year_to_open(spans: Sequence[YearSpan], today: date) -> YearSpan | None:
    """The present year; in summer the coming one if it is set up, else the latest."""
    for span in spans:
        if today < span.ends_before:
            return span
    return spans[-1] if spans else None


def holidays(session: Session, academic_year_id: int) -> list[HolidaySpan]:
    """The holidays of a year in order."""
    rows = session.execute(
        select(Holiday.name, Holiday.starts_on, Holiday.ends_before, Holiday.grades)
        .where(Holiday.academic_year_id == academic_year_id)
        .order_by(Holiday.starts_on, Holiday.name)
    )
    return [HolidaySpan(*row) for row in rows]
