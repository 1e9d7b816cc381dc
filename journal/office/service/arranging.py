"""Changing single lessons: substitution, merge, cancellation, room, distance, move, swap, undo."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from journal.attendance.alerts.models import AbsenceAlert
from journal.core.audit import Change
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.lessons.models import Lesson
from journal.office.models import Substitution
from journal.office.queries.lessons import LessonFacts
from journal.office.service.office import Office
from journal.office.service.requirements import (
    being_held,
    not_begun,
    require_free,
    require_present,
    unwritten,
)
from journal.office.service.telling import news
from journal.school.models import Room
from journal.timetable.rules import Reason


def substitute(office: Office, *, lesson_id: int, staff_id: int, merge: bool = False) -> None:
    """Another teacher holds the lesson; merged, he has his own subgroup there at the same time."""
    lesson = unwritten(office.lesson(lesson_id))
    if staff_id == lesson.staff_id:
        raise RuleViolation("staff", N_("He holds this lesson already. Choose somebody else."))
    if lesson.cancelled:
        raise RuleViolation("staff", N_("The lesson is cancelled. Undo the cancellation first."))
    require_present(office, staff_id, lesson.held_on)
    wanted = replace(lesson, staff_id=staff_id)
    kinds = {Reason.TEACHER}
    require_free(office, wanted, kinds=set() if merge else kinds)
    planned = lesson.planned_staff_id or lesson.staff_id
    _keep(office, lesson)
    back = staff_id == planned
    values = {"staff_id": staff_id, "replaced_staff_id": None if back else planned}
    _write(office, lesson, "substitute", **values)


def cancel(office: Office, *, lesson_id: int) -> None:
    """The lesson does not take place."""
    lesson = not_begun(unwritten(office.lesson(lesson_id)))
    if lesson.cancelled:
        raise RuleViolation("lesson", N_("The lesson is cancelled already."))
    _keep(office, lesson)
    _write(office, lesson, "cancel_lesson", status="cancelled")


def change_room(office: Office, *, lesson_id: int, room_id: int | None) -> None:
    """Another room, or none."""
    lesson = office.lesson(lesson_id)
    if room_id is not None and office.session.get(Room, room_id) is None:
        raise NotFound()
    if room_id == lesson.room_id:
        raise RuleViolation("room", N_("The lesson is in this room already. Choose another one."))
    require_free(office, replace(lesson, room_id=room_id), kinds={Reason.ROOM})
    _keep(office, lesson)
    _write(office, lesson, "change_room", room_id=room_id)


def hold_at_distance(office: Office, *, lesson_id: int) -> None:
    """The lesson is held remotely."""
    lesson = unwritten(office.lesson(lesson_id))
    if lesson.mode == "distance":
        raise RuleViolation("lesson", N_("The lesson is remote already."))
    _keep(office, lesson)
    _write(office, lesson, "make_remote", mode="distance")


def undo(office: Office, *, lesson_id: int) -> None:
    """Back to the timetable, while nothing was written in the lesson or in what stands for it."""
    lesson = office.lesson(lesson_id)
    if lesson.made_of is not None:
        lesson = office.lesson(lesson.made_of)
    if not lesson.changed:
        raise RuleViolation("lesson", N_("The lesson is as the timetable has it."))
    if not lesson.cancelled:
        not_begun(unwritten(lesson))
    kept = office.session.get(Substitution, lesson.substitution_id or 0)
    made = kept.made_lesson_id if kept else None
    staff_id = kept.planned_staff_id if kept else lesson.planned_staff_id or lesson.staff_id
    values = {
        "staff_id": staff_id,
        "replaced_staff_id": None,
        "room_id": kept.planned_room_id if kept else lesson.room_id,
        "mode": kept.planned_mode if kept else "on_site",
        "status": "scheduled",
    }
    if kept is not None:
        office.session.delete(kept)
        office.session.flush()
    if made is not None:
        _drop_made(office, made)
    _write(office, lesson, "undo_substitution", **values)


def _drop_made(office: Office, lesson_id: int) -> None:
    """The lesson that stood for a moved one goes, if it holds nothing and no family was told of
    an absence there."""
    made = not_begun(unwritten(office.lesson(lesson_id)))
    told = select(AbsenceAlert.id).where(AbsenceAlert.lesson_id == lesson_id)
    if office.session.scalar(told.limit(1)) is not None:
        raise being_held(made)
    office.session.delete(office.session.get_one(Lesson, lesson_id))
    office.session.flush()


def movable(office: Office, lesson_id: int) -> LessonFacts:
    """A lesson that may be taken elsewhere: nothing written, not cancelled, not changed before."""
    lesson = not_begun(unwritten(office.lesson(lesson_id)))
    if lesson.cancelled or lesson.substitution_id is not None or lesson.made_of is not None:
        raise RuleViolation("lesson", N_("The lesson is changed already. Undo that first."))
    return lesson


def _keep(office: Office, lesson: LessonFacts) -> None:
    """Remember what the timetable wanted, once; a second change keeps the first memory."""
    if lesson.substitution_id is not None:
        kept = office.session.get_one(Substitution, lesson.substitution_id)
        kept.reason, kept.made_at = office.reason or kept.reason, office.now
        return
    keep_planned(office, lesson, made_lesson_id=None)


def keep_planned(office: Office, lesson: LessonFacts, *, made_lesson_id: int | None) -> None:
    """The row that an undo needs."""
    office.session.add(
        Substitution(
            organisation_id=office.actor.organisation_id,
            lesson_id=lesson.id,
            made_lesson_id=made_lesson_id,
            planned_staff_id=lesson.planned_staff_id or lesson.staff_id,
            planned_room_id=lesson.room_id,
            planned_mode=lesson.mode,
            reason=office.reason,
            day_order_id=office.order_id,
            made_at=office.now,
            made_by=office.actor.current.staff_id,
        )
    )
    office.session.flush()


def _write(office: Office, lesson: LessonFacts, action: str, **values: Any) -> None:
    row = office.session.get_one(Lesson, lesson.id, populate_existing=True)
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    office.session.flush()
    tell(office, lesson, action, before=before, after=values)


def tell(
    office: Office,
    lesson: LessonFacts,
    action: str,
    *,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    """The log and everybody concerned learn of a change of one lesson."""
    changed = [name for name in after if before.get(name) != after[name]]
    change = Change(
        action=action,
        object_type="lesson",
        object_id=lesson.id,
        within_id=lesson.id,
        before={name: _said(office, name, before.get(name)) for name in changed},
        after={name: _said(office, name, after[name]) for name in changed},
        reason=office.reason,
    )
    office.log(change)
    staff = {lesson.staff_id, lesson.planned_staff_id, after.get("staff_id")} - {None}
    office.teller.lesson(
        lesson, [one for one in staff if one], news(action, after, office.name, office.room)
    )


def _said(office: Office, name: str, value: Any) -> Any:
    """Ids as names: the log is read by people."""
    if value is None or name not in ("staff_id", "replaced_staff_id", "room_id"):
        return value
    if name == "room_id":
        return office.room(value)
    return office.name(value)
