"""What a page about one pupil knows of him and of his year. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from journal.school.rules import Span, TermSpan


@dataclass(frozen=True, slots=True)
class ClassStay:
    """A stay in a class, half-open."""

    class_name: str
    grade: int
    academic_year_id: int
    class_teacher_id: int | None
    days_per_week: int
    span: Span


@dataclass(frozen=True, slots=True)
class KnownPupil:
    """A pupil the actor may look at, with his stays in order of their beginning."""

    id: int
    organisation_id: int
    given_name: str
    name: str
    stays: tuple[ClassStay, ...]

    def stay_on(self, day: date) -> ClassStay | None:
        """The stay of that day; else the latest one begun; else the first to come."""
        begun = [stay for stay in self.stays if stay.span.starts_on <= day]
        return begun[-1] if begun else next(iter(self.stays), None)

    @property
    def left_before(self) -> date | None:
        """The first day after the last stay; None while it is open."""
        return self.stays[-1].span.ends_before if self.stays else None


@dataclass(frozen=True, slots=True)
class Family:
    """`own`: oneself and one's children, in order of names; `chosen`: the pupil asked for."""

    own: tuple[KnownPupil, ...]
    chosen: KnownPupil | None


@dataclass(frozen=True, slots=True)
class Break:
    """каникулы или праздник, half-open; empty `grades` = everybody."""

    name: str
    span: Span
    grades: frozenset[int]


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """An academic year: its span, its terms, and the breaks that touch the dates asked for."""

    id: int
    name: str
    span: Span
    terms: tuple[TermSpan, ...]
    breaks: tuple[Break, ...]
