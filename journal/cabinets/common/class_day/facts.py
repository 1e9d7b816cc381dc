"""The facts of the class's day as JSON, in the shape of the journal page (docs/journal-page.md)."""

from __future__ import annotations

from datetime import date
from typing import Any

from journal.attendance.day_facts import Entered, Known
from journal.cabinets.common.register.facts import Sayer
from journal.control.class_register import ClassRegister, DayCell, DayColumn, DayLesson, DayRow


def course_key(class_id: int, day: date) -> str:
    """What the queue of the browser calls the page: entries of one key travel together."""
    return f"day-{class_id}-{day.isoformat()}"


def page_json(page: ClassRegister, sayer: Sayer, *, account_id: int, locale: str) -> dict[str, Any]:
    """Everything the grid needs beside the addresses and its title."""
    return {
        "account": account_id,
        "course": course_key(page.head.id, page.day),
        "locale": locale,
        "today": page.today.isoformat(),
        "canWrite": page.can_write,
        "scale": "none",
        "grade": page.head.grade,
        "markWithAbsence": True,  # marks are not known here: the server decides
        "lessons": [lesson_json(one, sayer) for column in page.columns for one in column.lessons],
        "columns": [_column(one) for one in page.columns],
        "workTypes": [],
        "pupils": [_pupil(row) for row in page.rows],
        "marks": [],
        "absences": [one for row in page.rows for one in _absences(row)],
        "known": {
            key: known_json(cell.known)
            for row in page.rows
            for key, cell in _cells(row)
            if cell.known
        },
    }


def lesson_json(held: DayLesson, sayer: Sayer) -> dict[str, Any]:
    """One lesson with its window."""
    lesson = held.lesson
    return {
        "id": lesson.id,
        "date": lesson.held_on.isoformat(),
        "no": lesson.number,
        "subject": lesson.subject,
        "teacher": lesson.teacher,
        "begun": held.begun,
        "cancelled": lesson.cancelled,
        "taken": lesson.taken_at is not None,
        "takenAt": lesson.taken_at and sayer.word(lesson.taken_at),
        "version": lesson.version,
        "own": True,
        "mixed": held.mixed,
        "absenceOpen": held.window.open,
        "absenceWhy": sayer.say(held.window.why),
        "works": [],
    }


def _column(column: DayColumn) -> dict[str, Any]:
    return {"no": column.number, "lessons": [one.lesson.id for one in column.lessons]}


def _pupil(row: DayRow) -> dict[str, Any]:
    """`places` are the pupil's lessons by column, `released` those he need not attend."""
    held = [(cell.lesson.lesson.id, cell) for cell in row.cells if cell.lesson]
    return {
        "id": row.pupil.pupil_id,
        "name": row.pupil.name,
        "places": [cell.lesson and cell.lesson.lesson.id for cell in row.cells],
        "released": [lesson_id for lesson_id, cell in held if cell.released],
        "known": known_json(row.known),
    }


def known_json(known: Known | None) -> list[str | bool] | None:
    """An excuse as the scripts know it: [code, confirmed]."""
    return [known.code, known.confirmed] if known else None


def known_of_row(row: DayRow) -> dict[str, Any]:
    """What the excuse of the day says of a pupil: of him, and of each of his cells."""
    cells = {key: known_json(cell.known) for key, cell in _cells(row)}
    return {"pupil": row.pupil.pupil_id, "known": known_json(row.known), "cells": cells}


def _cells(row: DayRow) -> list[tuple[str, DayCell]]:
    return [
        (f"{cell.lesson.lesson.id}:{row.pupil.pupil_id}", cell) for cell in row.cells if cell.lesson
    ]


def _absences(row: DayRow) -> list[tuple[Any, ...]]:
    """What is entered of a pupil, each after its lesson and him."""
    return [
        (cell.lesson.lesson.id, row.pupil.pupil_id, *cell.entered)
        for cell in row.cells
        if cell.lesson and cell.entered
    ]


def entered_json(entered: Entered | None) -> dict[str, Any]:
    """What is entered in a cell: `a` as in the journal."""
    return {"a": tuple(entered)} if entered else {}
