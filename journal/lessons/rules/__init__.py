"""Pure rules of lessons: edit windows, who writes where."""

from journal.lessons.rules.course import CourseHead, CourseTeacherSpan, staff_of
from journal.lessons.rules.policy import (
    EntryKind,
    Extension,
    Policy,
    PolicyBook,
    SchoolWeek,
)
from journal.lessons.rules.windows import (
    AFTER_THE_BEGINNING,
    Grant,
    LessonFacts,
    LessonWindows,
    Window,
    WindowContext,
    closed_on,
    deadline,
    edit_window,
    last_minute,
    lesson_windows,
)

__all__ = [
    "AFTER_THE_BEGINNING",
    "CourseHead",
    "CourseTeacherSpan",
    "EntryKind",
    "Extension",
    "Grant",
    "LessonFacts",
    "LessonWindows",
    "Policy",
    "PolicyBook",
    "SchoolWeek",
    "Window",
    "WindowContext",
    "closed_on",
    "deadline",
    "edit_window",
    "last_minute",
    "lesson_windows",
    "staff_of",
]
