"""The school's edit windows as the database holds them."""

from __future__ import annotations

from typing import Any

from journal.lessons.models import EditPolicy
from journal.lessons.rules import Policy

POLICY_COLUMNS = (
    EditPolicy.marks_days,
    EditPolicy.attendance_days,
    EditPolicy.topic_days,
    EditPolicy.homework_days,
    EditPolicy.mark_with_absence,
)


def policy_of(row: Any) -> Policy:
    """The policy of a row with those columns; what the school has not set keeps the default."""
    set_ = {column.key: getattr(row, column.key) for column in POLICY_COLUMNS}
    return Policy(**{name: value for name, value in set_.items() if value is not None})
