"""The school as the workbook tells it: what a file holds, and what the database holds already."""

from __future__ import annotations

from dataclasses import dataclass, field

from journal.school.rules import Span
from journal.transfer.school.rows import (
    BellRow,
    ClassRow,
    GuardianRow,
    HolidayRow,
    LoadRow,
    MovementRow,
    OrganisationRow,
    PupilRow,
    RoomRow,
    SlotRow,
    StaffRow,
    SubgroupRow,
    SubjectRow,
    TermRow,
    TopicRow,
    YearRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPackage:
    """All sheets. `sheets` are the titles present in the file: an absent one says nothing.

    The same shape is what an export gathers and what `parse` takes as already known.
    """

    organisation: OrganisationRow | None = None
    years: tuple[YearRow, ...] = ()
    terms: tuple[TermRow, ...] = ()
    holidays: tuple[HolidayRow, ...] = ()
    bells: tuple[BellRow, ...] = ()
    subjects: tuple[SubjectRow, ...] = ()
    rooms: tuple[RoomRow, ...] = ()
    classes: tuple[ClassRow, ...] = ()
    staff: tuple[StaffRow, ...] = ()
    pupils: tuple[PupilRow, ...] = ()
    movements: tuple[MovementRow, ...] = ()
    guardians: tuple[GuardianRow, ...] = ()
    loads: tuple[LoadRow, ...] = ()
    subgroups: tuple[SubgroupRow, ...] = ()
    slots: tuple[SlotRow, ...] = ()
    topics: tuple[TopicRow, ...] = ()
    sheets: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def year(self) -> YearRow | None:
        """The school year everything without a year of its own belongs to: the latest."""
        return max(self.years, key=lambda year: year.starts_on, default=None)


NOTHING = SchoolPackage()

GroupKey = tuple[tuple[str, ...], str, str]
"""A group of a subject: classes, subject, subgroup ("" = everybody of the classes)."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A pupil's stay in a class."""

    personal_file: str
    class_name: str
    span: Span
