"""A pupil's marks as a page about him needs them. Values only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple


class PupilMark(NamedTuple):
    """A mark of a pupil; the fields stand as they are selected.

    `retake_of_id` is the mark it retakes; `is_new` says whether it is news (see Fresh); `work` is
    what it was given for. A tuple, because a term makes hundreds of them.
    """

    pupil_id: int
    id: int
    value: str
    comment: str | None
    retake_of_id: int | None
    deadline: date | None
    is_new: bool
    weight: int
    work: str
    lesson_id: int
    held_on: date
    subject_id: int
    subject: str


class SubjectRows(NamedTuple):
    """Marks of a subject as columns, in the order they were earned; `marks` makes them in full."""

    subject_id: int
    subject: str
    values: Sequence[str]
    weights: Sequence[int]
    retakes: bool
    marks: Callable[[], Sequence[PupilMark]]


@dataclass(frozen=True, slots=True)
class PupilTermMark:
    """отметка за период; `number` is 0 for year, exam and final.

    `proposed` is what the rules proposed when it was decided, `reason` why it differs.
    """

    subject_id: int
    subject: str
    kind: str
    number: int
    value: str
    proposed: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsYear:
    """Which term marks are asked for: those of a year, under the school's rules as of `today`."""

    id: int
    organisation_id: int
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """What is news: a mark entered since an instant for a lesson held since a day.

    The day keeps a history imported at once from being one big piece of news.
    """

    entered_since: datetime
    held_since: date
