"""The end of a term: the office prolongs it, a teacher decides by keyboard, a deputy looks."""

from __future__ import annotations

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.grading.models import TermMark
from journal.school.models import Term
from tests.browser.conftest import Site, Visit
from tests.cabinets.results.conftest import marked, open_days  # noqa: F401
from tests.cast import Cast


def decided(session: Session, cast: Cast) -> dict[str, tuple[str, str | None]]:
    """(value, reason) of the second quarter by the pupil's name in the cast."""
    session.rollback()
    names = {pupil_id: name for name, pupil_id in cast.pupils.items()}
    marks = session.scalars(select(TermMark).where(TermMark.number == 2)).all()
    return {names[one.pupil_id]: (one.value, one.reason) for one in marks}


@pytest.mark.usefixtures("marked")
def test_a_teacher_decides_by_keyboard(visit: Visit, cast: Cast, db_session: Session) -> None:
    """Абрамова, Ёлкин, Жуков: nothing, «5», «3» are proposed."""
    page = visit("own_teacher", f"/journal/{cast.courses['own']}")
    expect(page.locator("td.sum.present .offer:visible")).to_have_text(["5", "3"])
    page.get_by_role("link", name="Итоги", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Итоги: 5А, математика")
    page.locator("html[data-modules]").wait_for(state="attached")
    fields = page.locator("input.decision")
    expect(fields).to_have_count(3)

    fields.first.focus()
    page.keyboard.press("KeyY")  # н/а whatever the layout
    page.keyboard.press("Enter")
    page.keyboard.press("Digit5")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Digit4")
    expect(page.locator("tr.wanted")).to_have_count(2)  # н/а and 4 want their reasons
    page.keyboard.press("Control+KeyS")

    expect(page.get_by_role("alert")).to_contain_text("Часть отметок не сохранена")
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(2)
    assert decided(db_session, cast) == {"pupil": ("5", None)}
    page.get_by_role("link", name=re.compile("Жуков")).first.click()
    page.keyboard.type("Исправил контрольную работу")
    page.get_by_label("Причина: Абрамова Дарья").fill("Болела всю четверть")
    page.keyboard.press("Control+KeyS")
    expect(page.get_by_text("Сохранены 2 отметки.")).to_be_visible()
    assert decided(db_session, cast) == {
        "pupil": ("5", None),
        "classmate": ("4", "Исправил контрольную работу"),
        "third": ("н/а", "Болела всю четверть"),
    }
    page.get_by_label("Ёлкин Артём: предлагается 5").click()
    expect(page.get_by_role("dialog")).to_contain_text("Средний балл 4,86 не ниже 4,60")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.usefixtures("marked")
def test_the_deputy_sees_the_gaps(visit: Visit, cast: Cast) -> None:
    page = visit("deputy", "/results/")
    row = page.locator("tr", has_text="5А, математика")
    expect(row).to_contain_text("3 из 3")
    page.locator("tr", has_text=re.compile("^5А")).get_by_role(
        "link", name="5А", exact=True
    ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Итоги: 5А")
    expect(page.locator("td.few")).to_have_count(9)


def test_the_administrator_prolongs_a_closed_term(
    visit: Visit, cast: Cast, db_session: Session
) -> None:
    page = visit("administrator", "/results/")
    page.locator("tr", has_text="I четверть").first.get_by_role("link", name="Продлить").click()
    page.get_by_label("Последний день").fill("2026-11-27")
    page.get_by_label("Причина").fill("Карантин в 5А")
    page.get_by_role("button", name="Назначить срок").click()
    expect(page.get_by_text("Срок назначен.")).to_be_visible()
    expect(page.locator("tr.now")).to_contain_text("отметки выставляются")
    db_session.rollback()
    term = db_session.scalars(select(Term).where(Term.number == 1)).one()
    assert term.marks_before == date(2026, 11, 28)


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 360)])
def test_the_pages_are_accessible(
    browser: Browser, site: Site, visit: Visit, scheme: str, width: int
) -> None:
    course, group = site.cast.courses["own"], site.cast.classes["own"]
    pages = {
        "own_teacher": (f"/results/courses/{course}?fill=1", "/results/"),
        "administrator": (
            f"/results/classes/{group}/council",
            f"/results/classes/{group}",
            "/results/rules",
            "/results/rules/new",
        ),
    }
    wrong = []
    for member, paths in pages.items():
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale="ru-RU", color_scheme=scheme
        )  # type: ignore[arg-type]
        site.contexts.append(context)
        site.sign_in(context, member)
        for path in paths:
            page = visit(member, path, context=context)
            found = Axe().run(page).response["violations"]
            wrong += [f"{path}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
            wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            if page.evaluate(wide):
                wrong.append(f"{path}: scrolls sideways at {width}")
            page.close()
    assert not wrong, "\n".join(wrong)
