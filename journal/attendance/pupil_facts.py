"""What happened to a pupil in his lessons. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from journal.lessons.rules.homework import TaskFile
from journal.people.rules import short_name


class SetTask(NamedTuple):
    """домашнее задание as it was set; `nothing` is the explicit «не задано» (003:117).

    `own` is a task for this pupil alone; `files` are fetched as the pupil's; `is_new` says that
    the family may not have seen it yet.
    """

    text: str
    nothing: bool
    due_on: date | None
    minutes: int | None
    files: tuple[TaskFile, ...] = ()
    own: bool = False
    pupil_id: int = 0
    is_new: bool = False


class PupilLesson(NamedTuple):
    """A lesson on whose roster the pupil was that day; the fields stand as they are selected.

    A tuple, because a week makes a hundred of them.

    `planned_*` is the planned teacher of a substitution. `off_timetable` says that a published
    timetable covers the day and has no such lesson. `absence` is a code of Absence, `exempt` a
    kind of Exemption. `homework_set_at` is there for homework set lately (see `pupil_lessons`).
    """

    pupil_id: int
    id: int
    held_on: date
    number: int
    starts_at: datetime
    ends_at: datetime
    course_id: int
    cancelled: bool
    distance: bool
    topic: str | None
    subject: str
    subgroup: str
    room: str | None
    surname: str
    given_name: str
    patronymic: str | None
    planned_surname: str | None
    planned_given_name: str | None
    planned_patronymic: str | None
    homework_id: int | None
    homework_text: str | None
    nothing_set: bool | None
    due_on: date | None
    homework_minutes: int | None
    homework_set_at: datetime | None
    absence: str | None
    late_minutes: int | None
    exempt: str | None
    off_timetable: bool | None

    @property
    def teacher(self) -> str:
        """Фамилия И. О. of who holds it."""
        return short_name(self.surname, self.given_name, self.patronymic)

    @property
    def instead_of(self) -> str | None:
        """The planned teacher of a substitution."""
        if self.planned_surname is None or self.planned_given_name is None:
            return None
        return short_name(self.planned_surname, self.planned_given_name, self.planned_patronymic)

    @property
    def task(self) -> SetTask | None:
        """The homework set in it."""
        if self.homework_id is None:
            return None
        what = self.homework_text or "", bool(self.nothing_set)
        facts = (*what, self.due_on, self.homework_minutes, (), False, 0, False)
        return tuple.__new__(SetTask, facts)  # a week has a hundred


@dataclass(frozen=True, slots=True)
class PupilAbsence:
    """пропуск или опоздание with the lesson it belongs to."""

    held_on: date
    number: int
    subject: str
    code: str
    minutes: int | None
