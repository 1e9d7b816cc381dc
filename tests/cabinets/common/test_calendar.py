"""A secret address gives a calendar program the lessons, and stops to when it is switched off."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.documents.ical import CalendarEvent, EventText, render_calendar
from journal.grading.models import WorkType
from journal.lessons.models import Homework, Lesson
from journal.people.models import CalendarAddress, GuardianLink, StaffMember
from tests.cast import Cast
from tests.conftest import Client, Login
from tests.counting import counted
from tests.pages.growth import grow

ADDRESS = re.compile(r"/calendar/[\w-]+\.ics")


def address(browser: Client, pupil: int | str = "") -> str:
    answer = browser.post("/calendar/make", data={"pupil": pupil})
    assert answer.status_code == 200
    found = ADDRESS.search(answer.text)
    assert found is not None
    return found[0]


def events(client: Client, path: str) -> list[Any]:
    answer = client.get(path)
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


def test_a_teachers_feed_holds_his_lessons(
    login: Login, client: Client, cast: Cast, db_session: Session
) -> None:
    path = address(login("own_teacher"))
    found = {str(one["uid"]): one for one in events(client, path)}
    lesson = db_session.get_one(Lesson, cast.lessons["own"])
    event = found[f"lesson-{lesson.id}@school-journal"]
    assert event.decoded("dtstart") == lesson.starts_at
    assert event.decoded("dtend") == lesson.ends_at
    assert str(event["summary"]) == "5А, математика"
    held = db_session.scalars(
        select(Lesson.id).where(
            Lesson.staff_id == cast["own_teacher"].staff_id, Lesson.held_on >= date(2026, 10, 21)
        )
    ).all()
    assert len(found) == len(held)
    kept = db_session.scalars(select(CalendarAddress.token_hash)).one()
    assert kept not in path and len(kept) == 64


def test_a_parents_feed_of_a_child_shows_changes_homework_and_assessments(
    login: Login, client: Client, cast: Cast, db_session: Session
) -> None:
    lesson = db_session.get_one(Lesson, cast.lessons["future"])
    lesson.replaced_staff_id, lesson.staff_id = lesson.staff_id, cast["other_teacher"].staff_id or 0
    task = db_session.scalars(select(Homework)).one()
    task.text = "№ 412; 415, устно"
    kind = db_session.scalars(select(WorkType).filter_by(name="Контрольная работа")).one()
    kind.assessment = True  # what the school counts, whatever it weighs
    db_session.commit()
    path = address(login("parent"), cast.pupils["pupil"])
    found = events(client, path)
    by_id = {str(one["uid"]): one for one in found}
    changed = by_id[f"lesson-{lesson.id}-{cast.pupils['pupil']}@school-journal"]
    assert "вместо" in str(changed["description"])
    homework = next(one for one in found if str(one["uid"]).startswith("homework-"))
    assert str(homework["description"]) == "№ 412; 415, устно"
    assert homework.decoded("dtstart") == date(2026, 11, 20)
    assert any("контрольная работа" in str(one["summary"]) for one in found)


def test_nothing_changed_is_told_without_the_file(
    login: Login, client: Client, cast: Cast, db_session: Session
) -> None:
    path = address(login("pupil"), cast.pupils["pupil"])
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Last-Modified"]
    lesson = db_session.get_one(Lesson, cast.lessons["future"])
    lesson.status, lesson.version = "cancelled", lesson.version + 1
    db_session.commit()
    changed = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200 and b"STATUS:CANCELLED" in changed.data


def test_an_address_dies_when_it_is_replaced_or_switched_off(
    login: Login, client: Client, cast: Cast
) -> None:
    teacher = login("own_teacher")
    first = address(teacher)
    second = address(teacher)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert teacher.post("/calendar/drop", data={"pupil": ""}).status_code == 302
    assert client.get(second).status_code == 404
    assert teacher.post("/calendar/drop", data={"pupil": ""}).status_code == 404
    assert client.get("/calendar/nonsense.ics").status_code == 404


def test_who_may_not_see_any_more_gets_nothing(
    login: Login, client: Client, cast: Cast, db_session: Session
) -> None:
    teacher = address(login("own_teacher"))
    parent = address(login("parent"), cast.pupils["pupil"])
    staff = db_session.get_one(StaffMember, cast["own_teacher"].staff_id)
    staff.left_on = date(2026, 11, 1)
    link = db_session.scalars(
        select(GuardianLink).where(GuardianLink.pupil_id == cast.pupils["pupil"])
    ).one()
    db_session.delete(link)
    db_session.commit()
    assert client.get(teacher).status_code == 404
    assert client.get(parent).status_code == 404


def test_a_feed_ends_with_the_day_of_the_school(
    app: Flask, login: Login, client: Client, cast: Cast, db_session: Session
) -> None:
    teacher = address(login("own_teacher"))
    db_session.get_one(StaffMember, cast["own_teacher"].staff_id).left_on = date(2026, 11, 21)
    db_session.commit()
    app.config["CLOCK"] = lambda: datetime(2026, 11, 20, 20, 59, tzinfo=UTC)
    assert client.get(teacher).status_code == 200
    app.config["CLOCK"] = lambda: datetime(2026, 11, 20, 21, 0, tzinfo=UTC)  # midnight in Moscow
    assert client.get(teacher).status_code == 404


@pytest.mark.parametrize(
    ("name", "pupil"),
    [("parent", "stranger_pupil"), ("pupil", "classmate"), ("deputy", ""), ("parent", "")],
)
def test_there_is_no_feed_of_somebody_else(
    login: Login, cast: Cast, name: str, pupil: str, db_session: Session
) -> None:
    asked = cast.pupils[pupil] if pupil else ""
    assert login(name).post("/calendar/make", data={"pupil": asked}).status_code == 404
    assert login(name).get("/calendar/make").status_code == 405
    assert db_session.scalars(select(CalendarAddress.id)).all() == []


def test_a_feed_costs_the_same_for_a_larger_school(
    app: Flask, login: Login, client: Client, cast: Cast, db_session: Session
) -> None:
    paths = [address(login("own_teacher")), address(login("pupil"), cast.pupils["pupil"])]

    def cost() -> list[int]:
        found = []
        for path in paths:
            with counted(app) as seen:
                assert client.get(path).status_code == 200
            found.append(len(seen))
        return found

    before = cost()
    grow(db_session, cast)
    assert cost() == before and max(before) <= 5
    assert max(cost()) == 2  # kept: whose it is, and whether anything changed


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=120)


@given(summary=texts.filter(str.strip), description=texts)
def test_any_text_comes_back_from_the_file(summary: str, description: str) -> None:
    at = datetime(2026, 11, 20, 7, tzinfo=UTC)
    text = EventText(summary, description=description)
    event = CalendarEvent("x@y", text, starts=at, ends=at)
    (read,) = Calendar.from_ical(render_calendar("Школа", [event], stamp=at)).walk("VEVENT")
    assert str(read["summary"]) == summary
    assert str(read.get("description", "")) == description
