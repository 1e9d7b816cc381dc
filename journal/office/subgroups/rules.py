"""Pure ways to divide a class: by alphabet, by a list of names, as last year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journal.core.text import search_key

Division = dict[int, int | None]
"""Pupil to group; None = in no subgroup of the subject."""


@dataclass(frozen=True, slots=True)
class Member:
    """A pupil of the class in the order of names, and his subgroup on the day."""

    pupil_id: int
    name: str
    group_id: int | None


def by_alphabet(members: Sequence[Member], groups: Sequence[int]) -> Division:
    """Equal runs of the list: sizes differ by one at most, the first groups are the larger."""
    share, more = divmod(len(members), len(groups)) if groups else (0, 0)
    found: Division = {}
    start = 0
    for place, group_id in enumerate(groups):
        size = share + (place < more)
        found |= {one.pupil_id: group_id for one in members[start : start + size]}
        start += size
    return found


def by_list(members: Sequence[Member], groups: Sequence[int], typed: str) -> Division:
    """Who is named (a line each, surname and name or the beginning of them) is in the first group,
    everybody else in the second; with one group the rest is in none."""
    names = [search_key(line) for line in typed.splitlines() if search_key(line)]
    first, rest = groups[0], groups[1] if len(groups) > 1 else None
    return {
        one.pupil_id: first
        if any(search_key(one.name).startswith(name) for name in names)
        else rest
        for one in members
    }


def as_before(
    members: Sequence[Member], groups: Mapping[str, int], before: Mapping[int, str]
) -> Division:
    """The group of the same name as last year; who had none stays where he is."""
    return {one.pupil_id: groups.get(before.get(one.pupil_id, ""), one.group_id) for one in members}


@dataclass(frozen=True, slots=True)
class Shift:
    """A pupil who changes his subgroup."""

    member: Member
    to_id: int | None


def shifts(members: Sequence[Member], wanted: Division) -> list[Shift]:
    """Who moves; whom the division does not name stays."""
    return [
        Shift(one, wanted[one.pupil_id])
        for one in members
        if one.pupil_id in wanted and wanted[one.pupil_id] != one.group_id
    ]
