"""Reads of the сводная ведомость: thirteen statements, however many pupils, subjects and terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.counting import attendance_facts
from journal.attendance.rules.by_part import count_by_part
from journal.core.clock import local_date
from journal.core.errors import NotFound
from journal.grading.council_queries import Decided, council_decisions
from journal.grading.progress import expected_at_all
from journal.grading.subject_queries import given_marks
from journal.lessons.queries.agenda import Days
from journal.results.queries.class_page import asked_of_class, places_of_class
from journal.results.rules.class_page import ClassTable, class_table
from journal.results.rules.places import Place, result_window
from journal.results.rules.summary import (
    Attendance,
    Sheet,
    SheetFacts,
    place_of_day,
    present_at,
    summary,
    without_absences,
)
from journal.school.class_reader import ReadClass, load_class
from journal.school.course_names import named_courses
from journal.school.retention.queries import deleted_on
from journal.school.retention.rules import Kept, counted_from
from journal.school.stays import NamedStay, stays_of_class

WHOLE_YEAR = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySheet:
    """The sheet of a class for one place (`chosen`), or for the whole year (None).

    `journals_gone`: the journals of the year were deleted then, and absences are not known.
    """

    group: ReadClass
    today: date
    places: tuple[Place, ...]
    chosen: Place | None
    sheet: Sheet
    decisions: Mapping[int, tuple[Decided, ...]]
    journals_gone: datetime | None = None

    @property
    def key(self) -> str:
        """The choice as it stands in an address: «quarter-2», «year», «all»."""
        return self.chosen.key if self.chosen else WHOLE_YEAR

    @property
    def unfinished(self) -> tuple[Place, ...]:
        """Places on the sheet where marks can still be entered, or whose days have not come."""
        return tuple(one.place for one in self.sheet.places if not _over(one.place, self.today))


def _over(place: Place, today: date) -> bool:
    window = result_window(place, today)
    return not (window.early or window.open) and today > place.last_day


def summary_sheet(
    session: Session, actor: Actor, *, class_id: int, at: str | None, now: datetime
) -> SummarySheet:
    """The sheet at a place (None: the whole year), as it is at this moment.

    NotFound, Forbidden as `load_class`; NotFound for a place the grade does not have.
    """
    group = load_class(session, actor, class_id)
    today = local_date(now, actor.current.time_zone)
    places = places_of_class(session, group)
    chosen = _chosen(places, at)
    shown = places if chosen is None else (chosen,)
    facts = _facts(session, group, shown, now, today)
    sheet = summary(facts)
    gone = _journals_gone(session, group, today)
    if gone:
        sheet = without_absences(sheet)
    pupils = [one.pupil_id for one in sheet.pupils]
    return SummarySheet(
        group=group,
        today=today,
        places=places,
        chosen=chosen,
        sheet=sheet,
        journals_gone=gone,
        decisions=council_decisions(session, pupils, academic_year_id=group.year_id),
    )


def _journals_gone(session: Session, group: ReadClass, today: date) -> datetime | None:
    """When the journals of an archived year were deleted: absences are known no more."""
    last = (group.year.ends_before or date.max) - timedelta(days=1)
    if last.year == date.max.year or today < counted_from(last):
        return None
    return deleted_on(session, group.year_id, Kept.JOURNALS)


def _chosen(places: Sequence[Place], at: str | None) -> Place | None:
    if at in (None, WHOLE_YEAR):
        return None
    found = next((one for one in places if one.key == at), None)
    if found is None:
        raise NotFound()
    return found


def _facts(
    session: Session, group: ReadClass, places: Sequence[Place], now: datetime, today: date
) -> SheetFacts:
    stays = stays_of_class(session, group.id, academic_year_id=group.year_id)
    pupils = {one.pupil_id for one in stays}
    return SheetFacts(
        class_id=group.id,
        today=today,
        places=places,
        tables=_tables(session, group, places, stays),
        stays=stays,
        given=given_marks(session, pupils, academic_year_id=group.year_id),
        attendance=_attendance(session, places, stays, now),
    )


def _tables(
    session: Session, group: ReadClass, places: Sequence[Place], stays: Sequence[NamedStay]
) -> list[ClassTable]:
    found = expected_at_all(session, [asked_of_class(group, one) for one in places])
    ids = {one.course_id for expected in found for one in expected}
    courses = list(named_courses(session, ids, day=places[-1].last_day).values())
    return [
        class_table(present_at(stays, group.id, place.last_day), courses, expected)
        for place, expected in zip(places, found, strict=True)
    ]


def _attendance(
    session: Session, places: Sequence[Place], stays: Sequence[NamedStay], now: datetime
) -> Attendance:
    """Over every class these pupils were in: a mover keeps the absences of his former class."""
    first = min(place.span.starts_on for place in places)
    before = max(place.span.ends_before or date.max for place in places)
    facts = attendance_facts(
        session,
        span=Days(first, before),
        now=now,
        class_ids={one.class_group_id for one in stays},
    )

    def part(day: date) -> int:
        return place_of_day(places, day)

    return count_by_part(facts, part=part, only={one.pupil_id for one in stays})
