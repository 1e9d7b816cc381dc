"""The inbox of control: remarks open and close by themselves, a letter in one click."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.lessons.models import Homework, Lesson
from journal.messages.models import LetterCopy
from journal.people.models import StaffMember
from tests.cast import Cast
from tests.conftest import Login

INBOX = "/control/inbox/"


def test_a_remark_opens_at_the_lesson_and_closes_with_the_gap(
    cast: Cast, login: Login, db_session: Session
) -> None:
    deputy = login("deputy")
    teacher = cast["own_teacher"].staff_id
    address = f"{INBOX}?teacher={teacher}&kind=topic"
    page = deputy.get(address).text
    lessons = db_session.scalars(
        select(Lesson).where(
            Lesson.staff_id == teacher,
            Lesson.held_on >= date(2026, 11, 2),
            Lesson.held_on < date(2026, 11, 20),
        )
    ).all()
    bare = [one for one in lessons if not one.topic and one.status != "cancelled"]
    assert bare
    for lesson in bare:
        assert f"#lesson-{lesson.id}" in page
    bare[0].topic = "Дроби"
    db_session.commit()
    after = deputy.get(address).text
    assert f"#lesson-{bare[0].id}" not in after
    for lesson in bare[1:]:
        assert f"#lesson-{lesson.id}" in after


def test_a_line_says_until_when_it_can_be_mended_in_time(
    cast: Cast, login: Login, db_session: Session
) -> None:
    fresh = select(Lesson).where(
        Lesson.course_id == cast.courses["own"], Lesson.held_on == date(2026, 11, 18)
    )
    lesson = db_session.scalars(fresh).one()
    lesson.topic = ""
    db_session.commit()
    page = login("deputy").get(f"{INBOX}?teacher={cast['own_teacher'].staff_id}").text
    line = page[page.index(f"#lesson-{lesson.id}") :].partition("</tr>")[0]
    assert "в срок до 20.11 23:59" in line
    assert page.count("в срок до") == 1, "the time of the older ones is over"


def test_a_closed_term_gives_no_remarks(cast: Cast, login: Login, db_session: Session) -> None:
    page = login("deputy").get(f"{INBOX}?by=age").text
    closed = db_session.scalars(
        select(Lesson.id).where(
            Lesson.held_on < date(2026, 10, 25), Lesson.course_id == cast.courses["own"]
        )
    ).all()
    assert closed and not any(f'#lesson-{one}"' in page for one in closed)


def test_a_letter_is_made_of_what_is_open(cast: Cast, login: Login, db_session: Session) -> None:
    deputy, teacher = login("deputy"), cast["own_teacher"]
    answer = deputy.post(f"{INBOX}letter/{teacher.staff_id}")
    assert answer.status_code == 302 and "/letters/sent/" in answer.headers["Location"]
    (copy,) = db_session.scalars(select(LetterCopy).order_by(LetterCopy.id.desc()).limit(1))
    assert copy.person_id == teacher.person_id
    assert (
        "Посещаемость не отмечена. Не записана тема. Нет домашнего задания: 5А, матем" in copy.text
    )
    assert "Замечания по журналу" in login("own_teacher").get("/letters").text


def test_nothing_open_needs_no_letter(cast: Cast, login: Login, db_session: Session) -> None:
    for lesson in db_session.scalars(select(Lesson)):
        lesson.status = "cancelled"
    db_session.commit()
    deputy = login("deputy")
    quiet = cast["specialist"].staff_id
    answer = deputy.post(f"{INBOX}letter/{quiet}", follow_redirects=True)
    assert "письмо не нужно" in answer.text
    assert not db_session.scalars(select(LetterCopy)).all()


def test_who_may_and_who_may_not(cast: Cast, login: Login, db_session: Session) -> None:
    foreign = cast["foreign_teacher"].staff_id
    assert login("deputy").post(f"{INBOX}letter/{foreign}").status_code == 404
    assert login("director").get(INBOX).status_code == 200
    for name in ("own_teacher", "class_teacher", "administrator", "parent"):
        assert login(name).get(INBOX).status_code == 403
        own = cast["own_teacher"].staff_id
        assert login(name).post(f"{INBOX}letter/{own}").status_code == 403
    assert login("deputy").get(f"{INBOX}letter/1").status_code == 405
    assert db_session.scalars(select(StaffMember)).first() is not None


def test_board_ahead_and_statistics(cast: Cast, login: Login, db_session: Session) -> None:
    deputy = login("deputy")
    board = deputy.get(f"{INBOX}board").text
    assert "5А" in board and "открыто" in board
    ahead = deputy.get(f"{INBOX}ahead").text
    assert "осталось дней: 37" in ahead
    page = deputy.get(f"{INBOX}statistics?from=2026-11-02&to=2026-11-20").text
    assert "Вся школа" in page and "Соколова" in page
    assert db_session.scalars(select(Homework)) is not None


def test_a_number_of_the_board_leads_to_its_remarks(login: Login, cast: Cast) -> None:
    deputy = login("deputy")
    board = deputy.get(f"{INBOX}board").text
    own = board.split('<th scope="row">5А</th>', 1)[1].split("</tr>", 1)[0]
    address = own.split("kind=topic", 1)[0].rsplit('href="', 1)[1] + "kind=topic"
    address += own.split("kind=topic", 1)[1].split('"', 1)[0].replace("&amp;", "&")
    count = int(own.split("kind=topic", 1)[1].split(">", 1)[1].split("<", 1)[0])
    assert count
    page = deputy.get(address).text
    told = page.split('data-module="open-all"', 1)[1]
    assert told.count("Не записана тема</th>") == count
    assert "5А" in told
    assert "5Б, математика" not in told


def test_a_class_where_nothing_is_open_is_told_so(login: Login, cast: Cast) -> None:
    assert "Таких замечаний нет" in login("deputy").get(f"{INBOX}?class=9Я").text
