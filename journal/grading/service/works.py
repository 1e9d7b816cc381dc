"""Works of a lesson: added before it or in it, changed while its marks may change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, exists, select, update
from sqlalchemy.orm import aliased

from journal.core.audit import Change
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.grading.models import Mark, Work, WorkType
from journal.lessons.desk import Desk, LessonRow
from journal.lessons.rules import EntryKind

WEIGHT_MAX = 100  # as the history format and the table hold


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A work with what a mark needs to know of its type."""

    id: int
    weight: int
    type_name: str
    checking_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDraft:
    """A work of a lesson: its type, weight and caption."""

    work_type_id: int
    weight: int
    caption: str | None


def put_work(desk: Desk, *, lesson_id: int, work_id: int | None, draft: WorkDraft) -> int:
    """Add a work to a lesson, or change one; returns its id. The weight moves averages: audited."""
    lesson = desk.own_lesson(lesson_id)
    kind = _work_type(desk, draft.work_type_id)
    _check_draft(draft)
    _require_plannable(desk, lesson, kind.checking_days)
    known = _own_work(desk, lesson_id, work_id) if work_id else None
    before = _work_facts(known)
    work = known or _new_work(desk, lesson_id)
    work.version = known.version + 1 if known else 1
    work.work_type_id, work.weight = draft.work_type_id, draft.weight
    work.caption = draft.caption or None
    desk.session.flush()
    _carry_to_retakes(desk, work)
    _log_work(desk, "put_work", lesson_id, work.id, before, _work_facts(work))
    return work.id


def clear_work(desk: Desk, *, lesson_id: int, work_id: int) -> None:
    """Remove a work without marks; what it was stays in the log. Removing twice changes nothing."""
    lesson = desk.own_lesson(lesson_id)
    work = desk.session.scalar(select(Work).where(Work.id == work_id, Work.lesson_id == lesson_id))
    if work is None:
        return
    _require_plannable(desk, lesson, _work_type(desk, work.work_type_id).checking_days)
    if desk.session.scalar(select(Mark.id).where(Mark.work_id == work_id).limit(1)) is not None:
        raise RuleViolation("work", N_("There are marks for this work: erase them first."))
    before = _work_facts(work)
    desk.session.delete(work)
    desk.session.flush()
    _log_work(desk, "clear_work", lesson_id, work_id, before, None)


def _log_work(
    desk: Desk,
    action: str,
    lesson_id: int,
    work_id: int,
    before: dict[str, object] | None,
    after: dict[str, object] | None,
) -> None:
    desk.log(
        Change(
            action=action,
            object_type="work",
            object_id=work_id,
            within_id=lesson_id,
            before=before,
            after=after,
        )
    )


def _new_work(desk: Desk, lesson_id: int) -> Work:
    work = Work(organisation_id=desk.head.organisation_id, lesson_id=lesson_id)
    desk.session.add(work)
    return work


def _carry_to_retakes(desk: Desk, work: Work) -> None:
    """What a work weighs and is called, its retakes weigh and are called too."""
    original = aliased(Mark)
    retakes = (
        select(Mark.work_id)
        .join(original, original.id == Mark.retake_of_id)
        .where(original.work_id == work.id)
    )
    same = {"work_type_id": work.work_type_id, "weight": work.weight, "caption": work.caption}
    desk.session.execute(
        update(Work).where(Work.lesson_id == work.lesson_id, Work.id.in_(retakes)).values(same)
    )


def _check_draft(draft: WorkDraft) -> None:
    if not 1 <= draft.weight <= WEIGHT_MAX:
        raise RuleViolation("weight", N_("Enter a weight from 1 to %(max)s.", max=WEIGHT_MAX))
    if draft.caption and len(draft.caption) > 200:
        raise RuleViolation("caption", N_("Shorten the caption to 200 characters."))


def _require_plannable(desk: Desk, lesson: LessonRow, checking_days: int | None) -> None:
    """A work may be planned before its lesson; afterwards the window of marks counts."""
    if desk.now >= lesson.starts_at or lesson.cancelled:
        desk.require_open(EntryKind.MARKS, lesson, checking_days=checking_days)


def work_row(desk: Desk, lesson: LessonRow, work_id: int | None) -> WorkRow | None:
    """The named work of the lesson with its type, or the first one; None when there is none."""
    place = {"lesson_id": lesson.id} | ({} if work_id is None else {"work_id": work_id})
    row = desk.session.execute(_work_query(named=work_id is not None), place).one_or_none()
    if row is None and work_id is not None:
        raise NotFound(N_("There is no such work in this lesson. Open the page again."))
    return WorkRow(*row) if row else None


@cache
def _work_query(*, named: bool) -> Any:
    query = (
        select(Work.id, Work.weight, WorkType.name, WorkType.checking_days)
        .join(WorkType, WorkType.id == Work.work_type_id)
        .where(Work.lesson_id == bindparam("lesson_id"))
        .order_by(Work.id)
        .limit(1)
    )
    return query.where(Work.id == bindparam("work_id")) if named else query


def retake_work(desk: Desk, lesson: LessonRow, work: WorkRow, pupil_id: int) -> WorkRow:
    """A work like `work` in the same lesson in which the pupil has no mark yet, made if needed.

    A retake stands in the cell of the original lesson, and a pupil has one mark a work.
    """
    original = aliased(Work)
    like = and_(
        Work.lesson_id == original.lesson_id,
        Work.id != original.id,
        Work.work_type_id == original.work_type_id,
        Work.weight == original.weight,
        Work.caption.is_not_distinct_from(original.caption),
    )
    held = exists().where(Mark.work_id == Work.id, Mark.pupil_id == pupil_id)
    found = desk.session.scalar(
        select(Work.id)
        .join(original, like)
        .where(original.id == work.id, ~held)
        .order_by(Work.id)
        .limit(1)
    )
    if found is None:
        known = _own_work(desk, lesson.id, work.id)
        made = _new_work(desk, lesson.id)
        made.work_type_id, made.weight = known.work_type_id, known.weight
        made.caption = known.caption
        desk.session.flush()
        found = made.id
    return WorkRow(found, work.weight, work.type_name, work.checking_days)


def _own_work(desk: Desk, lesson_id: int, work_id: int) -> Work:
    work = desk.session.scalar(select(Work).where(Work.id == work_id, Work.lesson_id == lesson_id))
    if work is None:
        raise NotFound(N_("There is no such work in this lesson. Open the page again."))
    return work


def _work_type(desk: Desk, work_type_id: int) -> WorkType:
    kind = desk.session.scalar(select(WorkType).where(WorkType.id == work_type_id))
    if kind is None:
        raise RuleViolation("type", N_("Choose a kind of work from the list."))
    return kind


def default_work(desk: Desk, lesson: LessonRow) -> WorkRow:
    """A work of the lightest everyday type, made by the first mark typed into a lesson."""
    everyday = (WorkType.checking_days.is_not(None), WorkType.weight, WorkType.id)
    kind = desk.session.scalar(select(WorkType).order_by(*everyday).limit(1))
    if kind is None:
        raise RuleViolation(
            "work", N_("The school has no kinds of work yet. Ask the administrator to add one.")
        )
    work = Work(
        organisation_id=desk.head.organisation_id,
        lesson_id=lesson.id,
        work_type_id=kind.id,
        weight=kind.weight,
    )
    desk.session.add(work)
    desk.session.flush()
    return WorkRow(work.id, work.weight, kind.name, kind.checking_days)


def _work_facts(work: Work | None) -> dict[str, object] | None:
    if work is None:
        return None
    return {"work_type_id": work.work_type_id, "weight": work.weight, "caption": work.caption}
