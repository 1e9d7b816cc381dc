"""The printed forms on screen and in files, against figures counted by hand."""

from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl
import pypdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.lessons.models import Lesson
from journal.people.models import Person, Pupil
from journal.school.models import ClassMembership
from tests.cabinets.results.conftest import mark_of, marked, open_days
from tests.cast import Cast
from tests.conftest import Client, Login
from tests.factories import SchoolBuilder

__all__ = ["marked", "open_days"]
LONG = "Константинопольская-Заболоцкая-Воскресенская Александра-Мария"


def table(client: Client, path: str) -> list[list[str]]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def pdf_text(client: Client, path: str) -> list[str]:
    content = client.get(path).data
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def lesson_on(session: Session, course_id: int, day: date) -> Lesson:
    return session.scalars(
        select(Lesson).where(Lesson.course_id == course_id, Lesson.held_on == day)
    ).one()


@pytest.fixture
def results(cast: Cast, db_session: Session, open_days: object) -> None:
    """5А: 5, н/а, осв in mathematics; the third pupil is released, so N = 2."""
    for name, value in (("pupil", "5"), ("classmate", "н/а"), ("third", "осв")):
        mark_of(cast, db_session, name, value)


@pytest.mark.usefixtures("results")
def test_the_class_report_counts_by_hand(cast: Cast, login: Login) -> None:
    path = f"/forms/class.csv?class={cast.classes['own']}&at=quarter-2"
    rows = {row[0]: row[1:] for row in table(login("class_teacher"), path) if len(row) > 2}
    assert rows["На «5»"] == ["1", "Ёлкин Артём"]
    assert rows["Не аттестованы"] == ["1", "Жуков Иван"]
    assert rows["Освобождены от предмета"] == ["1", "Абрамова Дарья"]
    assert rows["Без отметок"] == ["1", "Абрамова Дарья"]
    assert rows["Успеваемость, %"] == ["50,0", "(1 + 0 + 0) · 100 : 2 = 50,0"]
    assert rows["Качество, %"] == ["50,0", "(1 + 0) · 100 : 2 = 50,0"]
    assert rows["СОУ, %"] == ["53,5", "(100·1 + 7·1) : 2 = 53,5"]
    assert rows["Средний балл"] == ["5,00", "(5·1) : 1 = 5,00"]
    assert (rows["На начало"][0], rows["На конец"][0]) == ("3", "3")


@pytest.mark.usefixtures("results")
def test_school_totals_and_the_subject_say_the_same(cast: Cast, login: Login) -> None:
    deputy = login("deputy")
    head, *rows = table(deputy, "/forms/school.csv?at=quarter-2")
    totals = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert totals["5А"]["Учащихся"] == "3"
    assert totals["5А"]["СОУ, %"] == totals["Вся школа"]["СОУ, %"] == "53,5"
    assert totals["5–9 классы"]["на «5»"] == "1"
    assert totals["5Б"]["Успеваемость, %"] == ""
    assert int(totals["Вся школа"]["Учащихся"]) == sum(
        int(totals[name]["Учащихся"]) for name in ("5А", "5Б")
    )
    subject = table(deputy, f"/forms/subject.csv?at=quarter-2&subject={cast.subjects['maths']}")
    line = next(row for row in subject if row[0] == "5А")
    titles = dict(zip(subject[0], line, strict=True))
    assert (titles["5"], titles["н/а"], titles["осв"], titles["СОУ, %"]) == ("1", "1", "1", "53,5")


@pytest.mark.usefixtures("results")
def test_a_figure_on_the_screen_tells_how_it_came_about(cast: Cast, login: Login) -> None:
    deputy = login("deputy")
    page = deputy.get("/forms/school?at=quarter-2").text
    link = next(
        part.split('"')[0].replace("&amp;", "&")
        for part in page.split('href="')
        if part.startswith("/forms/school/why") and "53,5" in part.split("</a>")[0]
    )
    told = deputy.get(link, headers={"X-Fragment": "1"}).text
    assert "(100·1 + 7·1) : 2 = 53,5" in told and "<html" not in told
    assert 'class="explain alone"' in deputy.get(link).text


def test_page_pdf_workbook_and_csv_agree(
    cast: Cast, login: Login, db_session: Session, results: None
) -> None:
    client = login("class_teacher")
    path = f"/forms/class{{}}?class={cast.classes['own']}&at=quarter-2"
    page = client.get(path.format("")).text
    book = openpyxl.load_workbook(io.BytesIO(client.get(path.format(".xlsx")).data))
    assert len(book.worksheets) == 3
    values = [
        f"{cell:.1f}".replace(".", ",") if isinstance(cell, float | int) else str(cell)
        for row in book.worksheets[0].values
        for cell in row
        if cell is not None
    ]
    printed = "\n".join(pdf_text(client, path.format(".pdf")))
    for figure in ("53,5", "50,0"):
        assert figure in page and figure in printed and figure in values
    assert "Контрольный код" in printed and "стр. 1 из 1" in printed


def test_the_pupils_report_by_dates(
    cast: Cast, login: Login, db_session: Session, marked: None
) -> None:
    school = SchoolBuilder.of(db_session, cast.school)
    lesson = lesson_on(db_session, cast.courses["own"], date(2026, 11, 9))
    pupil = db_session.get_one(Pupil, cast.pupils["pupil"])
    school.absence(lesson, pupil, "b")
    db_session.commit()
    mark_of(cast, db_session, "pupil", "5")
    path = f"/forms/pupil.csv?pupil={cast.pupils['pupil']}&at=quarter-2"
    head, *rows = table(login("parent"), path)
    maths = dict(zip(head, next(row for row in rows if row[0] == "Математика"), strict=True))
    assert maths["06.11"] == "5" and maths["09.11"] == "б 5"
    assert maths["Отметка за период"] == "5"
    assert maths["Пропущено уроков"] == "1"
    figure = login("parent").get(f"/diary/marks/{cast.pupils['pupil']}").text
    assert maths["Средний балл"] in figure


def test_a_parent_gets_the_own_child_alone(cast: Cast, login: Login) -> None:
    parent = login("parent")
    assert parent.get("/forms/").text.count("/forms/") >= 1
    assert "Ёлкин Артём" in parent.get("/forms/pupil").text
    other = f"/forms/pupil?pupil={cast.pupils['classmate']}"
    assert parent.get(other).status_code == 404
    assert parent.get("/forms/school").status_code == 403


def test_the_whole_class_is_one_file_each_numbered_by_itself(cast: Cast, login: Login) -> None:
    path = f"/forms/pupil.pdf?class={cast.classes['own']}&pupil=all&at=quarter-2"
    pages = pdf_text(login("class_teacher"), path)
    assert len(pages) == 3
    assert all("стр. 1 из 1" in page for page in pages)
    for name, page in zip(("Абрамова", "Ёлкин", "Жуков"), pages, strict=True):
        assert name in page


def test_the_journal_is_a_book(cast: Cast, login: Login, db_session: Session, marked: None) -> None:
    lesson = lesson_on(db_session, cast.courses["own"], date(2026, 11, 9))
    lesson.topic = "Сложение дробей"
    db_session.commit()
    person = db_session.get_one(Person, db_session.get_one(Pupil, cast.pupils["pupil"]).person_id)
    person.surname, person.given_name = LONG.split()
    db_session.commit()
    pages = pdf_text(
        login("own_teacher"), f"/forms/journal.pdf?course={cast.courses['own']}&at=quarter-2"
    )
    assert len(pages) == 2
    left, right = (" ".join(page.split()) for page in pages)
    for part in LONG.replace("-", " ").split():
        assert part in left
    assert "Сложение дробей" in right
    assert "Пронумеровано, прошнуровано" in right and "стр. 2 из 2" in right
    assert "09.11.2026" in right


def test_empty_and_open_is_said_in_its_place(
    cast: Cast, login: Login, db_session: Session, open_days: object
) -> None:
    page = login("deputy").get(f"/forms/class?class={cast.classes['own']}&at=quarter-2").text
    assert "II четверть: отметки ещё не окончательные." in page
    assert "Ещё не выставлено отметок" in page
    for stay in db_session.scalars(select(ClassMembership)):
        db_session.delete(stay)
    db_session.commit()
    text = " ".join(
        pdf_text(
            login("deputy"),
            f"/forms/pupil.pdf?class={cast.classes['own']}&pupil=all&at=quarter-2",
        )
    )
    assert "В это время в классе никого не было" in text or "никто не числился" in text


def test_movement_and_changes_are_forms_too(login: Login) -> None:
    deputy = login("deputy")
    moved = table(deputy, "/forms/movement.csv")
    assert moved[0][0] == "Класс" and moved[-1][0] == "Вся школа"
    text = " ".join(pdf_text(deputy, "/forms/changes.pdf"))
    assert "Отчёт об изменении отметок" in text
