"""Pure rules of the office: publishing, substitutions."""

from journal.office.rules.publishing import (
    Break,
    ExistingLesson,
    Moved,
    Plan,
    PlannedLesson,
    Slot,
    lesson_times,
    plan_changes,
    planned_lessons,
)

__all__ = [
    "Break",
    "ExistingLesson",
    "Moved",
    "Plan",
    "PlannedLesson",
    "Slot",
    "lesson_times",
    "plan_changes",
    "planned_lessons",
]
