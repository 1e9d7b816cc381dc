"""Setting the school up by hand: each thing created, changed, deleted, refused, and kept apart."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.audit import AuditEntry
from journal.core.tenancy import across
from journal.lessons.models import Lesson
from journal.people.models import Organisation, RoleAssignment
from journal.school.models import (
    AcademicYear,
    ClassGroup,
    Course,
    CourseTeacher,
    Holiday,
    MovedDay,
    Room,
    StudyGroup,
    Subject,
    Term,
)
from journal.timetable.models import BellPeriod, BellSchedule, ClassBells
from tests.cast import Cast
from tests.conftest import Login

SUBJECT = {"name": "Физика", "short_name": "Физ", "area": "", "scale": "five_point"}
CLASS = {"name": "6а", "shift": "1", "days_per_week": "5", "study_form": "full_time"}
ITEMS: dict[str, dict[str, str]] = {
    "year": {"name": "2027-2028", "starts_on": "2027-09-01", "last_day": "2028-05-31"},
    "holiday": {"name": "Карантин", "starts_on": "2026-12-07", "last_day": "2026-12-11"},
    "moved-day": {"day": "2026-12-05", "follows_weekday": "5", "grades": ""},
    "subject": SUBJECT,
    "room": {"name": "204", "capacity": "30", "purpose": ""},
    "class": CLASS,
}
MODELS: dict[str, Any] = {
    "year": AcademicYear,
    "holiday": Holiday,
    "moved-day": MovedDay,
    "subject": Subject,
    "room": Room,
    "class": ClassGroup,
}


def count(session: Session, model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def latest(session: Session, model: Any) -> Any:
    return session.scalars(select(model).order_by(model.id.desc()).limit(1)).one()


def actions(session: Session) -> list[tuple[str, str]]:
    rows = session.execute(
        select(AuditEntry.action, AuditEntry.object_type).order_by(AuditEntry.seq)
    )
    return [(action, kind) for action, kind in rows]


@pytest.mark.parametrize("kind", ITEMS)
def test_a_thing_is_made_changed_and_deleted(
    login: Login, cast: Cast, db_session: Session, kind: str
) -> None:
    browser, before = login("administrator"), count(db_session, MODELS[kind])
    assert browser.post(f"/school/setup/{kind}/new", data=ITEMS[kind]).status_code == 302
    row = latest(db_session, MODELS[kind])
    assert count(db_session, MODELS[kind]) == before + 1
    address = f"/school/setup/{kind}/{row.id}"
    text = browser.get(address).get_data(as_text=True)
    assert all(f'value="{value}"' in text for value in ITEMS[kind].values() if "-" in value)
    changed = ITEMS[kind] | ({"name": "Иное"} if kind in ("subject", "room", "holiday") else {})
    assert browser.post(address, data=changed).status_code == 302
    assert browser.post(f"{address}/delete").status_code == 302
    assert count(db_session, MODELS[kind]) == before
    made = [action for action, table in actions(db_session) if table == row.__tablename__]
    assert made[0] == "create" and made[-1] == "delete"


@pytest.mark.parametrize("kind", ITEMS)
@pytest.mark.parametrize("who", ["deputy", "own_teacher", "parent"])
def test_the_set_up_is_the_administrators(
    login: Login, db_session: Session, kind: str, who: str
) -> None:
    before = count(db_session, MODELS[kind])
    assert login(who).get(f"/school/setup/{kind}/new").status_code == 403
    assert login(who).post(f"/school/setup/{kind}/new", data=ITEMS[kind]).status_code == 403
    assert count(db_session, MODELS[kind]) == before and actions(db_session) == []


@pytest.mark.parametrize("kind", ITEMS)
def test_what_is_not_there_and_what_is_the_neighbours(
    login: Login, cast: Cast, db_session: Session, kind: str
) -> None:
    browser = login("administrator")
    with across(db_session, "a row next door"):
        theirs = db_session.scalars(
            select(MODELS[kind].id).where(MODELS[kind].organisation_id == cast.foreign_school)
        ).first()
    for row_id in filter(None, (999_999, theirs)):
        address = f"/school/setup/{kind}/{row_id}"
        assert browser.get(address).status_code == 404
        assert browser.post(address, data=ITEMS[kind]).status_code == 404
        assert browser.post(f"{address}/delete").status_code == 404
        assert browser.get(f"{address}/delete").status_code == 405
    assert actions(db_session) == []


@pytest.mark.parametrize(
    ("kind", "changes", "sentence"),
    [
        ("year", {"name": "2026-2027"}, "Такой учебный год уже есть"),
        (
            "year",
            {"starts_on": "2027-03-01", "last_day": "2027-12-31"},
            "Учебный год начинается раньше, чем закончился",
        ),
        ("year", {"last_day": "2027-08-01"}, "заканчивается раньше"),
        ("year", {"last_day": "2029-05-31"}, "слишком длинный"),
        ("holiday", {"last_day": "2026-12-01"}, "заканчиваются раньше"),
        ("holiday", {"starts_on": "2030-01-01", "last_day": "2030-01-02"}, "вне учебного года"),
        ("holiday", {"grades": "вторые"}, "field-error"),
        ("moved-day", {"follows_weekday": "6"}, "и так идут уроки своего дня"),
        ("moved-day", {"day": "2031-12-05"}, "вне учебного года"),
        ("subject", {"name": "МАТЕМАТИКА"}, "Такой предмет уже есть"),
        ("subject", {"scale": "ten_point"}, "field-error"),
        ("class", {"name": "5а"}, "Класс 5А в этом году уже есть"),
        ("class", {"name": "Старший"}, "Напишите класс как 5А"),
        ("class", {"days_per_week": "7"}, "Укажите 5 или 6"),
        ("class", {"class_teacher_id": "999999"}, "field-error"),
        ("room", {"name": ""}, "Укажите название"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    login: Login, db_session: Session, kind: str, changes: dict[str, str], sentence: str
) -> None:
    before = count(db_session, MODELS[kind])
    answer = login("administrator").post(f"/school/setup/{kind}/new", data=ITEMS[kind] | changes)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert count(db_session, MODELS[kind]) == before and actions(db_session) == []


@pytest.mark.parametrize(
    ("kind", "name", "sentence"),
    [
        ("subject", "maths", "предметы в группах — 2"),
        ("class", "own", "ученики в классах — 4"),
        ("year", "year", "классы — 2"),
    ],
)
def test_what_is_in_use_stays_and_says_why(
    login: Login, cast: Cast, db_session: Session, kind: str, name: str, sentence: str
) -> None:
    ids = {"maths": cast.subjects["maths"], "own": cast.classes["own"], "year": cast.year}
    browser, before = login("administrator"), count(db_session, MODELS[kind])
    answer = browser.post(f"/school/setup/{kind}/{ids[name]}/delete", follow_redirects=True)
    assert sentence in answer.get_data(as_text=True)
    assert count(db_session, MODELS[kind]) == before and actions(db_session) == []


def test_a_class_in_use_keeps_its_name_and_takes_a_teacher(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser, address = login("administrator"), f"/school/setup/class/{cast.classes['other']}"
    teacher = str(cast["other_teacher"].staff_id)
    renamed = browser.post(address, data=CLASS | {"name": "6Ж"})
    assert renamed.status_code == 422 and "Сначала уберите" in renamed.get_data(as_text=True)
    keeper = CLASS | {"name": "5Б", "class_teacher_id": teacher}
    silent = browser.post(address, data=keeper | {"bells_id": ""})
    assert silent.status_code == 422 and "Добавьте звонок" in silent.get_data(as_text=True)
    bells_id = db_session.get_one(ClassBells, cast.classes["other"]).bell_schedule_id
    assert browser.post(address, data=keeper | {"bells_id": str(bells_id)}).status_code == 302
    group = db_session.get_one(ClassGroup, cast.classes["other"])
    assert group.class_teacher_id == cast["other_teacher"].staff_id
    roles = select(RoleAssignment.role).where(
        RoleAssignment.person_id == cast["other_teacher"].person_id
    )
    assert set(db_session.scalars(roles)) == {Role.TEACHER, Role.CLASS_TEACHER}


def organisation(**changes: str) -> dict[str, str]:
    form = {"code": "1017", "full_name": "МБОУ «Школа № 17»", "short_name": "Школа № 17"}
    form |= {"time_zone": "Asia/Omsk", "support_contact": "8-800-1", "email": ""}
    return form | changes


def test_the_organisation_says_who_it_is(login: Login, cast: Cast, db_session: Session) -> None:
    browser = login("administrator")
    assert "Школа № 17" in browser.get("/school/setup/organisation").get_data(as_text=True)
    assert browser.post("/school/setup/organisation", data=organisation()).status_code == 302
    row = db_session.get_one(Organisation, cast.school)
    assert (row.full_name, row.time_zone) == ("МБОУ «Школа № 17»", "Asia/Omsk")
    # the lessons without entries ring by the clock of Omsk
    assert actions(db_session) == [
        ("change", "organisation"),
        ("publish_timetable", "academic_year"),
    ]
    for wrong in ({"code": "1005"}, {"email": "нет"}, {"time_zone": "Mars"}, {"short_name": " "}):
        answer = browser.post("/school/setup/organisation", data=organisation(**wrong))
        assert answer.status_code == 422, wrong
    db_session.refresh(row)
    assert row.code == "1017"


def term_row(place: int, kind: str, number: int, grades: str, *days: str) -> dict[str, str]:
    names = ("starts_on", "last_day", "marks_from", "marks_last")
    row = {"kind": kind, "number": str(number), "grades": grades}
    row |= dict(zip(names, days, strict=False))
    return {f"r{place}-{name}": value for name, value in row.items()}


QUARTERS = (
    ("2026-09-01", "2026-10-24", "2026-10-17", "2026-10-28"),
    ("2026-11-02", "2026-12-27", "2026-12-20", "2026-12-29"),
    ("2027-01-11", "2027-03-21", "", ""),
    ("2027-04-01", "2027-05-31", "", ""),
)


def quarters() -> dict[str, str]:
    form: dict[str, str] = {}
    for place, days in enumerate(QUARTERS):
        form |= term_row(place, "quarter", place + 1, "2-9", *days)
    return form


def test_terms_are_saved_as_a_table(login: Login, cast: Cast, db_session: Session) -> None:
    browser = login("administrator")
    form = quarters() | term_row(4, "half_year", 1, "10, 11", "2026-09-01", "2026-12-27", "", "")
    assert browser.post("/school/setup/terms", data=form).status_code == 302
    terms = db_session.scalars(select(Term).order_by(Term.kind.desc(), Term.starts_on)).all()
    assert [(one.kind, one.number, len(one.grades)) for one in terms] == [
        *(("quarter", number, 8) for number in (1, 2, 3, 4)),
        ("half_year", 1, 2),
    ]
    assert terms[0].marks_before == date(2026, 10, 29)
    without_half = browser.post("/school/setup/terms", data=quarters())
    assert without_half.status_code == 302 and count(db_session, Term) == 4


def test_every_fault_of_the_terms_is_told_at_once(login: Login, db_session: Session) -> None:
    form = quarters()
    form |= {"r1-starts_on": "2026-10-20", "r2-last_day": "2027-01-01", "r3-last_day": "2027-07-01"}
    answer = login("administrator").post("/school/setup/terms", data=form)
    text = " ".join(answer.get_data(as_text=True).split())
    assert answer.status_code == 422
    for sentence in (
        "раньше, чем закончился предыдущий",
        "заканчивается раньше",
        "вне учебного года",
    ):
        assert sentence in text, sentence
    assert "Строка 2, Первый день" in text and 'href="#r3-last_day"' in text
    assert actions(db_session) == []


def bells(*times: tuple[str, str]) -> dict[str, str]:
    form = {"name": "Вторая смена", "shift": "2"}
    for place, (starts_at, ends_at) in enumerate(times):
        form |= {f"r{place}-lesson_number": str(place + 1)}
        form |= {f"r{place}-starts_at": starts_at, f"r{place}-ends_at": ends_at}
    return form


def test_bells_are_saved_and_inside_one_another_refused(login: Login, db_session: Session) -> None:
    browser = login("administrator")
    inside = bells(("14:00", "14:45"), ("14:30", "15:15"), ("16:00", "15:00"))
    answer = browser.post("/school/setup/bells/new", data=inside)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "раньше, чем закончился предыдущий" in text
    assert "Урок заканчивается раньше" in text and count(db_session, BellSchedule) == 1
    good = bells(("14:00", "14:45"), ("14:55", "15:40"))
    assert browser.post("/school/setup/bells/new", data=good).status_code == 302
    row = latest(db_session, BellSchedule)
    address = f"/school/setup/bells/{row.id}"
    assert browser.post(address, data=bells(("14:00", "14:40"))).status_code == 302
    of_set = select(BellPeriod.ends_at).where(BellPeriod.bell_schedule_id == row.id)
    assert list(db_session.scalars(of_set)) == [time(14, 40)]
    assert browser.post(f"{address}/delete").status_code == 302
    assert count(db_session, BellSchedule) == 1


def test_bells_in_use_stay_and_lessons_ring_by_the_new_ones(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser = login("administrator")
    kept = db_session.scalars(select(BellSchedule)).one()
    address = f"/school/setup/bells/{kept.id}"
    refused = browser.post(f"{address}/delete", follow_redirects=True).get_data(as_text=True)
    assert "звонки классов — 2" in refused
    times = [("08:00", "08:40"), ("08:50", "09:30"), ("09:40", "10:20"), ("10:30", "11:10")]
    assert browser.post(address, data=bells(*times) | {"name": "Основной"}).status_code == 302
    future = db_session.get_one(Lesson, cast.lessons["future"])
    assert future.starts_at.hour == 6 and future.starts_at.minute == 40  # 9:40 in Moscow
    locked = db_session.get_one(Lesson, cast.lessons["locked"])
    assert locked.starts_at.minute == 25, "a lesson with entries is never touched"


def test_proposed_holidays_are_taken_over(login: Login, cast: Cast, db_session: Session) -> None:
    browser = login("administrator")
    text = browser.get("/school/setup/holidays").get_data(as_text=True)
    for name in ("День народного единства", "Осенние каникулы", "20.02.2027"):
        assert name in text
    ticked = {"day": ["2026-11-04-2026-11-05", "moved-2027-02-20", "1999-01-01-1999-01-02"]}
    assert browser.post("/school/setup/holidays", data=ticked).status_code == 302
    assert db_session.scalars(select(Holiday.name)).all() == ["День народного единства"]
    moved = db_session.scalars(select(MovedDay)).one()
    assert (moved.day, moved.follows_weekday) == (date(2027, 2, 20), 1)
    saturday = select(Lesson.course_id).where(Lesson.held_on == moved.day)
    assert cast.courses["own"] in db_session.scalars(saturday).all()
    again = browser.get("/school/setup/holidays").get_data(as_text=True)
    assert "2026-11-04-2026-11-05" not in again and "moved-2027-02-20" not in again


def course(cast: Cast, **changes: Any) -> dict[str, Any]:
    form: dict[str, Any] = {
        "class_ids": [str(cast.classes["own"])],
        "subject_id": str(cast.subjects["reading"]),
        "subgroup": "1 группа",
        "r0-staff_id": str(cast["own_teacher"].staff_id),
        "r0-weekly_hours": "1,5",
        "r0-starts_on": "2026-09-01",
    }
    return form | changes


def test_a_course_is_added_taught_and_deleted(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser, before = login("administrator"), count(db_session, StudyGroup)
    both = [str(cast.classes["other"]), str(cast.classes["own"])]
    assert browser.post("/school/setup/courses/new", data=course(cast, class_ids=both)).location
    made = latest(db_session, Course)
    group = db_session.get_one(StudyGroup, made.study_group_id)
    assert (group.classes_key, group.name, group.grade) == ("5А,5Б", "1 группа", 5)
    made_id, address = made.id, f"/school/setup/courses/{made.id}"
    other = {"r1-staff_id": str(cast["other_teacher"].staff_id), "r1-weekly_hours": "2"}
    dates = {"r0-last_day": "2026-12-31", "r1-starts_on": "2027-01-01"}
    assert browser.post(address, data=course(cast) | other | dates).status_code == 302
    rows = db_session.scalars(
        select(CourseTeacher).where(CourseTeacher.course_id == made_id).order_by(CourseTeacher.id)
    ).all()
    assert [row.ends_before for row in rows] == [date(2027, 1, 1), None]
    assert browser.post(f"{address}/delete").status_code == 302
    assert db_session.get(Course, made_id) is None and count(db_session, StudyGroup) == before


def test_courses_that_cannot_be(login: Login, cast: Cast, db_session: Session) -> None:
    browser, before = login("administrator"), count(db_session, Course)
    twice = {"subgroup": "", "subject_id": str(cast.subjects["maths"])}
    wrong: list[tuple[dict[str, Any], str]] = [
        (twice, "уже есть"),
        ({"class_ids": []}, "Выберите хотя бы один класс"),
        ({"class_ids": [str(cast.classes["foreign"])]}, "field-error"),
        ({"r0-staff_id": "999999"}, "field-error"),
        ({"r0-starts_on": "2025-09-01"}, "вне учебного года"),
        ({"r0-last_day": "2026-08-01"}, "раньше первого"),
        ({"r0-weekly_hours": "сорок"}, "field-error"),
    ]
    for changes, sentence in wrong:
        answer = browser.post("/school/setup/courses/new", data=course(cast, **changes))
        assert answer.status_code == 422, changes
        assert sentence in answer.get_data(as_text=True), changes
    held = browser.post(f"/school/setup/courses/{cast.courses['own']}/delete")
    assert held.status_code == 302 and count(db_session, Course) == before
    refused = browser.get(held.location).get_data(as_text=True)
    assert "уроки —" in refused and actions(db_session) == []


def test_the_load_is_held_against_the_timetable(login: Login, cast: Cast) -> None:
    text = " ".join(login("administrator").get("/school/classes/courses").text.split())
    assert "В расписании" in text
    assert '<span class="chip warn">2</span>' in text  # three hours are given, two stand there


def test_a_new_year_takes_over_the_last(login: Login, cast: Cast, db_session: Session) -> None:
    db_session.add(
        Holiday(
            organisation_id=cast.school,
            academic_year_id=cast.year,
            name="Осенние каникулы",
            starts_on=date(2026, 10, 26),
            ends_before=date(2026, 11, 2),
            grades=frozenset(),
        )
    )
    db_session.commit()
    form = ITEMS["year"] | {"copy_last": "y"}
    assert login("administrator").post("/school/setup/year/new", data=form).status_code == 302
    year = latest(db_session, AcademicYear)
    terms = select(Term.starts_on).where(Term.academic_year_id == year.id).order_by(Term.starts_on)
    assert db_session.scalars(terms).all()[1:] == [
        date(2027, 11, 1),
        date(2028, 1, 10),
        date(2028, 3, 30),
    ]
    copied = db_session.scalars(select(Holiday).where(Holiday.academic_year_id == year.id)).one()
    assert copied.starts_on == date(2027, 10, 25) and copied.starts_on.weekday() == 0
