"""The deputy's and the director's day: what is on, what lacks, a request decided."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy.orm import Session

from journal.lessons.models import Unlock
from tests.browser.conftest import Visit
from tests.browser.sections import open_section
from tests.cast import NOW, TODAY, Cast


def ask_for_marks(session: Session, cast: Cast) -> Unlock:
    unlock = Unlock(
        organisation_id=cast.school,
        staff_id=cast["own_teacher"].staff_id or 0,
        course_id=cast.courses["own"],
        lessons_from=TODAY - timedelta(days=7),
        lessons_before=TODAY - timedelta(days=6),
        kinds="marks",
        reason="Болела, проверила позже",
        requested_at=NOW - timedelta(hours=1),
    )
    session.add(unlock)
    session.commit()
    return unlock


def test_a_deputys_day(visit: Visit, cast: Cast, db_session: Session) -> None:
    unlock = ask_for_marks(db_session, cast)
    page = visit("deputy", "/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Пятница, 20 ноября")
    expect(page.locator(".school-day tbody tr")).to_have_count(2)
    expect(page.locator(".school-day .chip.warn")).to_have_count(3)

    page.get_by_role("link", name="Все уроки").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Незаполненные уроки")
    page.get_by_label("Класс").select_option("5Б")
    page.get_by_role("button", name="Показать").click()
    expect(page.locator("tr.group")).to_have_count(1)
    expect(page.locator("tr.group")).to_contain_text("Лебедев О. П.")
    page.locator("td.act a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("5Б, математика")
    expect(page.get_by_role("grid")).to_be_visible()
    expect(page.locator("td[aria-readonly=false]")).to_have_count(0)

    page.get_by_role("link", name="День школы").click()
    page.get_by_role("link", name="Решить о разблокировках (1)").click()
    page.get_by_label("Открыть на").select_option("4")
    page.locator("button[value=grant]").click()
    expect(page.get_by_text("Записи открыты учителю.")).to_be_visible()
    expect(page.locator("button[value=grant]")).to_have_count(0)
    db_session.rollback()
    db_session.refresh(unlock)
    assert (unlock.status, unlock.expires_at) == ("granted", NOW + timedelta(hours=4))


def test_a_refusal_wants_words(visit: Visit, cast: Cast, db_session: Session) -> None:
    unlock = ask_for_marks(db_session, cast)
    page = visit("deputy", "/unlocks/")
    page.locator("button[value=refuse]").click()
    expect(page.get_by_role("alert")).to_contain_text("Напишите причину отказа")
    page.get_by_label("Слова учителю").fill("Нужна докладная")
    page.locator("button[value=refuse]").click()
    expect(page.get_by_text("Отказано.")).to_be_visible()
    db_session.rollback()
    db_session.refresh(unlock)
    assert (unlock.status, unlock.decision_note) == ("refused", "Нужна докладная")


def test_a_directors_look(visit: Visit) -> None:
    page = visit("director", "/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Показатели школы")
    expect(page.locator(".stat")).to_have_count(3)
    expect(page.locator("svg.plot")).to_have_count(3)
    expect(page.get_by_text("Как посчитано")).to_have_count(3)
    open_section(page, "Расписание дня")
    expect(page.locator(".school-day")).to_be_visible()
    open_section(page, "Разблокировки")
    expect(page.locator("button[name=decision]")).to_have_count(0)
    open_section(page, "Журнал действий")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
