"""The shape of a save: JSON in, frozen operations out. Rules are the services' business."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from journal.core.errors import JournalError
from journal.core.messages import N_
from journal.grading.service import WorkDraft
from journal.lessons.service import LessonDraft
from journal.register.service import KINDS, Operation

BATCH_MAX = 50
OPERATION_ID_MAX = 64


class BadShape(JournalError):
    """The request is not what the page sends: nothing is tried."""

    status = 400


_BAD = N_("The request could not be read. Open the page again and repeat.")


def parse_operations(body: Any, kinds: Collection[str] = KINDS) -> tuple[Operation, ...]:
    """The operations of a request body, of these kinds. Raises BadShape."""
    try:
        raw = body["operations"]
        if not isinstance(raw, list) or not 1 <= len(raw) <= BATCH_MAX:
            raise BadShape(_BAD)
        return tuple(_operation(one, kinds) for one in raw)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadShape(_BAD) from error


def _operation(raw: dict[str, Any], kinds: Collection[str]) -> Operation:
    kind, key = raw["kind"], raw["op"]
    if kind not in kinds or not isinstance(key, str) or not 8 <= len(key) <= OPERATION_ID_MAX:
        raise BadShape(_BAD)
    deadline = raw.get("deadline")
    return Operation(
        id=key,
        kind=kind,
        lesson_id=_whole(raw["lesson"]),
        pupil_id=_maybe(raw.get("pupil")),
        work_id=_maybe(raw.get("work")),
        mark_id=_maybe(raw.get("mark")),
        base=_maybe(raw.get("base")) or 0,
        value=_text(raw.get("value", raw.get("code"))),
        comment=None if raw.get("comment") is None else _text(raw["comment"]),
        deadline=date.fromisoformat(deadline) if deadline else None,
        retake_of=_maybe(raw.get("retake")),
        minutes=_maybe(raw.get("minutes")),
        lesson=_lesson(raw) if kind == "put_lesson" else None,
        work=_work(raw) if kind == "put_work" else None,
    )


def _lesson(raw: dict[str, Any]) -> LessonDraft:
    return LessonDraft(
        topic=_text(raw["topic"]).strip(),
        homework=_text(raw["homework"]).strip(),
        nothing_set=bool(raw["homework_none"]),
        minutes=_maybe(raw.get("homework_minutes")),
        kind=_text(raw.get("lesson_kind") or "lesson"),
        due_on=date.fromisoformat(raw["homework_due"]) if raw.get("homework_due") else None,
        keeps_due="homework_due" not in raw,
        plan_topic_id=_maybe(raw.get("plan_topic")),
    )


def _work(raw: dict[str, Any]) -> WorkDraft:
    return WorkDraft(
        work_type_id=_whole(raw["type"]),
        weight=_whole(raw["weight"]),
        caption=_text(raw.get("caption")).strip() or None,
    )


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise BadShape(_BAD)
    return value


def _maybe(value: Any) -> int | None:
    return None if value is None else _whole(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadShape(_BAD)
    return value
