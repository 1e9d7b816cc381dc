"""What a figure of a report of attendance is made of: lessons, days, or the parts of a sum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.rules.counting import CountedLesson, Facts, FullDay, states_by_day
from journal.attendance.rules.tally import AttendanceFigure, Missed, explained
from journal.control.attendance.class_report import (
    ClassReport,
    ReportPupil,
    Wanted,
    counted_report,
)
from journal.control.attendance.figures import COUNTS, PUPILS, SHARE, counts_in
from journal.core.errors import NotFound

OF_A_LESSON = ("missed", "ill", "valid", "invalid", "unknown", "late", "unfilled")


@dataclass(frozen=True, slots=True)
class CountedOne:
    """A lesson that counts: `state` is what the pupil's was, empty for a class's lesson."""

    lesson_id: int
    course_id: int
    day: date
    number: int
    subject: str
    state: str


@dataclass(frozen=True, slots=True)
class PartOf:
    """A part of a sum: a pupil's (`pupil_id`) or a subject's (`subject_id`)."""

    name: str
    figures: Missed
    pupil_id: int | None = None
    subject_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The figure of a pupil (None: of the class) in a subject (None: in all). Exactly one of
    `lessons`, `days` and `parts` makes it up, unless it is zero."""

    report: ClassReport
    figure: str
    pupil: ReportPupil | None
    figures: Missed
    share: AttendanceFigure
    lessons: tuple[CountedOne, ...] = ()
    days: tuple[FullDay, ...] = ()
    parts: tuple[PartOf, ...] = ()

    @property
    def of_pupils(self) -> bool:
        """Whether it counts pupils."""
        return self.figure in PUPILS

    @property
    def count(self) -> int | None:
        """The figure itself; None for a share."""
        if self.of_pupils:
            return len(self.parts)
        if self.figure == "unfilled" and self.pupil is None:
            return len(self.report.unfilled)
        return None if self.figure == SHARE else COUNTS[self.figure](self.figures)


def why_of_class(
    session: Session,
    actor: Actor,
    wanted: Wanted,
    *,
    figure: str,
    pupil_id: int | None,
    now: datetime,
) -> Why:
    """NotFound, Forbidden as `class_report`; NotFound for a figure or pupil it does not have."""
    report, facts = counted_report(session, actor, wanted, now=now)
    pupil = next((one for one in report.pupils if one.pupil_id == pupil_id), None)
    known = {*COUNTS, SHARE} if pupil_id is not None else {*COUNTS, *PUPILS, SHARE}
    if figure not in known or (pupil_id is not None and pupil is None):
        raise NotFound()
    figures = report.total if pupil is None else report.by_pupil[pupil.pupil_id]
    share = explained(figures.lessons)
    why = Why(report=report, figure=figure, pupil=pupil, figures=figures, share=share)
    return _made_of(why, facts)


def _made_of(why: Why, facts: Facts) -> Why:
    if why.pupil is None and why.figure == "unfilled":
        return replace(why, lessons=tuple(_one(why, one, "") for one in why.report.unfilled))
    if why.pupil is None:
        return replace(why, parts=tuple(_pupils(why)))
    pupil_id = why.pupil.pupil_id
    if why.figure in OF_A_LESSON:
        return replace(why, lessons=tuple(_lessons(why, facts, pupil_id)))
    if why.figure in ("days", "ill_days"):
        return replace(why, days=tuple(_days(why, pupil_id)))
    return replace(why, parts=tuple(_subjects(why, pupil_id)))


def _pupils(why: Why) -> Iterator[PartOf]:
    for one in why.report.pupils:
        figures = why.report.by_pupil[one.pupil_id]
        if _gives(why.figure, figures):
            yield PartOf(one.name, figures, pupil_id=one.pupil_id)


def _gives(figure: str, figures: Missed) -> bool:
    """Whether a pupil is a part of the class's figure."""
    if figure in PUPILS:
        return PUPILS[figure](figures.lessons)
    return bool(figures.lessons.due if figure == SHARE else COUNTS[figure](figures))


def _subjects(why: Why, pupil_id: int) -> Iterator[PartOf]:
    for one in why.report.taught:
        figures = why.report.cell(pupil_id, one.id)
        if figures.lessons.planned:
            yield PartOf(one.name, figures, subject_id=one.id)


def _lessons(why: Why, facts: Facts, pupil_id: int) -> Iterator[CountedOne]:
    for states in states_by_day(facts, only={pupil_id}):
        for one in states:
            inside = one.class_group_id == why.report.group.id
            if inside and counts_in(why.figure, one):
                yield _one(why, one.lesson, one.state)


def _one(why: Why, lesson: CountedLesson, state: str) -> CountedOne:
    subject = next(one.name for one in why.report.taught if one.id == lesson.subject_id)
    return CountedOne(
        lesson.id, lesson.course_id, lesson.day, lesson.number, subject=subject, state=state
    )


def _days(why: Why, pupil_id: int) -> Iterator[FullDay]:
    ill_only = why.figure == "ill_days"
    for one in why.report.full_days:
        if one.pupil_id == pupil_id and (one.ill or not ill_only):
            yield one
