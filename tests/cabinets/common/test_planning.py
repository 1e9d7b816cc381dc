"""A draft is made, edited, looked at and published; what holds entries stays."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.jobs.models import Job
from journal.jobs import Runner
from journal.lessons.models import Lesson
from journal.school.models import PlannerClass
from journal.timetable.models import (
    BellException,
    BellPeriod,
    BellSchedule,
    Timetable,
    TimetableSlot,
)
from tests.cast import YEAR, Cast
from tests.conftest import Client, Login
from tests.counting import counted
from tests.factories import SchoolBuilder

FIRST = date(2026, 11, 23)  # a Monday


def run_jobs(app: Flask) -> None:
    """Do what waits, as the process that holds the lease."""
    runner = Runner(app)
    runner.beat()
    runner.work()


def draft_form(cast: Cast, db_session: Session, **changes: Any) -> dict[str, Any]:
    source = db_session.scalars(select(Timetable.id)).first()
    form = {"first_day": str(FIRST), "last_day": "2027-05-31", "copy_of": source, "note": "Зима"}
    return form | changes


@pytest.fixture
def draft(login: Login, cast: Cast, db_session: Session) -> int:
    """A copy of the published version from next Monday on."""
    answer = login("deputy").post("/planning/new", data=draft_form(cast, db_session))
    assert answer.status_code == 302, answer.text
    return int(str(answer.location).split("?")[0].rsplit("/", 1)[1])


def slots(session: Session, version_id: int) -> set[tuple[int, int, int]]:
    rows = session.execute(
        select(TimetableSlot.course_id, TimetableSlot.weekday, TimetableSlot.lesson_number).where(
            TimetableSlot.timetable_id == version_id
        )
    )
    return {(row[0], row[1], row[2]) for row in rows}


def slot_id(session: Session, version_id: int, course_id: int, weekday: int) -> int:
    return session.scalars(
        select(TimetableSlot.id).where(
            TimetableSlot.timetable_id == version_id,
            TimetableSlot.course_id == course_id,
            TimetableSlot.weekday == weekday,
        )
    ).one()


def put(browser: Client, draft: int, cast: Cast, **fields: Any) -> Any:
    return browser.post(f"/planning/{draft}/place?class={cast.classes['own']}", data=fields)


def test_a_draft_is_a_copy(cast: Cast, draft: int, db_session: Session, login: Login) -> None:
    published = db_session.scalars(
        select(Timetable.id).where(Timetable.status == "published")
    ).one()
    assert slots(db_session, draft) == slots(db_session, published)
    page = login("deputy").get(f"/planning/{draft}?class={cast.classes['own']}").text
    assert "Расписание 5А" in page and "Математика" in page
    versions = login("deputy").get("/planning/").text
    assert "черновик" in versions and "Зима" in versions


def test_lessons_are_placed_moved_changed_and_removed(
    cast: Cast, draft: int, db_session: Session, login: Login
) -> None:
    deputy, own = login("deputy"), cast.courses["own"]
    monday = slot_id(db_session, draft, own, 1)
    assert put(deputy, draft, cast, slot=monday, weekday=2, number=5).status_code == 302
    assert (own, 2, 5) in slots(db_session, draft)
    assert put(deputy, draft, cast, course=own, weekday=1, number=3).status_code == 302
    assert (own, 1, 3) in slots(db_session, draft)
    fields = {"week_kind": "odd", "staff": cast["own_teacher"].staff_id, "room": ""}
    answer = deputy.post(f"/planning/slots/{monday}/change", data=fields)
    assert answer.status_code == 302
    db_session.expire_all()
    assert db_session.get_one(TimetableSlot, monday).week_kind == "odd"
    stranger = fields | {"staff": cast["class_teacher"].staff_id}
    refused = deputy.post(f"/planning/slots/{monday}/change", data=stranger)
    assert refused.status_code == 422 and "учителя этого предмета" in refused.text
    assert deputy.post(f"/planning/slots/{monday}/remove").status_code == 302
    assert (own, 2, 5) not in slots(db_session, draft)
    actions = db_session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    assert actions == ["create_draft", "move_slot", "place_slot", "change_slot", "remove_slot"]


def test_conflicts_are_shown_and_stop_a_publication(
    cast: Cast, draft: int, db_session: Session, login: Login
) -> None:
    deputy = login("deputy")
    # other_teacher has 5А Russian on Monday 2 and 5Б maths on Monday 4: both at 2 is impossible
    other = slot_id(db_session, draft, cast.courses["other_class"], 1)
    put(deputy, draft, cast, slot=other, weekday=1, number=2)
    put(deputy, draft, cast, course=cast.courses["own"], weekday=5, number=9)
    page = deputy.get(f"/planning/{draft}?class={cast.classes['own']}").text
    assert "у учителя в это время другой урок" in page and "накладок: 1" in page
    shown = deputy.get(f"/planning/{draft}/publish").text
    assert "препятствий: 2" in shown and "в звонках класса нет урока № 9" in shown
    refused = deputy.post(f"/planning/{draft}/publish/go")
    assert refused.status_code == 422
    assert db_session.scalars(select(Job.kind)).all() == []


def test_publishing_changes_what_was_shown(
    app: Flask, cast: Cast, draft: int, db_session: Session, login: Login
) -> None:
    deputy, own = login("deputy"), cast.courses["own"]
    put(deputy, draft, cast, slot=slot_id(db_session, draft, own, 1), weekday=2, number=3)
    kept = db_session.get_one(Lesson, cast.lessons["future"])
    kept.topic = "Повторение"
    db_session.commit()
    shown = deputy.get(f"/planning/{draft}/publish").text
    assert "Опубликовать" in shown and "Оставлено: есть записи" in shown
    answer = deputy.post(f"/planning/{draft}/publish/go")
    assert answer.status_code == 302
    run_jobs(app)
    job = deputy.get(answer.location).text
    assert "Расписание опубликовано." in job
    older, newer = db_session.scalars(select(Timetable).order_by(Timetable.id)).all()
    assert (older.status, older.ends_before) == ("published", FIRST)
    assert newer.status == "published" and newer.published_at is not None
    days = set(
        db_session.scalars(
            select(Lesson.held_on).where(Lesson.course_id == own, Lesson.held_on >= FIRST)
        )
    )
    assert FIRST in days  # its lesson holds a topic
    assert FIRST + timedelta(days=7) not in days and FIRST + timedelta(days=8) in days
    again = deputy.get(f"/planning/{draft}/publish")
    assert again.status_code == 404
    locked = put(deputy, draft, cast, course=own, weekday=1, number=1)
    assert locked.status_code == 422 and "опубликована" in locked.text


def test_a_draft_changed_meanwhile_is_not_published(
    app: Flask, cast: Cast, draft: int, db_session: Session, login: Login
) -> None:
    deputy = login("deputy")
    answer = deputy.post(f"/planning/{draft}/publish/go")
    put(deputy, draft, cast, course=cast.courses["own"], weekday=2, number=5)
    run_jobs(app)
    assert "за это время изменили" in deputy.get(answer.location).text
    db_session.expire_all()
    assert db_session.get_one(Timetable, draft).status == "draft"


def test_a_planner_of_other_classes_may_look_only(
    app: Flask, cast: Cast, draft: int, db_session: Session, login: Login
) -> None:
    deputy, own = login("deputy"), cast.courses["own"]
    put(deputy, draft, cast, slot=slot_id(db_session, draft, own, 1), weekday=2, number=3)
    for _ in range(2):  # the second time nothing changes, and nothing is logged
        answer = login("administrator").post(
            f"/planning/planners/{cast['deputy'].staff_id}",
            data={"classes": [cast.classes["other"]]},
        )
        assert answer.status_code == 302
    logged = select(AuditEntry.id).where(AuditEntry.action == "set_planner")
    assert len(db_session.scalars(logged).all()) == 1
    assert db_session.scalars(select(PlannerClass.class_group_id)).all() == [cast.classes["other"]]
    assert put(deputy, draft, cast, course=own, weekday=1, number=1).status_code == 403
    shown = deputy.get(f"/planning/{draft}/publish").text
    assert "который вы не планируете" in shown
    assert deputy.post(f"/planning/{draft}/drop").status_code == 403
    page = deputy.get(f"/planning/{draft}?class={cast.classes['own']}").text
    assert "можно только смотреть" in page and "data-drop" not in page
    assert "5Б" in login("administrator").get("/planning/planners").text


@pytest.mark.parametrize("name", ["own_teacher", "director", "parent"])
def test_others_plan_nothing(login: Login, cast: Cast, draft: int, name: str) -> None:
    browser = login(name)
    assert put(browser, draft, cast, course=1, weekday=1, number=1).status_code == 403
    assert browser.post(f"/planning/{draft}/drop").status_code == 403
    assert browser.get(f"/planning/{draft}").status_code == 403


def test_bad_requests_change_nothing(
    login: Login, cast: Cast, draft: int, db_session: Session
) -> None:
    deputy, before = login("deputy"), slots(db_session, draft)
    assert put(deputy, 999, cast, course=1, weekday=1, number=1).status_code == 404
    foreign = put(deputy, draft, cast, course=cast.courses["foreign"], weekday=1, number=1)
    assert foreign.status_code == 404
    endless = 10**20
    for place in (
        {"weekday": 7, "number": 1},
        {"weekday": 1, "number": 99},
        {"weekday": 1, "number": 1, "course": endless},
        {"weekday": 1, "number": 1, "slot": endless},
    ):
        wrong = put(deputy, draft, cast, **{"course": cast.courses["own"], **place})
        assert wrong.status_code == 422
    assert slots(db_session, draft) == before
    outside = draft_form(cast, db_session, first_day="2026-01-01")
    refused = deputy.post("/planning/new", data=outside)
    assert refused.status_code == 422 and "внутри учебного года" in refused.text
    assert deputy.get(f"/planning/{draft}/drop").status_code == 405


def test_dates_are_changed_and_a_draft_is_thrown_away(
    login: Login, draft: int, db_session: Session
) -> None:
    deputy = login("deputy")
    form = {"first_day": "2026-12-01", "last_day": "2026-12-25", "note": ""}
    assert deputy.post(f"/planning/{draft}/dates", data=form).status_code == 302
    db_session.expire_all()
    assert db_session.get_one(Timetable, draft).ends_before == date(2026, 12, 26)
    assert deputy.post(f"/planning/{draft}/drop").status_code == 302
    assert db_session.scalar(select(Timetable.id).where(Timetable.id == draft)) is None
    assert slots(db_session, draft) == set()


def test_other_bells_retime_the_lessons_at_once(
    login: Login, cast: Cast, db_session: Session
) -> None:
    school = SchoolBuilder.of(db_session, cast.school)
    usual = db_session.scalars(select(BellSchedule.id)).one()
    short = school.add(BellSchedule, name="Сокращённый")
    times = {"starts_at": time(10, 0), "ends_at": time(10, 30)}
    school.add(BellPeriod, bell_schedule_id=short.id, lesson_number=3, **times)
    db_session.commit()
    short_id, usual_times = short.id, clock_of(db_session, cast)
    form = {"bells": usual, "instead": short_id, "weekday": 0, "held_on": str(FIRST)}
    deputy = login("deputy")
    same = deputy.post("/planning/bells/new", data=form | {"instead": usual})
    assert same.status_code == 422 and "отличные от обычных" in same.text
    both = deputy.post("/planning/bells/new", data=form | {"weekday": 2})
    assert both.status_code == 422 and "либо день недели, либо дату" in both.text
    silent = deputy.post("/planning/bells/new", data=form)
    assert silent.status_code == 422 and "Добавьте звонок" in silent.text
    assert db_session.scalar(select(BellException.id)) is None
    form["grades"] = "5"
    for number in (2, 4):
        place = {"bell_schedule_id": short_id, "lesson_number": number}
        school.add(BellPeriod, **place, starts_at=time(8 + number), ends_at=time(8 + number, 30))
    db_session.commit()
    assert deputy.post("/planning/bells/new", data=form).status_code == 302
    assert "Сокращённый" in deputy.get("/planning/bells").text
    assert clock_of(db_session, cast) == ("07:00", "07:30")  # 10:00 in Moscow
    row = db_session.scalars(select(BellException)).one()
    assert deputy.post(f"/planning/bells/{row.id}/drop").status_code == 302
    assert clock_of(db_session, cast) == usual_times


def clock_of(session: Session, cast: Cast) -> tuple[str, str]:
    """When Monday's lesson of 5А begins and ends, UTC."""
    row = session.get_one(Lesson, cast.lessons["future"], populate_existing=True)
    return f"{row.starts_at:%H:%M}", f"{row.ends_at:%H:%M}"


def test_who_and_what_is_free(login: Login, cast: Cast, draft: int) -> None:
    page = login("deputy").get(f"/planning/{draft}/free?weekday=1&number=3").text
    free, on = page.split("Что идёт в это время")
    assert "Лебедев" in free and "Соколова" not in free and "Соколова" in on
    assert login("deputy").get(f"/planning/{draft}/free?weekday=9").status_code == 404


def test_pages_cost_the_same_in_a_larger_school(
    app: Flask, login: Login, cast: Cast, draft: int, db_session: Session
) -> None:
    def cost() -> list[int]:
        found = []
        for path in ("/planning/", f"/planning/{draft}", f"/planning/{draft}/publish"):
            with counted(app) as seen:
                assert login("deputy").get(path).status_code == 200
            found.append(len(seen))
        return found

    before = cost()
    school = SchoolBuilder.of(db_session, cast.school)
    for letter in "ВГД":
        teacher = school.staff(f"Учителев{letter} Пётр Ильич")
        group = school.class_group(f"6{letter}")
        course = school.course(group, school.subject(f"Предмет {letter}"), teacher)
        school.slot(db_session.get_one(Timetable, draft), course, teacher, 1, 1)
    db_session.commit()
    assert cost() == before
    assert max(before) <= 20
    assert YEAR[0] < FIRST
