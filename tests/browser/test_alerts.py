"""Alerts: an unannounced absence reaches the family, a threshold the staff; the school's switch."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.alerts.queries import Place
from journal.attendance.alerts.telling import crossings_now, tell_crossings
from journal.attendance.models import Absence, Excuse
from journal.core.db import db, transaction
from journal.core.tenancy import acting_for
from journal.jobs.alarms import Alarms
from journal.jobs.delivery import Delivery
from journal.lessons.models import Lesson
from journal.people.models import Person
from tests.browser.conftest import Site, Visit
from tests.browser.grid import Grid
from tests.browser.test_family_day import fits, phone
from tests.browser.test_unlock import deliver
from tests.cast import TODAY, Cast
from tests.mail_server import mail_server


def tell(site: Site) -> None:
    """What the jobs of the server do every minute, then every two seconds."""
    Alarms(site.app, clock=lambda: site.clock, stopping=Event()).tell()
    deliver(site)


def test_an_unannounced_absence_reaches_the_family_once(
    visit: Visit, browser: Browser, site: Site, cast: Cast
) -> None:
    """Entered by the teacher on the grid; told after the delay, once, and put right."""
    pupil, lesson_id = cast.pupils["pupil"], cast.lessons["own"]
    grid = Grid(visit("own_teacher", f"/journal/{cast.courses['own']}"))
    grid.go(pupil, lesson_id)
    grid.page.keyboard.press("KeyY")
    grid.saved()

    parent = visit("parent", "/notifications", context=phone(browser, site, "parent"))
    tell(site)
    expect(parent.locator("main")).not_to_contain_text("Ёлкин Артём")
    for _ in range(2):  # told once, however often the job comes
        site.pass_time(minutes=16)
        tell(site)
    parent.reload()
    notices = parent.locator(".notifications > li", has_text="Ёлкин Артём")
    expect(notices).to_have_count(1)
    assert fits(parent)

    grid.go(pupil, lesson_id)
    grid.press("Delete")
    grid.saved()
    tell(site)
    parent.reload()
    expect(notices).to_have_count(2)  # the correction


def switch(visit: Visit, browser: Browser, site: Site, choice: str) -> None:
    """The school turns alerts off, or the family chooses its own way on the phone."""
    if choice == "school":
        page = visit("deputy", "/alerts/")
        page.get_by_label("Сообщать семьям о пропуске").uncheck()
        page.get_by_role("button", name="Сохранить").first.click()
        expect(page.get_by_label("Сообщать семьям о пропуске")).not_to_be_checked()
        return
    page = visit("parent", "/notifications/settings", context=phone(browser, site, "parent"))
    expect(page.locator("main")).to_contain_text("elkina@example.org")
    page.locator(f"#absences-{choice}").check()
    assert fits(page)
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_role("status")).to_contain_text("Сохранено")


@pytest.mark.parametrize(
    ("choice", "notices", "letters"),
    [("mail", 1, 1), ("site", 1, 0), ("off", 0, 0), ("school", 0, 0), ("excused", 0, 0)],
)
def test_by_e_mail_as_the_family_and_the_school_have_chosen(
    visit: Visit,
    browser: Browser,
    site: Site,
    cast: Cast,
    db_session: Session,
    choice: str,
    notices: int,
    letters: int,
) -> None:
    """One letter a day through a real SMTP conversation; none of an excused absence."""
    pupil = cast.pupils["pupil"]
    db_session.get_one(Person, cast["parent"].person_id).email = "elkina@example.org"
    if choice == "excused":
        parent_id = cast["parent"].person_id
        excuse = Excuse(organisation_id=cast.school, pupil_id=pupil, starts_on=TODAY, code="b")
        excuse.text, excuse.submitted_by, excuse.submitted_at = "ОРВИ", parent_id, site.clock
        db_session.add(excuse)
    db_session.commit()
    if choice != "excused":
        switch(visit, browser, site, choice)
    grid = Grid(visit("own_teacher", f"/journal/{cast.courses['own']}"))
    grid.go(pupil, cast.lessons["own"])
    grid.page.keyboard.press("KeyY")
    grid.saved()
    held = site.app.config["SETTINGS"]
    with mail_server() as server:
        site.app.config["SETTINGS"] = replace(
            held, smtp_url=server.url, mail_from="Школа <journal@example.org>"
        )
        for _ in range(3):
            tell(site)
            Delivery(site.app, clock=lambda: site.clock, stopping=Event()).send_mail()
            site.pass_time(minutes=16)
        site.app.config["SETTINGS"] = held
    assert [letter["To"] for letter in server.letters] == ["elkina@example.org"] * letters
    assert all("Ёлкин Артём" in str(letter.get_content()) for letter in server.letters)
    parent = visit("parent", "/notifications", context=phone(browser, site, "parent"))
    told = parent.locator(".notifications > li", has_text="Ёлкин Артём")
    expect(told).to_have_count(notices)


def test_a_threshold_reaches_the_class_teacher_and_the_specialist(
    visit: Visit, site: Site, cast: Cast, db_session: Session
) -> None:
    held = select(Lesson).where(
        Lesson.course_id == cast.courses["own"], Lesson.ends_at <= site.clock
    )
    for lesson in db_session.scalars(held.order_by(Lesson.held_on.desc()).limit(5)).all():
        lesson.attendance_taken_at = lesson.ends_at
        entry = {"pupil_id": cast.pupils["classmate"], "code": "p", "entered_at": lesson.ends_at}
        db_session.add(Absence(organisation_id=cast.school, lesson_id=lesson.id, **entry))
    db_session.commit()
    deputy = visit("deputy", "/alerts/")
    new = deputy.get_by_role("region", name="Новый порог")
    new.get_by_label("Пропущено").select_option(label="столько уроков и больше")
    new.get_by_label("Процент или число уроков").fill("3")
    new.get_by_label("За последние дни").fill("28")
    new.get_by_role("button", name="Показать, кого это коснётся").click()
    expect(new).to_contain_text("Жуков Иван")
    new.get_by_role("button", name="Добавить этот порог").click()
    known = deputy.get_by_role("region", name="Пороги пропусков")
    expect(known).to_contain_text("Жуков Иван")

    at = site.clock + timedelta(hours=10)
    place = Place(cast.school, "Europe/Moscow")
    with site.app.app_context(), acting_for(db.session(), {cast.school}):
        found = crossings_now(db.session(), place, now=at)
        db.session.rollback()
        with transaction() as writing:
            assert tell_crossings(writing, place, found, now=at) == 1
    deliver(site)
    for name in ("class_teacher", "specialist"):
        page = visit(name, "/notifications")
        expect(page.locator(".notifications")).to_contain_text("Жуков Иван, 5А: ")
    expect(visit("own_teacher", "/notifications").locator("main")).not_to_contain_text("Жуков")
