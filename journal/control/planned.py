"""Pupil-lessons: which lessons were planned for whom, from rosters, dates and releases.

Only lessons held with attendance taken count: of the others nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy.orm import Session

from journal.attendance.absence_lists import ReleaseRow, releases
from journal.lessons.queries.taught import TaughtGroup
from journal.school.queries import rosters
from journal.school.rules import RosterEntry


def planned_lessons(session: Session, taught: Iterable[TaughtGroup]) -> list[tuple[int, date, int]]:
    """(pupil, day, lessons) of everybody on the rosters of those groups. Two queries."""
    taught = list(taught)
    entries = rosters(session, {one.group_id for one in taught})
    return list(spread(taught, entries, releases(session)))


def spread(
    taught: Iterable[TaughtGroup],
    entries: Iterable[RosterEntry],
    released: Iterable[ReleaseRow],
) -> Iterator[tuple[int, date, int]]:
    """Hand the lessons of each group out to who was on its roster that day, purely.

    One released «от посещения» is left out, unless he is the group's only pupil: individual
    tuition is what he is taught in (import-formats.md, section 2).
    """
    stays: dict[int, list[RosterEntry]] = {}
    for entry in entries:
        stays.setdefault(entry.study_group_id, []).append(entry)
    orders: dict[int, list[ReleaseRow]] = {}
    for one in released:
        orders.setdefault(one.pupil_id, []).append(one)
    rosters_of: dict[tuple[int, date], set[int]] = {}
    for group in taught:
        key = (group.group_id, group.day)  # a class has many subjects a day and one roster
        there = rosters_of.get(key)
        if there is None:
            there = {e.pupil_id for e in stays.get(group.group_id, ()) if e.span.covers(group.day)}
            rosters_of[key] = there
        for pupil_id in there:
            if pupil_id in orders and len(there) > 1 and _released(orders[pupil_id], group):
                continue
            yield pupil_id, group.day, group.lessons


def _released(orders: Iterable[ReleaseRow], group: TaughtGroup) -> bool:
    return any(
        one.subject_id in (None, group.subject_id) and one.span.covers(group.day) for one in orders
    )
