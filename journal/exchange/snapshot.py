"""A form filled from the journal: the school as of an instant, read in ten statements.

Every figure comes from the shared counting (`attendance.rules.counting`) and from the stays of
pupils (`school.headcount`); here they are only put under the letters of the graphs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.attendance.counting import attendance_facts
from journal.attendance.rules.counting import Counted, Facts, count
from journal.attendance.rules.tally import Tally, over_threshold, summed
from journal.core.clock import local_date
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.exchange.calendar import FIRST_HALF, SECOND_HALF, HalfYears, half_years
from journal.exchange.figures import ClassLine, Content, Numbers
from journal.exchange.forms import MP1, Form
from journal.exchange.forms.mp1 import H1, H2, YEAR
from journal.lessons.queries.agenda import Days
from journal.people.queries import OrganisationCard, organisation_card
from journal.school.calendar import YearSpan, years
from journal.school.headcount import ClassStay, Moves, joined, last_class, moves, present_on
from journal.school.queries import term_spans
from journal.school.stays import YearClass, year_classes, year_stays

STUDY_FORMS = {"full_time": "очная", "part_time": "очно-заочная", "extramural": "заочная"}
_SHEETS = {FIRST_HALF: H1, SECOND_HALF: H2}
Key = tuple[int, int, int]
"""Pupil, class, half-year."""


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
) -> Snapshot:
    """What the journal knows of the year at that instant; the session is bound to the school.

    A form other than МП-1 gets the classes and no numbers. Raises NotFound for a year the school
    does not have.
    """
    organisation = organisation_card(session, organisation_id)
    found = _year(session, year)
    classes = sorted(year_classes(session, found.id), key=lambda one: (one.grade, one.letter))
    halves = half_years(found.starts_on, found.ends_before, term_spans(session, found.id), classes)
    filled = _without_numbers(form, organisation, found, classes, halves)
    if form.schema != MP1.schema:
        return filled
    facts = attendance_facts(session, span=Days(found.starts_on, found.ends_before), now=as_of)
    today = local_date(as_of, organisation.time_zone)
    school = School(classes, year_stays(session, found.id), halves, facts, today)
    return _with_attendance(filled, school, thresholds)


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


class School:
    """МП-1 of a school, from facts alone: pure. `today` is the last day that counts."""

    def __init__(
        self,
        classes: Sequence[YearClass],
        stays: Sequence[ClassStay],
        halves: HalfYears,
        facts: Facts,
        today: date,
    ) -> None:
        self._classes, self._halves = classes, halves
        self._before = min(today + timedelta(days=1), halves.ends_before)
        self._grades = {one.id: one.grade for one in classes}
        self._stays = joined(stays)
        self._moves = moves(self._stays, self._event_half)
        self._counted: Counted[Key, int] = count(
            facts,
            key=lambda s: (
                s.pupil_id,
                s.class_group_id,
                self._half(s.class_group_id, s.lesson.day),
            ),
            part=self._half,
        )
        self._by_class = self._class_tallies()
        self._full = self._full_days()

    def numbers(self, thresholds: Mapping[str, int]) -> dict[str, list[Numbers]]:
        """The typed columns of every sheet, a row per class."""
        started = present_on(self._stays, self._halves.starts_on)
        found: dict[str, list[Numbers]] = {H1: [], H2: [], YEAR: []}
        pupils = {half: self._pupils(half, thresholds) for half in (FIRST_HALF, SECOND_HALF, None)}
        for one in self._classes:
            start = started.get(one.id, 0)
            for half, sheet in _SHEETS.items():
                own = self._moves.get((one.id, half), Moves())
                row = {"E": start, **_moved(own), **self._lessons(one.id, half)}
                found[sheet].append(row | pupils[half][one.id])
                start += own.arrived - own.left
            found[YEAR].append(pupils[None][one.id])
        return found

    def unfilled(self) -> dict[str, dict[str, int]]:
        """Lessons without a register by sheet and class; only where there are any."""
        found: dict[str, dict[str, int]] = {H1: {}, H2: {}}
        for one in self._classes:
            for half, sheet in _SHEETS.items():
                lessons = self._counted.classes.get((one.id, half))
                if lessons is not None and lessons.unfilled:
                    found[sheet][one.name] = lessons.unfilled
        return found

    def _half(self, class_id: int, day: date) -> int:
        return self._halves.half_of(self._grades[class_id], day)

    def _event_half(self, class_id: int, day: date) -> int | None:
        """Events count after the first day of the year, up to today."""
        if not self._halves.starts_on < day < self._before:
            return None
        return self._half(class_id, day)

    def _class_tallies(self) -> dict[tuple[int, int], Tally]:
        parts: dict[tuple[int, int], list[Tally]] = defaultdict(list)
        for (_, class_id, half), tally in self._counted.tallies.items():
            parts[class_id, half].append(tally)
        return {key: summed(tallies) for key, tallies in parts.items()}

    def _full_days(self) -> dict[tuple[int, int], tuple[int, int]]:
        found: dict[tuple[int, int], tuple[int, int]] = defaultdict(lambda: (0, 0))
        for one in self._counted.full_days:
            key = one.class_group_id, self._half(one.class_group_id, one.day)
            full, ill = found[key]
            found[key] = full + 1, ill + one.ill
        return found

    def _lessons(self, class_id: int, half: int) -> dict[str, int]:
        lessons = self._counted.classes.get((class_id, half))
        full, ill = self._full.get((class_id, half), (0, 0))
        tally = self._by_class.get((class_id, half), Tally())
        return {"K": lessons.held if lessons else 0, **_counted(tally), "W": full, "X": ill}

    def _pupils(self, half: int | None, thresholds: Mapping[str, int]) -> dict[int, dict[str, int]]:
        """Y, Z, AA of a half-year or of the year (None): each pupil once, in the class of his last
        enrolled day, by all his lessons of the period whatever the class."""
        own: dict[int, Tally] = defaultdict(Tally)
        for (pupil_id, _, part), tally in self._counted.tallies.items():
            if half in (None, part):
                own[pupil_id] += tally
        found = {one.id: {"Y": 0, "Z": 0, "AA": 0} for one in self._classes}
        for pupil_id, stays in self._stays.items():
            class_id = self._last_class(stays, half)
            if class_id is not None:
                tally, row = own[pupil_id], found[class_id]
                row["Y"] += over_threshold(tally.missed, tally.due, thresholds["THR_ALL"])
                row["Z"] += over_threshold(tally.invalid, tally.due, thresholds["THR_UNJ"])
                row["AA"] += tally.due > 0 and tally.missed == 0
        return found

    def _last_class(self, stays: Sequence[ClassStay], half: int | None) -> int | None:
        """The last class of a half-year is looked for stay by stay: parallels may differ in the
        day half-year II begins."""
        if half is None:
            return last_class(stays, self._halves.starts_on, self._before)
        inside = []
        for stay in stays:
            first, before = self._halves.span(half, self._grades[stay.class_group_id])
            if last_class([stay], first, min(before, self._before)) is not None:
                inside.append(stay.class_group_id)
        return inside[-1] if inside else None


def _moved(own: Moves) -> dict[str, int]:
    return {"F": own.arrived, "G": own.arrived_inside, "H": own.left, "I": own.left_inside}


_GRAPHS: dict[str, Callable[[Tally], int]] = {
    "L": lambda tally: tally.planned,
    "M": lambda tally: tally.not_held,
    "N": lambda tally: tally.released,
    "P": lambda tally: tally.distance,
    "R": lambda tally: tally.ill,
    "S": lambda tally: tally.valid,
    "T": lambda tally: tally.invalid,
    "U": lambda tally: tally.unknown,
    "V": lambda tally: tally.late,
}


def _counted(tally: Tally) -> dict[str, int]:
    return {letter: value(tally) for letter, value in _GRAPHS.items()}
