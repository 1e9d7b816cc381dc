"""The answer to a save: what became of each operation, and the cells as they are now."""

from __future__ import annotations

from functools import cache
from typing import Any

from journal.cabinets.common.register.facts import (
    Sayer,
    Sums,
    cell_json,
    lesson_json,
)
from journal.core.db import db
from journal.register.reading import Recent, recent
from journal.register.rules.build import WindowBook
from journal.register.service import Operation, Outcome, Saved, Theirs


def save_answer(saved: Saved) -> tuple[dict[str, Any], int]:
    """The body and the status: 200 all saved, a lone refusal its own, else 207."""
    sayer = Sayer(saved.desk.head.zone)
    found = _present(saved)
    shown = _Shown(saved, found, sayer) if found is not None else None
    results = [_result(one, shown, sayer) for one in saved.outcomes]
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


class _Shown:
    """What the answers show of lessons and pupils: many operations are about the same ones."""

    def __init__(self, saved: Saved, found: Recent, sayer: Sayer) -> None:
        self._desk, self._found, self._sayer = saved.desk, found, sayer
        self._sums = Sums(found, saved.desk.roster)
        self.lesson = cache(self._lesson)

    def place(self, operation: Operation) -> dict[str, Any]:
        """The cell with the pupil's figures, if it is about one, and the lesson."""
        shown: dict[str, Any] = {}
        if operation.pupil_id:
            cell = (operation.lesson_id, operation.pupil_id)
            shown["cell"] = cell_json(self._found.facts, cell)
            shown["sums"] = self._sums.of(operation.pupil_id)
        return shown | {"lesson": self.lesson(operation.lesson_id)}

    def _lesson(self, lesson_id: int) -> dict[str, Any] | None:
        desk, found = self._desk, self._found
        lesson = next((one for one in found.lessons if one.id == lesson_id), None)
        if lesson is None:
            return None
        windows = WindowBook(desk.actor, desk.head, found.types, desk.now).of(lesson)
        begun = lesson.starts_at <= desk.now
        return lesson_json(lesson, windows, begun, found.types, self._sayer)


def _result(outcome: Outcome, shown: _Shown | None, sayer: Sayer) -> dict[str, Any]:
    operation = outcome.operation
    answer: dict[str, Any] = {
        "op": operation.id,
        "status": outcome.status,
        "state": outcome.state,
        "message": sayer.say(outcome.message),
        "theirs": theirs_json(outcome.theirs, sayer),
    }
    if shown is None or outcome.status == 404:
        return answer
    return answer | shown.place(operation)


def theirs_json(theirs: Theirs | None, sayer: Sayer) -> dict[str, Any] | None:
    """The other value of a conflict."""
    if theirs is None:
        return None
    when = sayer.word(theirs.when) if theirs.when else None
    return {"value": theirs.value, "who": theirs.who, "when": when}
