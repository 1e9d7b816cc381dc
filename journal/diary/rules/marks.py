"""Marks of a subject as a family reads them: in order, with the average that explains itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import lcm
from typing import NamedTuple

from journal.grading.pupil_facts import PupilMark
from journal.grading.rules import NUMERIC, Entry, Figure, RuleSet, weighted_average

_CSS = {"5": "m5", "4": "m4", "3": "m3", "2": "m2", "1": "m2", "незач": "m2", "•": "dot"}


class ShownMark(NamedTuple):
    """A mark on the screen. `retaken` is struck out; `deadline` is that of a • still waiting."""

    value: str
    css: str
    work: str
    weight: int
    held_on: date
    retaken: bool
    is_new: bool
    comment: str | None
    deadline: date | None


@dataclass(frozen=True, slots=True)
class SubjectMarks:
    """Marks of one subject in one term.

    `trend` is the average after each numeric mark, as (sum, weights): a plot needs no fractions.
    """

    subject_id: int
    subject: str
    marks: tuple[ShownMark, ...]
    average: Figure
    trend: tuple[tuple[int, int], ...]
    term_mark: str | None

    @property
    def counted(self) -> int:
        """How many marks the average counts."""
        return len(self.average.explanation.counted)


def mark_css(value: str) -> str:
    """The class that colours a mark; words and digits carry the meaning without it."""
    return _CSS.get(value, "")


def shown_marks(rows: Sequence[PupilMark]) -> tuple[ShownMark, ...]:
    """The rows as marks; one that a later row retakes is struck out."""
    retaken = {row.retake_of_id for row in rows}
    return tuple(
        ShownMark(
            row.value,
            _CSS.get(row.value, ""),
            row.work,
            row.weight,
            row.held_on,
            row.id in retaken,
            row.is_new,
            row.comment,
            row.deadline if row.value == "•" else None,
        )
        for row in rows
    )


def by_lesson(rows: Iterable[PupilMark]) -> dict[int, list[PupilMark]]:
    """The rows of each lesson, in their order."""
    found: dict[int, list[PupilMark]] = {}
    for row in rows:
        found.setdefault(row.lesson_id, []).append(row)
    return found


def by_subject(
    rows: Iterable[PupilMark], term_marks: dict[int, tuple[str, str]], rules: RuleSet
) -> tuple[SubjectMarks, ...]:
    """Subjects with marks, in the order of the rows; then those with a term mark alone.

    `term_marks` are (subject, value) by subject id. Movers keep the marks of both classes: a
    subject is one, whichever course it was taught in.
    """
    found: dict[int, list[PupilMark]] = {}
    for row in rows:
        found.setdefault(row.subject_id, []).append(row)
    subjects = [_subject(mine, term_marks, rules) for mine in found.values()]
    subjects += [
        SubjectMarks(subject_id, name, (), weighted_average((), rules), (), value)
        for subject_id, (name, value) in term_marks.items()
        if subject_id not in found
    ]
    return tuple(subjects)


def _subject(
    rows: list[PupilMark], term_marks: dict[int, tuple[str, str]], rules: RuleSet
) -> SubjectMarks:
    average = weighted_average(average_entries(rows), rules)
    _, term_mark = term_marks.get(rows[0].subject_id, ("", None))
    return SubjectMarks(
        rows[0].subject_id,
        rows[0].subject,
        shown_marks(rows),
        average,
        trend(average.explanation.counted),
        term_mark,
    )


def average_entries(rows: Sequence[PupilMark]) -> list[Entry]:
    """The rows as an average counts them."""
    return [
        Entry(row.id, row.held_on, row.work, row.value, row.weight, row.retake_of_id)
        for row in rows
    ]


def trend(counted: Sequence[Entry]) -> tuple[tuple[int, int], ...]:
    """Σ(mark·weight) and Σ weight after each counted mark; the last is the average itself."""
    found, total, weights = [], 0, 0
    common = lcm(*(entry.parts for entry in counted))
    for entry in counted:
        weight = entry.weight * common // entry.parts
        total += NUMERIC[entry.value] * weight
        weights += weight
        found.append((total, weights))
    return tuple(found)
