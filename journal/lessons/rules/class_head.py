"""A class as the page of its day needs it, and until when its teacher writes attendance (D22)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from journal.core.clock import local_date
from journal.lessons.rules.policy import EntryKind, Extension, PolicyBook
from journal.lessons.rules.windows import (
    Grant,
    LessonFacts,
    Window,
    WindowContext,
    closed_on,
    edit_window,
)
from journal.school.rules import TermSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassHead:
    """`terms` are those of its parallel; `writer` is the actor's staff row when he is its class
    teacher, None for who only reads."""

    id: int
    name: str
    grade: int
    organisation_id: int
    zone: str
    book: PolicyBook
    extensions: tuple[Extension, ...]
    approver: str | None
    terms: tuple[TermSpan, ...]
    writer: int | None

    def attendance_window(
        self, course_id: int, lesson: LessonFacts, grants: Iterable[Grant], now: datetime
    ) -> Window:
        """Whether the class teacher may write attendance in a lesson of his pupils now; `lesson`
        comes without the state of its term, which is added here."""
        closed = closed_on(self.terms, lesson.held_on, local_date(now, self.zone))
        concerning = [
            one for one in self.extensions if one.concerns(grade=self.grade, course_id=course_id)
        ]
        context = WindowContext(
            book=self.book,
            zone=self.zone,
            approver=self.approver,
            now=now,
            staff_id=self.writer,
            grants=tuple(grants),
            extensions=tuple(concerning),
            class_teacher=True,
        )
        facts = lesson._replace(term_closed_on=closed)
        return edit_window(EntryKind.ATTENDANCE, facts, context)
