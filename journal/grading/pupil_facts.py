"""A pupil's marks as a page about him needs them. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PupilMark:
    """A mark of a pupil. `retake_of_id` is the mark it retakes; `work` the caption or the type."""

    pupil_id: int
    id: int
    value: str
    comment: str | None
    retake_of_id: int | None
    deadline: date | None
    entered_at: datetime
    weight: int
    caption: str | None
    work_type: str
    lesson_id: int
    held_on: date
    subject_id: int
    subject: str

    @property
    def work(self) -> str:
        """What the mark was given for."""
        return self.caption or self.work_type


@dataclass(frozen=True, slots=True)
class PupilTermMark:
    """отметка за период; `number` is 0 for year, exam and final."""

    subject_id: int
    subject: str
    kind: str
    number: int
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """What is news: a mark entered since an instant for a lesson held since a day.

    The day keeps a history imported at once from being one big piece of news.
    """

    entered_since: datetime
    held_since: date

    def covers(self, mark: PupilMark) -> bool:
        """Whether the mark is news."""
        return mark.entered_at >= self.entered_since and mark.held_on >= self.held_since
