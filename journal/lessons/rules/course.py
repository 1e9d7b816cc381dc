"""A course as its journal page needs it, and who may write in which of its lessons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from journal.access import Actor, Permission
from journal.lessons.rules.policy import Extension, Policy, PolicyBook
from journal.lessons.rules.windows import Grant, LessonFacts, WindowContext, closed_on
from journal.school.rules import Span, TermSpan


@dataclass(frozen=True, slots=True)
class CourseTeacherSpan:
    """Who teaches the course, and when."""

    staff_id: int
    name: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseHead:
    """A course as its journal page needs it; `terms` are those of its grade, in order.

    `policy` is the version in force today; windows ask the `book` for that of the lesson's day.
    """

    course_id: int
    organisation_id: int
    group_id: int
    classes_key: str
    subgroup: str
    grade: int
    subject_id: int
    subject: str
    scale: str
    year_id: int
    year_name: str
    year: Span
    zone: str
    policy: Policy
    book: PolicyBook
    extensions: tuple[Extension, ...]
    approver: str | None
    terms: tuple[TermSpan, ...]
    teachers: tuple[CourseTeacherSpan, ...]
    grants: tuple[Grant, ...]
    is_class_teacher: bool
    substituted: bool

    def teaches(self, staff_id: int | None, day: date) -> bool:
        """Whether the member of staff teaches the course that day."""
        return any(one.staff_id == staff_id and one.span.covers(day) for one in self.teachers)

    def writer(self, actor: Actor) -> int | None:
        """The actor's staff row, if he writes in lessons at all."""
        if not actor.may(Permission.WRITE_LESSONS, self.organisation_id):
            return None
        return staff_of(actor, self.organisation_id)

    def writes(self, actor: Actor, *, held_on: date, lesson_staff_id: int) -> bool:
        """Own courses and lessons substituted (domain.md, «Who may what»)."""
        staff_id = self.writer(actor)
        if staff_id is None:
            return False
        return lesson_staff_id == staff_id or self.teaches(staff_id, held_on)

    def windows_for(
        self, actor: Actor, now: datetime, *, class_teacher: bool = False
    ) -> WindowContext:
        """The context in which edit windows are asked for this actor; `class_teacher` when he acts
        as the teacher of the pupils' class and not of the lesson (D22)."""
        return WindowContext(
            book=self.book,
            zone=self.zone,
            approver=self.approver,
            now=now,
            staff_id=staff_of(actor, self.organisation_id),
            grants=self.grants,
            extensions=self.extensions,
            class_teacher=class_teacher,
        )

    def lesson_facts(
        self,
        *,
        lesson_id: int,
        held_on: date,
        starts_at: datetime,
        cancelled: bool,
        today: date,
    ) -> LessonFacts:
        """A lesson of this course as a window sees it; `today` is the school's."""
        closed = closed_on(self.terms, held_on, today)
        return LessonFacts(lesson_id, held_on, starts_at, cancelled, closed)


def staff_of(actor: Actor, organisation_id: int) -> int | None:
    """The actor's staff row in that organisation."""
    member = actor.member_of(organisation_id)
    return member.staff_id if member else None
