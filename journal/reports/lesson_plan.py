"""A lesson plan (КТП) as a workbook that the page of plans reads back to the same topics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from journal.core.messages import N_, Message
from journal.documents.workbook import Sheet, SheetColumn, write_workbook
from journal.lessons.rules.plan_table import TopicDraft

Say = Callable[[Message | str], str]
_COLUMNS = (
    (N_("No."), 6),
    (N_("Section"), 30),
    (N_("Topic"), 60),
    (N_("Hours"), 8),
    (N_("Homework"), 40),
    (N_("Kind of work"), 24),
)


def lesson_plan_xlsx(
    topics: Sequence[TopicDraft], say: Say, *, made_at: datetime, whose: Sequence[str]
) -> bytes:
    """One sheet with a header in the reader's language, a topic a row; on paper `whose` (school,
    course, year) stands above it."""
    sheet = Sheet(
        title=say(N_("Lesson plan")),
        columns=[SheetColumn(title=say(title), width=width) for title, width in _COLUMNS],
        rows=[
            [place, one.section, one.title, one.hours, one.homework, one.work_type]
            for place, one in enumerate(topics, start=1)
        ],
        heading=". ".join((say(N_("Calendar and thematic planning")), *whose)),
    )
    return write_workbook([sheet], made_at=made_at)
