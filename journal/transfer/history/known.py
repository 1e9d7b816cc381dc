"""What a history stands on: the school as it is, and what earlier imports have brought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from journal.school.rules import Span
from journal.transfer.history.rows import ExemptionRow, LessonRow
from journal.transfer.school.bells import bells_of_classes
from journal.transfer.school.package import GroupKey, Placement, SchoolPackage
from journal.transfer.school.rows import TermRow, YearRow
from journal.transfer.school.stays import placements


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryKnown:
    """Everything references and rosters are checked against.

    `subjects` maps names to scales, `classes` names to parallels, `bells` classes to their lesson
    numbers. `stays` has every pupil of the school (an empty tuple: never in a class), `members`
    the raw dates in subgroups. `lessons`, `mark_numbers` (by lesson and pupil) and `exemptions`
    are what the database holds from earlier imports.
    """

    years: tuple[YearRow, ...] = ()
    terms: tuple[TermRow, ...] = ()
    subjects: Mapping[str, str] = field(default_factory=dict)
    staff: frozenset[str] = frozenset()
    classes: Mapping[str, int] = field(default_factory=dict)
    courses: frozenset[GroupKey] = frozenset()
    bells: Mapping[str, frozenset[int]] = field(default_factory=dict)
    stays: Mapping[str, tuple[Placement, ...]] = field(default_factory=dict)
    members: Mapping[GroupKey, Mapping[str, tuple[Span, ...]]] = field(default_factory=dict)
    work_types: frozenset[str] = frozenset()
    lessons: Mapping[str, LessonRow] = field(default_factory=dict)
    mark_numbers: Mapping[tuple[str, str], frozenset[int]] = field(default_factory=dict)
    exemptions: tuple[ExemptionRow, ...] = ()

    @property
    def year(self) -> YearRow | None:
        """The year the rosters belong to: the latest."""
        return max(self.years, key=lambda year: year.starts_on, default=None)


def known_from(school: SchoolPackage) -> HistoryKnown:
    """The ground a school workbook gives, with nothing imported yet."""
    year = school.year
    starts_on = year.starts_on if year else date.min
    bells = bells_of_classes(school.classes, school.bells)
    return HistoryKnown(
        years=school.years,
        terms=school.terms,
        subjects={subject.name: subject.scale for subject in school.subjects},
        staff=frozenset(row.personnel_number for row in school.staff),
        classes={row.name: row.grade for row in school.classes},
        courses=frozenset((row.classes, row.subject, row.subgroup) for row in school.loads),
        bells={name: frozenset(numbers) for name, numbers in bells.items()},
        stays=_stays(school, starts_on),
        members=_members(school),
        work_types=frozenset(row.work_type for row in school.topics if row.work_type),
    )


def _stays(school: SchoolPackage, starts_on: date) -> dict[str, tuple[Placement, ...]]:
    found: dict[str, list[Placement]] = {pupil.personal_file: [] for pupil in school.pupils}
    for placement in placements(school.pupils, school.movements, starts_on):
        found[placement.personal_file].append(placement)
    return {personal_file: tuple(stays) for personal_file, stays in found.items()}


def _members(school: SchoolPackage) -> dict[GroupKey, dict[str, tuple[Span, ...]]]:
    found: dict[GroupKey, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for row in school.subgroups:
        group = found[row.classes, row.subject, row.subgroup]
        group[row.personal_file].append(Span(row.starts_on, row.ends_before))
    return {
        group: {pupil: tuple(spans) for pupil, spans in members.items()}
        for group, members in found.items()
    }


class Rosters:
    """Who belongs to a lesson on its date: in one of its classes and, if named, its subgroup."""

    def __init__(self, known: HistoryKnown) -> None:
        self._stays = known.stays
        self._members = known.members

    def has(self, group: GroupKey, personal_file: str, day: date) -> bool:
        """Whether the pupil is on the roster."""
        classes, _, subgroup = group
        if not any(
            stay.class_name in classes and stay.span.covers(day)
            for stay in self._stays.get(personal_file, ())
        ):
            return False
        return not subgroup or _covers(self._members.get(group, {}).get(personal_file, ()), day)

    def alone(self, group: GroupKey, personal_file: str, day: date) -> bool:
        """Whether he is the only one on it (individual tuition)."""
        candidates: Iterable[str] = self._members.get(group, {}) if group[2] else self._stays
        return all(
            other == personal_file or not self.has(group, other, day) for other in candidates
        )


class Releases:
    """Who is released «от посещения» from what, and when."""

    def __init__(self, exemptions: Iterable[ExemptionRow]) -> None:
        self._spans: dict[str, list[tuple[str | None, Span]]] = defaultdict(list)
        for row in exemptions:
            if row.kind == "attending":
                span = Span(row.starts_on, row.ends_before)
                self._spans[row.personal_file].append((row.subject, span))

    def cover(self, personal_file: str, subject: str, day: date) -> bool:
        """Whether the pupil need not attend the subject on this day."""
        return any(
            released in (None, subject) and span.covers(day)
            for released, span in self._spans.get(personal_file, ())
        )


def _covers(spans: Sequence[Span], day: date) -> bool:
    return any(span.covers(day) for span in spans)
