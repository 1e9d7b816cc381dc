"""Pure rules of lessons: edit windows, who writes where."""

from journal.lessons.rules.course import CourseHead, CourseTeacherSpan, staff_of
from journal.lessons.rules.windows import (
    AFTER_THE_BEGINNING,
    EntryKind,
    Grant,
    LessonFacts,
    Policy,
    Window,
    WindowContext,
    closed_on,
    deadline,
    edit_window,
    last_minute,
)

__all__ = [
    "AFTER_THE_BEGINNING",
    "CourseHead",
    "CourseTeacherSpan",
    "EntryKind",
    "Grant",
    "LessonFacts",
    "Policy",
    "Window",
    "WindowContext",
    "closed_on",
    "deadline",
    "edit_window",
    "last_minute",
    "staff_of",
]
