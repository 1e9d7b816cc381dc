"""When a remark is worth making, and what the statistic of filling counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.control.filling_stats import summed_by_teacher, whole_school
from journal.control.inbox.queries import board_lines
from journal.control.inbox.rules import (
    Item,
    Remark,
    RemarkKind,
    Where,
    by_age,
    by_kind,
    by_teacher,
    marks_needed,
    needed_since,
    sudden_change,
)
from journal.core.messages import N_
from journal.grading.rules import Entry
from journal.grading.rules.rule_sets import USUAL
from journal.lessons.queries.taught import StaffDay

FIRST, BEFORE = date(2026, 11, 2), date(2026, 12, 28)  # fifty-six days
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "needed"),
    [
        (date(2026, 11, 1), 0),
        (date(2026, 11, 19), 0),
        (date(2026, 11, 20), 1),  # 3 · 19 : 56 = 1.02
        (date(2026, 12, 8), 1),
        (date(2026, 12, 9), 2),  # 3 · 38 : 56 = 2.04
        (date(2026, 12, 26), 2),
        (date(2026, 12, 27), 3),
        (date(2027, 1, 20), 3),
    ],
)
def test_marks_are_needed_as_the_term_passes(day: date, needed: int) -> None:
    assert marks_needed(3, FIRST, BEFORE, day) == needed


@given(st.integers(0, 55), st.integers(1, 9))
def test_the_day_it_opened_is_the_first_of_its_number(passed: int, minimum: int) -> None:
    day = FIRST + timedelta(days=passed)
    since = needed_since(minimum, FIRST, BEFORE, day)
    needed = marks_needed(minimum, FIRST, BEFORE, day)
    assert FIRST <= since <= day
    assert marks_needed(minimum, FIRST, BEFORE, since) == needed
    before = since - timedelta(days=1)
    assert since == FIRST or marks_needed(minimum, FIRST, BEFORE, before) == needed - 1


def marks(*values: tuple[int, str]) -> list[Entry]:
    return [
        Entry(number, TODAY - timedelta(days=ago), "Работа", value, 1)
        for number, (ago, value) in enumerate(values, start=1)
    ]


def test_a_sudden_change_needs_three_marks_on_each_side() -> None:
    before = [(18, "5"), (17, "5"), (16, "4")]
    jump = sudden_change(marks(*before, (5, "3"), (3, "3"), (1, "4")), USUAL, TODAY)
    assert jump is not None
    assert (jump.before, jump.after) == (Fraction(14, 3), Fraction(10, 3))
    assert jump.words == "4,67 → 3,33"
    assert jump.since == TODAY - timedelta(days=5)
    assert sudden_change(marks(*before, (5, "3"), (3, "3")), USUAL, TODAY) is None
    assert sudden_change(marks(*before, (5, "4"), (3, "4"), (1, "4")), USUAL, TODAY) is None
    dots = marks(*before, (5, "3"), (3, "3"), (1, "•"))
    assert sudden_change(dots, USUAL, TODAY) is None


def remark(teacher: str, ago: int, kind: RemarkKind = RemarkKind.TOPIC) -> Remark:
    return Remark(
        kind=kind,
        staff_id=len(teacher),
        teacher=teacher,
        since=TODAY - timedelta(days=ago),
        classes=("10А", "10Б"),
        course="10А, 10Б, физика",
        words=N_("by age"),
        where=Where(endpoint="inbox.late", args=()),
    )


def test_remarks_stand_by_teacher_and_by_age() -> None:
    found = [remark("Орлова", 1), remark("Ким", 20), remark("Ким", 2)]
    most, less = by_teacher(found)
    assert (most.title, [(TODAY - one.since).days for one in most.remarks]) == ("Ким", [20, 2])
    assert less.title == "Орлова"
    ages = by_age(found, TODAY)
    assert [len(group.remarks) for group in ages] == [1, 2]
    assert ages[0].oldest == TODAY - timedelta(days=20)


def test_what_a_lesson_lacks_is_one_line_and_stays_counted_by_kind() -> None:
    noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    lesson = Where(endpoint="register.journal", args=(("_anchor", "lesson-1"),))
    course = Where(endpoint="register.journal", args=())
    topic = replace(remark("Ким", 1), where=lesson, until=noon)
    homework = replace(topic, kind=RemarkKind.HOMEWORK, until=noon - timedelta(hours=3))
    other = replace(topic, where=replace(lesson, args=(("_anchor", "lesson-2"),)), until=None)
    few = replace(remark("Ким", 1, RemarkKind.FEW), where=course)
    jump = replace(few, kind=RemarkKind.JUMP)
    (group,) = by_teacher([topic, other, few, homework, jump])
    assert [line.kinds for line in group.lines] == [
        (RemarkKind.TOPIC, RemarkKind.HOMEWORK),
        (RemarkKind.TOPIC,),
        (RemarkKind.FEW,),
        (RemarkKind.JUMP,),
    ]
    assert group.lines[0].until == noon - timedelta(hours=3), "the earliest of them"
    assert group.lines[1].until is None
    assert group.kinds == (
        (RemarkKind.TOPIC, 2),
        (RemarkKind.HOMEWORK, 1),
        (RemarkKind.FEW, 1),
        (RemarkKind.JUMP, 1),
    )


def test_what_is_ahead_stands_by_kind_and_begins_with_what_concerns_most() -> None:
    pupil = Item(words="Ким А.: 2", where=None)
    one = replace(remark("Ким", 1, RemarkKind.FEW), items=(pupil,))
    many = replace(remark("Яшин", 1, RemarkKind.FEW), items=(pupil, pupil))
    risk = replace(remark("Ким", 1, RemarkKind.RISK), items=(pupil,))
    found = by_kind([one, many, remark("Ким", 1), risk], (RemarkKind.RISK, RemarkKind.FEW))
    assert [[line.teacher for line in group.remarks] for group in found] == [
        ["Ким"],
        ["Яшин", "Ким"],
    ]
    assert found[0].lines[0].named and not found[1].lines[0].named


def test_a_cross_class_course_reddens_each_of_its_classes() -> None:
    lines = board_lines([(1, "10А"), (2, "10Б"), (3, "11А")], [remark("Ким", 1)])
    assert [line.total for line in lines] == [1, 1, 0]


def day(staff_id: int, ago: int, held: int, on_time: int, filled: int) -> StaffDay:
    return StaffDay(staff_id, f"№ {staff_id}", TODAY - timedelta(days=ago), held, on_time, filled)


def test_only_lessons_whose_windows_are_over_are_in_a_share() -> None:
    rows = [day(1, 9, 4, 3, 4), day(1, 8, 4, 4, 4), day(1, 0, 5, 0, 0), day(2, 9, 4, 0, 1)]
    over = {TODAY - timedelta(days=9), TODAY - timedelta(days=8)}
    stats = summed_by_teacher(rows, over)
    one = stats[1]
    assert (one.held, one.closed, one.on_time, one.late, one.unfilled) == (13, 8, 7, 1, 0)
    assert one.formula == "7 · 100 : 8 = 87,5"
    assert one.first_late == TODAY - timedelta(days=9)
    few = stats[2]
    assert (few.share, few.formula) == (None, ""), "four lessons give no per cent"
    assert (few.late, few.unfilled) == (1, 3)
    assert whole_school(stats).formula == "7 · 100 : 12 = 58,3"
