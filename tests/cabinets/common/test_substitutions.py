"""A deputy arranges what a sick teacher leaves; the teacher, the class and the family see it."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pypdf
import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.alerts.models import AbsenceAlert
from journal.core.audit import AuditEntry
from journal.core.outbox import OutboxEvent
from journal.lessons.models import Lesson
from journal.office.models import DayOrder, StaffAbsence, Substitution
from journal.people.models import Pupil
from journal.school.models import PlannerClass, Room
from tests.cast import NOW, Cast
from tests.conftest import Client, Login
from tests.counting import counted
from tests.factories import SchoolBuilder
from tests.features.register.conftest import operation
from tests.features.register.test_class_day import save_day

MONDAY = date(2026, 11, 23)  # own_teacher: maths 5А, lesson 3; other_teacher: lessons 2 and 4


def absence_form(cast: Cast, **changes: Any) -> dict[str, Any]:
    form = {"staff": cast["own_teacher"].staff_id, "reason": "illness"}
    return form | {"first_day": str(MONDAY), "last_day": str(MONDAY)} | changes


def lesson_of(session: Session, cast: Cast, name: str = "future") -> Lesson:
    return session.get_one(Lesson, cast.lessons[name], populate_existing=True)


def words(answer: Any) -> str:
    """The page with ordinary spaces."""
    return str(answer.text).replace("\N{NO-BREAK SPACE}", " ")


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))


def act(browser: Client, lesson_id: int, name: str, **fields: Any) -> Any:
    return browser.post(f"/substitutions/lessons/{lesson_id}/change", data={"act": name, **fields})


@pytest.fixture
def absent(login: Login, cast: Cast) -> str:
    """The address of the own teacher's absence on Monday."""
    answer = login("deputy").post("/substitutions/absences", data=absence_form(cast))
    assert answer.status_code == 302
    return str(answer.location)


def test_an_absence_shows_its_lessons_with_proposals(
    login: Login, cast: Cast, absent: str, db_session: Session
) -> None:
    page = words(login("deputy").get(absent))
    assert "Отсутствует: Соколова А. И." in page and "5А, математика" in page
    assert page.index("Лебедев О. П.") < page.index("Морозова Е. Ю.")  # he teaches maths too
    desk = login("deputy").get(f"/substitutions/?date={MONDAY}").text
    assert "Подобрать замену" in desk and "уроков без учителя: 1" in desk
    assert actions(db_session) == ["note_absence"]
    assert db_session.scalars(select(StaffAbsence)).one().ends_before == MONDAY + timedelta(days=1)


def test_all_proposals_are_accepted_at_once_and_seen_by_everybody(
    login: Login, cast: Cast, absent: str, db_session: Session
) -> None:
    other = cast["other_teacher"].staff_id
    choice = {f"choice-{cast.lessons['future']}": f"same:{other}"}
    answer = login("deputy").post(f"{absent}/arrange", data=choice, follow_redirects=True)
    assert "Оформлено: 1." in answer.text
    lesson = lesson_of(db_session, cast)
    assert (lesson.staff_id, lesson.replaced_staff_id) == (other, cast["own_teacher"].staff_id)
    assert actions(db_session) == ["note_absence", "substitute"]
    told = " ".join(db_session.scalars(select(OutboxEvent.facts)))
    assert str(other) in told and "substitution: %(name)s" in told
    assert str(cast.pupils["pupil"]) in told
    assert "замена" in login("other_teacher").get(f"/teacher/?date={MONDAY}").text
    assert "Лебедев" in login("parent").get(f"/diary/{cast.pupils['pupil']}?week=2026-W48").text
    journal = login("other_teacher").get(f"/journal/{cast.courses['own']}")
    assert journal.status_code == 200


def test_a_choice_that_is_not_possible_any_more_changes_nothing(
    login: Login, cast: Cast, absent: str, db_session: Session
) -> None:
    busy = SchoolBuilder.of(db_session, cast.school)
    extra = busy.lesson(
        busy.course(
            busy.class_group("5Г"), busy.subject("Химия"), busy.staff("Яковлев Пётр Ильич")
        ),
        busy.staff("Юдин Пётр Ильич"),
        MONDAY,
        3,
    )
    staff_id = extra.staff_id
    db_session.commit()
    choice = {f"choice-{cast.lessons['future']}": f"free:{staff_id}"}
    answer = login("deputy").post(f"{absent}/arrange", data=choice)
    assert answer.status_code == 422 and "у учителя в это время другой урок" in answer.text
    assert lesson_of(db_session, cast).replaced_staff_id is None
    assert db_session.scalar(select(Substitution.id)) is None


def test_a_change_is_undone_while_nothing_is_written(
    login: Login, cast: Cast, db_session: Session
) -> None:
    deputy, lesson_id = login("deputy"), cast.lessons["future"]
    assert act(deputy, lesson_id, "cancel", reason="Карантин").status_code == 302
    assert lesson_of(db_session, cast).status == "cancelled"
    assert act(deputy, lesson_id, "undo").status_code == 302
    lesson = lesson_of(db_session, cast)
    assert (lesson.status, lesson.replaced_staff_id) == ("scheduled", None)
    assert db_session.scalar(select(Substitution.id)) is None
    assert actions(db_session) == ["cancel_lesson", "undo_substitution"]
    refused = act(deputy, lesson_id, "undo")
    assert refused.status_code == 422 and "соответствует расписанию" in refused.text


def test_a_lesson_with_entries_stays(login: Login, cast: Cast, db_session: Session) -> None:
    for name in ("cancel", "distance"):
        answer = act(login("deputy"), cast.lessons["recent"], name)
        assert answer.status_code == 422 and "есть записи" in answer.text
    assert actions(db_session) == []


def test_a_room_is_changed_unless_it_is_taken(
    login: Login, cast: Cast, db_session: Session
) -> None:
    room = Room(organisation_id=cast.school, name="204")
    db_session.add(room)
    db_session.flush()
    room_id = room.id
    taken = db_session.get_one(Lesson, cast.lessons["keeper"])
    taken.starts_at, taken.ends_at = (
        lesson_of(db_session, cast, "own").starts_at,
        lesson_of(db_session, cast, "own").ends_at,
    )
    taken.room_id = room_id
    db_session.commit()
    refused = act(login("deputy"), cast.lessons["own"], "room", room=room_id)
    assert refused.status_code == 422 and "кабинет в это время занят" in refused.text
    assert act(login("deputy"), cast.lessons["future"], "room", room=room_id).status_code == 302
    assert lesson_of(db_session, cast).room_id == room_id
    assert "каб. 204" in words(login("deputy").get(f"/substitutions/?date={MONDAY}"))


def test_a_lesson_moves_and_comes_back(login: Login, cast: Cast, db_session: Session) -> None:
    deputy, lesson_id = login("deputy"), cast.lessons["future"]
    tuesday = MONDAY + timedelta(days=1)
    for day, number, why in ((MONDAY, 2, "у класса"), (MONDAY, 9, "нет урока № 9")):
        refused = act(deputy, lesson_id, "move", day=day, number=number)
        assert refused.status_code == 422 and why in refused.text
    assert act(deputy, lesson_id, "move", day=tuesday, number=3).status_code == 302
    made = db_session.scalars(select(Lesson).where(Lesson.held_on == tuesday)).all()
    moved = next(one for one in made if one.course_id == cast.courses["own"])
    assert moved.lesson_number == 3
    moved_id = moved.id
    assert "перенесён" in login("deputy").get(f"/substitutions/?date={tuesday}").text
    assert act(deputy, moved_id, "undo").status_code == 302
    assert db_session.scalar(select(Lesson.id).where(Lesson.id == moved_id)) is None
    assert lesson_of(db_session, cast).status == "scheduled"


def test_two_lessons_of_a_class_are_exchanged(
    login: Login, cast: Cast, db_session: Session
) -> None:
    other = db_session.scalars(
        select(Lesson).where(
            Lesson.course_id == cast.courses["same_class"], Lesson.held_on == MONDAY
        )
    ).one()
    answer = act(login("deputy"), cast.lessons["future"], "swap", other=other.id)
    assert answer.status_code == 302
    there = db_session.execute(
        select(Lesson.course_id, Lesson.lesson_number).where(
            Lesson.held_on == MONDAY, Lesson.status == "scheduled"
        )
    ).all()
    assert (cast.courses["own"], 2) in [tuple(one) for one in there]
    assert (cast.courses["same_class"], 3) in [tuple(one) for one in there]


def test_an_order_cancels_a_day_and_is_revoked(
    login: Login, cast: Cast, db_session: Session
) -> None:
    form = {
        "kind": "frost",
        "mode": "cancelled",
        "classes": [cast.classes["own"]],
        "first_day": str(MONDAY),
        "last_day": str(MONDAY),
        "order_number": "17-у",
        "order_date": "2026-11-20",
    }
    deputy = login("deputy")
    answer = deputy.post("/substitutions/orders/new", data=form, follow_redirects=True)
    assert "Изменено уроков: 2." in answer.text and "17-у" in answer.text
    order = db_session.scalars(select(DayOrder)).one()
    statuses = db_session.execute(
        select(Lesson.course_id, Lesson.status).where(Lesson.held_on == MONDAY)
    ).all()
    fallen = {course for course, status in statuses if status == "cancelled"}
    assert fallen == {cast.courses["own"], cast.courses["same_class"]}
    answer = deputy.post(f"/substitutions/orders/{order.id}/revoke", follow_redirects=True)
    assert "Изменено уроков: 2." in answer.text
    left = select(Lesson.id).where(Lesson.held_on == MONDAY, Lesson.status == "cancelled")
    assert db_session.scalars(left).all() == []
    assert db_session.scalar(select(Substitution.id)) is None
    again = deputy.post(f"/substitutions/orders/{order.id}/revoke")
    assert again.status_code == 422 and "уже отменён" in again.text
    empty = deputy.post("/substitutions/orders/new", data=form | {"classes": []})
    assert empty.status_code == 422 and "хотя бы один класс" in empty.text


def test_a_planner_of_other_classes_is_refused(
    login: Login, cast: Cast, db_session: Session
) -> None:
    db_session.add(
        PlannerClass(
            organisation_id=cast.school,
            staff_id=cast["deputy"].staff_id,
            class_group_id=cast.classes["other"],
        )
    )
    db_session.commit()
    refused = act(login("deputy"), cast.lessons["future"], "cancel")
    assert refused.status_code == 403 and "других классов" in refused.text
    assert act(login("administrator"), cast.lessons["future"], "cancel").status_code == 302


@pytest.mark.parametrize("name", ["own_teacher", "director", "parent"])
def test_others_arrange_nothing(login: Login, cast: Cast, name: str, db_session: Session) -> None:
    assert act(login(name), cast.lessons["future"], "cancel").status_code == 403
    assert login(name).post("/substitutions/absences", data=absence_form(cast)).status_code == 403
    assert actions(db_session) == []


def test_bad_requests_change_nothing(
    login: Login, cast: Cast, absent: str, db_session: Session
) -> None:
    deputy = login("deputy")
    assert act(deputy, 999_999, "cancel").status_code == 404
    assert act(deputy, cast.lessons["foreign"], "cancel").status_code == 404
    assert act(deputy, cast.lessons["future"], "explode").status_code == 404
    assert deputy.get("/substitutions/orders/1/revoke").status_code == 405
    for bad in (f"choice-{cast.lessons['future']}", "x"):
        answer = deputy.post(f"{absent}/arrange", data={bad: "free:nobody"})
        assert answer.status_code in (302, 422)
    twice = deputy.post("/substitutions/absences", data=absence_form(cast))
    assert twice.status_code == 422 and "уже отмечено" in twice.text
    backwards = absence_form(cast, last_day="2026-11-01")
    assert "раньше первого" in deputy.post("/substitutions/absences", data=backwards).text
    assert lesson_of(db_session, cast).replaced_staff_id is None


def test_the_sheet_and_the_hours(login: Login, cast: Cast, db_session: Session) -> None:
    other = cast["other_teacher"].staff_id
    lesson = lesson_of(db_session, cast, "recent")
    lesson.replaced_staff_id, lesson.staff_id = lesson.staff_id, other or 0
    db_session.commit()
    deputy = login("deputy")
    sheet = deputy.get("/substitutions/sheet?date=2026-11-18")
    assert "Лебедев О. П. вместо Соколова А. И." in words(sheet)
    paper = deputy.get("/substitutions/sheet.pdf?date=2026-11-18").data
    (printed,) = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages)
    assert "18.11.2026, Ср" in printed and "Заместитель директора" in printed
    hours = words(deputy.get("/substitutions/hours?month=2026-11"))
    assert all(name in hours for name in ("ноябрь 2026", "октябрь 2026", "декабрь 2026"))
    assert "Лебедев О. П." in hours and "Соколова А. И." in hours
    assert deputy.get("/substitutions/hours?month=2026-13").status_code == 404
    book = deputy.get("/substitutions/hours.xlsx?month=2026-11")
    sheet_of_hours = load_workbook(io.BytesIO(book.data)).active
    assert [cell.value for cell in sheet_of_hours[2]][1:] == [1, 0, 0, 0]


def test_an_absence_costs_the_same_whatever_its_length(
    app: Flask, login: Login, cast: Cast
) -> None:
    costs = []
    for days in (0, 4):
        form = absence_form(cast, last_day=str(MONDAY + timedelta(days=days)))
        deputy = login("deputy")
        place = deputy.post("/substitutions/absences", data=form).location
        with counted(app) as seen:
            assert deputy.get(place).status_code == 200
        costs.append(len(seen))
        deputy.post(f"{place}/drop")
    assert costs[0] == costs[1] <= 12


@pytest.mark.parametrize("way", ["free", "same", "merge"])
def test_only_a_teacher_of_the_school_substitutes(
    login: Login, cast: Cast, db_session: Session, way: str
) -> None:
    for staff_id in (cast["foreign_teacher"].staff_id, 999_999):
        answer = act(login("deputy"), cast.lessons["future"], "accept", choice=f"{way}:{staff_id}")
        assert answer.status_code == 404
    assert lesson_of(db_session, cast).staff_id == cast["own_teacher"].staff_id


def test_a_room_that_is_no_number_changes_nothing(
    login: Login, cast: Cast, db_session: Session
) -> None:
    room = Room(organisation_id=cast.school, name="204")
    db_session.add(room)
    db_session.flush()
    lesson_of(db_session, cast).room_id = room.id
    db_session.commit()
    assert act(login("deputy"), cast.lessons["future"], "room", room="x").status_code == 422
    assert lesson_of(db_session, cast).room_id is not None


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2030-01-01"])
def test_a_lesson_is_not_moved_out_of_its_year(login: Login, cast: Cast, day: str) -> None:
    answer = act(login("deputy"), cast.lessons["future"], "move", day=day, number=3)
    assert answer.status_code == 422


def test_a_lesson_whose_absent_pupils_are_entered_is_being_held(
    login: Login, cast: Cast, db_session: Session
) -> None:
    """The class teacher has entered one; the teacher has not taken the attendance yet."""
    place = {"lesson": cast.lessons["own"], "pupil": cast.pupils["pupil"]}
    entry = operation("put_absence", **place, code="n", base=0)
    assert save_day(login("class_teacher"), cast.classes["own"], entry).status_code == 200
    assert not lesson_of(db_session, cast, "own").attendance_taken_at
    deputy = login("deputy")
    for name, fields in (("cancel", {}), ("move", {"day": str(MONDAY), "number": 3})):
        answer = act(deputy, cast.lessons["own"], name, **fields)
        assert answer.status_code == 422 and "урок идёт" in answer.text
    assert lesson_of(db_session, cast, "own").status == "scheduled"


def test_a_moved_lesson_stays_when_somebody_is_absent_there(
    login: Login, cast: Cast, db_session: Session
) -> None:
    deputy, lesson_id = login("deputy"), cast.lessons["own"]
    assert act(deputy, lesson_id, "move", day=str(NOW.date()), number=5).status_code == 302
    moved = db_session.scalars(
        select(Lesson.id).where(Lesson.held_on == NOW.date(), Lesson.lesson_number == 5)
    ).one()
    school = SchoolBuilder.of(db_session, cast.school)
    pupil = db_session.get_one(Pupil, cast.pupils["pupil"])
    absence = school.absence(db_session.get_one(Lesson, moved), pupil, "n")
    db_session.commit()
    assert act(deputy, moved, "undo").status_code == 422
    db_session.delete(absence)
    facts = {"pupil_id": pupil.id, "day": NOW.date(), "told_at": NOW, "corrected_at": NOW}
    db_session.add(AbsenceAlert(organisation_id=cast.school, lesson_id=moved, **facts))
    db_session.commit()
    assert act(deputy, moved, "undo").status_code == 422
    assert db_session.get(Lesson, moved, populate_existing=True) is not None
