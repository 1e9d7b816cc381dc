"""Undoing a roll-over: everything is as it was, as long as the coming year has no lesson.

Classes the coming year had before stay, with what was entered in them; the pupils who came go.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change, record
from journal.core.db import bulk_insert
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
    before = json.loads(turn.before)
    there = select(ClassGroup.id).where(ClassGroup.academic_year_id == turn.to_year_id)
    made = [one for one in session.scalars(there) if one not in before.get("classes", ())]
    _check(session, turn, made)
    _restore_pupils(session, turn)
    _drop_made(session, turn, made)
    entry = Change(action="undo_turn", object_type="academic_year", object_id=turn.to_year_id)
    place, origin = actor.organisation_id, origin_of(actor)
    record(session, organisation_id=place, origin=origin, change=entry, now=now)
    _restore_decisions(session, turn, before.get("decisions", {}))
    session.delete(turn)
    session.flush()


def _restore_decisions(session: Session, turn: YearTurn, decisions: Mapping[str, str]) -> None:
    """What had been decided of single pupils is decided again."""
    session.execute(_without(delete(Promotion).where(Promotion.year_turn_id == turn.id)))
    place = {"organisation_id": turn.organisation_id, "academic_year_id": turn.from_year_id}
    rows = [{"pupil_id": int(one), "decision": word, **place} for one, word in decisions.items()]
    bulk_insert(session, Promotion, rows)


def _without(statement: Any) -> Any:
    return statement.execution_options(synchronize_session=False)


def _groups(made: Collection[int]) -> Any:
    """The groups in which a class sits that the roll-over made."""
    sits = StudyGroupClass.class_group_id.in_(made)
    return select(StudyGroupClass.study_group_id).where(sits)


def _check(session: Session, turn: YearTurn, made: Collection[int]) -> None:
    courses = select(Course.id).where(Course.academic_year_id == turn.to_year_id)
    if session.scalar(select(exists().where(Lesson.course_id.in_(courses)))):
        message = N_("The new year has lessons already: the roll-over stays.")
        raise RuleViolation("", message)
    strangers = exists().where(
        ClassMembership.class_group_id.in_(made), ClassMembership.pupil_id.not_in(_moved(turn))
    )
    if session.scalar(select(strangers)):
        message = N_("Pupils were enrolled into the new classes since: the roll-over stays.")
        raise RuleViolation("", message)
    for class_id in made:
        check_free(session, ClassGroup, class_id, apart=_GOES_ALONG)
    theirs = courses.where(Course.study_group_id.in_(_groups(made)))
    for course_id in session.scalars(theirs).all():
        check_free(session, Course, course_id, apart=("course_teacher",))


def _moved(turn: YearTurn) -> Any:
    return select(Promotion.pupil_id).where(Promotion.year_turn_id == turn.id)


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


def _drop_made(session: Session, turn: YearTurn, made: Collection[int]) -> None:
    """The classes made and all of theirs, and the moved pupils' places in the others."""
    groups = session.scalars(_groups(made)).all()
    courses = select(Course.id).where(Course.study_group_id.in_(groups))
    classes = select(ClassGroup.id).where(ClassGroup.academic_year_id == turn.to_year_id)
    parts = select(StudyGroup.id).where(StudyGroup.academic_year_id == turn.to_year_id)
    there, sits = ClassMembership.class_group_id, GroupMembership.study_group_id
    moved = _moved(turn)
    for model, mine in (
        (CourseTeacher, CourseTeacher.course_id.in_(courses)),
        (Course, Course.study_group_id.in_(groups)),
        (GroupMembership, sits.in_(groups)),
        (GroupMembership, sits.in_(parts) & GroupMembership.pupil_id.in_(moved)),
        (StudyGroupClass, StudyGroupClass.study_group_id.in_(groups)),
        (StudyGroup, StudyGroup.id.in_(groups)),
        (ClassMembership, there.in_(classes) & ClassMembership.pupil_id.in_(moved)),
        (ClassBells, ClassBells.class_group_id.in_(made)),
        (ClassGroup, ClassGroup.id.in_(made)),
    ):
        session.execute(_without(delete(model).where(mine)))
    session.expire_all()
