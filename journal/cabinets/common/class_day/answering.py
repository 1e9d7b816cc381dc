"""The answer to a save of a class's day, in the shape of the journal page's."""

from __future__ import annotations

from typing import Any

from journal.cabinets.common.class_day.facts import cell_json, known_of_row, lesson_json
from journal.cabinets.common.register.answering import theirs_json
from journal.cabinets.common.register.facts import Sayer
from journal.control.class_register import ClassRegister, DayCell
from journal.register.class_saving import SavedDay
from journal.register.service import Outcome

Cells = dict[tuple[int, int], DayCell]


def day_answer(saved: SavedDay, page: ClassRegister) -> tuple[dict[str, Any], int]:
    """The body and the status: 200 all saved, a lone refusal its own, else 207. `page` is the day
    as it is after the save."""
    sayer = Sayer(page.head.zone)
    cells: Cells = {
        (cell.lesson.lesson.id, row.pupil.pupil_id): cell
        for row in page.rows
        for cell in row.cells
        if cell.lesson
    }
    named = {one.operation.lesson_id for one in saved.outcomes}
    held = (one for column in page.columns for one in column.lessons)
    lessons = {one.lesson.id: lesson_json(one, sayer) for one in held if one.lesson.id in named}
    body = {
        "results": [
            _result(one, cells, lessons, sayer) | _excuse(one, page) for one in saved.outcomes
        ],
        "beside": [[*cell, cell_json(cells.get(cell))] for cell in sorted(saved.touched)],
    }
    statuses = {one.status for one in saved.outcomes}
    if statuses == {200}:
        return body, 200
    return body, statuses.pop() if len(saved.outcomes) == 1 else 207


def _excuse(outcome: Outcome, page: ClassRegister) -> dict[str, Any]:
    """Of the word about a whole day: what is known of the pupil's lessons now."""
    operation = outcome.operation
    if operation.kind not in ("put_day", "clear_day"):
        return {}
    rows = (row for row in page.rows if row.pupil.pupil_id == operation.pupil_id)
    return {"excuse": [known_of_row(row) for row in rows]}


def _result(
    outcome: Outcome, cells: Cells, lessons: dict[int, dict[str, Any]], sayer: Sayer
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
        answer["cell"] = cell_json(cells.get((operation.lesson_id, operation.pupil_id)))
    return answer
