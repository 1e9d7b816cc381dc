"""Groups of the coming year: courses of the parallel, places as last year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from journal.office.rollover.groups import Member, Place, Taught, propose_groups
from journal.office.rollover.rules import Decision, OldClass, OldPupil, plan_turn

MATHS, ENGLISH = 1, 2
OLD = {1: "5А", 2: "5Б", 3: "6А"}


def taught(subject_id: int, subgroup: str = "", staff_id: int = 7) -> Taught:
    return Taught(subject_id, subgroup, staff_id, Decimal(3))


def pupil(number: int, class_id: int, decision: Decision = Decision.PROMOTED) -> OldPupil:
    return OldPupil(number, number, class_id, f"Ученик {number}", decision, None)


def proposed(
    members: list[Member], load: dict[str, list[Taught]], leaving: frozenset[int] = frozenset()
):  # type: ignore[no-untyped-def]
    classes = [OldClass(number, name, int(name[0])) for number, name in OLD.items()]
    people = [pupil(1, 1), pupil(2, 2), pupil(3, 1, Decision.REPEATS), pupil(4, 1)]
    plan = plan_turn(classes, people, leaving=leaving, firsts=["5В"])
    return propose_groups(plan, plan.new_classes, load, members, OLD)


LOAD = {
    "5А": [taught(MATHS, staff_id=1), taught(ENGLISH, "1"), taught(ENGLISH, "2")],
    "6А": [taught(MATHS, staff_id=9), taught(ENGLISH, "1"), taught(ENGLISH, "3")],
    "5А,5Б": [taught(MATHS, "олимпиадная", 4)],
}


def test_places_follow_the_name_of_the_subgroup() -> None:
    members = [
        Member(1, "5А", ENGLISH, "1"),
        Member(4, "5А", ENGLISH, "2"),  # there is no second one in the sixth
        Member(3, "5А", ENGLISH, "2"),  # repeats: his parallel has it
        Member(1, "5А,5Б", MATHS, "олимпиадная"),
        Member(2, "5А,5Б", MATHS, "олимпиадная"),
    ]
    groups = proposed(members, LOAD)
    assert groups.members == {
        Place("6А", ENGLISH, "1"): (1,),
        Place("5В", ENGLISH, "2"): (3,),
        Place("6А,6Б", MATHS, "олимпиадная"): (1, 2),
    }
    assert Place("6А", ENGLISH, "3") in groups.undivided
    assert groups.placed == 4 and groups.across == ["6А,6Б"]


def test_the_teacher_goes_along_with_his_pupils() -> None:
    groups = proposed([], LOAD)
    assert [one.staff_id for one in groups.courses["6А"] if one.subject_id == MATHS] == [1]
    assert groups.courses["6А,6Б"] == (taught(MATHS, "олимпиадная", 4),)


@pytest.mark.parametrize("leaving", [frozenset({1}), frozenset({2}), frozenset({1, 2})])
def test_a_shared_group_ends_with_one_of_its_classes(leaving: frozenset[int]) -> None:
    assert proposed([], LOAD, leaving).across == []
