"""Load, subgroups and lesson plans: who teaches what to whom, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from journal.core.messages import N_, Message
from journal.school.frame_rules import outside_year
from journal.school.rules import Span, intersect
from journal.transfer.school.package import GroupKey
from journal.transfer.school.rows import LoadRow, SubgroupRow, TopicRow, YearRow
from journal.transfer.school.stays import Stay
from journal.transfer.specification import SheetFindings

Dated = TypeVar("Dated", LoadRow, SubgroupRow)
Members = Mapping[GroupKey, Mapping[str, Sequence[Span]]]
"""Who is in a subgroup when: only the days on which he is in one of its classes too."""


class Courses:
    """What is taught: groups with a load, and who teaches them when."""

    def __init__(self, loads: Iterable[LoadRow], found: SheetFindings[LoadRow]) -> None:
        self._teachers: dict[GroupKey, list[LoadRow]] = defaultdict(list)
        self._pairs: set[tuple[tuple[str, ...], str]] = set()
        self._open: set[object] = set()
        for load in loads:
            if found.bad(load, "classes", "subject", "subgroup"):
                # Its course is unknown: what may be meant by it is not held against others.
                self._open |= {load.classes, load.subject} - {(), ""}
                continue
            self._teachers[load.classes, load.subject, load.subgroup].append(load)
            self._pairs.add((load.classes, load.subject))

    def taught(self, key: GroupKey) -> bool:
        """Whether the group has the subject."""
        return key in self._teachers or not self._open.isdisjoint(key[:2])

    def taught_to_some(self, key: GroupKey) -> bool:
        """Whether any group of these classes has the subject."""
        return key[:2] in self._pairs or not self._open.isdisjoint(key[:2])

    def covers(self, key: GroupKey, teacher: str, span: Span) -> bool:
        """Whether the teacher has the course on every day of the span."""
        loads = self._teachers.get(key, ())
        mine = [load for load in loads if load.teacher in (teacher, "")]
        if not loads:
            return True
        day = span.starts_on
        for load in sorted(mine, key=lambda load: load.starts_on):
            if load.starts_on <= day:
                if load.ends_before is None:
                    return True
                day = max(day, load.ends_before)
        return span.ends_before is not None and day >= span.ends_before


def check_loads(loads: Sequence[LoadRow], year: YearRow, found: SheetFindings[LoadRow]) -> None:
    """Dates are in order and in the year; a teacher has a course once at a time."""
    by_course: dict[object, list[LoadRow]] = defaultdict(list)
    for load in loads:
        _check_dates(load, year, found)
        if not found.bad(load):
            by_course[load.classes, load.subject, load.subgroup, load.teacher].append(load)
    for row in by_course.values():
        row.sort(key=lambda load: load.starts_on)
        for before, load in pairwise(row):
            if before.ends_before is None or load.starts_on < before.ends_before:
                message = N_("The teacher has this course on these dates already. Delete the row.")
                found.fault(load, "subject", message)


def check_subgroups(
    subgroups: Sequence[SubgroupRow],
    stays: Mapping[str, Stay],
    year: YearRow,
    found: SheetFindings[SubgroupRow],
) -> Members:
    """A member is in the classes; in one subgroup of a subject at a time. Pupils without a sure
    stay are not judged, and nobody's faulty row counts."""
    places: dict[tuple[str, str], list[tuple[SubgroupRow, Span]]] = defaultdict(list)
    members: dict[GroupKey, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for row in subgroups:
        _check_dates(row, year, found)
        if found.bad(row):
            continue
        spans = _days_in_classes(row, stays)
        if not spans:
            message = N_("The pupil is not in these classes on these dates. Correct the row.")
            found.fault(row, "personal_file", message)
        taken = places[row.personal_file, row.subject]
        if clash := _clash(row, spans, taken):
            _report_clash(row, clash, found)
            continue
        taken.extend((row, span) for span in spans)
        members[row.classes, row.subject, row.subgroup][row.personal_file].extend(spans)
    return members


def check_topics(
    topics: Iterable[TopicRow], courses: Courses, found: SheetFindings[TopicRow]
) -> None:
    """Every topic belongs to the plan of a course, or of all groups of a class in a subject."""
    judged: dict[GroupKey, str] = {}
    for topic in topics:
        key = (topic.classes, topic.subject, topic.subgroup)
        if key not in judged:
            judged[key] = _topic_fault(key, courses)
        if judged[key]:
            found.fault(topic, judged[key], no_course())


def no_course() -> Message:
    """What is said of a group and subject without a load."""
    return N_("There is no such row in «Нагрузка». Add it or correct this one.")


def _topic_fault(key: GroupKey, courses: Courses) -> str:
    if not courses.taught_to_some(key):
        return "subject"
    return "subgroup" if key[2] and not courses.taught(key) else ""


def _check_dates(row: Dated, year: YearRow, found: SheetFindings[Dated]) -> None:
    ends = row.ends_before or year.ends_before
    if found.bad(row, "starts_on", "ends_before"):
        return
    if ends <= row.starts_on:
        found.fault(row, "ends_before", N_("The last day is before the first. Correct it."))
    elif row.starts_on < year.starts_on:
        found.fault(row, "starts_on", outside_year(year))
    elif ends > year.ends_before:
        found.fault(row, "ends_before", outside_year(year))


def _days_in_classes(row: SubgroupRow, stays: Mapping[str, Stay]) -> list[Span]:
    span = Span(row.starts_on, row.ends_before)
    stay = stays.get(row.personal_file)
    if stay is None:
        return [span]
    common = [
        intersect(span, placement.span)
        for placement in stay.placements
        if placement.class_name in row.classes
    ]
    return [part for part in common if part]


def _clash(
    row: SubgroupRow, spans: Iterable[Span], taken: Iterable[tuple[SubgroupRow, Span]]
) -> SubgroupRow | None:
    return next(
        (other for other, span in taken if any(intersect(span, mine) for mine in spans)), None
    )


def _report_clash(row: SubgroupRow, other: SubgroupRow, found: SheetFindings[SubgroupRow]) -> None:
    if (row.classes, row.subgroup) == (other.classes, other.subgroup):
        message = N_("The pupil is in this subgroup on these dates already. Delete the row.")
        found.fault(row, "personal_file", message)
        return
    message = N_(
        "The pupil is in the subgroup “%(name)s” of this subject on these dates already. "
        "Give the last day there or delete one of the rows.",
        name=other.subgroup,
    )
    found.fault(row, "subgroup", message)
