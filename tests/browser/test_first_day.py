"""The first day, from an empty school to a published timetable; then the roll-over night."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.audit import Origin
from journal.core.db import db
from journal.jobs import Runner
from journal.office.setup.founding import found_school
from journal.people.queries import first_holder
from journal.people.service import IssuedCredentials, issue_credentials
from tests.browser.conftest import Site
from tests.browser.test_administrator_day import OWN, signed_in
from tests.cast import NOW

ORIGIN = Origin(account_id=None, actor_name="flask start")


def empty_school(site: Site) -> IssuedCredentials:
    """What `flask start --empty` makes and prints."""
    with site.app.app_context(), Session(db.engine) as session:
        school = found_school(session, name="Школа № 3", origin=ORIGIN, now=NOW)
        person = first_holder(session, school, Role.ADMINISTRATOR, day=NOW.date())
        assert person is not None
        (issued,) = issue_credentials(
            session, organisation_id=school, origin=ORIGIN, person_ids=[person], now=NOW
        )
        session.commit()
    return issued


def fill(page: Page, **fields: str) -> None:
    """Type into the fields of a form by their names; a drop-down is chosen by its words."""
    for name, value in fields.items():
        field = page.locator(f"[name='{name}']").first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def save(page: Page, button: str = "Сохранить") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".notice.ok").first).to_be_visible()


def the_frame(site: Site, page: Page) -> None:
    page.get_by_role("link", name="Организация", exact=True).click()
    fill(page, short_name="Школа № 3", code="1003", administrator_contact="кабинет 12")
    save(page)
    page.get_by_role("link", name="Завести учебный год").click()
    fill(page, name="2026-2027", starts_on="2026-09-01", last_day="2027-05-31")
    save(page)
    page.get_by_role("link", name="Внести учебные периоды").click()
    expect(page.get_by_text("Это обычные периоды")).to_be_visible()
    page.locator("[name='r1-starts_on']").fill("2026-10-20")  # before the first quarter ends
    page.get_by_role("button", name="Сохранить периоды").click()
    expect(page.get_by_text("раньше, чем закончился предыдущий").first).to_be_visible()
    page.locator("[name='r1-starts_on']").fill("2026-11-02")
    save(page, "Сохранить периоды")
    page.get_by_role("link", name="Предложить каникулы").click()
    page.get_by_label("20.02.2027", exact=True).first.uncheck()
    save(page, "Взять отмеченное")
    expect(page.get_by_role("link", name="Осенние каникулы").first).to_be_visible()
    page.goto(f"{site.url}/school/setup/bells/new")
    bells = {"r0-starts_at": "08:30", "r0-ends_at": "09:15"}
    fill(page, name="Основной", **bells)
    save(page)


def people_and_load(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/people/staff/new")
    fill(page, surname="Орлова", given_name="Анна", personnel_number="2", position="Учитель")
    save(page)
    page.goto(f"{site.url}/school/setup/subject/new")
    fill(page, name="Математика", short_name="Матем", scale="5-балльная")
    save(page)
    page.goto(f"{site.url}/school/setup/class/new")
    fill(page, name="5а", class_teacher_id="Орлова Анна", bells_id="Основной (1)")
    save(page)
    page.get_by_role("link", name="5А").click()
    page.get_by_role("link", name="Добавить предмет").click()
    teacher = {"r0-staff_id": "Орлова Анна", "r0-weekly_hours": "5"}
    fill(page, subject_id="Математика", **teacher)
    save(page, "Добавить предмет в группе")
    page.goto(f"{site.url}/people/pupils/new")
    fill(page, surname="Ёжиков", given_name="Пётр", personal_file="Л-1", class_id="5А")
    fill(page, born_on="2015-03-14", enrolled_on="2026-09-01")
    save(page)
    page.get_by_role("link", name="Добавить родителя").click()
    fill(page, surname="Ёжикова", given_name="Ольга", phone="8 900 000-00-01", relation="мать")
    save(page)


def the_timetable(site: Site, page: Page) -> None:
    """A draft with the five hours of the load, published: lessons to the end of the year."""
    page.goto(f"{site.url}/planning/")
    page.get_by_label("Первый день").fill("2026-11-23")
    page.get_by_role("button", name="Создать черновик").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Расписание 5А")
    for weekday in range(5):
        page.locator(".load-list a", has_text="Математика").click()
        expect(page.locator(".load-list a[aria-current=true]")).to_be_visible()
        place = page.locator(".plan-grid tbody tr").first.locator("[data-cell]").nth(weekday)
        place.get_by_role("button").first.click()
        expect(place.locator(".slot")).to_contain_text("Математика")
    page.goto(f"{site.url}/school")
    expect(page.get_by_text("ничего не опубликовано; черновиков: 1")).to_be_visible()
    page.goto(f"{site.url}/planning/")
    page.get_by_role("link", name="Опубликовать").click()
    page.get_by_role("button", name="Опубликовать").click()
    expect(page.get_by_text("Работа идёт.")).to_be_visible()
    work_off(site)
    expect(page.get_by_text("Расписание опубликовано.")).to_be_visible(timeout=10_000)
    page.goto(f"{site.url}/school")
    expect(page.get_by_text("уроков в неделю: 5; опубликовано вариантов: 1")).to_be_visible()
    page.goto(f"{site.url}/school/classes/courses")
    expect(page.get_by_role("row", name=re.compile("Математика"))).to_contain_text("5")


def work_off(site: Site) -> None:
    runner = Runner(site.app)
    runner.beat()
    runner.work()
    runner.stop()


def the_roll_over(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/school/setup/year/new")
    fill(page, name="2027-2028", starts_on="2027-09-01", last_day="2028-05-31")
    page.get_by_label("Взять периоды и каникулы прошлого года").check()
    save(page)
    page.goto(f"{site.url}/school/rollover")
    fill(page, firsts="1А", order_number="77-к", order_date="2027-05-31")
    page.get_by_role("button", name="Посмотреть, что будет").click()
    expect(page.get_by_text("Классы нового года: 6А, 1А")).to_be_visible()
    page.get_by_role("button", name="Перевести на новый год").click()
    work_off(site)
    expect(page.get_by_text("Год переведён")).to_be_visible(timeout=10_000)
    page.goto(f"{site.url}/school/rollover")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Отменить перевод").click()
    expect(page.get_by_text("все снова в прежних классах")).to_be_visible()


def test_the_first_day_and_the_roll_over_night(site: Site, browser: Browser) -> None:
    issued = empty_school(site)
    page = signed_in(site, browser, issued.login, issued.password)
    expect(page).to_have_url(re.compile("/password$"))
    page.locator("[name=old_password]").fill(issued.password)
    page.locator("[name=password]").fill(OWN)
    page.locator("[name=again]").fill(OWN)
    page.get_by_role("button", name="Сохранить пароль").click()
    expect(page.get_by_text("Школа ещё не настроена")).to_be_visible()
    the_frame(site, page)
    people_and_load(site, page)
    page.goto(f"{site.url}/school/people")
    page.get_by_role("searchbox").press_sequentially("t;brjd")  # «ежиков» on the Latin keyboard
    expect(page).to_have_url(re.compile(r"q=t%3Bbrjd"))
    expect(page.get_by_role("link", name="Ёжиков Пётр")).to_be_visible()
    page.goto(f"{site.url}/adoption")
    expect(page.locator("#item-9").get_by_text("подтверждено")).to_be_visible()
    the_timetable(site, page)
    the_roll_over(site, page)


def test_a_password_can_be_read_while_it_is_typed(browser: Browser, site: Site) -> None:
    context = browser.new_context(locale="ru-RU")
    site.contexts.append(context)
    page = context.new_page()
    page.goto(f"{site.url}/login")
    field = page.get_by_label("Пароль")
    field.fill("9zzxj-xszwe")
    expect(field).to_have_attribute("type", "password")
    page.get_by_label("Показать, что набрано").check()
    expect(field).to_have_attribute("type", "text")
    page.get_by_label("Показать, что набрано").uncheck()
    expect(field).to_have_attribute("type", "password")
