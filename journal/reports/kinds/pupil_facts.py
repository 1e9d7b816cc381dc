"""What the pupil's report is made of, read for a whole class at once: nine statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from journal.access import Permission
from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.rules.counting import Facts as AttendanceFacts
from journal.attendance.rules.counting import FullDay, PupilState, full_days, states_by_day
from journal.attendance.rules.states import NOT_HELD
from journal.core.errors import Forbidden, NotFound
from journal.core.messages import N_, Message
from journal.diary.queries.reader import load_reader
from journal.grading.pupil_entries import entries_of_pupils
from journal.grading.rule_queries import rule_book
from journal.grading.rules import Entry, RuleSet
from journal.grading.subject_queries import GivenMark, given_marks
from journal.lessons.queries.agenda import Days
from journal.reports.kinds.asking import Ask, Desk
from journal.reports.kinds.class_units import usual_place
from journal.results.queries.class_page import places_of_class
from journal.results.rules.places import Place, named_place
from journal.school.class_names import class_of_pupil
from journal.school.class_reader import ReadClass, load_class, read_class
from journal.school.directory import subject_rows
from journal.school.stays import NamedStay, stays_of_class


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilFacts:
    """A pupil of the class: subjects he had lessons or marks in, every day with lessons, his
    pupil-lessons by subject and day, marks by subject, the marks for the place, and for the year
    those of its terms."""

    pupil_id: int
    name: str
    subjects: tuple[tuple[int, str], ...]
    days: tuple[date, ...]
    states: Mapping[tuple[int, date], Sequence[PupilState]]
    entries: Mapping[int, Sequence[Entry]]
    given: Mapping[int, GivenMark]
    terms: Mapping[int, Sequence[GivenMark]]
    full: Sequence[FullDay]
    missing: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFacts:
    """The class, the days asked for (both inclusive), the place if it is one, the rules.
    `class_ids` are all classes of its pupils in the year."""

    group: ReadClass
    class_ids: frozenset[int]
    first: date
    last: date
    place: Place | None
    rules: RuleSet
    pupils: tuple[PupilFacts, ...]

    @property
    def of_what(self) -> Message:
        """«I четверть», or the days."""
        if self.place is not None:
            return self.place.title
        return N_(
            "%(first)s – %(last)s", first=f"{self.first:%d.%m.%Y}", last=f"{self.last:%d.%m.%Y}"
        )


def class_facts(desk: Desk, ask: Ask) -> ClassFacts:
    """The pupil asked for, or all of the class. A class is read by who reads all its subjects; a
    pupil also by who reads his diary. NotFound, Forbidden as their loaders."""
    group = _group(desk, ask)
    first, last, place = _span(desk, ask, group)
    stays = stays_of_class(desk.session, group.id, academic_year_id=group.year_id)
    if ask.pupil_id is not None and ask.pupil_id not in {one.pupil_id for one in stays}:
        raise NotFound(N_("The pupil was never in this class."))
    names = _pupils(stays, group.id, first, last)
    if ask.pupil_id is not None:
        names = {ask.pupil_id: names[ask.pupil_id]} if ask.pupil_id in names else {}
    book = rule_book(desk.session, desk.actor.organisation_id, today=desk.today)
    return ClassFacts(
        group=group,
        class_ids=frozenset(one.class_group_id for one in stays),
        first=first,
        last=last,
        place=place,
        rules=book.until(last + timedelta(days=1)),
        pupils=_facts(desk, group, stays, names, (first, last), place),
    )


def _group(desk: Desk, ask: Ask) -> ReadClass:
    """The class; of a pupil alone the one he is in, or was in last."""
    own = class_of_pupil(desk.session, ask.pupil_id or 0, desk.today) or 0
    try:
        return load_class(desk.session, desk.actor, ask.class_id or own)
    except Forbidden:
        if ask.pupil_id is None or not desk.actor.may(Permission.READ_DIARY):
            raise
    load_reader(desk.session, desk.actor, pupil_id=ask.pupil_id, now=desk.now)
    return read_class(desk.session, own)


def _span(desk: Desk, ask: Ask, group: ReadClass) -> tuple[date, date, Place | None]:
    year_last = (group.year.ends_before or date.max) - timedelta(days=1)
    if ask.first or ask.last:
        last = min(ask.last or desk.today, year_last)
        return min(max(ask.first or group.year.starts_on, group.year.starts_on), last), last, None
    places = [one for one in places_of_class(desk.session, group) if one.kind in _SUMMED]
    place = (
        named_place(places, usual_place(places, ask.at)) if ask.at else _usual(places, desk.today)
    )
    if place is None:
        raise NotFound()
    return place.span.starts_on, place.last_day, place


_SUMMED = ("quarter", "trimester", "half_year", "year")


def _usual(places: Sequence[Place], today: date) -> Place | None:
    """The latest term that has begun."""
    begun = [one for one in places if one.number and one.span.starts_on <= today]
    return begun[-1] if begun else next(iter(places), None)


def _pupils(stays: Sequence[NamedStay], class_id: int, first: date, last: date) -> dict[int, str]:
    """Who was in the class on some day of the span, in the order of names."""
    return {
        one.pupil_id: one.name
        for one in stays
        if one.class_group_id == class_id
        and one.span.starts_on <= last
        and (one.span.ends_before is None or one.span.ends_before > first)
    }


def _facts(
    desk: Desk,
    group: ReadClass,
    stays: Sequence[NamedStay],
    names: Mapping[int, str],
    days: tuple[date, date],
    place: Place | None,
) -> tuple[PupilFacts, ...]:
    before = days[1] + timedelta(days=1)
    facts = attendance_facts(
        desk.session,
        Chosen(
            Days(days[0], before),
            desk.now,
            class_ids={one.class_group_id for one in stays if one.pupil_id in names},
        ),
    )
    states, full = _by_pupil(facts, names)
    entries = entries_of_pupils(desk.session, names, first=days[0], before=before)
    subjects = {one.id: one.name for one in subject_rows(desk.session, group.year_id)}
    given = _given(desk, group, names, place)
    return tuple(
        _pupil(pupil_id, name, states[pupil_id], entries, subjects, given[pupil_id], full[pupil_id])
        for pupil_id, name in names.items()
    )


_States = dict[int, dict[tuple[int, date], list[PupilState]]]


def _by_pupil(
    facts: AttendanceFacts, names: Collection[int]
) -> tuple[_States, dict[int, list[FullDay]]]:
    states: _States = defaultdict(lambda: defaultdict(list))
    full: dict[int, list[FullDay]] = defaultdict(list)
    for found in states_by_day(facts, only=names):
        for one in found:
            states[one.pupil_id][one.lesson.subject_id, one.lesson.day].append(one)
        for day in full_days(found):
            full[day.pupil_id].append(day)
    return states, full


def _given(
    desk: Desk, group: ReadClass, pupils: Collection[int], place: Place | None
) -> dict[int, _Given]:
    """By pupil the marks for the place, and for the year those of its terms."""
    found = {pupil_id: _Given({}, {}) for pupil_id in pupils}
    if place is None:
        return found
    for one in given_marks(desk.session, pupils, academic_year_id=group.year_id):
        own = found[one.pupil_id]
        if (one.kind, one.number) == (place.kind, place.number):
            own.marks[one.subject_id] = one
        elif one.number and not place.number:
            own.terms.setdefault(one.subject_id, []).append(one)
    return found


class _Given(NamedTuple):
    marks: dict[int, GivenMark]
    terms: dict[int, list[GivenMark]]


def _pupil(
    pupil_id: int,
    name: str,
    states: Mapping[tuple[int, date], list[PupilState]],
    entries: Mapping[tuple[int, int], list[Entry]],
    subjects: Mapping[int, str],
    given: _Given,
    full: Sequence[FullDay],
) -> PupilFacts:
    own = {subject: marks for (pupil, subject), marks in entries.items() if pupil == pupil_id}
    held = {key: found for key, found in states.items() if found[0].state != NOT_HELD}
    seen = {subject for subject, _ in held} | own.keys() | given.marks.keys()
    days = {day for _, day in held} | {one.held_on for found in own.values() for one in found}
    return PupilFacts(
        pupil_id=pupil_id,
        name=name,
        subjects=tuple((one, word) for one, word in subjects.items() if one in seen),
        days=tuple(sorted(days)),
        states=held,
        entries=own,
        given=given.marks,
        terms=given.terms,
        full=full,
    )
