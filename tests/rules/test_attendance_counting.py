"""Counting of attendance: monitoring-mp1.md §4 case by case, §7 as it stands, what must hold."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.attendance.rules import attendance_share
from journal.attendance.rules.counting import (
    ClassLessons,
    Counted,
    FullDay,
    KnownExcuse,
    count,
    states_by_day,
    tallies,
)
from journal.attendance.rules.tally import Tally, explained, over_threshold, per_cent_tenths, summed
from journal.school.rules import Span
from tests.rules.attended import FIRST, Attended

MATHS, SPORT = 1, 2
NEXT = FIRST + timedelta(days=1)


def by_class(school: Attended, class_id: int = 1) -> Tally:
    return tallies(school.facts(), key=lambda s: s.class_group_id).get(class_id, Tally())


def pupils_of(school: Attended) -> dict[int, Tally]:
    return dict(tallies(school.facts(), key=lambda s: s.pupil_id))


def whole(school: Attended) -> Counted[int, int]:
    return count(school.facts(), key=lambda s: s.pupil_id, part=lambda _class_id, _day: 1)


def lessons_of(school: Attended, class_id: int = 1) -> ClassLessons:
    return whole(school).classes[class_id, 1]


def small() -> Attended:
    """Class 1 is group 10 with pupils 1, 2 and 3."""
    school = Attended()
    school.seat(10, (1, 2, 3))
    return school


def test_every_code_has_its_column_and_lateness_is_presence() -> None:
    school = small()
    school.lesson(p1="b", p2="u", p3="p")
    school.lesson(number=2, p1="n", p2="o", distance=True)
    assert by_class(school) == Tally(6, 0, 0, 1, 1, 1, 1, late=1, distance=3)


def test_a_cancelled_lesson_is_not_held_not_released_and_has_no_absences() -> None:
    school = small()
    school.release(1, None)
    school.lesson(cancelled=True, distance=True, taken=False, p2="b")
    assert by_class(school) == Tally(3, 3)


@pytest.mark.parametrize(
    ("subject", "released", "day", "freed"),
    [
        (MATHS, MATHS, FIRST, 1),
        (MATHS, SPORT, FIRST, 0),
        (MATHS, None, FIRST, 1),
        (MATHS, MATHS, NEXT, 0),
    ],
)
def test_a_release_frees_from_its_subject_on_its_days(
    subject: int, released: int | None, day: date, freed: int
) -> None:
    school = small()
    school.release(1, released, days=1)
    school.lesson(day=day, subject=subject, p1="p")
    assert by_class(school) == Tally(3, released=freed, invalid=1 - freed)


def test_home_tuition_is_released_from_the_class_and_due_in_his_own_group() -> None:
    school = small()
    school.seat(11, (1,))
    school.release(1, None)
    school.lesson()
    school.lesson(11, number=2, p1="b")
    assert pupils_of(school)[1] == Tally(2, released=1, ill=1)


def test_two_subgroups_at_once_are_one_lesson_of_the_class_and_both_rosters() -> None:
    school = Attended()
    school.seat(20, (1, 2))
    school.seat(21, (3,))
    school.lesson(20, taken=False)
    school.lesson(21, taken=False)
    school.lesson(20, number=2)
    assert by_class(school).planned == 5
    assert lessons_of(school) == ClassLessons(held=2, unfilled=2)


def test_a_cross_class_lesson_counts_for_each_class_with_its_own_pupils() -> None:
    school = Attended()
    school.seat(30, (1, 2))
    school.seat(30, (3,), in_class=2)
    school.lesson(30, taken=False)
    assert (by_class(school, 1).planned, by_class(school, 2).planned) == (2, 1)
    assert lessons_of(school, 1) == lessons_of(school, 2) == ClassLessons(1, 1)


def test_an_unfilled_register_is_due_and_never_all_present() -> None:
    school = small()
    school.excuses.append(KnownExcuse(1, Span(FIRST, NEXT), "u"))
    school.excuses.append(KnownExcuse(1, Span(FIRST, NEXT), "b"))
    school.lesson(taken=False)
    school.lesson(number=2)
    school.lesson(day=NEXT, taken=False)
    tally = by_class(school)
    assert tally == Tally(9, ill=1, unfilled=6, foreseen=1)
    assert (tally.taken, tally.missed_taken) == (3, 0)


def test_who_was_not_there_that_day_counts_nowhere() -> None:
    """Before his first day, after his last one, and between leaving and return."""
    school = Attended()
    day = [FIRST + timedelta(days=n) for n in range(4)]
    school.seat(10, (1,), before=day[1])
    school.seat(10, (1,), since=day[2], before=day[3])
    school.seat(10, (2,))
    for one in day:
        school.lesson(day=one, p1="b")
    assert pupils_of(school)[1] == Tally(2, ill=2)


def test_a_full_day_is_every_obligatory_lesson_missed() -> None:
    school = small()
    school.release(2, SPORT)
    school.lesson(p1="b", p2="b", p3="b")
    school.lesson(number=2, subject=SPORT, p1="u", p3="b")
    school.lesson(number=3, cancelled=True)
    assert whole(school).full_days == (
        FullDay(1, 1, FIRST, ill=False),
        FullDay(2, 1, FIRST, ill=True),
        FullDay(3, 1, FIRST, ill=True),
    )
    school.excuses.append(KnownExcuse(1, Span(FIRST, NEXT), "b"))
    school.lesson(number=4, taken=False)
    assert whole(school).full_days == ()


def test_example_1_subgroups_cancellation_release() -> None:
    """2А: 18 lessons of the class and two slots of groups of 11 and 9; ill two days, 8 lessons."""
    school = Attended()
    days = [FIRST + timedelta(days=n) for n in range(5)]
    for group, pupils in ((10, range(1, 21)), (11, range(1, 12)), (12, range(12, 21))):
        school.seat(group, pupils)
    for place, day in enumerate(days):
        for number in (1, 2, 3, 5)[: 3 + (place >= 2)]:
            school.lesson(10, day, number, subject=SPORT if number == 3 and place < 3 else MATHS)
    for day in days[:2]:
        school.lesson(11, day, 4)
        school.lesson(12, day, 4, cancelled=day == days[0])
    school.release(1, SPORT)
    _enter(school, 20, "b", days[:2])
    _enter(school, 2, "u", days[4:])
    _enter(school, 3, "p", days[4:], most=2)
    _enter(school, 4, "n", days[4:], most=1)
    tally = by_class(school)
    assert (tally.planned, tally.not_held, tally.released, tally.due) == (400, 9, 3, 388)
    assert (tally.ill, tally.valid, tally.invalid, tally.unknown) == (7, 4, 2, 1)
    assert lessons_of(school).held == 20
    figure = explained(tally)
    assert figure.value == Fraction(374, 388)
    assert figure.explanation.formula == "400 − 9 − 3 = 388; (388 − 14) : 388 = 96,4 %"


def _enter(school: Attended, pupil: int, code: str, days: list[date], most: int = 99) -> None:
    """The first lessons of those days, cancelled ones too: an entry there must not count."""
    seats = {entry.study_group_id for entry in school.roster if entry.pupil_id == pupil}
    own = [one for one in school.lessons if one.day in days and one.group_id in seats]
    for lesson in own[:most]:
        school.absences[lesson.id][pupil] = code


def test_example_2_a_move_and_a_leaver() -> None:
    """P (1) moves from 5А to 5Б after 150 of 400 lessons; another (50) leaves 5Б after 200."""
    school = Attended()
    moved, left = FIRST + timedelta(days=30), FIRST + timedelta(days=40)
    school.seat(10, range(2, 25))
    school.seat(10, (1,), before=moved)
    school.seat(20, (1,), in_class=2, since=moved)
    school.seat(20, range(51, 75), in_class=2)
    school.seat(20, (50,), in_class=2, before=left)
    for group in (10, 20):
        for lesson in range(400):
            school.lesson(group, FIRST + timedelta(days=lesson // 5), lesson % 5 + 1)
    _miss(school, 10, ((1, "b", 40), (2, "b", 310), (3, "u", 120), (4, "p", 45)))
    _miss(school, 20, ((1, "b", 30), (1, "p", 60), (51, "b", 400), (52, "u", 150), (53, "p", 20)))
    _miss(school, 20, ((54, "n", 10),))
    first, second = by_class(school, 1), by_class(school, 2)
    assert (first.due, first.missed, second.due, second.missed) == (9350, 515, 10050, 670)
    assert (first.ill, first.valid, first.invalid, first.unknown) == (350, 120, 45, 0)
    assert (second.ill, second.valid, second.invalid, second.unknown) == (430, 150, 80, 10)
    shares = [per_cent_tenths(one.due - one.missed, one.due) for one in (first, second)]
    both = first + second
    assert [*shares, per_cent_tenths(both.due - both.missed, both.due)] == [945, 933, 939]
    mover = pupils_of(school)[1]
    assert (mover.due, mover.missed) == (400, 130) and mover.invalid == 60


def _miss(school: Attended, group: int, plan: tuple[tuple[int, str, int], ...]) -> None:
    """So many lessons of the group for each pupil, one code after the other from his first on."""
    for pupil, code, lessons in plan:
        spans = [e.span for e in school.roster if (e.pupil_id, e.study_group_id) == (pupil, group)]
        free = [
            one
            for one in school.lessons
            if one.group_id == group
            and any(span.covers(one.day) for span in spans)
            and pupil not in school.absences[one.id]
        ]
        assert len(free) >= lessons
        for lesson in free[:lessons]:
            school.absences[lesson.id][pupil] = code


CODES = st.dictionaries(
    st.sampled_from(["p1", "p2", "p3", "p4"]), st.sampled_from(["n", "b", "u", "p", "o"])
)
LESSONS = st.tuples(
    st.sampled_from([10, 20, 30]),
    st.integers(0, 3),
    st.integers(1, 4),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    CODES,
)


@settings(max_examples=60)
@given(
    st.lists(LESSONS, max_size=12),
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from([None, 1])), max_size=2),
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["b", "u"])), max_size=2),
)
def test_what_must_hold_of_any_school(
    lessons: list[tuple[int, int, int, bool, bool, bool, dict[str, str]]],
    released: list[tuple[int, int | None]],
    excused: list[tuple[int, str]],
) -> None:
    """Classes, courses and pupils are the same pupil-lessons; each is in one state."""
    school = Attended()
    for group, class_id, pupils in ((10, 1, (1, 2)), (20, 2, (3,)), (30, 1, (1,)), (30, 2, (3, 4))):
        school.seat(group, pupils, in_class=class_id)
    for group, day, number, *flags, codes in lessons:
        cancelled, distance, taken = flags
        school.lesson(
            group,
            FIRST + timedelta(days=day),
            number,
            cancelled=cancelled,
            distance=distance,
            taken=taken,
            **codes,
        )
    for pupil, subject in released:
        school.release(pupil, subject, days=2)
    for pupil, code in excused:
        school.excuses.append(KnownExcuse(pupil, Span(FIRST, NEXT), code))
    facts = school.facts()
    states = [state for day in states_by_day(facts) for state in day]
    pupils = tallies(facts, key=lambda s: s.pupil_id)
    total = summed(pupils.values())
    for other in (lambda s: s.class_group_id, lambda s: s.lesson.course_id):
        assert summed(tallies(facts, key=other).values()) == total
    assert total.planned == len(states) == len({(s.lesson.id, s.pupil_id) for s in states})
    for tally in pupils.values():
        assert 0 <= tally.missed <= tally.due <= tally.planned
        assert tally.missed + tally.late <= tally.due
        assert tally.foreseen <= tally.unfilled <= tally.due >= tally.distance
    one = tallies(facts, key=lambda s: s.pupil_id, only=[1])
    assert one == {pupil: tally for pupil, tally in pupils.items() if pupil == 1}


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_shares_are_exact_and_shown_half_up(counts: tuple[int, int]) -> None:
    due, missed = counts
    share = attendance_share(due, missed)
    assert share is not None and share + Fraction(missed, due) == 1
    assert abs(Fraction(per_cent_tenths(missed, due), 1000) - Fraction(missed, due)) <= Fraction(
        1, 2000
    )
    assert explained(Tally(planned=due, ill=missed)).value == share


def test_nothing_due_is_unknown_and_a_half_goes_up() -> None:
    assert attendance_share(0, 0) is None
    assert explained(Tally(3, 3)).value is None
    assert explained(Tally(3, 3)).explanation.formula == "3 − 3 = 0"
    assert (per_cent_tenths(1, 2000), per_cent_tenths(1, 2001)) == (1, 0)


def test_the_limit_itself_is_no_risk() -> None:
    planned = {1: (10, 3), 2: (10, 4), 3: (100, 31), 4: (0, 0)}
    over = [pupil for pupil, (due, missed) in planned.items() if over_threshold(missed, due, 30)]
    assert over == [2, 3]
