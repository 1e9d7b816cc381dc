"""A form filled from the journal: the school as of an instant, read in ten statements.

What is read is handed to `School`, which counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.attendance.counting import Chosen, attendance_facts
from journal.core.clock import local_date
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.exchange.calendar import HalfYears, half_years
from journal.exchange.figures import ClassLine, Content
from journal.exchange.forms import MP1, Form
from journal.exchange.forms.mp1 import H1, H2, YEAR
from journal.exchange.school import School
from journal.lessons.queries.agenda import Days
from journal.people.queries import OrganisationCard, organisation_card
from journal.school.calendar import YearSpan, years
from journal.school.queries import term_spans
from journal.school.stays import YearClass, year_classes, year_stays

STUDY_FORMS = {"full_time": "очная", "part_time": "очно-заочная", "extramural": "заочная"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The school in the shape of a form. `class_ids` by row, None for a spare one; `unfilled`
    lessons by sheet and class name; `spans` first and last day by sheet."""

    organisation: OrganisationCard
    year: YearSpan
    content: Content
    class_ids: tuple[int | None, ...]
    spans: Mapping[str, tuple[date, date]]
    unfilled: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def snapshot(
    session: Session,
    form: Form,
    *,
    organisation_id: int,
    year: str,
    thresholds: Mapping[str, int],
    as_of: datetime,
    counted: bool = True,
) -> Snapshot:
    """What the journal knows of the year at that instant; the session is bound to the school.

    A form other than МП-1, or one that is not to be `counted`, gets the classes and no numbers.
    Raises NotFound for a year the school does not have.
    """
    organisation = organisation_card(session, organisation_id)
    found = _year(session, year)
    classes = sorted(year_classes(session, found.id), key=lambda one: (one.grade, one.letter))
    halves = half_years(found.starts_on, found.ends_before, term_spans(session, found.id), classes)
    filled = _without_numbers(form, organisation, found, classes, halves)
    if form.schema != MP1.schema or not counted:
        return filled
    return _with_attendance(filled, _school(session, filled, classes, halves, as_of), thresholds)


def school_at(session: Session, *, organisation_id: int, year: str, as_of: datetime) -> School:
    """The same school, to look behind its figures."""
    organisation = organisation_card(session, organisation_id)
    found = _year(session, year)
    classes = year_classes(session, found.id)
    halves = half_years(found.starts_on, found.ends_before, term_spans(session, found.id), classes)
    empty = _without_numbers(MP1, organisation, found, classes, halves)
    return _school(session, empty, classes, halves, as_of)


def _school(
    session: Session,
    head: Snapshot,
    classes: Sequence[YearClass],
    halves: HalfYears,
    as_of: datetime,
) -> School:
    """The last day that counts is that of the last instant before `as_of`."""
    year = head.year
    facts = attendance_facts(session, Chosen(Days(year.starts_on, year.ends_before), as_of))
    today = local_date(as_of - timedelta(microseconds=1), head.organisation.time_zone)
    return School(classes, year_stays(session, year.id), halves, facts, today)


def _without_numbers(
    form: Form,
    organisation: OrganisationCard,
    year: YearSpan,
    classes: Sequence[YearClass],
    halves: HalfYears,
) -> Snapshot:
    return Snapshot(
        organisation=organisation,
        year=year,
        content=Content(classes=_lines(classes, form), numbers={}),
        class_ids=(*(one.id for one in classes), *[None] * form.spare_rows),
        spans=_spans(halves),
    )


def _with_attendance(filled: Snapshot, school: School, thresholds: Mapping[str, int]) -> Snapshot:
    content = replace(filled.content, numbers=school.numbers(thresholds))
    return replace(filled, content=content, unfilled=school.unfilled())


def _year(session: Session, name: str) -> YearSpan:
    found = next((one for one in years(session) if one.name == name), None)
    if found is None:
        raise NotFound(N_("The school has no academic year %(year)s.", year=name))
    return found


def _lines(classes: Sequence[YearClass], form: Form) -> list[ClassLine | None]:
    lines = [ClassLine(one.name, one.grade, STUDY_FORMS[one.study_form]) for one in classes]
    return [*lines, *[None] * form.spare_rows]


def _spans(halves: HalfYears) -> dict[str, tuple[date, date]]:
    day = timedelta(days=1)
    last = max(halves.boundaries.values(), default=halves.ends_before) - day
    first = min(halves.boundaries.values(), default=halves.ends_before)
    return {
        H1: (halves.starts_on, last),
        H2: (first, halves.ends_before - day),
        YEAR: (halves.starts_on, halves.ends_before - day),
    }
