"""The desk: one actor writing in lessons of one course at one instant.

Every command on a journal page passes here, so that the same three questions are asked everywhere:
is the lesson his, is the pupil on that day's roster, is the window open.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change, Origin, record_many
from journal.core.clock import local_date
from journal.core.errors import Forbidden, JournalError, NotFound, RuleViolation, WindowClosed
from journal.core.messages import N_
from journal.lessons.models import Lesson
from journal.lessons.queries import load_course
from journal.lessons.rules import CourseHead, EntryKind, Window, edit_window, staff_of
from journal.people.service import origin_of
from journal.school.queries import rosters
from journal.school.rules import RosterEntry, on_roster

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson as commands need it."""

    id: int
    held_on: date
    lesson_number: int
    starts_at: datetime
    ends_at: datetime
    staff_id: int
    status: str
    version: int
    taken_at: datetime | None

    @property
    def cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.status == "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """See the module. `roster` holds the pupils the batch names; with `whole` the others of the
    group too.

    `touched` are cells (lesson, pupil) a command wrote beside the one it was asked for;
    `held_back` what the batches that are under way have still to log.
    `kept` is what storeys above have read for the whole batch.
    `class_pupils` makes it the desk of a class teacher: he writes the attendance of these pupils of
    his class in every lesson they have, and nothing else.
    """

    session: Session
    actor: Actor
    head: CourseHead
    now: datetime
    lessons: Mapping[int, LessonRow]
    roster: tuple[RosterEntry, ...]
    touched: set[tuple[int, int]] = field(default_factory=set)
    held_back: list[list[Change]] = field(default_factory=list)
    class_pupils: frozenset[int] | None = None
    whole: bool = False
    kept: dict[object, Any] = field(default_factory=dict)

    @property
    def staff_id(self) -> int | None:
        """The actor's staff row in the course's organisation."""
        return staff_of(self.actor, self.head.organisation_id)

    def lesson(self, lesson_id: int) -> LessonRow:
        """The lesson of this course; NotFound otherwise (a tab of another course cannot save)."""
        found = self.lessons.get(lesson_id)
        if found is None:
            raise NotFound(N_("There is no such lesson in this journal. Open the page again."))
        return found

    def own_lesson(self, lesson_id: int) -> LessonRow:
        """The lesson, if it is the actor's to write; Forbidden otherwise."""
        lesson = self.lesson(lesson_id)
        if not self.head.writes(
            self.actor, held_on=lesson.held_on, lesson_staff_id=lesson.staff_id
        ):
            raise Forbidden(N_("Only the teacher of the lesson enters marks, topics and homework."))
        return lesson

    def attendance_lesson(self, lesson_id: int) -> LessonRow:
        """The lesson, if its attendance is the actor's to write: his own lesson, or one of the
        class whose teacher sits at this desk."""
        return self.own_lesson(lesson_id) if self.class_pupils is None else self.lesson(lesson_id)

    def require_on_roster(self, lesson: LessonRow, pupil_id: int) -> None:
        """Refuse a pupil who is not on the roster of the lesson's date, and a class teacher one of
        another class."""
        if self.class_pupils is not None and pupil_id not in self.class_pupils:
            raise Forbidden(N_("This pupil is in the care of another class teacher."))
        if not on_roster(self.roster, pupil_id=pupil_id, day=lesson.held_on):
            raise RuleViolation(
                "pupil",
                N_(
                    "This pupil is not on the roster of %(day)s: nothing is entered for him.",
                    day=lesson.held_on,
                ),
            )

    def window(
        self, kind: EntryKind, lesson: LessonRow, *, checking_days: int | None = None
    ) -> Window:
        """The edit window of one kind of entry in this lesson, for this actor, now."""
        return edit_window(
            kind,
            self.head.lesson_facts(
                lesson_id=lesson.id,
                held_on=lesson.held_on,
                starts_at=lesson.starts_at,
                cancelled=lesson.cancelled,
                today=local_date(self.now, self.head.zone),
            ),
            self.head.windows_for(
                self.actor, self.now, class_teacher=self.class_pupils is not None
            ),
            checking_days=checking_days,
        )

    def require_open(
        self, kind: EntryKind, lesson: LessonRow, *, checking_days: int | None = None
    ) -> int | None:
        """The number of the grant the write goes under, None for an ordinary one.

        Raises WindowClosed with the reason and the way out.
        """
        window = self.window(kind, lesson, checking_days=checking_days)
        if not window.open and window.why is not None:
            raise WindowClosed(kind.value, window.why)
        return window.grant_id

    def keep(self, read: Callable[[Desk], Kept]) -> Kept:
        """What `read` gives at this desk, asked for once. Read under the locks of the lessons, it
        stays true; a command that changes it by another way forgets it (`kept`)."""
        if read not in self.kept:
            self.kept[read] = read(self)
        return cast(Kept, self.kept[read])

    def log(self, change: Change) -> None:
        """Append to the audit chain of the course's organisation."""
        if self.held_back:
            self.held_back[-1].append(change)
        else:
            self._record([change])

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Several attempts, whose changes are appended to the chain together, in their order."""
        changes: list[Change] = []
        self.held_back.append(changes)
        try:
            yield
        finally:
            self.held_back.pop()
        self._record(changes)

    def log_held_back(self) -> None:
        """What is held back is appended now: a command that logs by itself follows."""
        if self.held_back:
            self._record(self.held_back[-1])
            self.held_back[-1].clear()

    @contextmanager
    def attempt(self, *, savepoint: bool = True) -> Iterator[None]:
        """What is refused inside of it leaves nothing behind, in the log neither. Commands that
        refuse before they write need no savepoint for that; one of them that has logged a change
        by then is a mistake of the program, and ends the whole transaction."""
        begun = len(self.held_back[-1]) if self.held_back else 0
        try:
            with self.session.begin_nested() if savepoint else nullcontext():
                yield
        except JournalError as refusal:  # any other error ends the whole transaction
            if self.held_back:
                if not savepoint and len(self.held_back[-1]) > begun:
                    raise RuntimeError("refused after a change, without a savepoint") from refusal
                del self.held_back[-1][begun:]
            raise

    def _record(self, changes: Sequence[Change]) -> None:
        record_many(
            self.session,
            organisation_id=self.head.organisation_id,
            origin=self._origin(),
            changes=changes,
            now=self.now,
        )

    def _origin(self) -> Origin:
        return origin_of(self.actor)


def open_desk(
    session: Session,
    actor: Actor,
    *,
    course_id: int,
    lesson_ids: Collection[int],
    pupil_ids: Collection[int],
    now: datetime,
    reading: bool = False,
    class_pupils: frozenset[int] | None = None,
    held_back: list[list[Change]] | None = None,
    roster: Sequence[RosterEntry] | None = None,
) -> Desk:
    """Load what a batch of saves needs: three queries whatever its size.

    Desks of several courses are opened in the order of ids: each holds its lessons, but not when
    `reading`. A shared `held_back` is logged together; a whole `roster` is not read again."""
    head = load_course(session, actor, course_id, now=now)
    return Desk(
        session=session,
        actor=actor,
        head=head,
        now=now,
        lessons=_lessons(session, course_id, lesson_ids, lock=not reading),
        roster=tuple(_named(session, head, pupil_ids) if roster is None else roster),
        class_pupils=class_pupils,
        whole=roster is not None,
        held_back=[] if held_back is None else held_back,
    )


def _named(session: Session, head: CourseHead, pupil_ids: Collection[int]) -> Sequence[RosterEntry]:
    return rosters(session, [head.group_id], pupil_ids=pupil_ids) if pupil_ids else ()


def _lessons(
    session: Session, course_id: int, lesson_ids: Collection[int], *, lock: bool
) -> dict[int, LessonRow]:
    named = {"course_id": course_id, "lesson_ids": list(lesson_ids)}
    rows = session.execute(_locked_query() if lock else _lessons_query(), named)
    return {row.id: LessonRow(*row) for row in rows}


@cache
def _locked_query() -> Any:
    """One writer a lesson: what is read after it stays true until the commit."""
    return _lessons_query().with_for_update()


@cache
def _lessons_query() -> Any:
    return (
        select(
            Lesson.id,
            Lesson.held_on,
            Lesson.lesson_number,
            Lesson.starts_at,
            Lesson.ends_at,
            Lesson.staff_id,
            Lesson.status,
            Lesson.version,
            Lesson.attendance_taken_at,
        )
        .where(
            Lesson.course_id == bindparam("course_id"),
            Lesson.id.in_(bindparam("lesson_ids", expanding=True)),
        )
        .order_by(Lesson.id)
    )
