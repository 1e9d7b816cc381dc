"""The summary sheet of a class on screen and in files, with gaps said in their place."""

from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl
import pypdf
import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from journal.grading.models import TermMark
from journal.lessons.models import Lesson
from journal.people.models import Person, Pupil
from journal.school.models import ClassMembership, Course, Subject
from tests.cabinets.results.conftest import mark_of
from tests.cast import Cast
from tests.conftest import Client, Login
from tests.factories import SchoolBuilder

LONG = "Константинопольская-Заболоцкая-Воскресенская Александра-Мария"


def address(cast: Cast, at: str = "quarter-2", kind: str = "") -> str:
    ending = f".{kind}" if kind else ""
    return f"/results/classes/{cast.classes['own']}/summary{ending}?at={at}"


def rows_of(client: Client, cast: Cast, at: str = "quarter-2") -> list[list[str]]:
    text = client.get(address(cast, at, "csv")).data.decode()
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def pdf_text(client: Client, cast: Cast, at: str = "quarter-2") -> str:
    content = client.get(address(cast, at, "pdf")).data
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def test_page_and_files_say_the_same(
    cast: Cast, login: Login, db_session: Session, open_days: object
) -> None:
    for name, value in (("pupil", "5"), ("classmate", "н/а"), ("third", "осв")):
        mark_of(cast, db_session, name, value)
    client = login("class_teacher")
    head, *rows = rows_of(client, cast)
    place = head.index("Математика")
    marks = {row[1]: row[place] for row in rows if row[0]}
    assert marks == {"Абрамова Дарья": "осв", "Ёлкин Артём": "5", "Жуков Иван": "н/а"}
    figures = {row[1]: row[place] for row in rows if not row[0]}
    # N = 2: the released is out, н/а stays in; СОУ (100 + 7) : 2.
    assert figures == {"Успеваемость, %": "50,0", "Качество, %": "50,0", "СОУ, %": "53,5"}
    book = openpyxl.load_workbook(io.BytesIO(client.get(address(cast, kind="xlsx")).data))
    cells = [["" if cell is None else cell for cell in row] for row in book.worksheets[0].values]
    assert [str(cell) for cell in cells[0]] == head
    as_read = [[str(cell).replace(".", ",") for cell in row] for row in cells[1:]]
    assert [[one.removesuffix(",0") for one in row] for row in as_read] == [
        [one.replace(".", ",").removesuffix(",0") for one in row] for row in rows
    ]
    page = client.get(address(cast)).text
    for figure in ("50,0", "53,5"):
        assert f">{figure}</a>" in page
    printed = pdf_text(client, cast)
    assert "53,5" in printed and "Контрольный код" in printed and "стр. 1 из 1" in printed
    assert "отметки ещё не окончательные" in printed


def test_a_share_names_those_it_is_made_of(
    cast: Cast, login: Login, db_session: Session, open_days: object
) -> None:
    mark_of(cast, db_session, "pupil", "5")
    mark_of(cast, db_session, "classmate", "2")
    subject_id = db_session.get_one(Course, cast.courses["own"]).subject_id
    text = (
        login("deputy")
        .get(
            f"/results/classes/{cast.classes['own']}/summary/why?at=quarter-2&figure=quality"
            f"&subject={subject_id}"
        )
        .text
    )
    assert "(1 + 0) · 100 : 2 = 50,0" in text
    for name in ("Ёлкин Артём", "Жуков Иван", "Абрамова Дарья", "отметки ещё нет"):
        assert name in text


def test_absences_lead_to_their_lessons(cast: Cast, login: Login, db_session: Session) -> None:
    lesson = db_session.scalars(
        select(Lesson).where(
            Lesson.course_id == cast.courses["own"], Lesson.held_on == date(2026, 11, 11)
        )
    ).one()
    lesson.attendance_taken_at = lesson.ends_at
    SchoolBuilder.of(db_session, cast.school).absence(
        lesson, db_session.get_one(Pupil, cast.pupils["pupil"]), "b"
    )
    db_session.commit()
    client = login("class_teacher")
    head, *rows = rows_of(client, cast)
    mine = next(row for row in rows if row[1] == "Ёлкин Артём")
    assert mine[head.index("Пропущено уроков")] == "1"
    pupil_id = cast.pupils["pupil"]
    text = client.get(
        f"/results/classes/{cast.classes['own']}/summary/why?at=quarter-2&figure=missed"
        f"&pupil={pupil_id}"
    ).text
    assert "11.11" in text and "болезнь" in text and "Математика" in text


def test_what_is_not_there_is_said(cast: Cast, login: Login, db_session: Session) -> None:
    client = login("deputy")
    whole = client.get(address(cast, "all")).text
    assert "IV четверть: отметки ещё не окончательные." in whole
    _, *rows = rows_of(client, cast, "all")
    later = [row for row in rows if row[2] == "IV четверть"]
    assert later and not any("".join(row[3:]) for row in later)
    db_session.execute(
        delete(ClassMembership).where(ClassMembership.class_group_id == cast.classes["own"])
    )
    db_session.commit()
    assert "В это время в классе никто не числился." in client.get(address(cast)).text
    assert "В это время в классе никто не числился." in pdf_text(client, cast)


def test_a_leaver_keeps_his_line_and_counts_no_more(
    cast: Cast, login: Login, db_session: Session, open_days: object
) -> None:
    """He left on 12 October: not on the last day of the first quarter, so on no line of it."""
    names = [row[1] for row in rows_of(login("deputy"), cast, "all") if row[0]]
    assert not any("Рыбин" in name for name in names)
    stay = db_session.scalars(
        select(ClassMembership).where(ClassMembership.pupil_id == cast.pupils["leaver"])
    ).one()
    stay.ends_before = date(2026, 11, 10)
    db_session.commit()
    rows = rows_of(login("deputy"), cast, "all")
    assert any(row[1] == "Рыбин Глеб\nвыбыл(а) 10.11.2026" for row in rows)
    assert not any("Рыбин" in row[1] for row in rows_of(login("deputy"), cast))


def test_marks_of_a_subject_the_class_does_not_have_are_not_lost(
    cast: Cast, login: Login, db_session: Session, open_days: object
) -> None:
    mark_of(cast, db_session, "pupil", "4")
    subject = Subject(
        organisation_id=cast.school,
        name="Немецкий язык",
        short_name="Нем",
        sort_key="немецкий язык",
        scale="five_point",
    )
    db_session.add(subject)
    db_session.flush()
    mark = db_session.scalars(
        select(TermMark).where(TermMark.number == 2, TermMark.pupil_id == cast.pupils["pupil"])
    ).one()
    mark.subject_id = subject.id
    db_session.commit()
    text = login("deputy").get(address(cast)).text
    assert "Немецкий язык (II четверть), предмета нет в этом классе: Ёлкин Артём – 4." in text


@pytest.mark.parametrize("member", ["own_teacher", "parent"])
def test_others_do_not_see_it(cast: Cast, login: Login, member: str) -> None:
    for kind in ("", "pdf", "xlsx", "csv"):
        assert login(member).get(address(cast, kind=kind)).status_code == 403


def test_long_names_stay_whole(
    cast: Cast, login: Login, db_session: Session, open_days: object
) -> None:
    person_id = db_session.get_one(Pupil, cast.pupils["pupil"]).person_id
    person = db_session.get_one(Person, person_id)
    person.surname, person.given_name = LONG.split(" ")
    course = db_session.get_one(Course, cast.courses["own"])
    db_session.get_one(Subject, course.subject_id).name = (
        "Основы духовно-нравственной культуры " * 2
    )
    db_session.commit()
    printed = "".join(pdf_text(login("deputy"), cast, "all").split())
    assert "".join(LONG.split()) in printed
    assert "Основыдуховно-нравственнойкультуры" * 2 in printed
