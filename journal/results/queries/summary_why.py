"""How a figure of the summary sheet came about: the entries it is made from, formula, rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.rules.counting import states_by_day
from journal.attendance.rules.states import LATE, MISSED
from journal.attendance.rules.tally import Missed
from journal.core.errors import NotFound
from journal.grading.rules.shares import Share
from journal.lessons.queries.agenda import Days
from journal.results.queries.summary import SummarySheet, summary_sheet
from journal.results.rules.class_page import SubjectColumn
from journal.results.rules.places import Place
from journal.results.rules.summary import SheetPlace
from journal.school.course_names import named_courses
from journal.school.stays import stays_of_class


@dataclass(frozen=True, slots=True)
class MissedLesson:
    """A lesson a pupil missed or came late to; `code` is what the register holds."""

    day: date
    number: int
    course_id: int
    subject: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Of a share: who has which mark (value, names), who has none or is released. Of absences: the
    lessons. `subject` or `pupil` says whose figure it is."""

    page: SummarySheet
    place: Place
    subject: str = ""
    share: Share | None = None
    marks: tuple[tuple[str, tuple[str, ...]], ...] = ()
    pupil: str = ""
    missed: Missed | None = None
    lessons: tuple[MissedLesson, ...] = ()
    figure: str = ""


def why_of_sheet(
    session: Session,
    actor: Actor,
    *,
    class_id: int,
    at: str,
    figure: str,
    about: int,
    now: datetime,
) -> Why:
    """The figure («quality», «missed», «late» …) of a subject or pupil `about` at a place.

    NotFound, Forbidden as `summary_sheet`; NotFound for a figure that is not on the sheet.
    """
    page = summary_sheet(session, actor, class_id=class_id, at=at, now=now)
    if page.chosen is None:
        raise NotFound()
    place = page.sheet.places[0]
    if figure in _STATES:
        return _of_absences(session, page, place, figure, about, now)
    return _of_share(page, place, figure, about)


def _of_share(page: SummarySheet, place: SheetPlace, figure: str, about: int) -> Why:
    column = next((one for one in place.table.columns if one.subject_id == about), None)
    share = None if column is None else _share(column, figure)
    if column is None or share is None:
        raise NotFound()
    return Why(
        page=page,
        place=place.place,
        figure=figure,
        subject=column.name,
        share=share,
        marks=_marks(place, place.table.columns.index(column)),
    )


def _share(column: SubjectColumn, figure: str) -> Share | None:
    shares = {
        "attainment": column.attainment,
        "quality": column.quality,
        "level": column.level,
    }
    return shares.get(figure)


def _marks(place: SheetPlace, index: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Who has which mark, the best first; an empty value is a pupil without an entry."""
    found: dict[str, list[str]] = {}
    for row in place.table.rows:
        cell = row.cells[index]
        if cell.expected:
            found.setdefault(cell.value or "", []).append(row.name)
    order = ("5", "4", "3", "2", "1", "зач", "незач", "н/а", "осв", "•", "")
    return tuple((value, tuple(found[value])) for value in order if value in found)


_STATES = {"missed": MISSED, "late": frozenset({LATE})}


def _of_absences(
    session: Session,
    page: SummarySheet,
    place: SheetPlace,
    figure: str,
    pupil_id: int,
    now: datetime,
) -> Why:
    pupil = next((one for one in page.sheet.pupils if one.pupil_id == pupil_id), None)
    line = place.lines.get(pupil_id)
    if pupil is None or line is None or line.missed is None:
        raise NotFound()
    return Why(
        page=page,
        place=place.place,
        figure=figure,
        pupil=pupil.name,
        missed=line.missed,
        lessons=_lessons(session, page, place.place, figure, pupil_id, now),
    )


def _lessons(
    session: Session, page: SummarySheet, place: Place, figure: str, pupil_id: int, now: datetime
) -> tuple[MissedLesson, ...]:
    stays = stays_of_class(session, page.group.id, academic_year_id=page.group.year_id)
    facts = attendance_facts(
        session,
        Chosen(
            Days(place.span.starts_on, place.span.ends_before or date.max),
            now,
            class_ids={one.class_group_id for one in stays if one.pupil_id == pupil_id},
        ),
    )
    days = states_by_day(facts, only=[pupil_id])
    found = [one for states in days for one in states if one.state in _STATES[figure]]
    names = named_courses(session, {one.lesson.course_id for one in found}, day=page.today)
    return tuple(
        MissedLesson(
            one.lesson.day,
            one.lesson.number,
            one.lesson.course_id,
            names[one.lesson.course_id].subject,
            one.state,
        )
        for one in found
    )
