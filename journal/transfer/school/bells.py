"""Which bells a class keeps: the same answer for the check of the timetable and for the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from journal.transfer.school.rows import BellRow, ClassRow

BellSet = tuple[str, int]
"""A set of bells: name and shift."""


def bell_set_of(school_class: ClassRow, bells: Iterable[BellRow]) -> BellSet | None:
    """The set named by the class, in its shift if the set has it; without a name the first set
    of the shift, else the first of all. None where there are no bells to choose from."""
    sets = list(dict.fromkeys((bell.bell_set, bell.shift) for bell in bells))
    named = [found for found in sets if school_class.bell_set in (None, found[0])]
    of_shift = [found for found in named if found[1] == school_class.shift]
    return next(iter(of_shift or named), None)


def bells_of_classes(
    classes: Iterable[ClassRow], bells: Sequence[BellRow]
) -> dict[str, dict[int, BellRow]]:
    """Class name to its bells by lesson number; a class without any is left out."""
    by_set: dict[BellSet, dict[int, BellRow]] = {}
    for bell in bells:
        by_set.setdefault((bell.bell_set, bell.shift), {})[bell.lesson_number] = bell
    chosen = {one.name: bell_set_of(one, bells) for one in classes}
    return {name: by_set[found] for name, found in chosen.items() if found is not None}
