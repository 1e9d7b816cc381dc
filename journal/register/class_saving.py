"""Saving the day of a class: its teacher writes attendance in the lessons of all his pupils.

The lessons belong to several courses: each course has a desk of its own, opened in the order of
ids, so that two savers never wait for each other in a circle.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.excuses.deeds import Deed
from journal.attendance.excuses.whole_day import excuse_day, take_day_back
from journal.attendance.sheet import Cell, Sheet, State
from journal.core.audit import Change
from journal.core.errors import Forbidden
from journal.core.messages import N_
from journal.core.operations import kept_answers
from journal.lessons.desk import Desk, LessonRow, open_desk
from journal.lessons.queries.class_day import CoursePlace, courses_of_class_day
from journal.lessons.queries.class_head import load_class
from journal.lessons.rules.class_head import ClassHead
from journal.register.service import ACTS, Acts, Operation, Outcome, acknowledge, attempt
from journal.school.class_desk import pupil_ids_on
from journal.school.queries import rosters
from journal.school.rules import RosterEntry

_NO_LESSON = N_("The class has no such lesson on this day. Open the page again.")
_ATTENDANCE_ONLY = N_("On the day of a class attendance is entered, nothing else.")


def _put_day(desk: Desk, one: Operation) -> None:
    """The whole day, for lessons to come: an excuse of the day. Lessons that have begun are entered
    one by one beside it."""
    lesson = _own_pupils_day(desk, one)
    excuse_day(
        Deed(desk.session, desk.actor, desk.now),
        pupil_id=one.pupil_id or 0,
        day=lesson.held_on,
        code=one.value,
        text=one.comment or "",
    )


def _clear_day(desk: Desk, one: Operation) -> None:
    lesson = _own_pupils_day(desk, one)
    take_day_back(
        Deed(desk.session, desk.actor, desk.now),
        pupil_id=one.pupil_id or 0,
        day=lesson.held_on,
        text=one.comment or "",
    )


def _own_pupils_day(desk: Desk, one: Operation) -> LessonRow:
    lesson = desk.lesson(one.lesson_id)
    desk.require_on_roster(lesson, one.pupil_id or 0)
    return lesson


# Their excuses log by themselves: what was entered before them stands before them in the log.
WHOLE_DAY = {"put_day": _put_day, "clear_day": _clear_day}
DAY_ACTS: Acts = {
    kind: ACTS[kind] for kind in ("put_absence", "clear_absence", "take_attendance")
} | WHOLE_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedDay:
    """The outcomes of a batch, in its order. `touched` are cells written beside those asked for;
    `roster` is of the groups of the lessons named, whole."""

    head: ClassHead
    outcomes: tuple[Outcome, ...]
    roster: Sequence[RosterEntry]
    desks: Mapping[int, Desk]

    @property
    def touched(self) -> frozenset[Cell]:
        """Cells written beside those asked for."""
        return frozenset(cell for desk in self.desks.values() for cell in desk.touched)

    @property
    def lesson_ids(self) -> frozenset[int]:
        """The lessons that were asked for."""
        return frozenset(one.operation.lesson_id for one in self.outcomes)

    @property
    def pupil_ids(self) -> frozenset[int]:
        """Whose cells were asked for or written."""
        asked = (one.operation.pupil_id or 0 for one in self.outcomes)
        return frozenset(asked) | {pupil_id for _, pupil_id in self.touched}

    @property
    def of_whole_days(self) -> bool:
        """Whether a word about a whole day is among them: it speaks of lessons not named too."""
        return any(one.operation.kind in WHOLE_DAY for one in self.outcomes)

    def entered(self, cell: Cell) -> State | None:
        """What stands in a cell of these lessons after the save."""
        desk = self.desks.get(cell[0])
        return desk.keep(Sheet).of(cell) if desk else None


def save_day(
    session: Session,
    actor: Actor,
    *,
    class_id: int,
    day: date,
    operations: Sequence[Operation],
    now: datetime,
) -> SavedDay:
    """Carry out a batch. NotFound or Forbidden when the class is not the actor's own."""
    head = load_class(session, actor, class_id)
    if head.writer is None:
        raise Forbidden(N_("Only the class teacher enters the attendance of the class's day."))
    lesson_ids = {one.lesson_id for one in operations}
    courses = courses_of_class_day(session, class_id=class_id, day=day, lesson_ids=lesson_ids)
    roster = rosters(session, {one.group_id for one in courses.values()}) if courses else []
    own = pupil_ids_on(session, class_group_id=class_id, day=day)
    desks = _desks(session, actor, courses, operations, own, roster, now)
    # Read under the locks of the lessons: see `register.service`.
    names = [one.id for one in operations]
    kept = kept_answers(session, account_id=actor.account_id, operation_ids=names)
    at = {lesson_id: desks[place.course_id] for lesson_id, place in courses.items()}
    with _logged_together(desks.values()):
        outcomes = tuple(_act(at, one, kept) for one in operations)
    acknowledge(session, actor, outcomes, now=now)
    return SavedDay(head=head, outcomes=outcomes, roster=roster, desks=at)


def _logged_together(desks: Collection[Desk]) -> AbstractContextManager[None]:
    """One batch of the log for all desks; nothing where there is no desk."""
    return next(iter(desks)).batch() if desks else nullcontext()


def _act(at: Mapping[int, Desk], one: Operation, kept: Mapping[str, Any]) -> Outcome:
    if one.kind not in DAY_ACTS:
        return Outcome(operation=one, status=403, message=_ATTENDANCE_ONLY)
    desk = at.get(one.lesson_id)
    if desk is None:
        return Outcome(operation=one, status=404, message=_NO_LESSON)
    if one.kind not in WHOLE_DAY:
        return attempt(desk, one, kept, DAY_ACTS)
    desk.log_held_back()
    outcome = attempt(desk, one, kept, DAY_ACTS)
    for any_desk in at.values():  # an excuse gives the absences of its days their reason
        any_desk.kept.clear()
    return outcome


def _desks(
    session: Session,
    actor: Actor,
    courses: Mapping[int, CoursePlace],
    operations: Sequence[Operation],
    own: frozenset[int],
    roster: Sequence[RosterEntry],
    now: datetime,
) -> dict[int, Desk]:
    """The desks share what is held back: one piece of the log for the whole save."""
    pupil_ids = {one.pupil_id for one in operations if one.pupil_id}
    held_back: list[list[Change]] = []
    return {
        course_id: open_desk(
            session,
            actor,
            course_id=course_id,
            lesson_ids={one for one, place in courses.items() if place.course_id == course_id},
            pupil_ids=pupil_ids,
            now=now,
            class_pupils=own,
            held_back=held_back,
            roster=[one for one in roster if one.study_group_id == group_id],
        )
        for course_id, group_id in sorted(set(courses.values()))
    }
