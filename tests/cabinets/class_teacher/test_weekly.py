"""Weekly sheets (D15): whose, what stands on them, who was handed one."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pypdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit.models import AuditEntry
from journal.lessons.models import Lesson
from journal.people.models import GuardianLink, Pupil
from journal.reports.weekly.models import HandedSheet
from tests.cast import Cast
from tests.conftest import Client, Login
from tests.factories import SchoolBuilder

LAST_WEEK = "2026-W46"  # Monday 9 November; the test's day is Friday the 20th


@pytest.fixture
def declined(cast: Cast, db_session: Session) -> None:
    """The family of the pupil declined the electronic service."""
    link = db_session.scalars(
        select(GuardianLink).where(GuardianLink.pupil_id == cast.pupils["pupil"])
    ).one()
    link.declined_e_service = True
    db_session.commit()


def pages(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/class/weekly/sheets.pdf{query}")
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    return [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(answer.data)).pages]


@pytest.mark.usefixtures("declined")
def test_last_week_and_declining_families_by_default(cast: Cast, login: Login) -> None:
    client = login("class_teacher")
    page = client.get("/class/weekly").text
    assert "09.11.2026–14.11.2026" in page
    assert "Ёлкин Артём" in page and "Жуков Иван" not in page
    (sheet,) = pages(client)
    for words in (
        "Еженедельная ведомость. Ёлкин Артём, 5А, 09.11.2026–14.11.2026",
        "13.11",
        "Математика",
        "Доли и дроби",
        "4 – Ответ на уроке",
        "Классный руководитель",
        "Морозова Е. Ю.",
        "Ознакомлен",
        "Контрольный код",
    ):
        assert words in sheet, words
    # Eight lessons were held in the week, of one of them attendance is known.
    assert "Пропущено уроков: 0 из 7" in sheet
    assert "Посещаемость не отмечена на уроках: 6." in sheet


def test_the_whole_class_one_page_each(cast: Cast, login: Login) -> None:
    found = pages(login("class_teacher"), f"?who=all&week={LAST_WEEK}")
    names = ["Абрамова Дарья", "Ёлкин Артём", "Жуков Иван"]
    assert [next(n for n in names if n in text) for text in found] == names
    assert "болезнь" in found[0] and "Пропущено уроков: 1 из 7, из них по болезни 1" in found[0]
    assert all("стр. 1 из 1" in text for text in found)


def test_a_day_is_not_torn_by_the_end_of_a_page(
    cast: Cast, login: Login, db_session: Session
) -> None:
    """Long topics: the heads of the columns once a page, no row in two, signed under lessons."""
    for lesson in db_session.scalars(select(Lesson)):
        lesson.topic = " ".join(f"слово{number}" for number in range(60)) + " конец"
    db_session.commit()
    query = f"?pupil={cast.pupils['pupil']}&week={LAST_WEEK}"
    found = pages(login("class_teacher"), query)
    assert len(found) > 1
    for page in found:
        assert page.count("Тема урока") == 1
        assert page.count("слово0\n") + page.count("слово0 ") == page.count("конец") > 0
    assert "Ознакомлен" in found[-1] and f"стр. {len(found)} из {len(found)}" in found[-1]


def test_remarks_homework_and_late_marks(cast: Cast, login: Login, db_session: Session) -> None:
    """A mark entered in the week for an earlier lesson is not lost to the family."""
    school = SchoolBuilder.of(db_session, cast.school)
    pupil = db_session.get_one(Pupil, cast.pupils["pupil"])
    early = db_session.scalars(
        select(Lesson).where(
            Lesson.course_id == cast.courses["own"], Lesson.held_on == date(2026, 11, 6)
        )
    ).one()
    work = school.work(early, "Контрольная работа")
    mark = school.mark(work, pupil, "5", early.ends_at + timedelta(days=5))
    mark.comment = "Отличная работа"
    lesson = db_session.get_one(Lesson, cast.lessons["locked"])
    school.homework(lesson, "№ 77, письменно", date(2026, 11, 16))
    db_session.commit()
    (sheet,) = pages(login("class_teacher"), f"?pupil={cast.pupils['pupil']}&week={LAST_WEEK}")
    assert "06.11, Математика: 5 – Контрольная работа. Отличная работа" in sheet
    assert "(к 16.11)" in " ".join(sheet.split()) and "№ 77, письменно" in sheet
    (later,) = pages(login("class_teacher"), f"?pupil={cast.pupils['pupil']}&week=2026-W47")
    assert "Отличная работа" not in later


@pytest.mark.usefixtures("declined")
def test_handed_sheets_are_remembered(cast: Cast, login: Login, db_session: Session) -> None:
    client = login("class_teacher")
    pupil_id = cast.pupils["pupil"]
    answer = client.post("/class/weekly/hand", data={"pupils": pupil_id, "handed_on": "2026-11-16"})
    assert answer.status_code == 302
    row = db_session.scalars(select(HandedSheet)).one()
    assert (row.pupil_id, row.monday) == (pupil_id, date(2026, 11, 9))
    assert (row.handed_on, row.name.split()[0]) == (date(2026, 11, 16), "Морозова")
    page = client.get("/class/weekly").text
    assert "Все ведомости за эту неделю выданы." in page and "16.11.2026" in page
    # Once more changes nothing; another week is not handed over yet.
    client.post("/class/weekly/hand", data={"pupils": pupil_id, "handed_on": "2026-11-17"})
    assert len(db_session.scalars(select(HandedSheet)).all()) == 1
    assert "Не выданы" in client.get("/class/weekly?week=2026-W45").text
    client.post("/class/weekly/take-back", data={"pupil": pupil_id})
    assert not db_session.scalars(select(HandedSheet)).all()
    actions = select(AuditEntry.action).where(AuditEntry.object_type == "handed_sheet")
    assert db_session.scalars(actions.order_by(AuditEntry.seq)).all() == [
        "hand_sheet",
        "unhand_sheet",
    ]


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        ({}, 422, "Отметьте, чьи ведомости выданы."),
        ({"pupils": "{pupil}", "handed_on": "2026-11-21"}, 422, "между понедельником"),
        ({"pupils": "{pupil}", "handed_on": "2026-11-08"}, 422, "между понедельником"),
        ({"pupils": "{stranger_pupil}"}, 404, ""),
        ({"pupils": "nonsense"}, 404, ""),
    ],
)
def test_what_cannot_be_noted(
    cast: Cast,
    login: Login,
    db_session: Session,
    data: dict[str, str],
    status: int,
    words: str,
) -> None:
    filled = {name: text.format(**cast.pupils) for name, text in data.items()}
    answer = login("class_teacher").post("/class/weekly/hand", data=filled)
    assert answer.status_code == status and words in answer.text
    assert not db_session.scalars(select(HandedSheet)).all()


def test_weeks_to_come_and_nonsense_are_not_there(cast: Cast, login: Login) -> None:
    client = login("class_teacher")
    for week in ("2026-W48", "2026-W99", "nonsense"):
        assert client.get(f"/class/weekly?week={week}").status_code == 404
    assert client.get("/class/weekly?week=2026-W47").status_code == 200
    assert "Ни одна семья класса не отказалась" in client.get("/class/weekly").text
