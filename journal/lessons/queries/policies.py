"""What the page of edit windows shows: the versions, the extensions, the calendar they count by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.messages import Message
from journal.lessons.models import EditPolicy, WindowExtension
from journal.lessons.rules import EntryKind, Policy
from journal.lessons.rules.unlocks import KIND_WORDS, kinds_from
from journal.people.models import Person, StaffMember
from journal.people.rules import short_name
from journal.school.models import Course, StudyGroup, Subject
from journal.school.titles import course_title

ENDED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A version; `state` is past, now or ahead."""

    id: int
    policy: Policy
    state: str


def policy_rows(session: Session, *, today: date) -> list[PolicyRow]:
    """Every version of the school, newest first."""
    found = session.scalars(select(EditPolicy).order_by(EditPolicy.valid_from.desc())).all()
    rows, current_seen = [], False
    for row in found:
        begun = row.valid_from <= today
        state = "ahead" if not begun else "past" if current_seen else "now"
        current_seen = current_seen or begun
        rows.append(PolicyRow(row.id, policy_facts(row), state))
    return rows


def policy_facts(row: EditPolicy) -> Policy:
    """A stored version as a rule."""
    return Policy(
        valid_from=row.valid_from,
        marks_days=row.marks_days,
        attendance_days=row.attendance_days,
        topic_days=row.topic_days,
        homework_days=row.homework_days,
        class_attendance_days=row.class_attendance_days,
        working=row.working,
        mark_with_absence=row.mark_with_absence,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRow:
    """An extension as people read it. `state` is open, over or ended (taken back)."""

    id: int
    kinds: tuple[EntryKind, ...]
    lessons_from: date
    lessons_before: date
    last_day: date
    grades: frozenset[int]
    course: str | None
    teacher: str | None
    reason: str
    made_by: str
    made_at: datetime
    ended_at: datetime | None
    state: str

    @property
    def last_lesson(self) -> date:
        """The last day of lessons, inclusive."""
        return self.lessons_before - timedelta(days=1)

    @property
    def kind_words(self) -> tuple[Message, ...]:
        """What it opens, in words."""
        return tuple(KIND_WORDS[kind] for kind in self.kinds)


def extension_rows(session: Session, *, today: date) -> list[ExtensionRow]:
    """The extensions that still open something, then the latest of the others."""
    rows = session.execute(
        select(
            WindowExtension,
            Person.surname,
            Person.given_name,
            Person.patronymic,
            StudyGroup.classes_key,
            StudyGroup.name.label("group"),
            Subject.name.label("subject"),
        )
        .outerjoin(StaffMember, StaffMember.id == WindowExtension.staff_id)
        .outerjoin(Person, Person.id == StaffMember.person_id)
        .outerjoin(Course, Course.id == WindowExtension.course_id)
        .outerjoin(StudyGroup, StudyGroup.id == Course.study_group_id)
        .outerjoin(Subject, Subject.id == Course.subject_id)
        .order_by(WindowExtension.id.desc())
    ).all()
    found = [_extension(row, today) for row in rows]
    opened = [one for one in found if one.state == "open"]
    return opened + [one for one in found if one.state != "open"][:ENDED_SHOWN]


def _extension(row: Any, today: date) -> ExtensionRow:
    one: WindowExtension = row[0]
    state = "ended" if one.ended_at else "open" if one.last_day >= today else "over"
    named = short_name(row.surname, row.given_name, row.patronymic) if row.surname else None
    course = course_title(row.classes_key, row.subject, row.group) if row.subject else None
    return ExtensionRow(
        id=one.id,
        kinds=kinds_from(one.kinds),
        lessons_from=one.lessons_from,
        lessons_before=one.lessons_before,
        last_day=one.last_day,
        grades=one.grades,
        course=course,
        teacher=named,
        reason=one.reason,
        made_by=one.made_by,
        made_at=one.made_at,
        ended_at=one.ended_at,
        state=state,
    )
