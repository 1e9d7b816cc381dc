"""The answer to a save of a class's day, in the shape of the journal page's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journal.attendance.day_facts import Entered
from journal.attendance.sheet import Cell
from journal.cabinets.common.class_day.facts import entered_json, known_of_row, lesson_json
from journal.cabinets.common.register.answering import theirs_json
from journal.cabinets.common.register.facts import Sayer
from journal.control.class_register import ClassRegister, DayLesson
from journal.register.class_saving import WHOLE_DAY, SavedDay
from journal.register.service import Outcome

Lessons = Mapping[int, DayLesson]


def day_answer(
    saved: SavedDay, lessons: Lessons, page: ClassRegister | None
) -> tuple[dict[str, Any], int]:
    """The body and the status: 200 all saved, a lone refusal its own, else 207.

    `lessons` are those named as they are after the save; `page` the day of the pupils named, where
    a word about a whole day is among what was saved.
    """
    sayer = Sayer(saved.head.zone)
    told = {lesson_id: lesson_json(one, sayer) for lesson_id, one in lessons.items()}
    cells = _Cells(saved, lessons)
    body = {
        "results": [
            _result(one, cells, told, sayer) | _excuse(one, page) for one in saved.outcomes
        ],
        "beside": [[*cell, cells.told(cell)] for cell in sorted(saved.touched)],
    }
    statuses = {one.status for one in saved.outcomes}
    if statuses == {200}:
        return body, 200
    return body, statuses.pop() if len(saved.outcomes) == 1 else 207


class _Cells:
    """Cells of the class as they are told: none of who does not sit in the lesson with it."""

    def __init__(self, saved: SavedDay, lessons: Lessons) -> None:
        self._saved, self._lessons = saved, lessons

    def told(self, cell: Cell) -> dict[str, Any]:
        """What is entered in the cell."""
        lesson = self._lessons.get(cell[0])
        state = self._saved.entered(cell) if lesson and cell[1] in lesson.pupils else None
        return entered_json(Entered(state.code, state.minutes, state.version) if state else None)


def _excuse(outcome: Outcome, page: ClassRegister | None) -> dict[str, Any]:
    """Of the word about a whole day: what is known of the pupil's lessons now."""
    operation = outcome.operation
    if page is None or operation.kind not in WHOLE_DAY:
        return {}
    rows = (row for row in page.rows if row.pupil.pupil_id == operation.pupil_id)
    return {"excuse": [known_of_row(row) for row in rows]}


def _result(
    outcome: Outcome, cells: _Cells, lessons: dict[int, dict[str, Any]], sayer: Sayer
) -> dict[str, Any]:
    operation = outcome.operation
    answer: dict[str, Any] = {
        "op": operation.id,
        "status": outcome.status,
        "state": outcome.state,
        "message": sayer.say(outcome.message),
        "theirs": theirs_json(outcome.theirs, sayer),
        "lesson": lessons.get(operation.lesson_id),
    }
    if operation.pupil_id:
        answer["cell"] = cells.told((operation.lesson_id, operation.pupil_id))
    return answer
