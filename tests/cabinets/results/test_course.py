"""A teacher decides on the results of his pupils; everybody else reads, or does not."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from journal.attendance.models import Exemption
from journal.core.audit import AuditEntry
from journal.grading.models import Mark, TermMark
from journal.lessons.models import Lesson
from journal.people.models import Pupil
from journal.school.models import ClassMembership, Subject, Term
from tests.cabinets.results.conftest import AT, DAYS, Enter, given, mark_of
from tests.cast import Cast
from tests.conftest import Login
from tests.factories import SchoolBuilder


def page(cast: Cast, course: str = "own", **query: object) -> str:
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/results/courses/{cast.courses[course]}?{words}"


def test_the_page_proposes_by_the_rules(cast: Cast, login: Login, marked: None) -> None:
    text = login("own_teacher").get(page(cast)).text
    assert "Итоги: 5А, математика" in text
    for shown in ("4,86", "2,86", "без отметки: 3", "выставляются до 29.12"):
        assert shown in text
    assert f'name="value-{cast.pupils["pupil"]}"' in text
    assert f'name="value-{cast.pupils["leaver"]}"' not in text


def test_a_decision_is_saved_with_its_proposal(
    cast: Cast, login: Login, db_session: Session, enter: Enter, marked: None
) -> None:
    teacher = login("own_teacher")
    answer = enter(teacher, pupil="5", classmate=("4", "Исправил контрольную"), third="")
    assert answer.status_code == 302
    assert "Сохранены 2 отметки." in teacher.get(answer.location).text
    marks = given(db_session)
    assert set(marks) == {cast.pupils["pupil"], cast.pupils["classmate"]}
    mark = marks[cast.pupils["classmate"]]
    facts = (mark.value, mark.proposed, mark.reason, mark.version, mark.entered_by)
    account = cast["own_teacher"].account_id
    assert facts == ("4", "3", "Исправил контрольную", 1, account)
    entry = db_session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert entry is not None
    assert (entry.action, entry.object_id, entry.about_id) == (
        "put_term_mark",
        mark.id,
        cast.pupils["classmate"],
    )
    assert json.loads(entry.after or "")["proposed"] == "3"
    assert entry.reason == "Исправил контрольную"


def test_a_difference_wants_a_reason_and_the_rest_is_kept(
    cast: Cast, login: Login, db_session: Session, enter: Enter, marked: None
) -> None:
    answer = enter(login("own_teacher"), pupil="4", classmate="3", third="5")
    assert answer.status_code == 422
    assert "По правилам предлагается «5»: укажите причину другой отметки." in answer.text
    assert "Правила не предлагают отметки: укажите причину." in answer.text
    assert f'id="value-{cast.pupils["pupil"]}" value="4"' in answer.text
    assert set(given(db_session)) == {cast.pupils["classmate"]}


VALUES = (("6", "«6»"), ("зач", "«зач»"), ("•", "• ждёт ответа"))


@pytest.mark.parametrize(("value", "said"), VALUES)
def test_a_value_outside_the_scale(
    login: Login, db_session: Session, enter: Enter, marked: None, value: str, said: str
) -> None:
    answer = enter(login("own_teacher"), pupil=(value, "так надо"))
    assert answer.status_code == 422
    assert said in answer.text
    assert not given(db_session)


def test_keys_of_any_layout_are_understood(
    cast: Cast, login: Login, db_session: Session, enter: Enter, marked: None
) -> None:
    enter(login("own_teacher"), pupil=("y", "болел"), classmate=("о", "приказ"))
    values = {pupil: mark.value for pupil, mark in given(db_session).items()}
    assert values == {cast.pupils["pupil"]: "н/а", cast.pupils["classmate"]: "осв"}


def test_a_stale_page_conflicts(
    cast: Cast, login: Login, db_session: Session, enter: Enter, marked: None
) -> None:
    mark_of(cast, db_session, "pupil", "3")
    answer = enter(login("own_teacher"), pupil="5")
    assert answer.status_code == 422
    assert "Тем временем кто-то сохранил «3»" in answer.text
    assert given(db_session)[cast.pupils["pupil"]].value == "3"


def test_a_mark_is_changed_and_taken_back_while_the_days_last(
    cast: Cast, login: Login, db_session: Session, enter: Enter, marked: None
) -> None:
    teacher = login("own_teacher")
    mark_of(cast, db_session, "pupil", "4")
    assert enter(teacher, base=1, pupil="5").status_code == 302
    assert given(db_session)[cast.pupils["pupil"]].version == 2
    assert enter(teacher, base=2, pupil="5").status_code == 302
    assert given(db_session)[cast.pupils["pupil"]].version == 2
    assert enter(teacher, base=2, pupil="").status_code == 302
    assert not given(db_session)
    actions = db_session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    assert actions == ["put_term_mark", "clear_term_mark"]


REFUSED = (
    ("other_teacher", 403),
    ("class_teacher", 403),
    ("deputy", 403),
    ("administrator", 403),
    ("parent", 403),
    ("foreign_teacher", 404),
)


@pytest.mark.parametrize(("member", "status"), REFUSED)
def test_others_enter_nothing(
    login: Login, db_session: Session, enter: Enter, marked: None, member: str, status: int
) -> None:
    assert enter(login(member), pupil="5").status_code == status
    assert not given(db_session)


def test_a_course_or_place_that_is_not_there(login: Login, cast: Cast, enter: Enter) -> None:
    teacher = login("own_teacher")
    assert teacher.post("/results/courses/999999/enter?at=quarter-2").status_code == 404
    for at in ("quarter-5", "half_year-1", "nonsense", ""):
        assert enter(teacher, at=at, pupil="5").status_code == 404


CLOSED = (
    (1, "I четверть: отметки можно было выставить до 28.10"),
    (3, "III четверть: отметки выставляются с"),
)


@pytest.mark.parametrize(("number", "said"), CLOSED)
def test_outside_of_its_days_nothing_is_entered(
    cast: Cast, login: Login, db_session: Session, enter: Enter, number: int, said: str
) -> None:
    teacher = login("own_teacher")
    answer = enter(teacher, at=f"quarter-{number}", pupil="5")
    assert answer.status_code == 423
    assert said in answer.text
    assert said in teacher.get(page(cast, at=f"quarter-{number}")).text
    assert db_session.scalar(select(func.count()).select_from(TermMark)) == 0


def test_who_has_left_is_not_marked_here(
    login: Login, db_session: Session, enter: Enter, open_days: Term
) -> None:
    answer = enter(login("own_teacher"), leaver=("4", "так"))
    assert answer.status_code == 422
    assert not given(db_session)


def test_a_mover_brings_his_marks_and_is_marked_in_the_new_class(
    cast: Cast, login: Login, db_session: Session, enter: Enter, marked: None
) -> None:
    moved = date(2026, 11, 19)
    stay = db_session.scalars(
        select(ClassMembership).where(ClassMembership.pupil_id == cast.pupils["pupil"])
    ).one()
    stay.ends_before = moved
    db_session.add(
        ClassMembership(
            organisation_id=cast.school,
            pupil_id=cast.pupils["pupil"],
            class_group_id=cast.classes["other"],
            starts_on=moved,
        )
    )
    db_session.commit()
    assert enter(login("own_teacher"), pupil="5").status_code == 422
    teacher = login("other_teacher")
    assert "4,86" in teacher.get(page(cast, "other_class")).text
    assert enter(teacher, course="other_class", pupil="5").status_code == 302
    assert given(db_session)[cast.pupils["pupil"]].proposed == "5"


def test_not_attested_by_rule_comes_with_its_reason(
    cast: Cast, login: Login, db_session: Session, enter: Enter, marked: None
) -> None:
    """«Подставить предложения» shows what will be saved: value and reason, nothing before."""
    school = SchoolBuilder.of(db_session, cast.school)
    third = db_session.get_one(Pupil, cast.pupils["third"])
    lessons = select(Lesson).where(
        Lesson.course_id == cast.courses["own"], Lesson.held_on.in_(DAYS)
    )
    for lesson in db_session.scalars(lessons).all():
        school.absence(lesson, third, "n")
    db_session.commit()
    teacher = login("own_teacher")
    text = teacher.get(page(cast, at=AT, fill=1)).text
    reason = "Отметок: 0, нужно: 3. Пропущено уроков: 4 из 5 (80,0\xa0%), больше 50\xa0%."
    assert "Подставлено предложений: 3." in text
    assert reason in text
    assert not given(db_session)
    enter(teacher, third=("н/а", reason))
    assert given(db_session)[third.id].proposed == "н/а"


def test_released_from_every_lesson_is_proposed_exempt(
    cast: Cast, login: Login, db_session: Session, marked: None
) -> None:
    db_session.add(
        Exemption(
            organisation_id=cast.school,
            pupil_id=cast.pupils["third"],
            subject_id=cast.subjects["maths"],
            kind="attending",
            starts_on=date(2026, 11, 1),
            ends_before=None,
        )
    )
    db_session.commit()
    address = f"/results/courses/{cast.courses['own']}/proposal/{cast.pupils['third']}?at={AT}"
    text = login("own_teacher").get(address).text
    assert "предлагается осв" in text
    assert "Освобождён приказом от всех уроков периода." in text


def test_the_year_follows_from_the_terms(
    cast: Cast, login: Login, db_session: Session, open_days: Term
) -> None:
    for number, value in enumerate("3444", start=1):
        mark_of(cast, db_session, "pupil", value, number=number)
    address = f"/results/courses/{cast.courses['own']}/proposal/{cast.pupils['pupil']}?at=year"
    text = login("own_teacher").get(address).text
    assert "предлагается 4" in text
    assert "(3 + 4 + 4 + 4) : 4 = 3,75" in text


def test_a_proposal_explains_itself(cast: Cast, login: Login, marked: None) -> None:
    address = f"/results/courses/{cast.courses['own']}/proposal/{cast.pupils['pupil']}?at={AT}"
    teacher = login("own_teacher")
    text = teacher.get(address, headers={"X-Fragment": "1"}).text
    for words in (
        "Средний балл 4,86 не ниже 4,60: это «5».",
        "= 34 : 7 = 4,86",
        "Уроков с отмеченной посещаемостью: 5, пропущено: 0.",
        "5 – от 4,60, 4 – от 3,60, 3 – от 2,60",
        "Обычные правила",
    ):
        assert words in text
    assert "<html" not in text
    assert "<html" in teacher.get(address).text
    for pupil in (cast.pupils["stranger_pupil"], 999_999):
        assert (
            teacher.get(address.replace(f"/{cast.pupils['pupil']}?", f"/{pupil}?")).status_code
            == 404
        )


def test_a_proposal_of_a_pass_explains_itself(
    cast: Cast, login: Login, db_session: Session, marked: None
) -> None:
    db_session.execute(
        update(Subject).where(Subject.id == cast.subjects["maths"]).values(scale="pass_fail")
    )
    db_session.execute(update(Mark).values(value="зач"))
    db_session.commit()
    address = f"/results/courses/{cast.courses['own']}/proposal/{cast.pupils['pupil']}?at={AT}"
    answer = login("own_teacher").get(address)
    assert answer.status_code == 200
    assert "предлагается зач" in answer.text
    assert "Зачёт предлагается" in answer.text
    assert 'class="formula"' not in answer.text


READERS = (
    ("own_teacher", 200),
    ("class_teacher", 200),
    ("deputy", 200),
    ("director", 200),
    ("administrator", 200),
    ("other_teacher", 403),
    ("parent", 403),
    ("foreign_administrator", 404),
)


@pytest.mark.parametrize(("member", "status"), READERS)
def test_who_reads_the_page(
    cast: Cast, login: Login, open_days: Term, member: str, status: int
) -> None:
    answer = login(member).get(page(cast))
    assert answer.status_code == status
    assert ('name="value-' in answer.text) == (member == "own_teacher")


def test_the_family_sees_the_decision_and_its_reason(
    cast: Cast, login: Login, db_session: Session, enter: Enter, marked: None
) -> None:
    """Never a proposal: nothing of it stands in the diary until the teacher has decided."""
    address = f"/diary/average/{cast.pupils['pupil']}/{cast.subjects['maths']}?term=2"
    parent = login("parent")
    assert "4,86" in parent.get(address).text
    assert "Отметка за период" not in parent.get(address).text
    enter(login("own_teacher"), pupil=("4", "Пропущена итоговая работа"))
    text = parent.get(address).text
    assert "Отметка за период: <b>4</b>, по правилам было бы 5." in text
    assert "Пропущена итоговая работа" in text


def test_the_journal_proposes_what_the_page_of_results_does(
    cast: Cast, login: Login, db_session: Session, marked: None
) -> None:
    """The journal counts attendance by a short cut; released pupils it leaves to the other page."""
    school = SchoolBuilder.of(db_session, cast.school)
    third = db_session.get_one(Pupil, cast.pupils["third"])
    own = select(Lesson).where(Lesson.course_id == cast.courses["own"], Lesson.held_on.in_(DAYS))
    for lesson in db_session.scalars(own).all():
        school.absence(lesson, third, "b")
    db_session.commit()
    teacher = login("own_teacher")
    journal = teacher.get(f"/journal/{cast.courses['own']}").text
    results = teacher.get(page(cast)).text
    offers = re.findall(r'<a class="offer ?[^"]*"[^>]*>([^<]+)</a>', journal)
    assert offers == re.findall(r'<a class="link offer[^>]+>([^<]+)</a>', results)
    assert offers == ["н/а", "5", "3"]
