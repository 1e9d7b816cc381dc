"""Undoing a roll-over: everything is as it was, as long as the coming year has no lesson."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change, record
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.lessons.models import Lesson
from journal.office.rollover.models import Promotion, YearTurn
from journal.office.rollover.rules import Decision
from journal.office.setup.dependants import check_free
from journal.office.setup.rows import may_set_up
from journal.people.models import Pupil
from journal.people.service import origin_of
from journal.school.models import (
    AcademicYear,
    ClassGroup,
    ClassMembership,
    Course,
    CourseTeacher,
    GroupMembership,
    Movement,
    StudyGroup,
    StudyGroupClass,
)
from journal.timetable.models import ClassBells

_GOES_ALONG = ("class_bells", "class_membership", "study_group_class")


def undo_turn(session: Session, actor: Actor, *, from_year_id: int, now: datetime) -> None:
    """Take a roll-over back. RuleViolation when the coming year has lessons, pupils enrolled since,
    or a timetable."""
    may_set_up(actor)
    turn = session.scalar(select(YearTurn).filter_by(from_year_id=from_year_id))
    if turn is None:
        raise NotFound()
    _check(session, turn)
    _restore_pupils(session, turn)
    _drop_year(session, turn.to_year_id)
    entry = Change(action="undo_turn", object_type="academic_year", object_id=turn.to_year_id)
    place, origin = actor.organisation_id, origin_of(actor)
    record(session, organisation_id=place, origin=origin, change=entry, now=now)
    session.execute(_without(delete(Promotion).where(Promotion.year_turn_id == turn.id)))
    session.delete(turn)
    session.flush()


def _without(statement: Any) -> Any:
    return statement.execution_options(synchronize_session=False)


def _courses(year_id: int) -> Any:
    return select(Course.id).where(Course.academic_year_id == year_id)


def _classes(year_id: int) -> Any:
    return select(ClassGroup.id).where(ClassGroup.academic_year_id == year_id)


def _check(session: Session, turn: YearTurn) -> None:
    if session.scalar(select(exists().where(Lesson.course_id.in_(_courses(turn.to_year_id))))):
        message = N_("The new year has lessons already: the roll-over stays.")
        raise RuleViolation("", message)
    moved = select(Promotion.pupil_id).where(Promotion.year_turn_id == turn.id)
    strangers = exists().where(
        ClassMembership.class_group_id.in_(_classes(turn.to_year_id)),
        ClassMembership.pupil_id.not_in(moved),
    )
    if session.scalar(select(strangers)):
        message = N_("Pupils were enrolled into the new classes since: the roll-over stays.")
        raise RuleViolation("", message)
    for class_id in session.scalars(_classes(turn.to_year_id)).all():
        check_free(session, ClassGroup, class_id, apart=_GOES_ALONG)
    for course_id in session.scalars(_courses(turn.to_year_id)).all():
        check_free(session, Course, course_id, apart=("course_teacher",))


def _restore_pupils(session: Session, turn: YearTurn) -> None:
    rows = session.execute(
        select(
            Promotion.pupil_id,
            Promotion.membership_id,
            Promotion.entry_class_before,
            Promotion.decision,
        ).where(Promotion.year_turn_id == turn.id)
    ).all()
    ids = [row.membership_id for row in rows]
    for start in range(0, len(ids), 500):
        mine = ClassMembership.id.in_(ids[start : start + 500])
        session.execute(_without(update(ClassMembership).where(mine).values(ends_before=None)))
    by_class: dict[str | None, list[int]] = {}
    for row in rows:
        by_class.setdefault(row.entry_class_before, []).append(row.pupil_id)
    for name, pupil_ids in by_class.items():
        mine = Pupil.id.in_(pupil_ids)
        session.execute(_without(update(Pupil).where(mine).values(entry_class=name)))
    _forget_leaving(session, turn, [r.pupil_id for r in rows if r.decision == Decision.LEAVES])


def _forget_leaving(session: Session, turn: YearTurn, pupil_ids: list[int]) -> None:
    ended = session.get_one(AcademicYear, turn.from_year_id).ends_before
    mine = (Movement.pupil_id.in_(pupil_ids), Movement.kind == "leaving")
    session.execute(_without(delete(Movement).where(*mine, Movement.happens_on == ended)))


def _drop_year(session: Session, year_id: int) -> None:
    groups = select(StudyGroup.id).where(StudyGroup.academic_year_id == year_id)
    courses, classes = _courses(year_id), _classes(year_id)
    for model, mine in (
        (CourseTeacher, CourseTeacher.course_id.in_(courses)),
        (Course, Course.academic_year_id == year_id),
        (GroupMembership, GroupMembership.study_group_id.in_(groups)),
        (StudyGroupClass, StudyGroupClass.study_group_id.in_(groups)),
        (StudyGroup, StudyGroup.academic_year_id == year_id),
        (ClassMembership, ClassMembership.class_group_id.in_(classes)),
        (ClassBells, ClassBells.class_group_id.in_(classes)),
        (ClassGroup, ClassGroup.academic_year_id == year_id),
    ):
        session.execute(_without(delete(model).where(mine)))
    session.expire_all()
