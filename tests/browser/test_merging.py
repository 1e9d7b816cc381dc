"""The administrator finds a mother who stands in the lists twice and makes one card of the two."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy.orm import Session

from journal.people.models import Person, Pupil
from tests.browser.conftest import Visit
from tests.browser.sections import open_section
from tests.cast import Cast
from tests.factories import SchoolBuilder


def test_one_card_of_two(visit: Visit, cast: Cast, db_session: Session) -> None:
    child = db_session.get_one(Pupil, cast.pupils["third"])
    school = SchoolBuilder.of(db_session, cast.school)
    twin = school.guardian("Елкина Вера Андреевна", child)
    db_session.get_one(Person, twin.person_id).phone = "+7 900 123-45-67"
    db_session.commit()

    page = visit("administrator", "/school")
    open_section(page, "Люди")
    page.get_by_role("link", name="Возможные повторы").click()
    expect(page.get_by_text("пар: 1")).to_be_visible()
    page.get_by_role("link", name="Сравнить").click()
    expect(page.get_by_role("heading", name="Что перейдёт")).to_be_visible()
    expect(page.get_by_text("связи родителей и детей: 1")).to_be_visible()
    expect(page.get_by_label("+7 900 123-45-67")).to_be_checked()  # the only one there is
    page.get_by_role("button", name="Объединить карточки").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ёлкина Вера Андреевна")
    expect(page.get_by_role("definition").get_by_text("+7 900 123-45-67")).to_be_visible()
    for name in ("Ёлкин Артём Игоревич", "Ёлкина Софья Игоревна", "Абрамова Дарья Ильинична"):
        expect(page.get_by_role("link", name=name)).to_be_visible()
    page.goto(page.url.rsplit("/school", 1)[0] + "/people/duplicates")
    expect(page.get_by_text("Похожих карточек нет")).to_be_visible()
