"""Reads of the сводная ведомость: ten statements, however many pupils, subjects and terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.counting import AttendanceTexts, Chosen, attendance_texts
from journal.core.clock import local_date
from journal.core.errors import NotFound
from journal.grading.council_queries import Decided, council_decisions
from journal.grading.progress import expected_texts
from journal.grading.subject_queries import given_text
from journal.lessons.queries.agenda import Days
from journal.results.queries.class_page import asked_of_class, places_of_class
from journal.results.queries.summary_content import (
    SheetContent,
    course_ids,
    group_ids,
    kept_sheet,
)
from journal.results.rules.places import Place, result_window
from journal.results.rules.summary import Sheet
from journal.school.class_reader import ReadClass, load_class
from journal.school.course_names import named_courses
from journal.school.queries import rosters
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
    decisions: Mapping[int, tuple[Decided, ...]] = field(hash=False)
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
    gone = _journals_gone(session, group, today)
    sheet = kept_sheet(_content(session, group, shown, now, today, gone is not None))
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


def _content(
    session: Session,
    group: ReadClass,
    places: tuple[Place, ...],
    now: datetime,
    today: date,
    journals_gone: bool,
) -> SheetContent:
    stays = tuple(stays_of_class(session, group.id, academic_year_id=group.year_id))
    pupils = {one.pupil_id for one in stays}
    expected = expected_texts(session, [asked_of_class(group, one) for one in places])
    courses = named_courses(session, course_ids(expected), day=places[-1].last_day)
    attendance = _attendance(session, places, stays, now)
    return SheetContent(
        class_id=group.id,
        today=today,
        places=places,
        stays=stays,
        expected=expected,
        courses=tuple(courses.values()),
        given=given_text(session, pupils, academic_year_id=group.year_id),
        attendance=attendance,
        roster=tuple(rosters(session, group_ids(attendance.lessons))),
        journals_gone=journals_gone,
    )


def _attendance(
    session: Session, places: Sequence[Place], stays: Sequence[NamedStay], now: datetime
) -> AttendanceTexts:
    """Over every class these pupils were in: a mover keeps the absences of his former class."""
    first = min(place.span.starts_on for place in places)
    before = max(place.span.ends_before or date.max for place in places)
    return attendance_texts(
        session, Chosen(Days(first, before), now, class_ids={one.class_group_id for one in stays})
    )
