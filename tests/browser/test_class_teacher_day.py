"""The class teacher's morning: who is missing and why, what is not filled, every journal."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, Excuse
from journal.lessons.models import Lesson
from tests.browser.conftest import Visit
from tests.cast import NOW, TODAY, Cast


def test_who_is_absent_this_morning(visit: Visit, cast: Cast, db_session: Session) -> None:
    first = db_session.get_one(Lesson, cast.lessons["keeper"])
    first.attendance_taken_at = NOW
    for pupil, code in (("third", "b"), ("classmate", "n")):
        entry = {"pupil_id": cast.pupils[pupil], "code": code, "entered_at": NOW}
        db_session.add(Absence(organisation_id=cast.school, lesson_id=first.id, **entry))
    excuse = Excuse(
        organisation_id=cast.school,
        pupil_id=cast.pupils["third"],
        starts_on=TODAY,
        ends_before=TODAY + timedelta(days=3),
        code="b",
        text="Температура",
        submitted_by=cast["parent"].person_id,
        submitted_at=NOW,
    )
    db_session.add(excuse)
    db_session.commit()

    page = visit("class_teacher", "/")
    page.get_by_role("link", name="Мой класс").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Класс 5А")
    absent = page.get_by_role("region", name="Пропуски по урокам").first.locator("tbody tr")
    expect(absent).to_have_count(2)
    expect(absent.nth(0)).to_contain_text("Жуков Иван")
    expect(absent.nth(0)).to_contain_text("причина не указана")
    expect(absent.nth(1)).to_contain_text("не подтверждено, по 22.11: болезнь")
    expect(page.get_by_text("«Температура»")).to_be_visible()
    expect(page.locator(".data-table.stack tbody tr")).to_have_count(3)

    page.get_by_role("link", name="Список класса с телефонами родителей").click()
    expect(page.get_by_text("Ёлкина Вера Андреевна, мать")).to_be_visible()


def test_every_journal_is_read_and_none_of_others_written(visit: Visit) -> None:
    page = visit("class_teacher", "/class/")
    page.get_by_role("link", name="Журналы всех предметов").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    page.get_by_role("link", name="Математика").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("5А")
    expect(page.get_by_role("grid")).to_be_visible()
    expect(page.locator("td[aria-readonly=false]")).to_have_count(0)
