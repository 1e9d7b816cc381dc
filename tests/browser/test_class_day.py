"""The day of a class in the class teacher's browser: keys, lateness, taking, loss of connection."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, Excuse
from journal.lessons.models import Lesson
from tests.browser.conftest import Site, Visit
from tests.browser.grid import SENT
from tests.cast import NOW, TODAY, Cast


def day_page(visit: Visit, cast: Cast) -> Page:
    page = visit("class_teacher", f"/classes/{cast.classes['own']}/days/{TODAY.isoformat()}")
    expect(page.locator("main[data-ready]")).to_be_attached()
    return page


def cell(page: Page, name: str, number: int) -> Locator:
    """The cell of a pupil under a lesson number of the day (1, 2, 3)."""
    return (
        page.locator("tr", has=page.get_by_role("rowheader", name=name))
        .locator("td")
        .nth(number - 1)
    )


def saved(page: Page) -> None:
    expect(page.locator("[data-part-of-grid='save']")).to_have_text(SENT)


def test_absences_of_all_lessons_from_one_page(
    visit: Visit, cast: Cast, db_session: Session
) -> None:
    page = day_page(visit, cast)
    expect(page.get_by_role("heading", level=1)).to_have_text("Посещаемость 5А")
    first = cell(page, "Ёлкин Артём", 1)
    first.click()
    page.keyboard.press("Comma")
    expect(first).to_have_text("б")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("KeyJ")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    second = cell(page, "Ёлкин Артём", 2)
    expect(second).to_have_text("о")
    expect(second.locator("abbr")).to_have_attribute("title", "опоздание, 12 мин")
    saved(page)
    rows = db_session.execute(
        select(Absence.code, Absence.minutes)
        .where(Absence.pupil_id == cast.pupils["pupil"])
        .order_by(Absence.id.desc())
    ).all()
    assert sorted(tuple(row) for row in rows[:2]) == [("b", None), ("o", 12)]

    state = page.locator("th.done").nth(0)
    expect(state).to_contain_text("не отмечен")
    state.get_by_role("button", name="остальные здесь").click()
    expect(state.locator("[data-line]")).to_have_text("отмечен")
    expect(state.get_by_role("button")).to_have_count(0)
    saved(page)
    db_session.rollback()
    assert db_session.get_one(Lesson, cast.lessons["keeper"]).attendance_taken_at is not None

    page.keyboard.press("Control+z")  # the minutes, then the lateness
    page.keyboard.press("Control+z")
    expect(second).to_be_empty()
    saved(page)


def test_a_selection_is_filled_and_taken_back(visit: Visit, cast: Cast) -> None:
    page = day_page(visit, cast)
    cell(page, "Абрамова Дарья", 1).click()
    cell(page, "Жуков Иван", 2).click(modifiers=["Shift"])
    page.keyboard.press("KeyY")
    expect(page.locator("td abbr.c-n")).to_have_count(6)
    saved(page)
    page.keyboard.press("Control+z")
    expect(page.locator("td abbr.c-n")).to_have_count(0)
    saved(page)


def test_no_connection_loses_nothing(
    visit: Visit, site: Site, cast: Cast, db_session: Session
) -> None:
    page = day_page(visit, cast)
    page.context.set_offline(True)
    one = cell(page, "Жуков Иван", 3)
    one.click()
    page.keyboard.press("KeyE")
    expect(page.locator("[data-part-of-grid='save']")).to_contain_text("Нет связи")
    expect(one).to_have_class("pending")
    page.context.set_offline(False)
    other = visit("class_teacher", "/class/", context=page.context)
    page.close()
    expect(other.locator("[data-module='waiting']")).to_be_hidden()
    lesson = cast.lessons["own"]
    written = select(Absence.code).where(
        Absence.lesson_id == lesson, Absence.pupil_id == cast.pupils["classmate"]
    )
    assert db_session.scalar(written) == "u"


def test_two_values_are_decided_on_the_page(visit: Visit, cast: Cast, db_session: Session) -> None:
    page = day_page(visit, cast)
    lesson = db_session.get_one(Lesson, cast.lessons["own"])
    db_session.add(
        Absence(
            organisation_id=cast.school,
            lesson_id=lesson.id,
            pupil_id=cast.pupils["third"],
            code="n",
            entered_by=cast["own_teacher"].account_id,
            entered_at=lesson.starts_at,
        )
    )
    db_session.commit()
    cell(page, "Абрамова Дарья", 3).click()
    page.keyboard.press("Comma")
    issue = page.locator(".grid-issues > li")
    expect(issue).to_contain_text("Соколова")
    issue.get_by_role("button", name="Оставить б").click()
    saved(page)
    db_session.rollback()
    written = select(Absence.code).where(
        Absence.lesson_id == lesson.id, Absence.pupil_id == cast.pupils["third"]
    )
    assert db_session.scalar(written) == "b"


def test_who_only_reads_writes_nothing(visit: Visit, cast: Cast) -> None:
    page = visit("deputy", f"/classes/{cast.classes['own']}/days/{TODAY.isoformat()}")
    expect(page.locator("main[data-ready]")).to_be_attached()
    one = cell(page, "Жуков Иван", 1)
    one.click()
    page.keyboard.press("Comma")
    expect(page.locator("[data-part-of-grid='answer']")).to_contain_text("классный руководитель")
    expect(page.locator("td[aria-readonly=false]")).to_have_count(0)
    expect(page.get_by_role("button", name="остальные здесь")).to_have_count(0)


def test_the_whole_day_by_one_choice(visit: Visit, cast: Cast, db_session: Session) -> None:
    """Two lessons are over, the third has not begun: entries for those, an excuse for this."""
    lesson = db_session.get_one(Lesson, cast.lessons["own"])
    lesson.starts_at, lesson.ends_at = NOW + timedelta(hours=2), NOW + timedelta(hours=3)
    db_session.commit()
    page = day_page(visit, cast)
    page.get_by_label("Весь день: Ёлкин Артём").select_option("b")
    expect(cell(page, "Ёлкин Артём", 1)).to_have_text("б")
    ahead = cell(page, "Ёлкин Артём", 3).locator("abbr.known")
    expect(ahead).to_have_attribute("title", "оправдан: болезнь")
    absent = page.locator("[data-part-of-grid='absent']")
    expect(absent).to_contain_text("Ёлкин Артём б 1, 2")
    saved(page)
    db_session.rollback()
    assert db_session.scalars(select(Excuse.status)).all() == ["confirmed"]

    cell(page, "Ёлкин Артём", 1).click()
    page.keyboard.press("Control+z")
    expect(cell(page, "Ёлкин Артём", 1)).to_be_empty()
    expect(ahead).to_have_count(0)
    saved(page)
    db_session.rollback()
    assert db_session.scalars(select(Excuse.status)).all() == ["refused"]

    cell(page, "Жуков Иван", 1).click()
    page.keyboard.press("Shift+KeyY")
    expect(cell(page, "Жуков Иван", 2)).to_have_text("н")
    expect(absent.locator("li").first).to_contain_text("Жуков Иван н 1, 2 причина не указана")
    page.get_by_label("Весь день: Жуков Иван").select_option("=u")
    expect(cell(page, "Жуков Иван", 1)).to_have_text("у")
    saved(page)


def test_what_cannot_be_is_told_and_nothing_is_lost(
    visit: Visit, cast: Cast, db_session: Session
) -> None:
    """Minutes beyond the lesson stay in the field with the reason; a cancelled lesson takes no
    entry, also when it is cancelled while the page is open."""
    page = day_page(visit, cast)
    one = cell(page, "Ёлкин Артём", 1)
    one.click()
    page.keyboard.press("KeyJ")
    page.keyboard.type("90")
    page.keyboard.press("Enter")
    issues = page.locator(".grid-issues > li")
    expect(issues).to_contain_text("Урок длится 45 минут: введите число от 1 до этого.")
    row = select(Absence.minutes).where(
        Absence.lesson_id == cast.lessons["keeper"], Absence.pupil_id == cast.pupils["pupil"]
    )
    assert db_session.scalar(row) != 90
    db_session.rollback()

    page.reload()
    expect(page.locator("main[data-ready]")).to_be_attached()
    fallen_id = Lesson.id == cast.lessons["own"]
    db_session.execute(update(Lesson).where(fallen_id).values(status="cancelled"))
    db_session.commit()
    fallen = cell(page, "Жуков Иван", 3)
    fallen.click()
    page.keyboard.press("KeyY")
    expect(issues.filter(has_text="Жуков Иван")).to_contain_text("отмен")
    expect(issues.filter(has_text="Ёлкин Артём")).to_be_visible()  # still there: nothing is lost
    db_session.rollback()
    at = Absence.lesson_id == cast.lessons["own"], Absence.pupil_id == cast.pupils["classmate"]
    assert db_session.scalar(select(Absence.code).where(*at)) is None
