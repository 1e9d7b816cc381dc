"""The answer to a save: what became of each operation, and the cells as they are now."""

from __future__ import annotations

from typing import Any

from journal.cabinets.common.register.facts import (
    Sayer,
    cell_json,
    lesson_json,
    sums_json,
)
from journal.core.db import db
from journal.register.reading import Recent, recent
from journal.register.rules.build import WindowBook
from journal.register.service import Outcome, Saved, Theirs


def save_answer(saved: Saved) -> tuple[dict[str, Any], int]:
    """The body and the status: 200 all saved, a lone refusal its own, else 207."""
    sayer = Sayer(saved.desk.head.zone)
    found = _present(saved)
    results = [_result(saved, one, found, sayer) for one in saved.outcomes]
    statuses = {one.status for one in saved.outcomes}
    body: dict[str, Any] = {"results": results}
    if found is not None and saved.desk.touched:
        beside = sorted(saved.desk.touched)
        body["beside"] = [[*cell, cell_json(found.facts, cell)] for cell in beside]
    if statuses == {200}:
        return body, 200
    return body, statuses.pop() if len(saved.outcomes) == 1 else 207


def _present(saved: Saved) -> Recent | None:
    known = [one.operation.lesson_id for one in saved.outcomes]
    lessons = [saved.desk.lessons[one] for one in known if one in saved.desk.lessons]
    if not lessons:
        return None
    return recent(
        db.session(),
        saved.desk.head,
        day=lessons[-1].held_on,
        now=saved.desk.now,
        lesson_ids={lesson.id for lesson in lessons},
        pupil_ids=_named(saved) | {pupil_id for _, pupil_id in saved.desk.touched},
    )


def _named(saved: Saved) -> set[int]:
    return {one.operation.pupil_id for one in saved.outcomes if one.operation.pupil_id}


def _result(saved: Saved, outcome: Outcome, found: Recent | None, sayer: Sayer) -> dict[str, Any]:
    operation = outcome.operation
    answer: dict[str, Any] = {
        "op": operation.id,
        "status": outcome.status,
        "state": outcome.state,
        "message": sayer.say(outcome.message),
        "theirs": theirs_json(outcome.theirs, sayer),
    }
    if found is None or outcome.status == 404:
        return answer
    if operation.pupil_id:
        cell = (operation.lesson_id, operation.pupil_id)
        answer["cell"] = cell_json(found.facts, cell)
        answer["sums"] = sums_json(operation.pupil_id, found, saved.desk.roster)
    answer["lesson"] = _lesson(saved, operation.lesson_id, found, sayer)
    return answer


def _lesson(saved: Saved, lesson_id: int, found: Recent, sayer: Sayer) -> dict[str, Any] | None:
    lesson = next((one for one in found.lessons if one.id == lesson_id), None)
    if lesson is None:
        return None
    desk = saved.desk
    windows = WindowBook(desk.actor, desk.head, found.types, desk.now).of(lesson)
    return lesson_json(lesson, windows, lesson.starts_at <= desk.now, found.types, sayer)


def theirs_json(theirs: Theirs | None, sayer: Sayer) -> dict[str, Any] | None:
    """The other value of a conflict."""
    if theirs is None:
        return None
    when = sayer.word(theirs.when) if theirs.when else None
    return {"value": theirs.value, "who": theirs.who, "when": when}
