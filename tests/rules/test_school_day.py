"""The school's day as a table, and the director's weeks, from facts alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from journal.attendance.rules.tally import Tally
from journal.control.figures import WEEK, WEEKS, build_weeks
from journal.control.school_day import CellState, build_day
from journal.lessons.queries.agenda import AgendaRow, Days
from journal.lessons.queries.taught import DayCounts

DAY = date(2026, 11, 20)
BEGINS = datetime(2026, 11, 20, 5, 30, tzinfo=UTC)
NOW = BEGINS + timedelta(hours=2)


def row(number: int, classes: str = "5А", **changes: object) -> AgendaRow:
    starts_at = BEGINS + timedelta(hours=number - 1)
    facts: dict[str, object] = {
        "lesson_id": number,
        "course_id": 1,
        "held_on": DAY,
        "number": number,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=40),
        "staff_id": 1,
        "planned_staff_id": None,
        "cancelled": False,
        "distance": False,
        "attendance_taken": True,
        "topic": "Доли",
        "has_homework": True,
        "year_id": 1,
        "classes_key": classes,
        "group": "",
        "grade": 5,
        "subject": "Математика",
        "scale": "five_point",
        "room": None,
        "teacher": "Соколова А. И.",
        "planned_teacher": None,
    }
    return AgendaRow(**(facts | changes))  # type: ignore[arg-type]


def test_the_table_of_a_day() -> None:
    rows = [
        row(1),
        row(2, topic=None),
        row(2, classes="5Б", cancelled=True),
        row(4, classes="5А,5Б", planned_staff_id=2, planned_teacher="Лебедев О. П."),
    ]
    page = build_day(rows, [(7, "5А"), (8, "5Б"), (9, "5В")], day=DAY, today=DAY, now=NOW)
    assert page.numbers == (1, 2, 4)
    states = {
        line.name: [[one.state for one in cell] for cell in line.cells] for line in page.lines
    }
    assert states == {
        "5А": [[CellState.FILLED], [CellState.LACKING], [CellState.AHEAD]],
        "5Б": [[], [CellState.CANCELLED], [CellState.AHEAD]],
        "5В": [[], [], []],
    }
    assert (page.lessons, page.begun, page.lacking) == (3, 2, 1)
    assert [one.row.number for one in page.changes] == [2, 4]


def test_weeks_sum_their_days_and_only_closed_ones_are_judged() -> None:
    monday = date(2026, 11, 16)
    span = Days(monday - (WEEKS - 1) * WEEK, monday + WEEK)
    tuesday, last = monday + timedelta(days=1), monday - timedelta(days=3)
    counts = [
        DayCounts(last, held=10, cancelled=1, on_time=7, not_taken=2),
        DayCounts(monday, held=8, cancelled=0, on_time=6, not_taken=1),
        DayCounts(tuesday, held=4, cancelled=2, on_time=1, not_taken=3),
    ]
    weeks = build_weeks(
        span,
        counts,
        attended={monday: Tally(planned=100, ill=5), tuesday: Tally(planned=100, unknown=3)},
        over={last, monday},
    )
    assert len(weeks) == WEEKS and weeks[-1].monday == monday
    present, before = weeks[-1], weeks[-2]
    assert (present.held, present.cancelled, present.not_taken) == (12, 2, 4)
    assert (present.closed, present.on_time, present.still_open) == (8, 6, 4)
    assert present.filled_share == Fraction(3, 4)
    assert present.attendance == Fraction(192, 200)
    assert before.filled_share == Fraction(7, 10) and before.attendance is None
    assert weeks[0].filled_share is None
