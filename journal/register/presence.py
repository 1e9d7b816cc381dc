"""Holding a save to the school's rule about marks of absent pupils."""

from __future__ import annotations

from journal.attendance.cell_queries import code_of_cell
from journal.core.errors import RuleViolation
from journal.grading.cell_queries import values_of_cell
from journal.lessons.desk import Desk
from journal.register.rules.presence import why_no_absence, why_no_mark


def refuse_mark_of_absent(desk: Desk, *, lesson_id: int, pupil_id: int, value: str) -> None:
    """Raise RuleViolation when the rule forbids this new mark. No query where it is allowed."""
    if desk.head.policy.mark_with_absence:
        return
    code = code_of_cell(desk.session, lesson_id=lesson_id, pupil_id=pupil_id)
    why = why_no_mark(allowed=False, value=value, code=code)
    if why is not None:
        raise RuleViolation("value", why)


def refuse_absence_of_marked(desk: Desk, *, lesson_id: int, pupil_id: int, code: str) -> None:
    """Raise RuleViolation when the rule forbids this new absence."""
    if desk.head.policy.mark_with_absence:
        return
    values = values_of_cell(desk.session, lesson_id=lesson_id, pupil_id=pupil_id)
    why = why_no_absence(allowed=False, code=code, values=values)
    if why is not None:
        raise RuleViolation("code", why)
