"""Homework set when a family has looked already: in the evening of the lesson's day, or later."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from journal.attendance.pupil_facts import PupilLesson
from journal.core.messages import Message
from journal.diary.painting import DayPainter
from journal.diary.rules.days import Diary, build_days
from journal.diary.rules.tasks import with_news
from journal.lessons.rules.homework import PupilHomework, PupilTask
from tests.features.diary.rows import FRIDAY, MONDAY, TUESDAY, WEDNESDAY, diary, homework, lesson

MOSCOW = "Europe/Moscow"


def msk(day: date, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time of Moscow."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(
        hours=hour - 3, minutes=minute
    )


def set_at(at: datetime | None, day: date = TUESDAY, **changes: object) -> PupilLesson:
    return lesson(1, day, homework_set_at=at, **homework("№ 5", FRIDAY), **changes)


def is_new(*lessons: PupilLesson, today: date = WEDNESDAY, zone: str = MOSCOW) -> bool:
    return bool(with_news(PupilHomework(), lessons, zone=zone, today=today).new)


# A lesson of Tuesday, 08:30–09:15; on Wednesday everything since Tuesday is lately.
TIMES = (
    (msk(TUESDAY, 9), False),  # in the lesson
    (msk(TUESDAY, 15), False),  # after school: who looks in the evening sees it
    (msk(TUESDAY, 17, 59), False),
    (msk(TUESDAY, 18), True),
    (msk(TUESDAY, 23, 59), True),
    (msk(WEDNESDAY, 0, 1), True),  # at night
    (msk(WEDNESDAY, 10), True),  # on the day after
    (None, False),
)


@pytest.mark.parametrize(("at", "new"), TIMES)
def test_when_it_was_set(at: datetime | None, new: bool) -> None:
    assert is_new(set_at(at)) is new


def test_it_is_news_until_the_day_after() -> None:
    late = set_at(msk(TUESDAY, 21))
    days = [TUESDAY, WEDNESDAY, WEDNESDAY + timedelta(days=1)]
    assert [is_new(late, today=day) for day in days] == [True, True, False]


def test_a_shift_may_last_into_the_evening() -> None:
    ends_at = msk(TUESDAY, 18, 40)
    assert not is_new(set_at(msk(TUESDAY, 18, 20), ends_at=ends_at))
    assert is_new(set_at(msk(TUESDAY, 19), ends_at=ends_at))


def test_the_evening_is_that_of_the_school() -> None:
    late = set_at(msk(TUESDAY, 16))  # 18:00 in Yekaterinburg
    assert is_new(late, zone="Asia/Yekaterinburg")
    assert not is_new(late)


def told(source: Diary, *days: date) -> list[list[tuple[str, str]]]:
    """Chip and text of every line of homework, by lesson."""
    painted = DayPainter(Message.__str__).days(build_days(source, days))
    lessons = [one for day in painted for one in day.lessons]
    return [[(one.chip, one.text) for one in row.lines if one.css == "task"] for row in lessons]


def test_it_says_so_where_it_was_set_and_where_it_is_due() -> None:
    rows = (set_at(msk(TUESDAY, 21)), lesson(2, FRIDAY))
    new = [("new homework", "№ 5")]
    assert told(diary(*rows), TUESDAY, FRIDAY) == [new, new]
    old = [("", "№ 5")]
    before = (set_at(msk(TUESDAY, 12)), lesson(2, FRIDAY))
    assert told(diary(*before), TUESDAY, FRIDAY) == [old, old]


def test_nothing_set_is_no_news() -> None:
    row = lesson(1, TUESDAY, homework_set_at=msk(TUESDAY, 21), **homework("", nothing=True))
    assert told(diary(row), TUESDAY) == [[("", "Nothing is set")]]


def test_a_task_for_one_pupil_alone() -> None:
    tasks = [
        PupilTask(id_, 1, 1, 10, "Алгебра", text, FRIDAY, None, at, MONDAY)
        for id_, text, at in ((1, "№ 6", msk(MONDAY, 12)), (2, "№ 7", msk(TUESDAY, 22)))
    ]
    source = diary(lesson(1, MONDAY), lesson(2, FRIDAY))
    source = Diary(
        lessons=source.lessons,
        marks=(),
        breaks=(),
        zone=MOSCOW,
        today=WEDNESDAY,
        now=source.now,
        homework=PupilHomework(own=tasks),
    )
    lines = [("", "№ 6"), ("new homework", "№ 7")]
    assert told(source, MONDAY, FRIDAY) == [lines, lines]
