"""Classes, staff, pupils, movements and guardians."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from journal.core.messages import N_
from journal.people.rules import class_parts
from journal.transfer.school.persons import name_key
from journal.transfer.school.rows import ClassRow, GuardianRow, MovementRow, PupilRow, StaffRow
from journal.transfer.school.stays import Stay, follow, movements_by_pupil
from journal.transfer.specification import SheetFindings


def check_classes(classes: Iterable[ClassRow], found: SheetFindings[ClassRow]) -> None:
    """Parallel and letter are those of the class's name."""
    for one in classes:
        grade, letter = class_parts(one.name)
        if one.grade != grade and not found.bad(one, "grade"):
            message = N_("Class %(name)s is of parallel %(grade)s.", name=one.name, grade=grade)
            found.fault(one, "grade", message)
        if one.letter is not None and one.letter != letter:
            message = N_("The letter is not the one of class %(name)s.", name=one.name)
            found.fault(one, "letter", message)


def check_pupils(pupils: Iterable[PupilRow], found: SheetFindings[PupilRow]) -> None:
    """Nobody is enrolled before he is born."""
    for pupil in pupils:
        if found.bad(pupil, "born_on", "enrolled_on"):
            continue
        if pupil.born_on >= pupil.enrolled_on:
            message = N_("The pupil is born after enrolment. Correct the date.")
            found.fault(pupil, "born_on", message)


def check_movements(
    pupils: Sequence[PupilRow],
    unsure: Iterable[str],
    movements: Sequence[MovementRow],
    year_starts_on: date,
    found: SheetFindings[MovementRow],
) -> dict[str, Stay]:
    """The stays of all pupils whose rows can be trusted; `unsure` are the others' numbers."""
    by_pupil = movements_by_pupil(movements)
    by_file = {pupil.personal_file: pupil for pupil in pupils}
    doubtful = set(unsure)
    for movement in movements:
        if not _possible(movement, by_file, doubtful, found):
            doubtful.add(movement.personal_file)
    known: dict[str, Stay] = {}
    for pupil in pupils:
        if pupil.personal_file not in doubtful:
            stay = follow(pupil, by_pupil.get(pupil.personal_file, ()), year_starts_on)
            for wrong in stay.contradictions:
                found.fault(wrong.movement, wrong.field, wrong.message)
            known[pupil.personal_file] = stay
    return known


def _possible(
    movement: MovementRow,
    pupils: Mapping[str, PupilRow],
    unsure: set[str],
    found: SheetFindings[MovementRow],
) -> bool:
    needs_class = movement.kind != "leaving" and not found.bad(movement, "kind")
    if needs_class and movement.class_name is None:
        found.fault(movement, "class_name", N_("Fill in the class the pupil comes to."))
    pupil = pupils.get(movement.personal_file)
    if pupil and pupil.personal_file not in unsure and movement.happens_on < pupil.enrolled_on:
        message = N_(
            "The movement is dated before the enrolment (%(day)s). Correct one of them.",
            day=f"{pupil.enrolled_on:%d.%m.%Y}",
        )
        found.fault(movement, "happens_on", message)
    return not found.bad(movement)


def note_lone_guardians(
    guardians: Sequence[GuardianRow], staff: Iterable[StaffRow], found: SheetFindings[GuardianRow]
) -> None:
    """Without phone and e-mail a person is nobody else's double for certain; a namesake is told."""
    everybody: list[GuardianRow | StaffRow] = [*guardians, *staff]
    names = Counter(name_key(row) for row in everybody)
    for guardian in guardians:
        if guardian.phone or guardian.email or names[name_key(guardian)] < 2:
            continue
        message = N_(
            "There is a namesake, but no phone or e-mail to tell whether it is the same person: "
            "he becomes a person of his own."
        )
        found.note(guardian, "surname", message)
