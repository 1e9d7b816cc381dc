"""A class teacher's whole day, from a family's notice in the morning to the papers of the week."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, Exemption
from journal.lessons.models import Lesson
from journal.people.models import GuardianLink
from tests.browser.conftest import Site, Visit
from tests.browser.grid import SENT, Grid
from tests.browser.sections import open_section
from tests.browser.test_class_day import cell, saved
from tests.browser.test_family_day import fits, phone
from tests.cast import NOW, TODAY, Cast

PNG = b"\x89PNG\r\n\x1a\n a photo of the certificate"


def announce(page: Page, photo: Path) -> None:
    """The mother, at seven in the morning, on her phone."""
    page.locator(".tabbar").get_by_role("link", name="Сообщить").click()
    page.get_by_role("link", name="Объяснить пропуск").click()
    page.get_by_role("checkbox", name="Ёлкин Артём").check()
    page.get_by_label("болезнь").check()
    page.get_by_label("Последний день").fill("2026-11-24")
    page.get_by_label("В двух словах").fill("Температура 38")
    page.get_by_label("Фото или PDF").set_input_files(photo)
    assert fits(page)
    page.get_by_role("button", name="Отправить классному руководителю").click()
    expect(page.get_by_text("ждёт классного руководителя")).to_be_visible()
    assert fits(page)


def code_in(session: Session, lesson_id: int, pupil_id: int) -> str | None:
    session.rollback()
    return session.scalar(
        select(Absence.code).where(Absence.lesson_id == lesson_id, Absence.pupil_id == pupil_id)
    )


def test_a_notice_becomes_excused_lessons_on_the_teachers_grid(
    visit: Visit, browser: Browser, site: Site, cast: Cast, db_session: Session, tmp_path: Path
) -> None:
    """Announced on the phone, confirmed at the desk, known to the teacher before he takes the
    lesson, written when he takes it; what stood as Н gets the reason."""
    photo = tmp_path / "справка.png"
    photo.write_bytes(PNG)
    pupil, lesson = cast.pupils["pupil"], cast.lessons["own"]
    entry = {"code": "n", "entered_at": NOW, "lesson_id": cast.lessons["keeper"]}
    db_session.add(Absence(organisation_id=cast.school, pupil_id=pupil, **entry))
    db_session.commit()
    announce(visit("parent", "/", context=phone(browser, site, "parent")), photo)

    teacher = Grid(visit("own_teacher", f"/journal/{cast.courses['own']}"))
    expect(teacher.cell(pupil, lesson)).not_to_have_text("б")
    keeper = visit("class_teacher", "/class/")
    excuses = keeper.get_by_role("region", name="Оправдания ждут подтверждения")
    expect(excuses).to_contain_text("«Температура 38»")
    excuses.get_by_role("link", name="Ёлкин Артём").click()
    answer = keeper.request.get(
        site.url + str(keeper.get_by_role("link", name="справка.png").get_attribute("href"))
    )
    assert answer.body() == PNG
    keeper.get_by_role("button", name="Подтвердить").click()
    expect(keeper.get_by_role("region", name="Рассмотрены")).to_contain_text("20.11–24.11")
    assert code_in(db_session, cast.lessons["keeper"], pupil) == "b"

    teacher.page.reload()
    teacher.ready()
    known = teacher.cell(pupil, lesson)
    expect(known.locator("abbr, .known, b").first).to_have_text("б")
    assert code_in(db_session, lesson, pupil) is None
    teacher.go(cast.pupils["classmate"], lesson)
    teacher.press("F4")
    teacher.saved()
    expect(teacher.cell(pupil, lesson)).to_contain_text("б")
    assert code_in(db_session, lesson, pupil) == "b"
    assert code_in(db_session, lesson, cast.pupils["classmate"]) is None


def ready_for_the_day(session: Session, cast: Cast) -> None:
    """One family has consented and takes paper; another pupil is released from literature."""
    link = session.scalars(
        select(GuardianLink).where(GuardianLink.pupil_id == cast.pupils["pupil"])
    ).one()
    link.consent_on, link.consent_withdrawn_on = date(2026, 9, 1), None
    link.declined_e_service = True
    session.add(
        Exemption(
            organisation_id=cast.school,
            pupil_id=cast.pupils["third"],
            subject_id=cast.subjects["reading"],
            kind="attending",
            starts_on=TODAY - timedelta(days=2),
            order_text="№ 45 от 17.11.2026",
        )
    )
    session.commit()


def test_the_whole_day(visit: Visit, cast: Cast, db_session: Session) -> None:
    ready_for_the_day(db_session, cast)
    page = visit("class_teacher", "/")
    page.get_by_role("link", name="Мой класс").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Класс 5А")
    morning(page, cast, db_session)
    certificate(page, cast, db_session)
    papers(page)
    people(page)


def morning(page: Page, cast: Cast, session: Session) -> None:
    """The first lesson from the page of the day; who is released cannot be absent."""
    page.get_by_role("link", name="Отметить посещаемость").click()
    expect(page.locator("main[data-ready]")).to_be_attached()
    cell(page, "Жуков Иван", 1).click()
    page.keyboard.press("KeyY")
    saved(page)
    released = cell(page, "Абрамова Дарья", 1)
    released.click()
    page.keyboard.press("KeyY")
    expect(released).not_to_have_text("н")
    page.locator("th.done").nth(0).get_by_role("button", name="остальные здесь").click()
    expect(page.locator("[data-part-of-grid='save']")).to_have_text(SENT)
    assert code_in(session, cast.lessons["keeper"], cast.pupils["classmate"]) == "n"
    assert code_in(session, cast.lessons["keeper"], cast.pupils["third"]) is None
    lesson = session.get_one(Lesson, cast.lessons["keeper"])
    assert lesson.attendance_taken_at is not None
    open_section(page, "Мой класс")
    absent = page.get_by_role("region", name="Пропуски по урокам").first
    expect(absent.locator("tbody tr")).to_have_count(1)
    expect(absent).to_contain_text("причина не указана")


def certificate(page: Page, cast: Cast, session: Session) -> None:
    """A certificate on paper, first with its days exchanged; then the reason stands everywhere."""
    page.get_by_role("link", name="Внести справку на бумаге").click()
    page.get_by_label("Ученик").select_option(label="Жуков Иван")
    page.get_by_label("болезнь").check()
    page.get_by_label("Последний день").fill("2026-11-19")
    page.get_by_role("button", name="Внести").click()
    expect(page.get_by_role("alert")).to_contain_text("Последний день раньше первого")
    expect(page.get_by_label("Ученик")).to_have_value(str(cast.pupils["classmate"]))
    page.get_by_label("Последний день").fill("2026-11-21")
    page.get_by_role("button", name="Внести").click()
    expect(page.get_by_text("Справка внесена.")).to_be_visible()
    assert code_in(session, cast.lessons["keeper"], cast.pupils["classmate"]) == "b"


def papers(page: Page) -> None:
    """Who slips, the attendance, the weekly sheet of the family that takes paper."""
    open_section(page, "Мой класс")
    page.get_by_role("link", name="Обзор периода").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Обзор периода: 5А")
    expect(page.get_by_role("region", name="Средний балл снизился")).to_be_visible()
    open_section(page, "Мой класс")
    page.get_by_role("link", name="Посещаемость класса").click()
    expect(page.get_by_role("rowheader", name="Жуков Иван")).to_be_visible()
    open_section(page, "Мой класс")
    page.get_by_role("link", name="Еженедельные ведомости для семей").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF: 1 ведомость").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_role("button", name="Отметить выдачу").click()
    expect(page.get_by_text("Все ведомости за эту неделю выданы.")).to_be_visible()


def people(page: Page) -> None:
    """The list, the releases, the passport, the journals of all subjects."""
    open_section(page, "Мой класс")
    page.get_by_role("link", name="Список класса с телефонами родителей").click()
    expect(page.get_by_role("row", name="Ёлкин Артём")).to_contain_text("Ёлкина Вера Андреевна")
    open_section(page, "Мой класс")
    page.get_by_role("link", name="Освобождения по приказу").click()
    expect(page.get_by_role("row", name="Абрамова Дарья")).to_contain_text("№ 45 от 17.11.2026")
    open_section(page, "Мой класс")
    page.get_by_role("link", name="Социальный паспорт").click()
    page.get_by_role("link", name="Отметить категории").click()
    row = page.get_by_role("row", name="Ёлкин Артём")
    row.get_by_text("Изменить").click()
    row.get_by_label("многодетная семья").check()
    row.get_by_role("button", name="Сохранить").click()
    expect(row).to_contain_text("многодетная семья")
    page.get_by_role("link", name="К числам").click()
    expect(page.get_by_role("row", name="многодетная семья")).to_contain_text("1")
    expect(page.locator("main")).not_to_contain_text("Ёлкин")
    open_section(page, "Мой класс")
    page.get_by_role("link", name="Журналы всех предметов").click()
    expect(page.locator("tbody tr")).to_have_count(3)
