"""What edit windows of the whole school depend on: the policy in force and the year's terms.

A journal page learns them with its course (`load_course`); lists over many courses ask here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from journal.core.clock import local_date
from journal.lessons.queries.policy import policy_book, policy_texts, window_extensions
from journal.lessons.rules import Extension, Grant, PolicyBook, WindowContext, closed_on
from journal.lessons.rules.filling import Filling, Gap, gaps
from journal.school.models import AcademicYear, Term
from journal.school.queries import TERM_COLUMNS
from journal.school.rules import Span, TermSpan, term_at, term_to_open, terms_of_grade


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """The year that holds the day (the latest begun one in a summer), its terms, the policy."""

    year_id: int | None
    year: Span | None
    terms: tuple[TermSpan, ...]
    books: Mapping[int | None, PolicyBook]
    extensions: tuple[Extension, ...]
    zone: str

    def book(self, grade: int | None = None) -> PolicyBook:
        """The edit windows of a parallel; without one those of the school's shortest week."""
        return self.books.get(grade) or self.books[None]

    def term_of(self, grade: int, day: date) -> TermSpan | None:
        """The term of that parallel the day lies in; None in a break."""
        return term_at(terms_of_grade(self.terms, grade), day)

    def term_to_name(self, grade: int, day: date, today: date) -> int | None:
        """The term an address must name to show that day; None when the page opens there."""
        terms = terms_of_grade(self.terms, grade)
        there, opened = term_at(terms, day), term_to_open(terms, today)
        return there.id if there is not None and there != opened else None

    def gaps(
        self,
        lesson: Filling,
        *,
        now: datetime,
        staff_id: int | None = None,
        grants: tuple[Grant, ...] = (),
    ) -> tuple[Gap, ...]:
        """What the lesson lacks, with the windows. `grants` are those of the lesson's course."""
        context = WindowContext(
            book=self.book(lesson.grade),
            zone=self.zone,
            approver=None,
            now=now,
            staff_id=staff_id,
            grants=grants,
            extensions=tuple(
                one
                for one in self.extensions
                if one.concerns(grade=lesson.grade, course_id=lesson.course_id)
            ),
        )
        terms = terms_of_grade(self.terms, lesson.grade)
        closed = closed_on(terms, lesson.held_on, local_date(now, self.zone))
        return gaps(lesson, context, term_closed_on=closed)


ALL_GRADES = range(1, 12)
_YEAR = (AcademicYear.id, AcademicYear.starts_on, AcademicYear.ends_before)


def school_calendar(session: Session, *, day: date, zone: str) -> SchoolCalendar:
    """The calendar at that day, in one query; the session is bound to one organisation."""
    rows = session.execute(_calendar_query(), {"day": day}).all()
    if not rows:
        return SchoolCalendar(None, None, (), {None: PolicyBook()}, (), zone)
    first = tuple(rows[0])
    terms = tuple(_term(tuple(row)) for row in rows if row[3] is not None)
    books = {grade: policy_book(rows[0], grade) for grade in (None, *ALL_GRADES)}
    longer = window_extensions(rows[0])
    return SchoolCalendar(first[0], Span(first[1], first[2]), terms, books, longer, zone)


@cache
def _calendar_query() -> Any:
    windows = policy_texts(AcademicYear.organisation_id, AcademicYear.id)
    return (
        select(*_YEAR, *TERM_COLUMNS, *windows)
        .outerjoin(Term, Term.academic_year_id == AcademicYear.id)
        .where(AcademicYear.starts_on == _year_start())
        .order_by(Term.starts_on, Term.kind)
    )


def _term(values: tuple[Any, ...]) -> TermSpan:
    return TermSpan(*values[3 : 3 + len(TERM_COLUMNS)])


def _year_start() -> Any:
    """The latest year begun by the day; before the first one, that first one."""
    year, first = aliased(AcademicYear), aliased(AcademicYear)
    earliest = select(func.min(first.starts_on)).scalar_subquery()
    return (
        select(func.max(year.starts_on))
        .where(or_(year.starts_on <= bindparam("day"), year.starts_on == earliest))
        .scalar_subquery()
    )
