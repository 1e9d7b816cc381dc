"""The specialist's day: who is absent, who is at risk and why, what is noted about him."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence
from journal.core.audit import AuditEntry
from journal.lessons.models import Lesson
from tests.browser.conftest import Site, Visit
from tests.cast import NOW, Cast


def take_registers(session: Session, cast: Cast, *, absent: str) -> None:
    """The teacher of mathematics takes every register of 5А; the pupil was in no lesson."""
    held = session.scalars(
        select(Lesson).where(Lesson.course_id == cast.courses["own"], Lesson.ends_at <= NOW)
    ).all()
    known = set(session.scalars(select(Absence.lesson_id)))
    for lesson in held:
        lesson.attendance_taken_at = lesson.ends_at
        if lesson.id not in known:
            entry = {"pupil_id": cast.pupils[absent], "code": "p", "entered_at": NOW}
            session.add(Absence(organisation_id=cast.school, lesson_id=lesson.id, **entry))
    session.commit()


def readings(session: Session) -> int:
    session.rollback()
    return len(session.scalars(select(AuditEntry).where(AuditEntry.action == "read_card")).all())


def test_a_specialists_day(visit: Visit, site: Site, cast: Cast, db_session: Session) -> None:
    page = visit("specialist", "/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Пропуски и риск")
    absent = page.get_by_role("region", name="Отсутствуют в этот день")
    risk = page.get_by_role("region", name="Группа риска").locator("tbody tr")
    expect(absent).to_contain_text("Отсутствующих не отмечено")
    expect(risk).to_have_count(0)  # one lesson of two with a register taken says nothing

    days = page.get_by_role("navigation", name="Дни")
    while "date=2026-11-13" not in page.url:
        days.locator("[rel=prev]").click()
    row = absent.locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("5А")
    expect(row.locator("b.c-b")).to_have_text("б")

    take_registers(db_session, cast, absent="classmate")
    page.get_by_role("link", name="Сегодня", exact=True).click()
    expect(risk).to_have_count(1)  # of more lessons one illness is no risk, all of them are
    expect(risk).to_contain_text("Жуков Иван")
    expect(risk).to_contain_text("грозит н/а: математика")
    page.get_by_role("link", name="снизились баллы: 0").click()
    expect(risk).to_have_count(0)
    page.get_by_role("link", name="грозит н/а: 1").click()

    risk.get_by_role("link", name="Жуков Иван").click()
    expect(page.locator(".notice")).to_contain_text("записывается в журнал изменений")
    ahead = page.get_by_role("region", name="н/а, если ничего не изменится")
    expect(ahead.locator(".explain")).to_contain_text("Пропущено уроков:")
    notes = page.get_by_role("region", name="Заметки")
    notes.get_by_label("Заметка").fill("Говорили с мамой: устраивается на вторую смену")
    notes.get_by_role("button", name="Сохранить заметку").click()
    expect(notes.locator("li")).to_contain_text("Говорили с мамой")
    notes.locator("summary").click()
    notes.get_by_label("Показать её другим специалистам школы").first.check()
    notes.get_by_role("button", name="Сохранить", exact=True).click()
    expect(notes.locator("li")).to_contain_text("видна коллегам")

    page.get_by_role("link", name="Ученики и заметки").click()
    expect(page.get_by_role("region", name="Есть заметки", exact=True)).to_contain_text(
        "Жуков Иван"
    )
    page.get_by_label("Фамилия или имя ученика").fill("ёлкин")
    page.get_by_role("button", name="Найти").click()
    expect(
        page.get_by_role("region", name="Найдено", exact=True).locator("tbody tr")
    ).to_have_count(2)
    assert readings(db_session) == 3  # opened, and shown again after the note and its change

    answer = page.goto(f"{site.url}/journal/{cast.courses['own']}")
    assert answer is not None and answer.status == 403
    page.get_by_role("link", name="Журнал").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Пропуски и риск")
    page.locator("details.account summary").click()
    page.get_by_role("button", name="Выйти").click()
    expect(page.get_by_label("Логин")).to_be_visible()  # what the browser kept is cleared first
    page.goto(f"{site.url}/specialist/")
    expect(page.get_by_label("Логин")).to_be_visible()


def test_a_day_in_the_address_that_is_none(visit: Visit) -> None:
    page = visit("specialist", "/specialist/?date=2026-13-40")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Пропуски и риск")
    page.get_by_role("link", name="Журнал").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Пропуски и риск")
