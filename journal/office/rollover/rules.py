"""Pure rules of the roll-over: which class becomes which, where each pupil goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from journal.core.messages import N_, Message
from journal.people.rules import class_name, class_parts

LAST_GRADE = 11


class Decision(StrEnum):
    """What becomes of a pupil."""

    PROMOTED = "promoted"
    CONDITIONAL = "conditional"
    REPEATS = "repeats"
    LEAVES = "leaves"


DECISIONS: dict[Decision, Message] = {
    Decision.PROMOTED: N_("promoted"),
    Decision.CONDITIONAL: N_("promoted conditionally"),
    Decision.REPEATS: N_("repeats the year"),
    Decision.LEAVES: N_("leaves the school"),
}


@dataclass(frozen=True, slots=True)
class OldClass:
    """A class of the ending year."""

    id: int
    name: str
    grade: int


@dataclass(frozen=True, slots=True)
class OldPupil:
    """A pupil in a class on the last day, with what was decided of him beforehand."""

    pupil_id: int
    membership_id: int
    class_id: int
    name: str
    decision: Decision
    entry_class: str | None


@dataclass(frozen=True, slots=True)
class Going:
    """Where a pupil goes; no class = he leaves."""

    pupil: OldPupil
    decision: Decision
    class_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnPlan:
    """What the roll-over would do. `problems` hold it back."""

    classes: Mapping[int, str | None]
    new_classes: tuple[str, ...]
    goings: tuple[Going, ...]
    problems: tuple[Message, ...]

    def count(self, decision: Decision) -> int:
        """How many pupils."""
        return sum(one.decision is decision for one in self.goings)


def next_name(name: str, grade: int) -> str | None:
    """«5А» becomes «6А»; the last parallel leaves."""
    if grade >= LAST_GRADE:
        return None
    return f"{grade + 1}{class_parts(name)[1]}"


def first_classes(typed: str) -> list[str]:
    """«1А, 1б» as canonical names."""
    return list(dict.fromkeys(class_name(part) for part in typed.split(",") if part.strip()))


def plan_turn(
    classes: Sequence[OldClass],
    pupils: Iterable[OldPupil],
    *,
    leaving: frozenset[int],
    firsts: Sequence[str],
) -> TurnPlan:
    """Decide of every class and pupil. `leaving` are classes that end with their pupils."""
    becomes = {
        one.id: None if one.id in leaving else next_name(one.name, one.grade) for one in classes
    }
    names = [name for name in becomes.values() if name] + list(firsts)
    by_id = {one.id: one for one in classes}
    goings = [_going(one, by_id[one.class_id], becomes, names) for one in pupils]
    homeless = (
        _no_class(one.pupil, by_id[one.pupil.class_id])
        for one in goings
        if one.decision is Decision.REPEATS and one.class_name is None
    )
    return TurnPlan(
        classes=becomes,
        new_classes=tuple(dict.fromkeys(names)),
        goings=tuple(goings),
        problems=(*_wrong_names(names, firsts), *homeless),
    )


def _wrong_names(names: Sequence[str], firsts: Sequence[str]) -> Iterator[Message]:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield N_("Two classes become %(name)s. Let one of them leave, or rename.", name=name)
    for name in firsts:
        if class_parts(name)[0] != 1:
            yield N_("Write the class like 1А, not “%(value)s”.", value=name)


def _no_class(pupil: OldPupil, group: OldClass) -> Message:
    return N_(
        "%(name)s repeats the year, but there will be no class of parallel %(grade)s.",
        name=pupil.name,
        grade=group.grade,
    )


def _going(
    pupil: OldPupil, group: OldClass, becomes: Mapping[int, str | None], names: Sequence[str]
) -> Going:
    if pupil.decision is Decision.LEAVES:
        return Going(pupil, Decision.LEAVES, None)
    if pupil.decision is Decision.REPEATS:
        return Going(pupil, Decision.REPEATS, _same_grade(group, names))
    target = becomes[group.id]
    return Going(pupil, pupil.decision if target else Decision.LEAVES, target)


def _same_grade(group: OldClass, names: Sequence[str]) -> str | None:
    """The coming class of the same name, else the first of the parallel."""
    same = sorted(name for name in names if class_parts(name)[0] == group.grade)
    return group.name if group.name in same else next(iter(same), None)
