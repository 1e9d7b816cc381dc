"""The timetable: dates, bells, load, and nobody and no room in two places at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from journal.core.messages import N_, Message
from journal.school.frame_rules import outside_year
from journal.school.rules import Span, intersect
from journal.transfer.school.checks.teaching import Courses, Members, no_course
from journal.transfer.school.package import GroupKey
from journal.transfer.school.rows import BellRow, SlotRow, YearRow
from journal.transfer.specification import SheetFindings

Bells = Mapping[str, Mapping[int, BellRow]]


@dataclass(frozen=True, slots=True)
class Ground:
    """What the timetable stands on: the year, bells of each class, courses, subgroups."""

    year: YearRow
    bells: Bells
    courses: Courses
    members: Members


def check_slots(slots: Sequence[SlotRow], ground: Ground, found: SheetFindings[SlotRow]) -> None:
    """Rows first, then rows against one another, then each against the load."""
    for slot in slots:
        _check_dates(slot, ground.year, found)
        _check_bells(slot, ground.bells, found)
    _Conflicts(ground, found).check(slots)
    for slot in slots:
        _check_load(slot, ground.courses, found)


def _check_dates(slot: SlotRow, year: YearRow, found: SheetFindings[SlotRow]) -> None:
    if slot.ends_before <= slot.starts_on:
        found.fault(slot, "ends_before", N_("The last day is before the first. Correct it."))
    elif slot.starts_on < year.starts_on:
        found.fault(slot, "starts_on", outside_year(year))
    elif slot.ends_before > year.ends_before:
        found.fault(slot, "ends_before", outside_year(year))


def _check_bells(slot: SlotRow, bells: Bells, found: SheetFindings[SlotRow]) -> None:
    for name in slot.classes:
        if name in bells and slot.lesson_number not in bells[name]:
            message = N_(
                "The bells of class %(name)s have no lesson %(number)s. Add it to «Звонки» or "
                "correct the number.",
                name=name,
                number=slot.lesson_number,
            )
            found.fault(slot, "lesson_number", message)


def _check_load(slot: SlotRow, courses: Courses, found: SheetFindings[SlotRow]) -> None:
    key = _group(slot)
    if found.bad(slot, "classes", "subject", "subgroup"):
        return
    if not courses.taught(key):
        some = courses.taught_to_some(key)
        found.fault(slot, "subgroup" if some else "subject", no_course())
    elif not found.bad(slot) and not courses.covers(key, slot.teacher, _span(slot)):
        message = N_(
            "By «Нагрузка» %(teacher)s does not teach this course on these dates. Correct one "
            "of the sheets.",
            teacher=slot.teacher,
        )
        found.fault(slot, "teacher", message)


class _Conflicts:
    """Compares lessons of one weekday and number; what has been refused takes no place."""

    def __init__(self, ground: Ground, found: SheetFindings[SlotRow]) -> None:
        self._ground = ground
        self._found = found
        self._shared: dict[tuple[GroupKey, GroupKey], list[Span]] = {}

    def check(self, slots: Iterable[SlotRow]) -> None:
        """Report a later row that takes what an earlier one has."""
        taken: dict[Hashable, list[SlotRow]] = defaultdict(list)
        for slot in slots:
            if self._found.bad(slot, "starts_on", "ends_before", "week_kind", "lesson_number"):
                continue
            claims = self._claims(slot)
            if not any(self._refused(slot, claim, taken) for claim in claims):
                for claim in claims:
                    taken[claim.place].append(slot)

    def _claims(self, slot: SlotRow) -> list[_Claim]:
        at = (slot.weekday, slot.lesson_number)
        claims = [
            _Claim(("class", name, *at), "classes", self._share_pupils, _class_taken)
            for name in slot.classes
        ]
        if slot.teacher:
            claims.append(_Claim(("teacher", slot.teacher, *at), "teacher", _always, _teacher_busy))
        if slot.room:
            claims.append(_Claim(("room", slot.room, *at), "room", _always, _room_taken))
        return claims

    def _refused(
        self, slot: SlotRow, claim: _Claim, taken: Mapping[Hashable, Sequence[SlotRow]]
    ) -> bool:
        for other in taken.get(claim.place, ()):
            if self._meet(slot, other) and claim.clashes(slot, other):
                self._found.fault(slot, claim.field, claim.message(other))
                return True
        return False

    def _meet(self, slot: SlotRow, other: SlotRow) -> bool:
        if intersect(_span(slot), _span(other)) is None:
            return False
        if {slot.week_kind, other.week_kind} == {"odd", "even"}:
            return False
        return self._times_meet(slot, other)

    def _times_meet(self, slot: SlotRow, other: SlotRow) -> bool:
        """The same number may be rung at quite another time in another shift."""
        one = self._ground.bells.get(slot.classes[0], {}).get(slot.lesson_number)
        two = self._ground.bells.get(other.classes[0], {}).get(other.lesson_number)
        if one is None or two is None or one.shift == two.shift:
            return True
        return one.starts_at < two.ends_at and two.starts_at < one.ends_at

    def _share_pupils(self, slot: SlotRow, other: SlotRow) -> bool:
        """Only subgroups can meet without a conflict: if no pupil is in both on the same day."""
        one, two = sorted((_group(slot), _group(other)))
        if not one[2] or not two[2] or one == two:
            return True
        if (one, two) not in self._shared:
            self._shared[one, two] = _days_in_both(self._ground.members, one, two)
        common = intersect(_span(slot), _span(other))
        assert common is not None
        return any(intersect(common, span) for span in self._shared[one, two])


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a lesson takes: a class, a teacher or a room at a weekday and number."""

    place: Hashable
    field: str
    clashes: Callable[[SlotRow, SlotRow], bool]
    message: Callable[[SlotRow], Message]


def _always(slot: SlotRow, other: SlotRow) -> bool:
    return True


def _days_in_both(members: Members, one: GroupKey, two: GroupKey) -> list[Span]:
    here, there = members.get(one, {}), members.get(two, {})
    return [
        common
        for pupil in here.keys() & there.keys()
        for mine in here[pupil]
        for theirs in there[pupil]
        if (common := intersect(mine, theirs))
    ]


def _span(slot: SlotRow) -> Span:
    return Span(slot.starts_on, slot.ends_before)


def _group(slot: SlotRow) -> GroupKey:
    return slot.classes, slot.subject, slot.subgroup


def _class_taken(other: SlotRow) -> Message:
    return N_(
        "The class has another lesson here: %(lesson)s (row %(row)s). Move one of them.",
        lesson=other.subject,
        row=other.row,
    )


def _teacher_busy(other: SlotRow) -> Message:
    return N_(
        "The teacher has another lesson here: %(lesson)s (row %(row)s). Move one of them.",
        lesson=f"{other.subject}, {','.join(other.classes)}",
        row=other.row,
    )


def _room_taken(other: SlotRow) -> Message:
    return N_(
        "The room is taken here: %(lesson)s (row %(row)s). Choose another one.",
        lesson=f"{other.subject}, {','.join(other.classes)}",
        row=other.row,
    )
