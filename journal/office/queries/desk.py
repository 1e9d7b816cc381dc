"""What the desk of substitutions shows: a day, an absence with proposals, one lesson."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from journal.core.errors import NotFound
from journal.core.messages import N_, Message
from journal.lessons.models import Lesson
from journal.lessons.queries.staff_agenda import staff_names
from journal.office.models import StaffAbsence, Substitution
from journal.office.queries.colleagues import colleagues, day_lessons, subgroup_members
from journal.office.queries.lessons import LessonFacts, lessons_where
from journal.office.rules.substitution import Proposal, Way, choose_all
from journal.school.rules import Span


@dataclass(frozen=True, slots=True)
class ArrangedLesson:
    """A lesson with names, and in words how it differs from the timetable (nothing: it does not).

    `open`: its holder is away and nothing was arranged. `beside`: it is held in the hour of a
    fallen lesson of another subject, whose line tells of both.
    """

    facts: LessonFacts
    teacher: str
    planned_teacher: str | None
    changes: tuple[Message, ...]
    open: bool
    beside: bool = False


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
    absent = away_between(session, first=day, before=day + timedelta(days=1))
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
    changed = tuple(one for one in rows if one.changes and not one.beside)
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
    ids = {one.staff_id for one in (*facts, *places.values())} | {
        one.planned_staff_id or one.staff_id for one in facts
    }
    names = staff_names(session, ids)
    return [
        ArrangedLesson(
            one,
            names.get(one.staff_id, "–"),
            names.get(one.planned_staff_id) if one.planned_staff_id else None,
            tuple(_changes(one, names, places, kept)),
            not one.cancelled and _is_away(one, absent),
            _other_subject(one, places.get(one.made_of or 0)),
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
    yield from _stands_for(lesson, names, places)
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


def _stands_for(
    lesson: LessonFacts, names: dict[int, str], places: dict[int, LessonFacts]
) -> Iterable[Message]:
    """Where it went or came from, what is held in its hour, or that it fell out."""
    made, of = places.get(lesson.made_lesson_id or 0), places.get(lesson.made_of or 0)
    if made is not None and _other_subject(lesson, made):
        yield N_(
            "instead: %(subject)s, %(name)s",
            subject=made.subject_title,
            name=names.get(made.staff_id, "–"),
        )
    elif made is not None:
        yield _moved(N_("moved to %(day)s, lesson %(number)s"), made)
    elif lesson.cancelled:
        yield N_("cancelled")
    if of is not None and _other_subject(lesson, of):
        yield N_("instead of the lesson: %(title)s", title=of.title)
    elif of is not None:
        yield _moved(N_("moved from %(day)s, lesson %(number)s"), of)


def _other_subject(one: LessonFacts, other: LessonFacts | None) -> bool:
    """Whether one stands for the other with a subject of its own; a move keeps the course."""
    return other is not None and one.course_id != other.course_id


def _moved(words: Message, place: LessonFacts) -> Message:
    return Message(words.key, {"day": place.held_on, "number": place.number})


def away_between(session: Session, *, first: date, before: date) -> list[Away]:
    """Who is away on any of those days. Two queries."""
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
    """The absence with proposals for its lessons. Ten queries whatever its length."""
    found = session.get(StaffAbsence, absence_id)
    if found is None:
        raise NotFound()
    span = Span(found.starts_on, found.ends_before)
    every = away_between(session, first=found.starts_on, before=found.ends_before)
    away = next(one for one in every if one.id == absence_id)
    rows = [one for one in arranged(session, _his_lessons(away), every) if not one.beside]
    wanting = {one.facts.id for one in rows if one.open and one.facts.staff_id == away.staff_id}
    days = day_lessons(session, {one.facts.held_on for one in rows})
    fallen = [one for lessons in days.values() for one in lessons if one.id in wanting]
    there = colleagues(session, first=span.starts_on, before=found.ends_before)
    members = subgroup_members(session, [one.facts for one in rows])
    choices = choose_all(fallen, days, there, members)
    by_day: dict[date, list[FallenLesson]] = {}
    for one in rows:
        entry = FallenLesson(one, possible(one.facts, choices.get(one.facts.id, ())))
        by_day.setdefault(one.facts.held_on, []).append(entry)
    return AbsencePage(away=away, days=tuple((d, tuple(found)) for d, found in by_day.items()))


def possible(lesson: LessonFacts, found: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Without another subject where the lesson is changed already: that takes an unchanged one."""
    if not (lesson.changed or lesson.taken or lesson.made_of):
        return tuple(found)
    return tuple(one for one in found if one.way is not Way.OWN_SUBJECT)


def _his_lessons(away: Away) -> tuple[object, ...]:
    his = or_(Lesson.staff_id == away.staff_id, Lesson.replaced_staff_id == away.staff_id)
    return (Lesson.held_on >= away.starts_on, Lesson.held_on <= away.last_day, his)
