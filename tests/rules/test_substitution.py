"""Who is proposed for a fallen lesson, in which order; what cannot be at the same time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from journal.office.rules.substitution import (
    Colleague,
    DayLesson,
    OwnCourse,
    Way,
    choose_all,
    proposals,
)
from journal.school.rules import Span
from journal.timetable.rules import OtherBells, Reason, Taking, bells_on, clash

DAY = date(2026, 11, 20)
MATHS, HISTORY = 1, 2


def lesson(number: int, staff_id: int, *, id_: int = 0, **facts: object) -> DayLesson:
    at = datetime(2026, 11, 20, 5 + number, tzinfo=UTC)
    plain = {"subject_id": MATHS, "classes": frozenset({"5А"}), "group": ""} | facts
    times = {"starts_at": at, "ends_at": at + timedelta(minutes=45)}
    return DayLesson(
        id=id_ or 100 * staff_id + number,
        held_on=DAY,
        number=number,
        staff_id=staff_id,
        **times,
        **plain,  # type: ignore[arg-type]
    )


def colleague(staff_id: int, *subjects: int, classes: str = "9А", away: bool = False) -> Colleague:
    return Colleague(
        staff_id=staff_id,
        name=f"Учитель {staff_id}",
        subjects=frozenset(subjects),
        classes=frozenset(classes.split(",")),
        away=(Span(DAY, DAY + timedelta(days=1)),) if away else (),
    )


def test_the_same_subject_comes_first_then_the_class_then_the_age_then_who_is_there() -> None:
    fallen = lesson(3, 1)
    staff = [
        colleague(2, HISTORY),
        colleague(3, MATHS, classes="2А"),
        colleague(4, MATHS),
        colleague(5, MATHS),
        colleague(6, HISTORY, classes="5А"),
        colleague(7, MATHS, away=True),
        colleague(8, MATHS),
    ]
    day = [fallen, lesson(2, 5, classes=frozenset({"9А"})), lesson(3, 8, classes=frozenset({"9А"}))]
    found = proposals(fallen, {DAY: day}, staff)
    assert [one.staff_id for one in found] == [5, 4, 3, 6, 2, None]
    assert [one.way for one in found][:3] == [Way.SAME_SUBJECT] * 3
    assert found[-1].code == "cancel" and found[0].code == "same:5"


def test_a_subgroup_is_merged_with_the_one_beside_it() -> None:
    fallen = lesson(3, 1, group="1 группа")
    beside = lesson(3, 2, group="2 группа")
    other = lesson(3, 3, group="2 группа", subject_id=HISTORY)
    staff = [colleague(2, MATHS), colleague(3, HISTORY)]
    found = proposals(fallen, {DAY: [fallen, beside, other]}, staff)
    assert [one.code for one in found] == ["merge:2", "cancel"]


def own(course_id: int, group_id: int = 0, group: str = "", classes: str = "5А") -> OwnCourse:
    return OwnCourse(
        course_id=course_id,
        subject_id=HISTORY,
        subject="История",
        classes=frozenset(classes.split(",")),
        group=group,
        group_id=group_id,
    )


def test_a_colleague_gives_his_own_subject_to_pupils_who_are_free_then() -> None:
    pupils = {1: {1, 2, 3}, 2: {4, 5}, 11: {1, 2}, 12: {3, 4}}
    courses = (own(70), own(71, 11, "девушки"), own(72, 12, "юноши"), own(73, classes="5Б"))
    teacher = replace(colleague(2, HISTORY, classes="5А"), courses=courses)

    def members(group_id: int, day: date) -> frozenset[int]:
        return frozenset(pupils.get(group_id, ()))

    def ways(fallen: DayLesson, *beside: DayLesson) -> list[str]:
        return [one.code for one in proposals(fallen, {DAY: [fallen, *beside]}, [teacher], members)]

    assert ways(lesson(3, 1)) == ["free:2", "own:2:70", "cancel"]
    part = lesson(3, 1, group="1 группа", group_id=1)
    beside = lesson(3, 9, group="2 группа", group_id=2)
    assert ways(part, beside) == ["free:2", "own:2:71", "cancel"]
    assert ways(part) == ["free:2", "own:2:70", "own:2:71", "cancel"]
    assert ways(lesson(3, 1, subject_id=HISTORY))[0] == "same:2"
    assert "own:2:70" not in ways(lesson(3, 1, subject_id=HISTORY))


lessons = st.lists(
    st.tuples(st.integers(1, 7), st.integers(1, 6)), min_size=1, max_size=25, unique=True
)


@given(places=lessons, teachers=st.sets(st.integers(1, 8)))
def test_first_proposals_never_contradict_each_other(
    places: list[tuple[int, int]], teachers: set[int]
) -> None:
    day = [lesson(number, staff_id) for number, staff_id in places]
    fallen = [one for one in day if one.staff_id == 1]
    staff = [colleague(one, MATHS) for one in sorted(teachers)]
    chosen = choose_all(fallen, {DAY: day}, staff)
    assert set(chosen) == {one.id for one in fallen}
    taken = [(one.number, one.staff_id) for one in day if one.staff_id != 1]
    for one in fallen:
        first = chosen[one.id][0]
        if first.staff_id is not None:
            taken.append((one.number, first.staff_id))
            assert first.staff_id != 1
    assert len(taken) == len(set(taken))


takings = st.builds(
    Taking,
    staff_id=st.integers(1, 3),
    room_id=st.none() | st.integers(1, 2),
    group_id=st.integers(1, 4),
    group=st.sampled_from(["", "1", "2"]),
    classes=st.frozensets(st.sampled_from(["5А", "5Б"]), min_size=1),
    members=st.frozensets(st.integers(1, 4)),
)


@given(one=takings, other=takings)
def test_a_clash_is_symmetric(one: Taking, other: Taking) -> None:
    assert clash(one, other) == clash(other, one)


def taking(**facts: object) -> Taking:
    plain = {"staff_id": 1, "room_id": None, "group_id": 1, "group": ""}
    return Taking(**(plain | {"classes": frozenset({"5А"})} | facts))  # type: ignore[arg-type]


def test_what_cannot_be_at_once_and_why() -> None:
    first = taking(group_id=2, group="1", members=frozenset({7}), room_id=4)
    table: list[tuple[Taking, set[Reason]]] = [
        (taking(group_id=9, classes=frozenset({"6А"})), {Reason.TEACHER}),
        (taking(staff_id=2, group_id=9, classes=frozenset({"6А"}), room_id=4), {Reason.ROOM}),
        (taking(staff_id=2, group_id=1), {Reason.CLASS}),
        (taking(staff_id=2, group_id=3, group="2", members=frozenset({8})), set()),
        (taking(staff_id=2, group_id=3, group="A", members=frozenset({7})), {Reason.PUPIL}),
        (taking(staff_id=2, group_id=9, classes=frozenset({"6А"})), set()),
    ]
    for other, reasons in table:
        assert clash(first, other) == reasons


def test_a_date_outdoes_a_weekday_and_a_grade_outdoes_all() -> None:
    def other(instead: int, weekday: int | None = None, day: date | None = None, *grades: int):  # type: ignore[no-untyped-def]
        return OtherBells(
            schedule_id=1,
            instead_id=instead,
            weekday=weekday,
            held_on=day,
            grades=frozenset(grades),
        )

    rules = [other(2, 5), other(3, 5, None, 9), other(4, None, DAY, 9)]
    assert bells_on(1, DAY, 5, 6, rules) == 2
    assert bells_on(1, DAY, 5, 9, rules) == 4
    assert bells_on(1, DAY + timedelta(days=7), 5, 9, rules) == 3
    assert bells_on(1, DAY, 4, 6, rules) == 1
    assert bells_on(7, DAY, 5, 6, rules) == 7
