"""Days in words: what stands under a lesson and at its edge."""

from __future__ import annotations

from datetime import date

from journal.attendance.pupil_facts import SetTask
from journal.core.messages import Message
from journal.diary.painted import PaintedDay
from journal.diary.painting import DayPainter
from journal.diary.rules.days import Day, Diary, build_days
from tests.features.diary.rows import FRIDAY, MONDAY, diary, homework, lesson, mark

NBSP = "\N{NO-BREAK SPACE}"
TEACHER = f"Лебедева{NBSP}Т.{NBSP}А."


def painted(source: Diary, day: date) -> PaintedDay:
    return DayPainter(Message.__str__).days(build_days(source, [day]))[0]


def texts(day: PaintedDay) -> list[str]:
    lines = day.lessons[0].lines
    return [" ".join(filter(None, (one.chip, one.lead, one.text, one.hint))) for one in lines]


def test_an_ordinary_lesson() -> None:
    row = lesson(1, MONDAY, topic="Дроби", subgroup="1 группа", **homework("№ 5", FRIDAY, 25))
    day = painted(diary(row), MONDAY)
    assert texts(day) == [
        f"room{NBSP}310, {TEACHER}, group «1 группа»",
        "Дроби",
        f"Set for 20.11: № 5 25{NBSP}min",
    ]
    assert day.lessons[0].css == ""


def test_a_substitution_names_its_teacher_once() -> None:
    row = lesson(1, MONDAY, planned_surname="Лаптев", planned_given_name="Олег")
    day = painted(diary(row), MONDAY)
    assert texts(day) == [
        f"substitution {TEACHER} (in the timetable: Лаптев{NBSP}О.)",
        f"room{NBSP}310",
    ]
    assert day.lessons[0].css == "changed"


def test_a_cancelled_lesson_is_struck_and_says_the_word_only() -> None:
    day = painted(diary(lesson(1, MONDAY, cancelled=True)), MONDAY)
    assert texts(day) == ["cancelled"]
    assert day.lessons[0].cancelled
    assert day.lessons[0].css == "fallen"


def test_marks_with_their_work_weight_retake_and_deadline() -> None:
    marks = (
        mark(1, "2", 3, work="Контрольная", is_new=True),
        mark(2, "4", 3, work="Дроби", retake_of_id=1, comment="Верно"),
        mark(3, "•", deadline=FRIDAY),
    )
    day = painted(diary(lesson(1, MONDAY), marks=marks), MONDAY)
    got = [(one.value, one.struck, one.new, one.lines) for one in day.lessons[0].got]
    assert got[0] == ("2", True, "new mark", ("Контрольная", f"weight{NBSP}3", "retaken"))
    assert got[1] == ("4", False, "", ("Дроби", f"weight{NBSP}3"))
    assert got[2][3][-1].startswith("until ")
    assert f"{TEACHER}: Верно" in texts(day)


def test_what_concerns_one_family_alone_is_not_kept() -> None:
    painter = DayPainter(Message.__str__)
    own = SetTask("№ 7", False, FRIDAY, None, own=True, pupil_id=1)
    said = mark(1, "5", comment="Верно")
    plain, commented = (
        build_days(diary(lesson(1, MONDAY), marks=marks), [MONDAY])[0].lessons[0]
        for marks in ((mark(1, "5"),), (said,))
    )
    lessons = (plain, plain, commented, plain._replace(due=(own,)), plain._replace(own=(own,)))
    day = painter.days([Day(MONDAY, MONDAY, lessons)])[0]
    assert [one.private for one in day.lessons] == [False, False, True, True, True]
    assert day.lessons[0] is day.lessons[1]
    ahead = painter.ahead(Day(MONDAY, MONDAY, (plain, plain._replace(due=(own,)))))
    assert [one.private for one in ahead.lessons] == [False, True]


def test_absence_and_release() -> None:
    row = lesson(1, MONDAY, absence="o", late_minutes=10, exempt="practice")
    day = painted(diary(row), MONDAY)
    assert texts(day)[1:] == ["Late by 10 min", "released from practice"]
    assert day.lessons[0].got[0].lines == ("lateness",)


def test_a_coming_day_says_what_is_due_and_no_more() -> None:
    rows = [lesson(1, MONDAY, **homework("№ 5", FRIDAY, 25)), lesson(2, FRIDAY, topic="Дроби")]
    built = build_days(diary(*rows), [FRIDAY])[0]
    day = DayPainter(Message.__str__).ahead(built)
    assert texts(day) == [f"№ 5 25{NBSP}min"]
    assert day.hint == "set for 25 min"


def test_addresses_in_homework_can_be_followed() -> None:
    row = lesson(1, MONDAY, **homework("https://example.org/1"))
    day = painted(diary(row), MONDAY)
    assert day.lessons[0].lines[-1].linked


def test_an_empty_day_says_so() -> None:
    assert painted(diary(), MONDAY).nothing == "No lessons"
