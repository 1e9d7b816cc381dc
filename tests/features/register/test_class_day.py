"""The class teacher completes and corrects the attendance of his class in everybody's lessons."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, Excuse, Exemption
from journal.core.audit import AuditEntry
from journal.grading.models import Mark
from journal.lessons.models import EditPolicy, Lesson
from journal.people.models import Pupil, StaffMember
from journal.school.models import ClassGroup, GroupMembership, StudyGroup, StudyGroupClass, Subject
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Client, Login
from tests.factories import SchoolBuilder
from tests.features.register.conftest import operation, save

DAY = TODAY.isoformat()


@pytest.fixture
def keeper(login: Login) -> Client:
    """The class teacher of 5А."""
    return login("class_teacher")


def save_day(client: Client, class_id: int, *operations: dict[str, Any], day: str = DAY) -> Any:
    body = {"operations": list(operations)}
    return client.post(f"/classes/{class_id}/days/{day}/save", json=body)


def absence(cast: Cast, lesson: str = "own", pupil: str = "pupil", **facts: Any) -> dict[str, Any]:
    place = {"lesson": cast.lessons[lesson], "pupil": cast.pupils[pupil]}
    return operation("put_absence", **(place | {"code": "n", "base": 0} | facts))


def entered(session: Session, lesson_id: int, pupil_id: int) -> tuple[str, int | None] | None:
    row = session.execute(
        select(Absence.code, Absence.minutes).where(
            Absence.lesson_id == lesson_id, Absence.pupil_id == pupil_id
        )
    ).one_or_none()
    return (row[0], row[1]) if row else None


@pytest.fixture
def together(db_session: Session, cast: Cast) -> tuple[int, int]:
    """Third lesson of today for a cross-class group with a pupil of each class: lesson, foreign."""
    school = SchoolBuilder.of(db_session, cast.school)
    teacher = db_session.get_one(StaffMember, cast["other_teacher"].staff_id)
    course = school.course(
        db_session.get_one(ClassGroup, cast.classes["own"]),
        db_session.get_one(Subject, cast.subjects["maths"]),
        teacher,
        subgroup="Профиль",
        members=[db_session.get_one(Pupil, cast.pupils[n]) for n in ("pupil", "stranger_pupil")],
    )
    group = db_session.get_one(StudyGroup, course.study_group_id)
    group.classes_key = "5А,5Б"
    school.add(StudyGroupClass, study_group_id=group.id, class_group_id=cast.classes["other"])
    lesson = school.lesson(course, teacher, TODAY, 3)
    db_session.commit()
    return lesson.id, cast.pupils["stranger_pupil"]


def test_lessons_of_all_teachers_in_one_batch(
    keeper: Client, cast: Cast, db_session: Session
) -> None:
    operations = [
        absence(cast, "own", code="b"),
        absence(cast, "same_class", code="u"),
        absence(cast, "keeper", "third", code="o", minutes=12),
    ]
    answer = save_day(keeper, cast.classes["own"], *operations)
    assert answer.status_code == 200
    assert [one["cell"]["a"] for one in answer.json["results"]] == [
        ["b", None, 1],
        ["u", None, 1],
        ["o", 12, 1],
    ]
    assert entered(db_session, cast.lessons["same_class"], cast.pupils["pupil"]) == ("u", None)
    logged = db_session.scalars(select(AuditEntry).where(AuditEntry.action == "put_absence"))
    who = {(one.account_id, one.about_id) for one in logged}
    me = cast["class_teacher"].account_id
    assert who == {(me, cast.pupils["pupil"]), (me, cast.pupils["third"])}


def test_an_entry_of_one_pupil_says_nothing_of_the_others(
    keeper: Client, cast: Cast, db_session: Session
) -> None:
    """The lesson stays untaken until somebody says that nobody else is absent."""
    lesson = cast.lessons["own"]
    answer = save_day(keeper, cast.classes["own"], absence(cast))
    assert answer.json["results"][0]["lesson"]["taken"] is False
    assert db_session.get_one(Lesson, lesson).attendance_taken_at is None
    taking = operation("take_attendance", lesson=lesson)
    answer = save_day(keeper, cast.classes["own"], taking)
    assert answer.json["results"][0]["lesson"]["taken"] is True
    taken = db_session.get_one(Lesson, lesson, populate_existing=True)
    assert taken.attendance_taken_by == cast["class_teacher"].staff_id


def test_his_own_pupils_of_a_group_of_several_classes(
    keeper: Client, cast: Cast, db_session: Session, together: tuple[int, int]
) -> None:
    lesson_id, stranger = together
    mine = operation("put_absence", lesson=lesson_id, pupil=cast.pupils["pupil"], code="b", base=0)
    theirs = operation("put_absence", lesson=lesson_id, pupil=stranger, code="b", base=0)
    taking = operation("take_attendance", lesson=lesson_id)
    answer = save_day(keeper, cast.classes["own"], mine, theirs, taking)
    assert [one["status"] for one in answer.json["results"]] == [200, 403, 403]
    assert "других классов" in answer.json["results"][2]["message"]
    assert entered(db_session, lesson_id, cast.pupils["pupil"]) == ("b", None)
    assert entered(db_session, lesson_id, stranger) is None
    assert db_session.get_one(Lesson, lesson_id).attendance_taken_at is None


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"lesson": "future"}, 404),  # another day
        ({"lesson": "other_class"}, 404),
        ({"lesson": "foreign"}, 404),
        ({"pupil": "leaver"}, 403),
        ({"pupil": "sibling"}, 403),
        ({"pupil": "foreign_pupil"}, 403),
        ({"code": "x"}, 422),
        ({"code": "o", "minutes": 46}, 422),
    ],
)
def test_what_is_refused(
    keeper: Client, cast: Cast, db_session: Session, facts: dict[str, Any], status: int
) -> None:
    before = db_session.scalar(select(func.count()).select_from(Absence))
    assert save_day(keeper, cast.classes["own"], absence(cast, **facts)).status_code == status
    assert db_session.scalar(select(func.count()).select_from(Absence)) == before


@pytest.mark.parametrize(
    ("day", "lesson", "name"), [("2026-11-13", "locked", "days"), ("2026-10-09", "closed", "term")]
)
def test_a_closed_window_says_why(
    keeper: Client, cast: Cast, day: str, lesson: str, name: str
) -> None:
    answer = save_day(keeper, cast.classes["own"], absence(cast, lesson), day=day)
    assert answer.status_code == 423
    word = {"days": "до 15.11", "term": "закрыт"}[name]
    assert word in answer.json["results"][0]["message"]


def test_the_class_teachers_own_days(keeper: Client, cast: Cast, db_session: Session) -> None:
    """D22: the school gives him longer than the teacher of the lesson."""
    db_session.add(
        EditPolicy(
            organisation_id=cast.school,
            valid_from=date(2026, 9, 1),
            class_attendance_days=9,
        )
    )
    db_session.commit()
    answer = save_day(keeper, cast.classes["own"], absence(cast, "locked"), day="2026-11-13")
    assert answer.status_code == 200


def test_a_lesson_not_begun_and_a_cancelled_one(
    keeper: Client, cast: Cast, db_session: Session
) -> None:
    ahead = absence(cast, "future")
    answer = save_day(keeper, cast.classes["own"], ahead, day="2026-11-23")
    assert answer.status_code == 423
    db_session.get_one(Lesson, cast.lessons["own"]).status = "cancelled"
    db_session.commit()
    answer = save_day(keeper, cast.classes["own"], absence(cast))
    assert answer.status_code == 423
    assert "отменён" in answer.json["results"][0]["message"]


def test_a_released_pupil_is_not_absent(keeper: Client, cast: Cast, db_session: Session) -> None:
    db_session.add(
        Exemption(
            organisation_id=cast.school,
            pupil_id=cast.pupils["pupil"],
            subject_id=cast.subjects["maths"],
            kind="attending",
            starts_on=date(2026, 11, 1),
        )
    )
    db_session.commit()
    answer = save_day(keeper, cast.classes["own"], absence(cast))
    assert answer.status_code == 422
    page = keeper.get(f"/classes/{cast.classes['own']}/days/{DAY}").text
    assert "освобождение от посещения" in page


def test_two_values_are_a_conflict_and_a_repeated_save_is_not(
    keeper: Client, login: Login, cast: Cast, db_session: Session
) -> None:
    save(login("own_teacher"), cast.courses["own"], absence(cast, code="n"))
    mine = absence(cast, code="b")
    answer = save_day(keeper, cast.classes["own"], mine)
    assert answer.status_code == 409
    assert answer.json["results"][0]["theirs"]["value"] == "n"
    assert "Соколова" in answer.json["results"][0]["theirs"]["who"]
    again = absence(cast, code="b", base=1)
    assert save_day(keeper, cast.classes["own"], again).status_code == 200
    logged = db_session.scalar(select(func.count()).select_from(AuditEntry))
    assert save_day(keeper, cast.classes["own"], again).status_code == 200
    assert db_session.scalar(select(func.count()).select_from(AuditEntry)) == logged
    assert entered(db_session, cast.lessons["own"], cast.pupils["pupil"]) == ("b", None)


def test_no_marks_by_this_way(keeper: Client, cast: Cast, db_session: Session) -> None:
    marks = db_session.scalar(select(func.count()).select_from(Mark))
    mark = operation(
        "put_mark", lesson=cast.lessons["keeper"], pupil=cast.pupils["pupil"], value="5", base=0
    )
    assert save_day(keeper, cast.classes["own"], mark).status_code == 403
    assert db_session.scalar(select(func.count()).select_from(Mark)) == marks


@pytest.mark.parametrize("name", ["own_teacher", "deputy", "specialist", "parent"])
def test_nobody_else_writes_the_day(login: Login, cast: Cast, name: str) -> None:
    assert save_day(login(name), cast.classes["own"], absence(cast)).status_code == 403


def test_another_class_and_another_school(keeper: Client, login: Login, cast: Cast) -> None:
    assert save_day(keeper, cast.classes["other"], absence(cast)).status_code == 403
    assert save_day(keeper, cast.classes["foreign"], absence(cast)).status_code == 404
    assert save_day(login("foreign_teacher"), cast.classes["own"], absence(cast)).status_code == 404
    assert save_day(keeper, cast.classes["own"], absence(cast), day="yesterday").status_code == 404
    assert keeper.get(f"/classes/{cast.classes['own']}/days/{DAY}/save").status_code == 405


def test_subgroups_share_a_column(keeper: Client, cast: Cast, db_session: Session) -> None:
    """Two groups at one time: one column, each pupil in his own lesson."""
    school = SchoolBuilder.of(db_session, cast.school)
    group = db_session.get_one(ClassGroup, cast.classes["own"])
    subject = school.subject("Английский язык")
    teacher = db_session.get_one(StaffMember, cast["other_teacher"].staff_id)
    lessons = {}
    for name, word in (("pupil", "1 группа"), ("third", "2 группа")):
        member = db_session.get_one(Pupil, cast.pupils[name])
        course = school.course(group, subject, teacher, subgroup=word, members=[member])
        lessons[name] = school.lesson(course, teacher, TODAY, 4).id
    db_session.commit()
    page = keeper.get(f"/classes/{cast.classes['own']}/days/{DAY}").text
    assert page.count('class="subject"') == 4
    for name, lesson_id in lessons.items():
        place = {"lesson": lesson_id, "pupil": cast.pupils[name]}
        assert f'"id":{lesson_id}' in page
        clock_ahead = operation("put_absence", **place, code="b", base=0)
        assert save_day(keeper, cast.classes["own"], clock_ahead).status_code == 423
    stray = operation(
        "put_absence", lesson=lessons["third"], pupil=cast.pupils["pupil"], code="b", base=0
    )
    assert save_day(keeper, cast.classes["own"], stray).status_code == 422
    assert db_session.scalar(select(func.count()).select_from(GroupMembership)) == 2


def test_known_excuses_stand_in_lessons_not_taken(
    keeper: Client, cast: Cast, db_session: Session
) -> None:
    for name, status in (("pupil", "confirmed"), ("third", "submitted")):
        db_session.add(
            Excuse(
                organisation_id=cast.school,
                pupil_id=cast.pupils[name],
                starts_on=TODAY,
                code="b",
                text="ОРВИ",
                submitted_by=cast["parent"].person_id,
                submitted_at=NOW,
                status=status,
            )
        )
    db_session.commit()
    page = keeper.get(f"/classes/{cast.classes['own']}/days/{DAY}").text
    assert 'title="оправдан: болезнь"' in page
    assert 'title="сообщила семья, не подтверждено: болезнь"' in page
    taking = operation("take_attendance", lesson=cast.lessons["own"])
    answer = save_day(keeper, cast.classes["own"], taking)
    beside = answer.json["beside"]
    assert beside == [[cast.lessons["own"], cast.pupils["pupil"], {"a": ["b", None, 1]}]]
