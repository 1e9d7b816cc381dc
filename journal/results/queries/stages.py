"""What days of entering are set of: a term, a year."""

from __future__ import annotations

from sqlalchemy.orm import Session

from journal.core.errors import NotFound
from journal.results.rules.places import place_of_term
from journal.results.rules.states import Stage, term_key
from journal.school.calendar import YearSpan, years
from journal.school.queries import term_span


def load_stage(session: Session, *, term_id: int) -> Stage:
    """NotFound for a term of another school."""
    term = term_span(session, term_id)
    if term is None:
        raise NotFound()
    return Stage(term_key(term.id), place_of_term(term), term.grades)


def load_year(session: Session, year_id: int) -> YearSpan:
    """NotFound for a year of another school."""
    found = next((one for one in years(session) if one.id == year_id), None)
    if found is None:
        raise NotFound()
    return found
