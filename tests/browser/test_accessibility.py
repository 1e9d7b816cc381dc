"""axe on the main page of every role, light and dark, on a desk and on a phone."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site, Visit

PAGES = {
    "administrator": (
        "/school",
        "/school/people",
        "/school/exchange",
        "/access",
        "/access/staff",
        "/access/invitations",
        "/school/people/{person}",
        "/people/{person}/edit",
        "/people/{person}/consents",
        "/people/{person}/history",
        "/people/duplicates",
        "/people/{person}/duplicate",
        "/people/{person}/merge?with={other}",
    ),
    "set-up": (
        "/school/setup/organisation",
        "/school/setup/terms",
        "/school/setup/holidays",
        "/school/setup/bells/new",
        "/school/setup/class/new",
        "/school/setup/courses/new",
        "/school/lists",
        "/school/movement",
        "/school/movement/report",
        "/school/rollover",
        "/adoption",
        "/adoption/settings",
        "/people/staff/new",
        "/people/pupils/new",
    ),
    "director": ("/director/", "/school/audit"),
    "deputy": ("/deputy/", "/control/timetable", "/control/not-filled", "/unlocks/", "/releases/"),
    "desk of the deputy": (
        "/releases/new",
        "/forms/passport",
        "/leaves/",
        "/alerts/",
        "/reports/attendance/day",
        "/reports/attendance/days",
    ),
    "class_teacher": ("/class/", "/class/pupils", "/class/passport", "/class/passport/pupils"),
    "desk of the class": (
        "/class/term",
        "/class/weekly",
        "/class/excuses/",
        "/class/excuses/new",
        "/class/journals",
        "/letters/class",
        "/reports/attendance/pupils/{pupil}",
    ),
    "own_teacher": (
        "/teacher/",
        "/journal/{course}",
        "/journal/{course}/figures",
        "/unlocks/new?course={course}",
        "/changes",
    ),
    "specialist": ("/specialist/",),
    "parent": (
        "/family",
        "/diary/{pupil}",
        "/diary/marks/{pupil}",
        "/family/excuses/",
        "/family/excuses/new",
    ),
    "pupil": ("/today", "/password", "/school"),
}
SIGNED_IN = {
    "set-up": "administrator",
    "desk of the deputy": "deputy",
    "desk of the class": "class_teacher",
}
Scheme = Literal["light", "dark"]


def faults(page: Page) -> list[str]:
    """What axe finds, in words."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:2]]


def sideways(page: Page) -> bool:
    """Whether the page as a whole scrolls to the side."""
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("member", PAGES)
def test_pages_are_accessible(
    browser: Browser, site: Site, visit: Visit, member: str, scheme: Scheme, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, locale="ru-RU", color_scheme=scheme
    )
    site.contexts.append(context)
    site.sign_in(context, SIGNED_IN.get(member, member))
    ids = {"course": site.cast.courses["own"], "pupil": site.cast.pupils["pupil"]}
    ids |= {"person": site.cast["pupil"].person_id, "other": site.cast["stranger_pupil"].person_id}
    wrong = []
    for path in PAGES[member]:
        page = visit(member, path.format(**ids), context=context)
        wrong += [f"{path}: {fault}" for fault in faults(page)]
        if sideways(page):
            wrong.append(f"{path}: scrolls sideways at {width}")
        page.close()
    assert not wrong, "\n".join(wrong)


PRESSED = """
() => [...document.querySelectorAll(
  ".topbar a, .topbar summary, .tabbar a, .page .btn, .page .form-control, .page .form-select, "
  + ".page .switch a, .page summary, .page .form-check-label")]
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.height > 0 && box.height < 43.5 && !one.closest(".journal-grid"))
  .map(([one, box]) => `${one.textContent.trim().slice(0, 40)}: ${Math.round(box.height)}`)
"""


@pytest.mark.parametrize("member", ["deputy", "class_teacher", "desk of the class", "parent"])
def test_what_is_pressed_fits_a_finger(
    browser: Browser, site: Site, visit: Visit, member: str
) -> None:
    """44 px on a phone; the cells of the journal grid are 40."""
    size = {"width": 360, "height": 740}
    context = browser.new_context(viewport=size, has_touch=True, is_mobile=True, locale="ru-RU")  # type: ignore[arg-type]
    site.contexts.append(context)
    site.sign_in(context, SIGNED_IN.get(member, member))
    pupil = site.cast.pupils["pupil"]
    for path in PAGES[member]:
        page = visit(member, path.format(pupil=pupil), context=context)
        assert page.evaluate(PRESSED) == [], path
        assert not sideways(page), path
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signing_in_is_accessible(browser: Browser, site: Site, scheme: Scheme) -> None:
    context = browser.new_context(locale="ru-RU", color_scheme=scheme)
    site.contexts.append(context)
    page = context.new_page()
    page.goto(f"{site.url}/login")
    assert not faults(page)
