"""What happened to a pupil in his lessons. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SetTask:
    """домашнее задание as it was set; `nothing` is the explicit «не задано» (003:117)."""

    text: str
    nothing: bool
    due_on: date | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class PupilLesson:
    """A lesson on whose roster the pupil was that day.

    `instead_of` is the planned teacher of a substitution. `off_timetable` says that a published
    timetable covers the day and has no such lesson. `absence` is a code of Absence, `exempt` a
    kind of Exemption.
    """

    pupil_id: int
    id: int
    held_on: date
    number: int
    starts_at: datetime
    ends_at: datetime
    course_id: int
    subject: str
    subgroup: str
    teacher: str
    instead_of: str | None
    room: str | None
    cancelled: bool
    distance: bool
    topic: str | None
    task: SetTask | None
    absence: str | None
    late_minutes: int | None
    exempt: str | None
    off_timetable: bool


@dataclass(frozen=True, slots=True)
class PupilAbsence:
    """пропуск or опоздание with the lesson it belongs to."""

    held_on: date
    number: int
    subject: str
    code: str
    minutes: int | None
