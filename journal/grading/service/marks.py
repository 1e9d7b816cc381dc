"""Commands of marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select

from journal.core.audit import Change
from journal.core.clock import local_date
from journal.core.errors import RuleViolation, StaleVersion
from journal.core.messages import N_
from journal.grading.models import Mark, Work
from journal.grading.rules import check_mark_value
from journal.grading.service.works import WorkRow, default_work, retake_work, work_row
from journal.lessons.desk import Desk, LessonRow
from journal.lessons.rules import EntryKind

COMMENT_MAX = 500
DOT_DAYS = 7
NOT_RETAKEN = ("•", "н/а", "осв")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkDraft:
    """What is typed into a cell. `deadline` belongs to • only: without one it is a week.

    `retake_of` names the mark of the same cell that a new mark retakes.
    """

    value: str
    comment: str | None = None
    deadline: date | None = None
    retake_of: int | None = None


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
    _check_draft(desk, lesson, draft)
    mark = _mark(desk, lesson_id, pupil_id, mark_id)
    original = None if mark else _original(desk, lesson_id, pupil_id, draft.retake_of)
    known = mark or original
    work = work_row(desk, lesson, known.work_id if known else work_id)
    grant_id = _require_open(desk, lesson, work)
    mark = mark or _there_already(desk, work, pupil_id, original)
    _require_version(mark, base)
    if mark is None:
        return _add(desk, lesson, pupil_id, work, draft, grant_id)
    _change(desk, lesson, mark, work, draft, grant_id)
    return mark.id


def clear_mark(desk: Desk, *, lesson_id: int, pupil_id: int, mark_id: int, base: int) -> None:
    """Take a mark back; what there was stays in the audit log. Clearing twice changes nothing."""
    lesson = desk.own_lesson(lesson_id)
    desk.require_on_roster(lesson, pupil_id)
    place = {"lesson_id": lesson_id, "pupil_id": pupil_id, "mark_id": mark_id}
    mark = desk.session.scalar(_mark_query(), place)
    if mark is None:
        _require_version(None, base)
        return
    work = work_row(desk, lesson, mark.work_id)
    grant_id = _require_open(desk, lesson, work)
    _require_version(mark, base)
    retaken = desk.session.scalar(select(Mark.id).where(Mark.retake_of_id == mark_id))
    if retaken is not None:
        raise RuleViolation("mark", N_("This mark was retaken: clear the retake first."))
    before = _facts(mark, work)
    desk.session.delete(mark)
    desk.session.flush()
    _log(desk, "clear_mark", mark_id, lesson_id, pupil_id, before, None, grant_id)


def _require_open(desk: Desk, lesson: LessonRow, work: WorkRow | None) -> int | None:
    days = work.checking_days if work else None
    return desk.require_open(EntryKind.MARKS, lesson, checking_days=days)


def _check_draft(desk: Desk, lesson: LessonRow, draft: MarkDraft) -> None:
    check_mark_value(draft.value, desk.head.scale)
    if desk.head.grade == 1 and draft.value not in ("осв", "н/а"):
        raise RuleViolation("value", N_("In grade 1 no marks are given."))
    if draft.comment and len(draft.comment) > COMMENT_MAX:
        raise RuleViolation(
            "comment", N_("Shorten the comment to %(max)s characters.", max=COMMENT_MAX)
        )
    last = desk.head.year.ends_before
    if draft.deadline and (
        draft.deadline < lesson.held_on or (last is not None and draft.deadline >= last)
    ):
        raise RuleViolation(
            "deadline",
            N_(
                "An answer is awaited from the day of the lesson to the end of the year: "
                "choose another day."
            ),
        )


@cache
def _of_cell() -> tuple[ColumnElement[bool], ...]:
    """Marks, joined with their works, of the parameters lesson_id and pupil_id."""
    return Work.lesson_id == bindparam("lesson_id"), Mark.pupil_id == bindparam("pupil_id")


@cache
def _mark_query() -> Any:
    return (
        select(Mark)
        .join(Work, Work.id == Mark.work_id)
        .where(*_of_cell(), Mark.id == bindparam("mark_id"))
        .with_for_update(of=Mark)
        .execution_options(populate_existing=True)
    )


def _mark(desk: Desk, lesson_id: int, pupil_id: int, mark_id: int | None) -> Mark | None:
    """The named mark; one that was cleared in between is a conflict, not an error."""
    if mark_id is None:
        return None
    place = {"lesson_id": lesson_id, "pupil_id": pupil_id, "mark_id": mark_id}
    mark: Mark | None = desk.session.scalar(_mark_query(), place)
    if mark is None:
        _require_version(None, -1)
    return mark


def _original(desk: Desk, lesson_id: int, pupil_id: int, retake_of: int | None) -> Mark | None:
    """The mark of the cell that is retaken; None when nothing is."""
    original = _mark(desk, lesson_id, pupil_id, retake_of)
    if original is not None and original.value in NOT_RETAKEN:
        raise RuleViolation(
            "retake", N_("«%(value)s» is not retaken: change it.", value=original.value)
        )
    return original


def _there_already(
    desk: Desk, work: WorkRow | None, pupil_id: int, original: Mark | None
) -> Mark | None:
    """The pupil's mark that stands in the place of a new one: of the work, or another retake."""
    if work is None:
        return None
    place = Mark.retake_of_id == original.id if original else Mark.work_id == work.id
    return desk.session.scalar(
        select(Mark)
        .where(place, Mark.pupil_id == pupil_id)
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
    work = _place(desk, lesson, pupil_id, work, draft)
    mark = Mark(
        organisation_id=desk.head.organisation_id,
        work_id=work.id,
        pupil_id=pupil_id,
        value=draft.value,
        number=_marks_in_cell(desk, lesson.id, pupil_id) + 1,
        comment=draft.comment or None,
        retake_of_id=draft.retake_of,
        deadline=_deadline(desk, lesson, draft, None),
        entered_by=desk.actor.account_id,
        entered_at=desk.now,
    )
    desk.session.add(mark)
    desk.session.flush()
    _log(desk, "put_mark", mark.id, lesson.id, pupil_id, None, _facts(mark, work), grant_id)
    return mark.id


def _place(
    desk: Desk, lesson: LessonRow, pupil_id: int, work: WorkRow | None, draft: MarkDraft
) -> WorkRow:
    """The work a new mark belongs to."""
    work = work or default_work(desk, lesson)
    return work if draft.retake_of is None else retake_work(desk, lesson, work, pupil_id)


def _deadline(desk: Desk, lesson: LessonRow, draft: MarkDraft, mark: Mark | None) -> date | None:
    """Until when the answer to a • is awaited; None for every other mark."""
    if draft.value != "•":
        return None
    week = max(lesson.held_on, local_date(desk.now, desk.head.zone)) + timedelta(days=DOT_DAYS)
    return draft.deadline or (mark.deadline if mark else None) or week


def _marks_in_cell(desk: Desk, lesson_id: int, pupil_id: int) -> int:
    place = {"lesson_id": lesson_id, "pupil_id": pupil_id}
    return desk.session.scalar(_count_query(), place) or 0


@cache
def _count_query() -> Any:
    query = select(func.count()).select_from(Mark).join(Work, Work.id == Mark.work_id)
    return query.where(*_of_cell())


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
    mark.deadline = _deadline(desk, lesson, draft, mark)
    after = _facts(mark, work)
    if after == before:
        return
    mark.version += 1
    mark.entered_by = desk.actor.account_id
    mark.entered_at = desk.now
    desk.session.flush()
    _log(desk, "change_mark", mark.id, lesson.id, mark.pupil_id, before, after, grant_id)


def _facts(mark: Mark, work: WorkRow | None) -> dict[str, Any]:
    facts = {
        "value": mark.value,
        "work": work.type_name if work else None,
        "weight": work.weight if work else None,
        "comment": mark.comment,
        "deadline": mark.deadline,
    }
    return facts | ({"retake_of": mark.retake_of_id} if mark.retake_of_id else {})


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
