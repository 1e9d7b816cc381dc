"""A mother gets a letter, follows its link, chooses a password and is in the diary."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from playwright.sync_api import Browser, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.messages.models import Mail
from journal.people.models import Person
from tests.browser.conftest import Site, Visit
from tests.cast import Cast

OWN = "Лестница-без-перил-7"


def test_from_the_letter_to_the_diary(
    site: Site, browser: Browser, visit: Visit, cast: Cast, db_session: Session
) -> None:
    held = site.app.config["SETTINGS"]
    site.app.config["SETTINGS"] = replace(held, smtp_url="smtp://localhost:1", mail_from="j@e.ru")
    db_session.get_one(Person, cast["parent"].person_id).email = "elkina@example.org"
    db_session.commit()
    page = visit("class_teacher", f"/access/classes/{cast.classes['own']}")
    page.get_by_label("Ёлкина Вера Андреевна").check()
    page.get_by_role("button", name="Дальше").click()
    page.get_by_role("button", name="Отправить приглашения: 1").click()
    expect(page.get_by_text("Писем отправляется: 1.")).to_be_visible()
    expect(page.locator("tr", has_text="Ёлкина").get_by_text("ждёт отправки")).to_be_visible()
    lines = json.loads(str(db_session.scalars(select(Mail.lines)).one()))
    address = next(line for line in lines if isinstance(line, str))

    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ru-RU")
    site.contexts.append(context)
    phone = context.new_page()
    phone.goto(address)
    expect(phone.get_by_text(f"Ваш логин: {cast['parent'].login}")).to_be_visible()
    phone.get_by_label("Новый пароль", exact=True).fill(OWN)
    phone.get_by_label("Новый пароль ещё раз").fill(OWN)
    phone.get_by_role("button", name="Сохранить пароль и войти").click()
    expect(phone).to_have_url(re.compile("/family$"))
    phone.goto(address)
    expect(phone.get_by_text("больше не открывает журнал")).to_be_visible()
    page.reload()
    expect(page.get_by_text("пароль выбран")).to_be_visible()
    site.app.config["SETTINGS"] = held
