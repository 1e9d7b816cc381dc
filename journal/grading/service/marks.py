"""Commands of marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from journal.core.audit import Change
from journal.core.errors import RuleViolation, StaleVersion
from journal.core.messages import N_
from journal.grading.models import Mark, Work
from journal.grading.rules import check_mark_value
from journal.grading.service.works import WorkRow, default_work, work_row
from journal.lessons.desk import Desk, LessonRow
from journal.lessons.rules import EntryKind

COMMENT_MAX = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkDraft:
    """What is typed into a cell. `deadline` belongs to • only."""

    value: str
    comment: str | None = None
    deadline: date | None = None


def put_mark(
    desk: Desk,
    *,
    lesson_id: int,
    pupil_id: int,
    work_id: int | None,
    mark_id: int | None,
    draft: MarkDraft,
    base: int,
) -> int:
    """Write a mark; returns its id.

    `mark_id` names the mark that is changed, None a new one for the work (None: the lesson's
    first work, made of the school's default type when there is none). `base` is the version the
    client saw, 0 for «there was none». Raises StaleVersion on a difference.
    """
    lesson = desk.own_lesson(lesson_id)
    desk.require_on_roster(lesson, pupil_id)
    _check_draft(desk, draft)
    mark = _mark(desk, lesson_id, pupil_id, mark_id)
    work = work_row(desk, lesson, mark.work_id if mark else work_id)
    grant_id = desk.require_open(
        EntryKind.MARKS, lesson, checking_days=work.checking_days if work else None
    )
    if mark is None and work is not None:
        mark = _mark_of_work(desk, work.id, pupil_id)
    _require_version(mark, base)
    if mark is None:
        return _add(desk, lesson, pupil_id, work, draft, grant_id)
    _change(desk, lesson, mark, work, draft, grant_id)
    return mark.id


def clear_mark(desk: Desk, *, lesson_id: int, pupil_id: int, mark_id: int, base: int) -> None:
    """Take a mark back; what there was stays in the audit log. Clearing twice changes nothing."""
    lesson = desk.own_lesson(lesson_id)
    desk.require_on_roster(lesson, pupil_id)
    mark = desk.session.scalar(
        _marks_of_cell(lesson_id, pupil_id).where(Mark.id == mark_id).with_for_update()
    )
    if mark is None:
        _require_version(None, base)
        return
    work = work_row(desk, lesson, mark.work_id)
    grant_id = desk.require_open(
        EntryKind.MARKS, lesson, checking_days=work.checking_days if work else None
    )
    _require_version(mark, base)
    retaken = desk.session.scalar(select(Mark.id).where(Mark.retake_of_id == mark_id))
    if retaken is not None:
        raise RuleViolation("mark", N_("This mark was retaken: clear the retake first."))
    before = _facts(mark, work)
    desk.session.delete(mark)
    desk.session.flush()
    _log(desk, "clear_mark", mark_id, lesson_id, pupil_id, before, None, grant_id)


def _check_draft(desk: Desk, draft: MarkDraft) -> None:
    check_mark_value(draft.value, desk.head.scale)
    if desk.head.grade == 1 and draft.value not in ("осв", "н/а"):
        raise RuleViolation("value", N_("In grade 1 no marks are given."))
    if draft.comment and len(draft.comment) > COMMENT_MAX:
        raise RuleViolation(
            "comment", N_("Shorten the comment to %(max)s characters.", max=COMMENT_MAX)
        )


def _marks_of_cell(lesson_id: int, pupil_id: int) -> Any:
    return (
        select(Mark)
        .join(Work, Work.id == Mark.work_id)
        .where(Work.lesson_id == lesson_id, Mark.pupil_id == pupil_id)
        .execution_options(populate_existing=True)
    )


def _mark(desk: Desk, lesson_id: int, pupil_id: int, mark_id: int | None) -> Mark | None:
    """The named mark; one that was cleared in between is a conflict, not an error."""
    if mark_id is None:
        return None
    mark: Mark | None = desk.session.scalar(
        _marks_of_cell(lesson_id, pupil_id).where(Mark.id == mark_id)
    )
    if mark is None:
        _require_version(None, -1)
    return mark


def _mark_of_work(desk: Desk, work_id: int, pupil_id: int) -> Mark | None:
    return desk.session.scalar(
        select(Mark)
        .where(Mark.work_id == work_id, Mark.pupil_id == pupil_id)
        .execution_options(populate_existing=True)
    )


def _require_version(mark: Mark | None, base: int) -> None:
    if (mark.version if mark else 0) == base:
        return
    theirs = {
        "value": mark.value if mark else "",
        "account_id": mark.entered_by if mark else None,
        "when": mark.entered_at if mark else None,
    }
    raise StaleVersion(N_("Somebody else has changed this cell."), theirs=theirs)


def _add(
    desk: Desk,
    lesson: LessonRow,
    pupil_id: int,
    work: WorkRow | None,
    draft: MarkDraft,
    grant_id: int | None,
) -> int:
    work = work or default_work(desk, lesson)
    mark = Mark(
        organisation_id=desk.head.organisation_id,
        work_id=work.id,
        pupil_id=pupil_id,
        value=draft.value,
        number=_marks_in_cell(desk, lesson.id, pupil_id) + 1,
        comment=draft.comment or None,
        deadline=draft.deadline if draft.value == "•" else None,
        entered_by=desk.actor.account_id,
        entered_at=desk.now,
    )
    desk.session.add(mark)
    desk.session.flush()
    _log(desk, "put_mark", mark.id, lesson.id, pupil_id, None, _facts(mark, work), grant_id)
    return mark.id


def _marks_in_cell(desk: Desk, lesson_id: int, pupil_id: int) -> int:
    count = desk.session.scalar(
        select(func.count())
        .select_from(Mark)
        .join(Work, Work.id == Mark.work_id)
        .where(Work.lesson_id == lesson_id, Mark.pupil_id == pupil_id)
    )
    return count or 0


def _change(
    desk: Desk,
    lesson: LessonRow,
    mark: Mark,
    work: WorkRow | None,
    draft: MarkDraft,
    grant_id: int | None,
) -> None:
    before = _facts(mark, work)
    mark.value = draft.value
    if draft.comment is not None:
        mark.comment = draft.comment or None
    mark.deadline = draft.deadline if draft.value == "•" else None
    after = _facts(mark, work)
    if after == before:
        return
    mark.version += 1
    mark.entered_by = desk.actor.account_id
    mark.entered_at = desk.now
    desk.session.flush()
    _log(desk, "change_mark", mark.id, lesson.id, mark.pupil_id, before, after, grant_id)


def _facts(mark: Mark, work: WorkRow | None) -> dict[str, Any]:
    return {
        "value": mark.value,
        "work": work.type_name if work else None,
        "weight": work.weight if work else None,
        "comment": mark.comment,
        "deadline": mark.deadline,
    }


def _log(
    desk: Desk,
    action: str,
    mark_id: int,
    lesson_id: int,
    pupil_id: int,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    grant_id: int | None,
) -> None:
    desk.log(
        Change(
            action=action,
            object_type="mark",
            object_id=mark_id,
            within_id=lesson_id,
            about_id=pupil_id,
            before=before,
            after=after,
            grant_id=grant_id,
        )
    )
