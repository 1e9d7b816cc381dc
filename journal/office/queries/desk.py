"""What the desk of substitutions shows: a day, an absence with proposals, one lesson."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from journal.core.errors import NotFound
from journal.core.messages import N_, Message
from journal.lessons.models import Lesson
from journal.lessons.queries.staff_agenda import staff_names
from journal.office.models import StaffAbsence, Substitution
from journal.office.queries.colleagues import colleagues, day_lessons
from journal.office.queries.lessons import LessonFacts, lesson_facts, lessons_where
from journal.office.rules.substitution import Proposal, choose_all
from journal.school.directory import RoomRow, room_rows
from journal.school.rules import Span

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ArrangedLesson:
    """A lesson with names, and in words how it differs from the timetable (nothing: it does not).

    `open`: its holder is away and nothing was arranged.
    """

    facts: LessonFacts
    teacher: str
    planned_teacher: str | None
    changes: tuple[Message, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who is away; `last_day` inclusive, `open` lessons of the shown day."""

    id: int
    staff_id: int
    name: str
    starts_on: date
    last_day: date
    reason: str
    open: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstitutionDay:
    """The desk: who is away, which lessons want something, what was changed."""

    day: date
    away: tuple[Away, ...]
    open: tuple[ArrangedLesson, ...]
    changed: tuple[ArrangedLesson, ...]


def substitution_day(session: Session, day: date) -> SubstitutionDay:
    """The day. Five queries."""
    absent = _away(session, first=day, before=day + timedelta(days=1))
    rows = arranged(session, _of_day(day, {one.staff_id for one in absent}), absent)
    open_lessons = tuple(one for one in rows if one.open)
    counted = [
        Away(
            one.id,
            one.staff_id,
            one.name,
            one.starts_on,
            one.last_day,
            one.reason,
            sum(lesson.facts.staff_id == one.staff_id for lesson in open_lessons),
        )
        for one in absent
    ]
    changed = tuple(one for one in rows if one.changes)
    return SubstitutionDay(day=day, away=tuple(counted), open=open_lessons, changed=changed)


def _of_day(day: date, away: Collection[int]) -> tuple[object, ...]:
    made = aliased(Substitution)
    changed = or_(
        Lesson.status == "cancelled",
        Lesson.replaced_staff_id.is_not(None),
        Lesson.mode == "distance",
        Lesson.id.in_(select(Substitution.lesson_id)),
        Lesson.id.in_(select(made.made_lesson_id).where(made.made_lesson_id.is_not(None))),
        Lesson.staff_id.in_(list(away)),
    )
    return (Lesson.held_on == day, changed)


def arranged(
    session: Session, criteria: Iterable[object], absent: Sequence[Away]
) -> list[ArrangedLesson]:
    """The lessons that fit, with names and changes in words. Three queries at most."""
    facts = lessons_where(session, *criteria)  # type: ignore[arg-type]
    others = {one.made_lesson_id for one in facts} | {one.made_of for one in facts}
    places = {
        one.id: one for one in lessons_where(session, Lesson.id.in_([o for o in others if o]))
    }
    kept = _kept_rooms(session, [one.id for one in facts])
    ids = {one.staff_id for one in facts} | {one.planned_staff_id or one.staff_id for one in facts}
    names = staff_names(session, ids)
    return [
        ArrangedLesson(
            one,
            names.get(one.staff_id, "–"),
            names.get(one.planned_staff_id) if one.planned_staff_id else None,
            tuple(_changes(one, names, places, kept)),
            not one.cancelled and _is_away(one, absent),
        )
        for one in facts
    ]


def _kept_rooms(session: Session, lesson_ids: Collection[int]) -> dict[int, int | None]:
    rows = session.execute(
        select(Substitution.lesson_id, Substitution.planned_room_id).where(
            Substitution.lesson_id.in_(list(lesson_ids))
        )
    )
    return {row[0]: row[1] for row in rows}


def _is_away(lesson: LessonFacts, absent: Iterable[Away]) -> bool:
    return any(
        one.staff_id == lesson.staff_id and one.starts_on <= lesson.held_on <= one.last_day
        for one in absent
    )


def _changes(
    lesson: LessonFacts,
    names: dict[int, str],
    places: dict[int, LessonFacts],
    kept: dict[int, int | None],
) -> Iterable[Message]:
    if lesson.made_lesson_id in places:
        yield _moved(N_("moved to %(day)s, lesson %(number)s"), places[lesson.made_lesson_id or 0])
    elif lesson.cancelled:
        yield N_("cancelled")
    if lesson.made_of in places:
        yield _moved(N_("moved from %(day)s, lesson %(number)s"), places[lesson.made_of or 0])
    if lesson.planned_staff_id and not lesson.cancelled:
        yield N_(
            "%(name)s instead of %(planned)s",
            name=names.get(lesson.staff_id, "–"),
            planned=names.get(lesson.planned_staff_id, "–"),
        )
    if lesson.id in kept and kept[lesson.id] != lesson.room_id:
        yield N_("another room: %(room)s", room=lesson.room or "–")
    if lesson.mode == "distance" and not lesson.cancelled:
        yield N_("remote")


def _moved(words: Message, place: LessonFacts) -> Message:
    return Message(words.key, {"day": place.held_on, "number": place.number})


def _away(session: Session, *, first: date, before: date) -> list[Away]:
    rows = session.execute(
        select(
            StaffAbsence.id,
            StaffAbsence.staff_id,
            StaffAbsence.starts_on,
            StaffAbsence.ends_before,
            StaffAbsence.reason,
        )
        .where(StaffAbsence.starts_on < before, StaffAbsence.ends_before > first)
        .order_by(StaffAbsence.starts_on, StaffAbsence.id)
    ).all()
    names = staff_names(session, {row.staff_id for row in rows})
    return [
        Away(
            row.id,
            row.staff_id,
            names.get(row.staff_id, "–"),
            row.starts_on,
            row.ends_before - timedelta(days=1),
            row.reason,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class FallenLesson:
    """A lesson of an absent teacher; `proposals` where it still wants one."""

    lesson: ArrangedLesson
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsencePage:
    """An absence and every lesson it costs, day by day."""

    away: Away
    days: tuple[tuple[date, tuple[FallenLesson, ...]], ...]

    @property
    def open(self) -> int:
        """How many lessons still want something."""
        return sum(bool(one.proposals) for _, lessons in self.days for one in lessons)

    @property
    def lessons(self) -> int:
        """How many lessons it costs."""
        return sum(len(lessons) for _, lessons in self.days)


def absence_page(session: Session, absence_id: int) -> AbsencePage:
    """The absence with proposals for its lessons. Nine queries whatever its length."""
    found = session.get(StaffAbsence, absence_id)
    if found is None:
        raise NotFound()
    span = Span(found.starts_on, found.ends_before)
    every = _away(session, first=found.starts_on, before=found.ends_before)
    away = next(one for one in every if one.id == absence_id)
    rows = arranged(session, _his_lessons(away), every)
    wanting = {one.facts.id for one in rows if one.open and one.facts.staff_id == away.staff_id}
    days = day_lessons(session, {one.facts.held_on for one in rows})
    fallen = [one for lessons in days.values() for one in lessons if one.id in wanting]
    there = colleagues(session, first=span.starts_on, before=found.ends_before)
    choices = choose_all(fallen, days, there)
    by_day: dict[date, list[FallenLesson]] = {}
    for one in rows:
        entry = FallenLesson(one, choices.get(one.facts.id, ()))
        by_day.setdefault(one.facts.held_on, []).append(entry)
    return AbsencePage(away=away, days=tuple((d, tuple(found)) for d, found in by_day.items()))


def _his_lessons(away: Away) -> tuple[object, ...]:
    his = or_(Lesson.staff_id == away.staff_id, Lesson.replaced_staff_id == away.staff_id)
    return (Lesson.held_on >= away.starts_on, Lesson.held_on <= away.last_day, his)


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonPage:
    """One lesson with everything that can be done to it."""

    lesson: ArrangedLesson
    proposals: tuple[Proposal, ...]
    rooms: tuple[RoomRow, ...]
    exchangeable: tuple[LessonFacts, ...]


def lesson_page(session: Session, lesson_id: int, *, now: datetime) -> LessonPage:
    """The lesson, who could take it, free rooms, lessons of its class to exchange with."""
    facts = lesson_facts(session, lesson_id)
    absent = _away(session, first=facts.held_on, before=facts.held_on + timedelta(days=1))
    (lesson,) = arranged(session, [Lesson.id == lesson_id], absent)
    days = day_lessons(session, [facts.held_on])
    there = colleagues(session, first=facts.held_on, before=facts.held_on + timedelta(days=1))
    own = [one for one in days.get(facts.held_on, ()) if one.id == lesson_id]
    busy = {one.room_id for one in _at_that_time(session, facts)}
    return LessonPage(
        lesson=lesson,
        proposals=choose_all(own, days, there).get(lesson_id, ()),
        rooms=tuple(one for one in room_rows(session) if one.id not in busy),
        exchangeable=tuple(_exchangeable(session, facts, now)),
    )


def _at_that_time(session: Session, facts: LessonFacts) -> list[LessonFacts]:
    meeting = and_(Lesson.starts_at < facts.ends_at, Lesson.ends_at > facts.starts_at)
    return lessons_where(
        session, Lesson.held_on == facts.held_on, meeting, Lesson.status == "scheduled"
    )


def _exchangeable(session: Session, facts: LessonFacts, now: datetime) -> list[LessonFacts]:
    """Lessons of the class within a week that have not begun, are not changed, of other courses."""
    found = lessons_where(
        session,
        Lesson.held_on > facts.held_on - WEEK,
        Lesson.held_on < facts.held_on + WEEK,
        Lesson.starts_at > now,
        Lesson.status == "scheduled",
        Lesson.course_id != facts.course_id,
    )
    return [
        one
        for one in found
        if one.classes & facts.classes and not (one.changed or one.written or one.made_of)
    ]
