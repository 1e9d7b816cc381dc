"""A batch of attendance: read once, kept true, whoever writes in between."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from journal.core.audit import verify_chain
from tests.cast import Cast
from tests.conftest import Client, Login
from tests.counting import counted
from tests.features.register.conftest import operation, save
from tests.features.register.test_class_day import absence, entered, save_day


def test_later_operations_see_what_earlier_ones_wrote(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    lesson, pupil = cast.lessons["own"], cast.pupils["pupil"]
    place = {"lesson": lesson, "pupil": pupil}
    batch = [
        absence(cast, code="b"),
        absence(cast, code="o", minutes=7, base=1),
        absence(cast, code="u", base=1),
        operation("clear_absence", **place, base=2),
        operation("clear_absence", **place, base=0),
        absence(cast, code="p"),
        operation("take_attendance", lesson=lesson),
    ]
    answer = save(teacher, cast.courses["own"], *batch)
    statuses = [one["status"] for one in answer.json["results"]]
    assert statuses == [200, 200, 409, 200, 200, 200, 200]
    assert answer.json["results"][2]["theirs"]["value"] == "o"
    assert entered(db_session, lesson, pupil) == ("p", None)
    assert verify_chain(db_session, cast.school) == (5, None)


def test_a_word_about_the_day_is_seen_by_what_follows_it(
    login: Login, cast: Cast, db_session: Session
) -> None:
    """The excuse gives the absence its reason, and so a version that the page does not know."""
    lesson, pupil = cast.lessons["own"], cast.pupils["pupil"]
    batch = [
        absence(cast),
        operation("put_day", lesson=lesson, pupil=pupil, code="b"),
        absence(cast, code="p", base=1),
        absence(cast, code="p", base=2),
    ]
    answer = save_day(login("class_teacher"), cast.classes["own"], *batch)
    assert [one["status"] for one in answer.json["results"]] == [200, 200, 409, 200]
    assert entered(db_session, lesson, pupil) == ("p", None)


def test_an_entry_more_costs_one_statement(teacher: Client, app: Flask, cast: Cast) -> None:
    course, lesson = cast.courses["own"], cast.lessons["own"]
    codes = iter("bupbupbup" * 3)

    def statements(entries: int, base: int) -> list[str]:
        batch = [absence(cast, code=next(codes), base=base + one) for one in range(entries)]
        with counted(app) as seen:
            answer = save(teacher, course, *batch, operation("take_attendance", lesson=lesson))
        assert answer.status_code == 200
        return seen

    for warm in range(3):
        statements(1, warm)
    one, four = statements(1, 3), statements(4, 4)
    assert len(four) == len(one) + 3 <= 20
    assert not any(text.startswith("SAVEPOINT") for text in one)
