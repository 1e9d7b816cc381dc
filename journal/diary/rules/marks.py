"""Marks of a subject as a family reads them: in order, with the average that explains itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import accumulate, repeat
from math import lcm
from operator import mul
from typing import NamedTuple

from journal.grading.pupil_facts import PupilMark, SubjectRows
from journal.grading.rules import (
    NUMERIC,
    Entry,
    Explanation,
    Figure,
    RuleSet,
    plain_average,
    weighted_average,
)

_CSS = {"5": "m5", "4": "m4", "3": "m3", "2": "m2", "1": "m2", "незач": "m2", "•": "dot"}


_tuple = tuple.__new__  # named tuples by the hundred, without the checks of their constructors


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


class MarkLook(NamedTuple):
    """What the row of a subject shows of a mark; `deadline` is that of a • still waiting."""

    value: str
    weight: int
    retaken: bool
    deadline: date | None


@dataclass(frozen=True, slots=True)
class SubjectMarks:
    """Marks of one subject in one term.

    `trend` is the average after each numeric mark, as (sum, weights): a plot needs no fractions.
    """

    subject_id: int
    subject: str
    marks: tuple[MarkLook, ...]
    average: Figure
    trend: tuple[tuple[int, int], ...]
    term_mark: str | None

    @property
    def counted(self) -> int:
        """How many marks the average counts."""
        return self.average.count


def mark_css(value: str) -> str:
    """The class that colours a mark; words and digits carry the meaning without it."""
    return _CSS.get(value, "")


def shown_marks(rows: Sequence[PupilMark]) -> tuple[ShownMark, ...]:
    """The rows as marks; one that a later row retakes is struck out."""
    retaken = {row.retake_of_id for row in rows}
    shown = []
    for _, id_, value, comment, _, deadline, is_new, weight, work, _, held_on, _, _ in rows:
        until = deadline if value == "•" else None
        look = (value, _CSS.get(value, ""), work, weight, held_on, id_ in retaken)
        shown.append(_tuple(ShownMark, (*look, is_new, comment, until)))
    return tuple(shown)


def by_lesson(rows: Iterable[PupilMark], since: date) -> dict[int, list[PupilMark]]:
    """The rows of each lesson held on `since` or later, in their order."""
    found: dict[int, list[PupilMark]] = {}
    for row in rows:
        if row.held_on >= since:
            found.setdefault(row.lesson_id, []).append(row)
    return found


def rows_by_subject(rows: Iterable[PupilMark]) -> list[SubjectRows]:
    """The rows as columns of each subject, in the order of the rows.

    Movers keep the marks of both classes: a subject is one, whichever course it was taught in.
    """
    found: dict[int, list[PupilMark]] = {}
    for row in rows:
        found.setdefault(row.subject_id, []).append(row)
    return [_columns(mine) for mine in found.values()]


def _columns(rows: list[PupilMark]) -> SubjectRows:
    values, weights = [row.value for row in rows], [row.weight for row in rows]
    retakes = any(row.retake_of_id is not None for row in rows)
    first = rows[0]
    return SubjectRows(first.subject_id, first.subject, values, weights, retakes, lambda: rows)


def by_subject(
    rows: Sequence[SubjectRows], term_marks: dict[int, tuple[str, str]], rules: RuleSet
) -> tuple[SubjectMarks, ...]:
    """Subjects with marks, in their order; then those with a term mark alone.

    `term_marks` are (subject, value) by subject id.
    """
    subjects = [_subject(mine, term_marks, rules) for mine in rows]
    marked = {mine.subject_id for mine in rows}
    subjects += [
        SubjectMarks(subject_id, name, (), weighted_average((), rules), (), value)
        for subject_id, (name, value) in term_marks.items()
        if subject_id not in marked
    ]
    return tuple(subjects)


def _subject(
    rows: SubjectRows, term_marks: dict[int, tuple[str, str]], rules: RuleSet
) -> SubjectMarks:
    _, term_mark = term_marks.get(rows.subject_id, ("", None))
    figures = _plain(rows, rules) or _with_retakes(rows, rules)
    return SubjectMarks(rows.subject_id, rows.subject, *figures, term_mark)


_Figures = tuple[tuple[MarkLook, ...], Figure, tuple[tuple[int, int], ...]]
_look = partial(tuple.__new__, MarkLook)


def _plain(rows: SubjectRows, rules: RuleSet) -> _Figures | None:
    """Looks, average and trend of numbers that retake nothing, as most marks are: a mark is no
    object here. None for others."""
    average = None
    if not rows.retakes:
        average = plain_average(rows.values, rows.weights, partial(_explained, rows, rules))
    if average is None:
        return None
    looks = tuple(map(_look, zip(rows.values, rows.weights, repeat(False), repeat(None))))
    sums = accumulate(map(mul, map(NUMERIC.__getitem__, rows.values), rows.weights))
    return looks, average, tuple(zip(sums, accumulate(rows.weights), strict=True))


def _explained(rows: SubjectRows, rules: RuleSet) -> Explanation:
    return weighted_average(average_entries(rows.marks()), rules).explanation


def _with_retakes(rows: SubjectRows, rules: RuleSet) -> _Figures:
    marks = rows.marks()
    average = weighted_average(average_entries(marks), rules)
    shown = shown_marks(marks)
    looks = tuple(MarkLook(one.value, one.weight, one.retaken, one.deadline) for one in shown)
    return looks, average, trend(average.explanation.counted)


def average_entries(rows: Sequence[PupilMark]) -> list[Entry]:
    """The rows as an average counts them."""
    return [
        _tuple(Entry, (id_, held_on, work, value, weight, retake_of, 1))
        for _, id_, value, _, retake_of, _, _, weight, work, _, held_on, _, _ in rows
    ]


def trend(counted: Sequence[Entry]) -> tuple[tuple[int, int], ...]:
    """Σ(mark·weight) and Σ weight after each counted mark; the last is the average itself."""
    found, total, weights = [], 0, 0
    common = lcm(*{entry.parts for entry in counted})
    for _, _, _, value, weight, _, parts in counted:
        share = weight * (common // parts)
        total += NUMERIC[value] * share
        weights += share
        found.append((total, weights))
    return tuple(found)
