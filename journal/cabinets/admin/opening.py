"""What every page of the cabinet begins with: the year it shows, the search, the next page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import request
from sqlalchemy.orm import Session

from journal.core.text import tidy
from journal.school.calendar import YearSpan, year_to_open, years
from journal.webkit.access import current_actor
from journal.webkit.filters import typed_number
from journal.webkit.moment import today

SEARCH_MAX = 100


@dataclass(frozen=True, slots=True)
class Opening:
    """The chosen year of `years` (?year=, else the present one) and the day lists are drawn of."""

    year: YearSpan | None
    years: tuple[YearSpan, ...]
    today: date

    @property
    def day(self) -> date:
        """Today, or the nearest day of the chosen year."""
        return self.year.day_within(self.today) if self.year else self.today


def open_year(session: Session) -> Opening:
    """The year this request is about; None where the school has none yet. One query."""
    spans = years(session)
    day = today(current_actor())
    wanted = typed_number("year")
    chosen = next((span for span in spans if span.id == wanted), None)
    return Opening(chosen or year_to_open(spans, day), tuple(spans), day)


def typed(name: str = "q") -> str:
    """What was typed into the search box."""
    return tidy(request.args.get(name, ""))[:SEARCH_MAX]
