"""The roll-over of the year: a dry run, the work, twice refused, undone until there are lessons."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.db import Base
from journal.core.jobs import Job
from journal.jobs import Runner
from journal.lessons.models import Lesson
from journal.office.rollover.models import Promotion, YearTurn
from journal.people.models import Pupil
from journal.school.models import (
    AcademicYear,
    ClassGroup,
    ClassMembership,
    Course,
    CourseTeacher,
    GroupMembership,
    Movement,
    StudyGroup,
    StudyGroupClass,
)
from tests.access.watch import Rows, contents
from tests.cast import Cast
from tests.conftest import Login

NEXT = (date(2027, 9, 1), date(2028, 6, 1))
UNTOUCHED = {"audit_entry", "audit_head", "job", "lease"}


@pytest.fixture
def coming(cast: Cast, db_session: Session) -> int:
    """The next academic year is there."""
    year = AcademicYear(
        organisation_id=cast.school, name="2027-2028", starts_on=NEXT[0], ends_before=NEXT[1]
    )
    db_session.add(year)
    db_session.commit()
    return year.id


def choices(**changes: Any) -> dict[str, Any]:
    return {"firsts": "1А, 1б", "order_number": "77-к", "order_date": "2027-05-31"} | changes


def work(app: Flask) -> None:
    runner = Runner(app)
    runner.beat()
    runner.work()
    runner.stop()


def roll(app: Flask, login: Login, **changes: Any) -> None:
    data = choices(step="run", **changes)
    assert login("administrator").post("/school/rollover", data=data).status_code == 302
    work(app)


def state(session: Session) -> Rows:
    """Everything but the log and the queue; decisions whatever the numbers of their rows."""
    rows = contents(session.get_bind())  # type: ignore[arg-type]
    assert set(rows) <= set(Base.metadata.tables)
    rows["promotion"] = sorted(({**one, "id": 0} for one in rows["promotion"]), key=repr)
    return {name: found for name, found in rows.items() if name not in UNTOUCHED}


def class_of(session: Session, pupil_id: int, day: date) -> str | None:
    return session.scalar(
        select(ClassGroup.name)
        .join(ClassMembership, ClassMembership.class_group_id == ClassGroup.id)
        .where(
            ClassMembership.pupil_id == pupil_id,
            ClassMembership.starts_on <= day,
            func.coalesce(ClassMembership.ends_before, date(2100, 1, 1)) > day,
        )
    )


def decisions(cast: Cast, **chosen: str) -> dict[str, str]:
    return {f"p{cast.pupils[name]}": decision for name, decision in chosen.items()}


def test_the_dry_run_tells_and_writes_nothing(
    app: Flask, login: Login, cast: Cast, db_session: Session, coming: int
) -> None:
    before = state(db_session)
    browser = login("administrator")
    assert "Перевод на новый год" in browser.get("/school/rollover").text
    text = browser.post("/school/rollover", data=choices(step="preview")).text
    assert "Классы нового года: 6А, 6Б, 1А, 1Б" in text and "<b>5</b>" in text
    assert state(db_session) == before


def test_the_year_rolls_over(
    app: Flask, login: Login, cast: Cast, db_session: Session, coming: int
) -> None:
    browser, own = login("administrator"), cast.classes["own"]
    chosen = decisions(cast, classmate="leaves", third="conditional")
    assert browser.post(f"/school/rollover/classes/{own}", data=chosen).status_code == 302
    roll(app, login)
    autumn = NEXT[0]
    assert class_of(db_session, cast.pupils["pupil"], autumn) == "6А"
    assert class_of(db_session, cast.pupils["sibling"], autumn) == "6Б"
    assert class_of(db_session, cast.pupils["classmate"], autumn) is None
    assert class_of(db_session, cast.pupils["pupil"], date(2027, 7, 1)) == "5А", "over the summer"
    assert db_session.get_one(Pupil, cast.pupils["pupil"]).entry_class == "6А"
    left = db_session.scalars(select(Movement)).one()
    assert (left.kind, left.happens_on, left.order_number) == ("leaving", date(2027, 6, 1), "77-к")
    kept = db_session.scalars(select(Promotion).filter_by(pupil_id=cast.pupils["third"])).one()
    assert kept.decision == "conditional" and kept.year_turn_id is not None
    new = db_session.scalars(select(ClassGroup).filter_by(academic_year_id=coming, name="6А")).one()
    assert new.class_teacher_id == cast["class_teacher"].staff_id and new.grade == 6
    names = select(ClassGroup.name).filter_by(academic_year_id=coming)
    assert set(db_session.scalars(names)) == {"1А", "1Б", "6А", "6Б"}
    log = db_session.scalars(select(AuditEntry.action)).all()
    assert log == ["turn_year"]


def test_courses_are_proposed_from_last_year(
    app: Flask, login: Login, cast: Cast, db_session: Session, coming: int
) -> None:
    """The coming 5А does not exist; a class 6А of last year tells what sixth classes learn."""
    old = ClassGroup(organisation_id=cast.school, academic_year_id=cast.year, name="6А", grade=6)
    db_session.add(old)
    db_session.commit()
    browser = login("administrator")
    for subject, teacher in (("maths", "deputy"), ("russian", "deputy")):
        form = {"class_ids": str(old.id), "subject_id": str(cast.subjects[subject])}
        form |= {"r0-staff_id": str(cast[teacher].staff_id), "r0-weekly_hours": "5"}
        form |= {"r0-starts_on": "2026-09-01"}
        assert browser.post("/school/setup/courses/new", data=form).status_code == 302
    roll(app, login)
    rows = db_session.execute(
        select(Course.subject_id, CourseTeacher.staff_id, CourseTeacher.weekly_hours)
        .join(CourseTeacher, CourseTeacher.course_id == Course.id)
        .join(ClassGroup, ClassGroup.academic_year_id == Course.academic_year_id)
        .where(Course.academic_year_id == coming, ClassGroup.name == "6А")
    ).all()
    taught = {(subject, staff): int(hours) for subject, staff, hours in rows}
    assert taught[cast.subjects["maths"], cast["own_teacher"].staff_id] == 5, "he taught 5А"
    assert taught[cast.subjects["maths"], cast["other_teacher"].staff_id] == 5, "and he 5Б"
    assert taught[cast.subjects["russian"], cast["deputy"].staff_id] == 5, "nobody taught 5Б"


def test_twice_is_refused_and_changes_nothing(
    app: Flask, login: Login, cast: Cast, db_session: Session, coming: int
) -> None:
    roll(app, login)
    before = state(db_session)
    answer = login("administrator").post("/school/rollover", data=choices(step="run"))
    assert answer.status_code == 422 and "уже переведён" in answer.text
    job = db_session.scalars(select(Job).order_by(Job.id.desc()).limit(1)).one()
    again = {"kind": job.kind, "params": job.params, "account_id": job.account_id}
    db_session.add(Job(organisation_id=cast.school, created_at=job.created_at, **again))
    db_session.commit()
    work(app)
    db_session.expire_all()
    assert state(db_session) == before
    latest = db_session.scalars(select(Job).order_by(Job.id.desc()).limit(1)).one()
    assert latest.state == "failed"


def test_it_is_undone_to_the_last_row(
    app: Flask, login: Login, cast: Cast, db_session: Session, coming: int
) -> None:
    before = state(db_session)
    roll(app, login)
    assert state(db_session) != before
    assert login("administrator").post("/school/rollover/undo").status_code == 302
    assert state(db_session) == before
    assert login("administrator").post("/school/rollover/undo").status_code == 404


def test_what_was_there_before_is_there_after_undoing(
    app: Flask, login: Login, cast: Cast, db_session: Session, coming: int
) -> None:
    """Classes entered by hand, a pupil enrolled in one, and what was decided of single pupils."""
    place = {"organisation_id": cast.school}
    first = ClassGroup(academic_year_id=coming, name="1А", grade=1, letter="А", **place)
    sixth = ClassGroup(academic_year_id=coming, name="6Б", grade=6, letter="Б", **place)
    db_session.add_all([first, sixth])
    db_session.flush()
    comes = {"class_group_id": first.id, "pupil_id": cast.pupils["leaver"]}
    db_session.add(ClassMembership(starts_on=NEXT[0], **comes, **place))
    db_session.commit()
    chosen = decisions(cast, classmate="leaves", third="conditional")
    browser = login("administrator")
    browser.post(f"/school/rollover/classes/{cast.classes['own']}", data=chosen)
    before = state(db_session)
    roll(app, login)
    assert class_of(db_session, cast.pupils["sibling"], NEXT[0]) == "6Б"
    assert browser.post("/school/rollover/undo").status_code == 302
    assert state(db_session) == before


def test_lessons_hold_it(
    app: Flask, login: Login, cast: Cast, db_session: Session, coming: int
) -> None:
    roll(app, login)
    group = db_session.scalars(select(ClassGroup).filter_by(name="6А")).one()
    form = {"class_ids": str(group.id), "subject_id": str(cast.subjects["maths"])}
    browser = login("administrator")
    answer = browser.post(f"/school/setup/courses/new?year={coming}", data=form)
    assert answer.status_code == 302
    course = db_session.scalars(select(Course).order_by(Course.id.desc()).limit(1)).one()
    one = db_session.get_one(Lesson, cast.lessons["own"])
    facts = {"starts_at": one.starts_at, "ends_at": one.ends_at, "staff_id": one.staff_id}
    place = {"organisation_id": cast.school, "course_id": course.id, "lesson_number": 1}
    db_session.add(Lesson(held_on=NEXT[0], **facts, **place))
    db_session.commit()
    answer = browser.post("/school/rollover/undo", follow_redirects=True)
    assert "В новом году уже есть уроки" in answer.text
    assert db_session.scalar(select(func.count()).select_from(YearTurn)) == 1


def test_what_cannot_be_is_told_before(
    login: Login, cast: Cast, db_session: Session, coming: int
) -> None:
    browser, own = login("administrator"), cast.classes["own"]
    chosen = decisions(cast, classmate="repeats")
    browser.post(f"/school/rollover/classes/{own}", data=chosen)
    data = choices(step="run", firsts="1А, Старший")
    answer = browser.post("/school/rollover", data=data)
    assert answer.status_code == 422
    assert "класса параллели 5 не будет" in answer.text and "Напишите класс как 1А" in answer.text
    wrong = browser.post(f"/school/rollover/classes/{own}", data=decisions(cast, pupil="flies"))
    assert wrong.status_code == 422
    assert db_session.scalar(select(func.count()).select_from(Job)) == 0


def test_without_a_next_year_it_waits(login: Login, cast: Cast, db_session: Session) -> None:
    answer = login("administrator").post("/school/rollover", data=choices(step="run"))
    assert answer.status_code == 422 and "Следующего учебного года ещё нет" in answer.text


@pytest.mark.parametrize("who", ["deputy", "director", "class_teacher"])
def test_it_is_the_administrators(
    login: Login, cast: Cast, db_session: Session, coming: int, who: str
) -> None:
    own = cast.classes["own"]
    assert login(who).post("/school/rollover", data=choices(step="run")).status_code == 403
    assert login(who).post("/school/rollover/undo").status_code == 403
    assert login(who).post(f"/school/rollover/classes/{own}").status_code == 403
    assert db_session.scalar(select(func.count()).select_from(Job)) == 0


def shared_group(session: Session, cast: Cast, *names: str) -> StudyGroup:
    """A group of both fifth classes in maths, with those pupils."""
    place = {"organisation_id": cast.school}
    group = StudyGroup(
        academic_year_id=cast.year,
        classes_key="5А,5Б",
        subject_id=cast.subjects["maths"],
        name="олимпиадная",
        grade=5,
        **place,
    )
    session.add(group)
    session.flush()
    for one in ("own", "other"):
        ids = {"study_group_id": group.id, "class_group_id": cast.classes[one]}
        session.add(StudyGroupClass(**ids, **place))
    for name in names:
        stay = {"pupil_id": cast.pupils[name], "starts_on": date(2026, 9, 1)}
        session.add(GroupMembership(study_group_id=group.id, **stay, **place))
    course = Course(
        academic_year_id=cast.year,
        study_group_id=group.id,
        subject_id=cast.subjects["maths"],
        **place,
    )
    session.add(course)
    session.flush()
    load = {"staff_id": cast["own_teacher"].staff_id, "weekly_hours": 2}
    teacher = CourseTeacher(course_id=course.id, starts_on=date(2026, 9, 1), **load, **place)
    session.add(teacher)
    session.commit()
    return group


def test_subgroups_and_shared_groups_go_along(
    app: Flask, login: Login, cast: Cast, db_session: Session, coming: int
) -> None:
    shared_group(db_session, cast, "pupil", "classmate", "sibling")
    browser, own = login("administrator"), cast.classes["own"]
    chosen = decisions(cast, classmate="leaves")
    assert browser.post(f"/school/rollover/classes/{own}", data=chosen).status_code == 302
    before = state(db_session)
    text = browser.post("/school/rollover", data=choices(step="preview")).text
    assert "Подгруппы как в прошлом году: 1, распределено учеников: 2" in text
    assert "6А + 6Б" in text
    roll(app, login)
    new = db_session.scalars(
        select(StudyGroup).filter_by(academic_year_id=coming, name="олимпиадная")
    ).one()
    assert (new.classes_key, new.grade) == ("6А,6Б", 6)
    placed = select(GroupMembership.pupil_id, GroupMembership.starts_on)
    rows = db_session.execute(placed.filter_by(study_group_id=new.id)).all()
    wanted = {(cast.pupils[name], NEXT[0]) for name in ("pupil", "sibling")}
    assert {tuple(row) for row in rows} == wanted
    taught = select(CourseTeacher.staff_id).join(Course, Course.id == CourseTeacher.course_id)
    assert db_session.scalars(taught.where(Course.study_group_id == new.id)).all() == [
        cast["own_teacher"].staff_id
    ]
    assert browser.post("/school/rollover/undo").status_code == 302
    assert state(db_session) == before
