"""Forms of which something is missing say so in their place, and nothing that is not true."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pypdf
import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from journal.core.tenancy import across, acting_for
from journal.grading.models import Mark, TermMark
from journal.people.models import StaffMember
from journal.school.models import ClassGroup, ClassMembership, Course, CourseTeacher, Subject
from tests.cabinets.results.conftest import mark_of, open_days
from tests.cast import Cast
from tests.conftest import Client, Login
from tests.factories import SchoolBuilder

__all__ = ["open_days"]
NOTHING = "В этой форме нечего показать."


def text(client: Client, path: str) -> str:
    """The words of a PDF, a space between any two."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    pages = pypdf.PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def pupils_form(cast: Cast, at: str, kind: str = "pdf") -> str:
    return f"/forms/pupil.{kind}?pupil={cast.pupils['pupil']}&at={at}"


@pytest.fixture
def music(cast: Cast, db_session: Session) -> Subject:
    """A subject of 5А of which no lesson has been held, and no mark given."""
    school = SchoolBuilder.of(db_session, cast.school)
    subject = school.subject("Музыка")
    maths = db_session.get_one(Course, cast.courses["own"])
    course = Course(
        organisation_id=cast.school,
        academic_year_id=cast.year,
        study_group_id=maths.study_group_id,
        subject_id=subject.id,
    )
    db_session.add(course)
    db_session.commit()
    return subject


def test_a_pupil_without_marks_has_all_subjects_and_is_told_what_is_missing(
    cast: Cast, login: Login, db_session: Session, music: Subject
) -> None:
    db_session.execute(delete(Mark).where(Mark.pupil_id == cast.pupils["pupil"]))
    db_session.execute(delete(TermMark).where(TermMark.pupil_id == cast.pupils["pupil"]))
    db_session.commit()
    client = login("class_teacher")
    content = client.get(pupils_form(cast, "quarter-1", "csv")).data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    subjects = [row[0] for row in rows[1:]]
    assert {"Математика", "Литература", "Музыка"} <= set(subjects)
    assert subjects == sorted(subjects)
    printed = text(client, pupils_form(cast, "quarter-1"))
    assert "Отметка за период не выставлена ни по одному предмету." in printed


def test_what_is_missing_is_named_by_subject(
    cast: Cast, login: Login, db_session: Session, music: Subject
) -> None:
    mark_of(cast, db_session, "pupil", "5", number=1)
    printed = text(login("class_teacher"), pupils_form(cast, "quarter-1"))
    unmarked = printed.split("Отметка за период не выставлена: ")[1].split(".")[0].split(", ")
    assert "Музыка" in unmarked and "Математика" not in unmarked
    present = text(login("class_teacher"), pupils_form(cast, "quarter-2"))
    assert "В этот срок уроков не было: " in present and "Музыка" in present
    assert "не выставлена" not in present, "the term is open: nothing is late yet"
    assert "Период не закончился" in present


def test_a_term_to_come_has_not_begun(cast: Cast, login: Login, music: Subject) -> None:
    printed = text(login("class_teacher"), pupils_form(cast, "quarter-3"))
    assert "Период ещё не начался." in printed and "Музыка" in printed
    assert "уроков не было" not in printed and "Период не закончился" not in printed


def test_a_subject_that_came_later_is_not_asked_for_before(
    cast: Cast, login: Login, db_session: Session, music: Subject
) -> None:
    stay = db_session.scalars(
        select(ClassMembership).where(ClassMembership.pupil_id == cast.pupils["pupil"])
    ).one()
    stay.starts_on = date(2026, 11, 10)
    db_session.commit()
    path = f"/forms/pupil.pdf?class={cast.classes['own']}&pupil=all&at=quarter-1"
    assert "Ёлкин" not in text(login("deputy"), path)
    present = text(login("deputy"), pupils_form(cast, "quarter-2"))
    assert "Музыка" in present


def test_a_form_of_a_class_with_nobody_names_the_class(
    cast: Cast, login: Login, db_session: Session
) -> None:
    db_session.execute(delete(ClassMembership))
    db_session.commit()
    client = login("deputy")
    path = f"?class={cast.classes['own']}&at=quarter-2"
    report = text(client, f"/forms/pupil.pdf{path}&pupil=all")
    assert "Отчёт об успеваемости и посещаемости ученика. Класс 5А, " in report
    sheet = text(client, f"/forms/summary.pdf{path}")
    for printed in (report, sheet):
        assert f"{NOTHING} В это время в классе никто не числился." in printed
    assert "Коэффициенты" not in sheet and "Отметка учитывается" not in sheet


@pytest.mark.parametrize(
    ("scale", "said"),
    [
        ("five_point", "В этом периоде предмет не изучает ни один класс."),
        ("none", "По этому предмету отметок не ставят."),
    ],
)
def test_the_report_of_a_subject_without_classes_names_it(
    cast: Cast, login: Login, db_session: Session, scale: str, said: str
) -> None:
    subject = SchoolBuilder.of(db_session, cast.school).subject("Астрономия", scale)
    db_session.commit()
    path = f"?at=quarter-1&subject={subject.id}"
    printed = text(login("deputy"), f"/forms/subject.pdf{path}")
    assert f"Астрономия {NOTHING} {said}" in printed
    page = login("deputy").get(f"/forms/subject{path}").text
    assert said in page and "Астрономия" in page


NOT_YOURS = "В этом периоде это не ваш предмет: в отчёте показано только то, что ведёте вы, и класс"


@pytest.mark.parametrize("who", ["own_teacher", "class_teacher"])
def test_a_teacher_is_told_of_his_subjects_not_of_the_school(
    cast: Cast, login: Login, db_session: Session, who: str
) -> None:
    """Physics is learnt in 5Б, which is no class of either; astronomy nowhere."""
    school = SchoolBuilder.of(db_session, cast.school)
    physics, astronomy = school.subject("Физика"), school.subject("Астрономия")
    other = db_session.get_one(StaffMember, cast["other_teacher"].staff_id)
    school.course(db_session.get_one(ClassGroup, cast.classes["other"]), physics, other)
    db_session.commit()
    for subject in (physics, astronomy):
        path = f"?at=quarter-1&subject={subject.id}"
        printed = text(login(who), f"/forms/subject.pdf{path}")
        assert f"{subject.name} {NOTHING} {NOT_YOURS}" in printed
        assert "ни один класс" not in printed and "5Б" not in printed and "Лебедев" not in printed
    path = f"?at=quarter-1&subject={physics.id}"
    assert "Лебедев" in text(login("deputy"), f"/forms/subject.pdf{path}")
    assert "5Б" in text(login("other_teacher"), f"/forms/subject.pdf{path}")


def test_who_teaches_nothing_is_told_so(cast: Cast, login: Login, db_session: Session) -> None:
    own = cast["own_teacher"].staff_id
    db_session.execute(delete(CourseTeacher).where(CourseTeacher.staff_id == own))
    db_session.commit()
    printed = text(login("own_teacher"), "/forms/subject.pdf?at=quarter-1")
    assert "В этом периоде у вас нет предметов с отметками" in printed
    assert "нет ни одного предмета" not in printed
    path = f"/forms/subject.pdf?at=quarter-1&subject={cast.subjects['maths']}"
    assert NOT_YOURS in text(login("own_teacher"), path)


def test_a_subject_of_another_school_has_no_name_here(
    cast: Cast, login: Login, db_session: Session
) -> None:
    with across(db_session, "a subject of the other school"):
        theirs = db_session.scalars(
            select(Subject).where(Subject.organisation_id == cast.foreign_school)
        ).all()
    theirs[0].name = "Чужой предмет"
    with acting_for(db_session, {cast.foreign_school}):
        db_session.commit()
    printed = text(login("own_teacher"), f"/forms/subject.pdf?at=quarter-1&subject={theirs[0].id}")
    assert "Чужой предмет" not in printed


def test_marks_of_a_subject_that_is_gone_are_one_note(
    cast: Cast, login: Login, db_session: Session, open_days: object
) -> None:
    subject = SchoolBuilder.of(db_session, cast.school).subject("Немецкий язык")
    for name, value in (("pupil", "4"), ("classmate", "3")):
        mark_of(cast, db_session, name, value).subject_id = subject.id
    db_session.commit()
    path = f"/forms/summary.pdf?class={cast.classes['own']}&at=quarter-2"
    printed = text(login("deputy"), path)
    assert (
        "Немецкий язык (II четверть), предмета нет в этом классе: Ёлкин Артём – 4; "
        "Жуков Иван – 3." in printed
    )


@pytest.mark.parametrize("form", ["summary", "class", "pupil"])
def test_the_year_is_called_as_it_is_said(cast: Cast, login: Login, form: str) -> None:
    chosen = f"pupil={cast.pupils['pupil']}" if form == "pupil" else f"class={cast.classes['own']}"
    printed = text(login("deputy"), f"/forms/{form}.pdf?{chosen}&at=year")
    assert "учебный год, итоги года" in printed


@pytest.mark.parametrize("form", ["summary", "class"])
def test_a_class_whose_year_has_not_begun(app: Flask, cast: Cast, login: Login, form: str) -> None:
    """Nobody is in it yet, which is no gap."""
    app.config["CLOCK"] = lambda: datetime(2026, 8, 20, 9, tzinfo=UTC)
    path = f"/forms/{form}.pdf?class={cast.classes['own']}&at=quarter-1"
    printed = text(login("deputy"), path)
    assert "Период ещё не начался." in printed and "не числился" not in printed


def test_the_year_sheet_has_no_sums_of_terms_to_come(
    cast: Cast, login: Login, db_session: Session
) -> None:
    mark_of(cast, db_session, "pupil", "5", number=1)
    path = f"/forms/summary.csv?class={cast.classes['own']}&at="
    client = login("deputy")

    def sums(at: str) -> set[str]:
        content = client.get(path + at).data.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(content), delimiter=";"))
        return {row[2] for row in rows[1:] if not row[0] and row[1] == "Качество, %"}

    assert sums("all") == {"I четверть"}
    assert sums("quarter-3") == {"III четверть"}


def test_a_journal_without_lessons_says_so(cast: Cast, login: Login) -> None:
    path = f"/forms/journal.pdf?course={cast.courses['own']}&at=quarter-4"
    printed = text(login("own_teacher"), path)
    assert f"Уроки {NOTHING} В этот срок не было ни одного урока." in printed
