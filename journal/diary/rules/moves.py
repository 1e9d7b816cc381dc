"""Lessons that explain each other: a moved one, and two of one hour."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from journal.attendance.pupil_facts import PupilLesson


@dataclass(frozen=True, slots=True)
class Place:
    """A day and a lesson number."""

    day: date
    number: int


def pair_moves(lessons: Sequence[PupilLesson]) -> dict[int, Place]:
    """The other half of each move: a lesson off the timetable and the nearest cancelled one.

    Both are of one course, at most a week apart; each lesson is paired once.
    """
    found: dict[int, Place] = {}
    for came in lessons:
        if not came.off_timetable or came.cancelled:
            continue
        fallen = [
            one
            for one in lessons
            if one.cancelled and one.course_id == came.course_id and one.id not in found
            if abs(one.held_on - came.held_on) <= timedelta(days=7)
        ]
        if fallen:
            left = min(fallen, key=lambda one: abs(one.held_on - came.held_on))
            found[came.id] = Place(left.held_on, left.number)
            found[left.id] = Place(came.held_on, came.number)
    return found


def pair_subjects(lessons: Sequence[PupilLesson], moves: Container[int]) -> dict[int, str]:
    """The subject of the other one, for a lesson held in the hour of a cancelled one and for that.

    Lessons that a move explains are left out.
    """
    fallen = {
        (one.held_on, one.number): one for one in lessons if one.cancelled and one.id not in moves
    }
    found: dict[int, str] = {}
    for came in lessons:
        left = fallen.get((came.held_on, came.number))
        other = came.off_timetable or came.planned_surname
        if left and other and not came.cancelled and came.id not in moves:
            found[came.id], found[left.id] = left.subject, came.subject
    return found
