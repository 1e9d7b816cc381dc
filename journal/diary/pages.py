"""What the pages of a diary are made of. One frozen object a page; words come at the edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from journal.core.messages import Message
from journal.diary.rules.absences import TermAbsences
from journal.diary.rules.days import Day
from journal.diary.rules.marks import ShownMark
from journal.diary.rules.terms import Summary, TermMarks
from journal.diary.rules.weeks import Week
from journal.grading.load_queries import AheadWork
from journal.grading.rules import Figure


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the children of a login. `news` counts marks entered since yesterday."""

    pupil_id: int
    given_name: str
    class_name: str
    chosen: bool
    news: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Whose diary it is, and the other children of the login (empty when there are none)."""

    pupil_id: int
    name: str
    class_name: str
    tabs: tuple[Tab, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPage:
    """A week of a diary.

    `days` come first: from today on in the present week, else the whole week; `earlier` are the
    past days of the present one. `year_over` is the last week of a year that has ended by then.
    `term` is None where nothing is marked (grade 1, no terms). `ahead` are assessments of the next
    two weeks, in the present week only.
    """

    head: Head
    week: Week
    today: date
    days: tuple[Day, ...]
    earlier: tuple[Day, ...]
    year_over: Week | None
    term: TermMarks | None
    ahead: tuple[AheadWork, ...] = ()


@dataclass(frozen=True, slots=True)
class NewMark:
    """A mark entered since yesterday."""

    subject: str
    mark: ShownMark


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayOf:
    """Today of one pupil, the next day at school within ten days, and new marks."""

    pupil_id: int
    name: str
    class_name: str
    school: str
    today: date
    day: Day
    coming: Day | None
    news: tuple[NewMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksPage:
    """Marks of a year: the term marks, then each begun term by subject, the present one first."""

    head: Head
    year_id: int
    years: tuple[tuple[int, str], ...]
    summary: Summary
    terms: tuple[TermMarks, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsencesPage:
    """Absences of a year by term, the present one first."""

    head: Head
    year_id: int
    years: tuple[tuple[int, str], ...]
    terms: tuple[TermAbsences, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What the teacher decided for the term; `proposed` is what the rules said then."""

    value: str
    proposed: str | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AveragePage:
    """The average of a subject in a term: the same figure as on the other pages, explained; with
    the mark the teacher decided on, if he has."""

    head: Head
    subject: str
    term_name: Message
    average: Figure
    given: Decided | None
