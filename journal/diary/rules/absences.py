"""Absences of a pupil by term: how many for each reason, and the days one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from journal.attendance.pupil_facts import PupilAbsence
from journal.core.messages import Message
from journal.diary.rules.days import absence_words
from journal.school.rules import TermSpan, term_name

MISSED = ("b", "u", "p", "n")


@dataclass(frozen=True, slots=True)
class AbsentLesson:
    """One missed or late lesson of a day."""

    number: int
    subject: str
    css: str
    words: Message


@dataclass(frozen=True, slots=True)
class AbsentDay:
    """A day with absences or latenesses."""

    day: date
    lessons: tuple[AbsentLesson, ...]


@dataclass(frozen=True, slots=True)
class TermAbsences:
    """A term's absences: lessons missed by reason, latenesses (no absence), the days.

    `name` is None for what lies between the terms.
    """

    term_id: int
    name: Message | None
    missed: int
    ill: int
    valid: int
    invalid: int
    unknown: int
    late: int
    days: tuple[AbsentDay, ...]


def by_term(rows: Sequence[PupilAbsence], terms: Iterable[TermSpan]) -> tuple[TermAbsences, ...]:
    """The terms in their order; at the end what lies outside of them, if anything."""
    found, rest = [], list(rows)
    for term in terms:
        inside = [row for row in rest if term.covers(row.held_on)]
        rest = [row for row in rest if not term.covers(row.held_on)]
        found.append(_term(term.id, term_name(term.kind, term.number), inside))
    if rest:
        found.append(_term(0, None, rest))
    return tuple(found)


def _term(term_id: int, name: Message | None, rows: list[PupilAbsence]) -> TermAbsences:
    counts = {code: sum(row.code == code for row in rows) for code in (*MISSED, "o")}
    return TermAbsences(
        term_id=term_id,
        name=name,
        missed=sum(counts[code] for code in MISSED),
        ill=counts["b"],
        valid=counts["u"],
        invalid=counts["p"],
        unknown=counts["n"],
        late=counts["o"],
        days=_days(rows),
    )


def _days(rows: list[PupilAbsence]) -> tuple[AbsentDay, ...]:
    days: dict[date, list[AbsentLesson]] = {}
    for row in rows:
        words = absence_words(row.code, row.minutes)
        lesson = AbsentLesson(row.number, row.subject, f"c-{row.code}", words)
        days.setdefault(row.held_on, []).append(lesson)
    return tuple(AbsentDay(day, tuple(lessons)) for day, lessons in days.items())
