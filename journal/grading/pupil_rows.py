"""Rows of a pupil's marks that come as one text (`core.json_rows`), and the facts made of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple

from journal.core.json_rows import day_of
from journal.grading.models import Mark, TermMark, Work
from journal.grading.page_selects import rules_of_side
from journal.grading.pupil_facts import PupilMark, PupilTermMark, SubjectRows
from journal.grading.rules import RuleSet
from journal.lessons.models import Lesson
from journal.school.models import Course

MARK = (
    *(Mark.id, Mark.value, Mark.comment, Mark.retake_of_id, Mark.deadline),
    *(Work.weight, Work.caption, Work.work_type_id, Work.lesson_id),
    *(Lesson.held_on, Course.subject_id, Lesson.lesson_number, Mark.number),
)
"""A mark; the last two are for the order alone."""
TERM_MARK = (
    *(TermMark.subject_id, TermMark.kind, TermMark.number, TermMark.value),
    *(TermMark.proposed, TermMark.reason),
)
_ID, _VALUE, _RETAKE_OF, _WEIGHT = map(itemgetter, (0, 1, 3, 5))
_HELD_ON, _SUBJECT, _EARNED = 9, 10, itemgetter(9, 11, 12, 0)


class Names(NamedTuple):
    """Subjects in the order they are shown, and kinds of work, by id."""

    subjects: dict[int, str]
    kinds: dict[int, str]


class PupilRows:
    """The marks of one pupil as they came: most of them are shown by value alone, and those that
    are shown in full are made into facts when they are asked for. `new` are ids of marks."""

    def __init__(
        self, rows: Sequence[list[Any]], names: Names, pupil_id: int, new: frozenset[int]
    ) -> None:
        self._names, self._pupil_id, self._new = names, pupil_id, new
        self._subjects: dict[int, list[list[Any]]] = {one: [] for one in names.subjects}
        for row in rows:
            self._subjects[row[_SUBJECT]].append(row)
        for mine in self._subjects.values():
            mine.sort(key=_EARNED)
        self.news = len(new.intersection(map(_ID, rows))) if new else 0

    def since(self, first: date) -> list[PupilMark]:
        """Marks of lessons held on that day or later, by subject, in the order they were earned."""
        day = first.isoformat()
        return self._made(
            [row for mine in self._subjects.values() for row in mine if row[_HELD_ON] >= day]
        )

    def subjects(self, first: date, before: date) -> list[SubjectRows]:
        """Subjects with marks of lessons in [first, before), in the order of their names."""
        days = first.isoformat(), before.isoformat()
        found = []
        for subject_id, mine in self._subjects.items():
            inside = mine
            if mine and not (days[0] <= mine[0][_HELD_ON] and mine[-1][_HELD_ON] < days[1]):
                inside = [row for row in mine if days[0] <= row[_HELD_ON] < days[1]]
            if inside:
                found.append(self._of_subject(subject_id, inside))
        return found

    def _of_subject(self, subject_id: int, rows: list[list[Any]]) -> SubjectRows:
        return SubjectRows(
            subject_id,
            self._names.subjects[subject_id],
            list(map(_VALUE, rows)),
            list(map(_WEIGHT, rows)),
            not {None}.issuperset(map(_RETAKE_OF, rows)),
            partial(self._made, rows),
        )

    def _made(self, rows: list[list[Any]]) -> list[PupilMark]:
        return [self._mark(row) for row in rows]

    def _mark(self, row: list[Any]) -> PupilMark:
        """A named tuple made as a tuple: its own constructor takes three times as long."""
        held_on, subject_id, kind = day_of(row[_HELD_ON]), row[_SUBJECT], row[7]
        deadline = row[4] and day_of(row[4])
        work = row[6] or self._names.kinds[kind]
        facts = (self._pupil_id, *row[:4], deadline, row[0] in self._new, row[5], work)
        lesson = (row[8], held_on, subject_id, self._names.subjects[subject_id])
        return tuple.__new__(PupilMark, facts + lesson)


def term_marks_of(rows: Sequence[list[Any]], names: Names) -> list[PupilTermMark]:
    """Rows of TERM_MARK: the subjects in their order, each by number."""
    places = {subject_id: place for place, subject_id in enumerate(names.subjects)}
    rows = sorted(rows, key=lambda row: (places[row[0]], row[2]))
    return [PupilTermMark(row[0], names.subjects[row[0]], *row[1:]) for row in rows]


def rules_of_text(row: list[Any]) -> RuleSet:
    """A row of `rules_beside`."""
    what, id_, five, four, retake, numbers, valid_from, _ = row
    return rules_of_side((what, id_, five, four, retake, numbers, day_of(valid_from)))
