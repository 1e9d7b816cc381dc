"""What attendance is counted from, read for a whole school or some classes in two statements.

Texts, not rows: a year of thirty classes is forty thousand lessons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, bindparam, literal, or_, select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, Excuse, Exemption
from journal.attendance.rules.counting import CountedLesson, Facts, KnownExcuse, Release
from journal.core.json_rows import day_of, json_rows, rows_of
from journal.lessons.models import Lesson
from journal.lessons.queries.agenda import DISTANCE, Days
from journal.school.models import Course, StudyGroupClass
from journal.school.queries import rosters
from journal.school.rules import RosterEntry, Span


class AttendanceTexts(NamedTuple):
    """What attendance is counted from but for rosters, as the database wrote it: the same texts and
    the same rosters are the same attendance."""

    lessons: str | None
    absences: str | None
    releases: str | None
    excuses: str | None


class Chosen(NamedTuple):
    """The lessons attendance is counted from: those of the span that have ended by `now`.

    Of the whole school, of the groups that draw from these classes (then with all of such a
    group's pupils), or of these courses. `taken_only` leaves out lessons without a register.
    """

    span: Days
    now: datetime
    class_ids: Collection[int] | None = None
    course_ids: Collection[int] | None = None
    taken_only: bool = False

    def narrowing(self) -> _Narrowing:
        """What its statement is built for."""
        return _Narrowing(self.class_ids is not None, self.course_ids is not None, self.taken_only)

    def values(self) -> dict[str, object]:
        """The parameters of its statement."""
        return {
            "starts_on": self.span.starts_on,
            "ends_before": self.span.ends_before,
            "now": self.now,
            "class_ids": list(self.class_ids or ()),
            "course_ids": list(self.course_ids or ()),
        }


def attendance_facts(session: Session, chosen: Chosen) -> Facts:
    """The lessons chosen, with everything that decides who was there."""
    texts = attendance_texts(session, chosen)
    lessons = lessons_of(texts.lessons)
    return facts_of(texts, lessons, rosters(session, {lesson.group_id for lesson in lessons}))


def attendance_texts(session: Session, chosen: Chosen) -> AttendanceTexts:
    """As `attendance_facts`, not read yet. One query."""
    statement = _texts(chosen.narrowing())
    return AttendanceTexts._make(session.execute(statement, chosen.values()).one())


def lessons_of(text: str | None) -> list[CountedLesson]:
    """The lessons of their text, in order of days."""
    found = [
        CountedLesson(row[0], day_of(row[1]), *row[2:6], *map(bool, row[6:]))
        for row in rows_of(text)
    ]
    return sorted(found, key=attrgetter("day", "number", "id"))


def facts_of(
    texts: AttendanceTexts, lessons: Sequence[CountedLesson], roster: Sequence[RosterEntry]
) -> Facts:
    """What is counted: texts, the lessons read from them, and the rosters of their groups."""
    return Facts(
        lessons=lessons,
        roster=roster,
        releases=_releases_of(rows_of(texts.releases)),
        absences=_absences_of(rows_of(texts.absences)),
        excuses=[KnownExcuse(row[0], _span(*row[1:3]), row[3]) for row in rows_of(texts.excuses)],
    )


class _Narrowing(NamedTuple):
    """What narrows the lessons: a statement is built once for each combination."""

    of_classes: bool
    of_courses: bool
    taken_only: bool

    def conditions(self) -> list[ColumnElement[bool]]:
        """Of a statement with Course and Lesson joined."""
        found: list[ColumnElement[bool]] = [
            Lesson.held_on >= bindparam("starts_on"),
            Lesson.held_on < bindparam("ends_before"),
            Lesson.ends_at <= bindparam("now"),
        ]
        if self.of_classes:
            drawn = StudyGroupClass.class_group_id.in_(bindparam("class_ids", expanding=True))
            groups = select(StudyGroupClass.study_group_id).where(drawn)
            found.append(Course.study_group_id.in_(groups))
        if self.of_courses:
            found.append(Course.id.in_(bindparam("course_ids", expanding=True)))
        if self.taken_only:
            found.append(Lesson.attendance_taken_at.is_not(None))
        return found


_LESSON: tuple[Any, ...] = (
    Lesson.id,
    Lesson.held_on,
    Lesson.lesson_number,
    Course.study_group_id,
    Lesson.course_id,
    Course.subject_id,
    Lesson.status == "cancelled",
    Lesson.mode == DISTANCE,
    Lesson.attendance_taken_at.is_not(None),
)


@cache
def _texts(narrowing: _Narrowing) -> Any:
    of_span = narrowing.conditions()
    parts = (
        _held(select(json_rows(*_LESSON)).select_from(Lesson), *of_span),
        _held(_absences(), *of_span, Lesson.status != "cancelled"),
        _releases(),
        select(literal(None)) if narrowing.taken_only else _excuses(),
    )
    return select(*(one.scalar_subquery() for one in parts))


def _held(query: Any, *conditions: ColumnElement[bool]) -> Any:
    return query.join(Course, Course.id == Lesson.course_id).where(*conditions)


def _absences() -> Any:
    columns = (Absence.lesson_id, Absence.pupil_id, Absence.code)
    return select(json_rows(*columns)).join(Lesson, Lesson.id == Absence.lesson_id)


def _absences_of(rows: Iterable[Any]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for lesson_id, pupil_id, code in rows:
        found[lesson_id][pupil_id] = code
    return found


def _excuses() -> Any:
    starts_on: Any = bindparam("starts_on", type_=Date)
    columns = (Excuse.pupil_id, Excuse.starts_on, Excuse.ends_before, Excuse.code)
    return select(json_rows(*columns)).where(
        Excuse.status == "confirmed",
        Excuse.starts_on < bindparam("ends_before"),
        or_(Excuse.ends_before.is_(None), Excuse.ends_before > starts_on),
    )


def _releases() -> Any:
    """Every release «от посещения»."""
    whose = (Exemption.pupil_id, Exemption.subject_id)
    return select(json_rows(*whose, Exemption.starts_on, Exemption.ends_before)).where(
        Exemption.kind == "attending"
    )


def _releases_of(rows: Iterable[Any]) -> list[Release]:
    return [Release(row[0], row[1], _span(row[2], row[3])) for row in rows]


def _span(starts_on: str, ends_before: str | None) -> Span:
    return Span(day_of(starts_on), day_of(ends_before) if ends_before else None)
