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
    "Extension",
    "Grant",
    "LessonFacts",
    "Policy",
    "PolicyBook",
    "SchoolWeek",
    "Window",
    "WindowContext",
    "closed_on",
    "deadline",
    "edit_window",
    "last_minute",
    "staff_of",
]
