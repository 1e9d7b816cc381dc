"""Where a pupil was when: from the row of enrolment and the movements to dated stays in classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from journal.core.messages import N_, Message
from journal.school.rules import Span
from journal.transfer.school.package import Placement
from journal.transfer.school.rows import MovementRow, PupilRow


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A movement that cannot have happened so: its field and what to do."""

    movement: MovementRow
    field: str
    message: Message


@dataclass(frozen=True, slots=True)
class Stay:
    """The stays of one pupil in order, and what contradicts them."""

    placements: tuple[Placement, ...]
    contradictions: tuple[Contradiction, ...] = ()


def stays(
    pupils: Iterable[PupilRow], movements: Iterable[MovementRow], year_starts_on: date
) -> dict[str, Stay]:
    """The stay of every pupil in the school year, by personal file number."""
    by_pupil = movements_by_pupil(movements)
    return {
        pupil.personal_file: follow(pupil, by_pupil.get(pupil.personal_file, ()), year_starts_on)
        for pupil in pupils
    }


def placements(
    pupils: Iterable[PupilRow], movements: Iterable[MovementRow], year_starts_on: date
) -> tuple[Placement, ...]:
    """All stays of all pupils: what the tables of membership hold."""
    found = stays(pupils, movements, year_starts_on)
    return tuple(placement for stay in found.values() for placement in stay.placements)


def movements_by_pupil(movements: Iterable[MovementRow]) -> Mapping[str, list[MovementRow]]:
    """Movements of each pupil by date."""
    found: dict[str, list[MovementRow]] = defaultdict(list)
    for movement in sorted(movements, key=lambda movement: movement.happens_on):
        found[movement.personal_file].append(movement)
    return found


def follow(pupil: PupilRow, movements: Sequence[MovementRow], year_starts_on: date) -> Stay:
    """Follow one pupil; `movements` are his own, by date. Rows before the year are history: they
    tell only whether he was here on its first day."""
    history = [row for row in movements if row.happens_on < year_starts_on]
    begins = max(pupil.enrolled_on, year_starts_on)
    here = not (history and history[-1].kind == "leaving")
    track = _Track(pupil.personal_file, begins, pupil.class_name if here else None)
    for movement in movements[len(history) :]:
        track.step(movement)
    return track.stay()


class _Track:
    """Walks through the movements with the class of the moment (None = not at this school)."""

    def __init__(self, personal_file: str, begins: date, class_name: str | None) -> None:
        self._personal_file = personal_file
        self._begins = begins
        self._class = class_name
        self._placements: list[Placement] = []
        self._contradictions: list[Contradiction] = []

    def step(self, movement: MovementRow) -> None:
        """Take one movement; a contradicting one is noted and still believed."""
        here = self._class is not None
        if movement.kind == "return" and here:
            self._contradict(
                movement, "kind", N_("The pupil is at the school on this day already.")
            )
        elif movement.kind != "return" and not here:
            self._contradict(movement, "kind", N_("The pupil is not at the school on this day."))
        elif movement.kind == "transfer" and movement.class_name == self._class:
            self._contradict(
                movement,
                "class_name",
                N_("The pupil is in class %(name)s already. Correct it.", name=self._class),
            )
        self._close(movement.happens_on)
        self._begins = max(self._begins, movement.happens_on)
        self._class = None if movement.kind == "leaving" else movement.class_name

    def stay(self) -> Stay:
        """What came out."""
        self._close(None)
        return Stay(tuple(self._placements), tuple(self._contradictions))

    def _close(self, ends_before: date | None) -> None:
        if self._class is not None and (ends_before is None or self._begins < ends_before):
            span = Span(self._begins, ends_before)
            self._placements.append(Placement(self._personal_file, self._class, span))

    def _contradict(self, movement: MovementRow, field: str, message: Message) -> None:
        self._contradictions.append(Contradiction(movement, field, message))
