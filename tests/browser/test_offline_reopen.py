"""A journal opened without a connection after its tab was closed; who never gets to see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect
from sqlalchemy.orm import Session

from journal.lessons.models import Lesson
from tests.browser.conftest import Site, Visit
from tests.browser.grid import Grid
from tests.browser.test_journal_typing import marks_of
from tests.cast import Cast

KEPT = "[data-module='kept']"
NOTICE = ".kept-page"


def switch_on(page: Page) -> None:
    page.locator("details.account summary").click()
    page.get_by_role("button", name="Хранить в этом браузере").click()
    expect(page.locator(f"{KEPT}[data-kept='true']")).to_be_attached()


def has_pages(page: Page) -> bool:
    return bool(page.evaluate("caches.has('journal-kept')"))


def journal(cast: Cast) -> str:
    return f"/journal/{cast.courses['own']}"


@pytest.fixture
def kept(site: Site, visit: Visit) -> BrowserContext:
    """The own teacher's browser with his journal kept; every tab is closed."""
    page = visit("own_teacher", journal(site.cast))
    Grid(page)
    assert not has_pages(page)  # not before he asks for it
    switch_on(page)
    context = page.context
    page.close()
    return context


def reopened(site: Site, context: BrowserContext, path: str) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    page.goto(site.url + path)
    page.locator("html[data-modules]").wait_for(state="attached")
    return page


def opens_nothing(site: Site, context: BrowserContext) -> None:
    """Without a connection the journal is not there."""
    context.set_offline(True)
    page = context.new_page()
    with pytest.raises(Error, match="net::ERR"):
        page.goto(site.url + journal(site.cast))
    context.set_offline(False)


def test_a_closed_journal_opens_offline_and_what_is_typed_goes_out_later(
    site: Site, kept: BrowserContext, db_session: Session
) -> None:
    lesson = site.cast.lessons["own"]
    kept.clear_cookies()  # the browser was closed: its session is over
    kept.set_offline(True)
    grid = Grid(reopened(site, kept, journal(site.cast)))
    expect(grid.page.locator(NOTICE)).to_contain_text("Нет связи. Эта страница открыта из памяти")
    pupil = grid.facts()["pupils"][0]["id"]
    grid.go(pupil, lesson)
    grid.press("4")
    expect(grid.state).to_contain_text("1 запись хранится")  # and not before it is
    grid.page.close()  # and once more
    grid = Grid(reopened(site, kept, journal(site.cast)))
    expect(grid.cell(pupil, lesson)).to_have_text("4 ждёт отправки")
    assert marks_of(db_session, lesson) == {}
    kept.set_offline(False)
    expect(grid.page.get_by_role("link", name="Войти в новой вкладке")).to_be_visible()
    site.sign_in(kept, "own_teacher")
    grid.page.evaluate("dispatchEvent(new Event('focus'))")
    grid.saved()
    db_session.rollback()
    assert marks_of(db_session, lesson) == {pupil: ["4"]}


def test_the_server_is_asked_first(site: Site, kept: BrowserContext, db_session: Session) -> None:
    lesson = db_session.get_one(Lesson, site.cast.lessons["own"])
    lesson.topic = "Новая тема"
    db_session.commit()
    page = reopened(site, kept, journal(site.cast))
    expect(page.locator(NOTICE)).to_have_count(0)
    facts = {one["id"]: one["topic"] for one in Grid(page).facts()["lessons"]}
    assert facts[site.cast.lessons["own"]] == "Новая тема"
    expect(page.locator(f"{KEPT}[data-kept='true']")).to_be_attached()
    page.close()
    kept.set_offline(True)
    page = reopened(site, kept, journal(site.cast))  # the newest is what is kept
    facts = {one["id"]: one["topic"] for one in Grid(page).facts()["lessons"]}
    assert facts[site.cast.lessons["own"]] == "Новая тема"
    page.goto(site.url + "/teacher/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Нет связи")
    page.get_by_role("link", name="5А, математика").click()
    expect(page.locator(NOTICE)).to_be_visible()


@pytest.mark.parametrize("who", ["other_teacher", "administrator", "parent", "classmate"])
def test_another_account_of_the_browser_clears_it(
    site: Site, kept: BrowserContext, who: str
) -> None:
    site.sign_in(kept, who)
    page = reopened(site, kept, "/")
    assert not has_pages(page)
    assert page.evaluate("localStorage.getItem('journal-kept-account')") is None
    opens_nothing(site, kept)


def test_signing_out_clears_it_and_so_does_the_page_of_signing_in(
    site: Site, kept: BrowserContext
) -> None:
    page = reopened(site, kept, "/teacher/")
    page.locator("details.account summary").click()
    page.get_by_role("button", name="Выйти").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Вход в журнал")
    opens_nothing(site, kept)
    site.sign_in(kept, "own_teacher")
    page = reopened(site, kept, journal(site.cast))
    expect(page.locator(f"{KEPT}[data-kept='true']")).to_be_attached()
    assert has_pages(page)  # the same account goes on
    kept.clear_cookies()
    reopened(site, kept, "/login")
    opens_nothing(site, kept)


def test_the_switch_turns_it_off_again(site: Site, kept: BrowserContext) -> None:
    page = reopened(site, kept, "/teacher/")
    page.locator("details.account summary").click()
    page.get_by_role("button", name="Больше не хранить в этом браузере").click()
    expect(page.locator(f"{KEPT}[data-kept='no']")).to_be_attached()
    assert not has_pages(page)
    opens_nothing(site, kept)


AGED = """async () => {
  const cache = await caches.open("journal-kept");
  for (const request of await cache.keys()) {
    const answer = await cache.match(request);
    if (!answer.headers.has("X-Kept-At")) continue;
    const headers = new Headers(answer.headers);
    headers.set("X-Kept-At", String(Date.now() - 2 * 86400000 - 1));
    await cache.put(request, new Response(await answer.text(), { headers }));
  }
}"""


def test_a_page_of_the_day_before_yesterday_is_not_shown(site: Site, kept: BrowserContext) -> None:
    page = reopened(site, kept, "/teacher/")
    page.evaluate(AGED)
    kept.set_offline(True)
    page.goto(site.url + journal(site.cast))
    expect(page.get_by_role("heading", level=1)).to_have_text("Нет связи")
    expect(page.get_by_text("никаких")).to_be_visible()


def test_only_pages_one_writes_in_are_kept(site: Site, kept: BrowserContext) -> None:
    for path in ("/teacher/", f"{journal(site.cast)}/figures", "/unlocks/"):
        reopened(site, kept, path).close()
    page = reopened(site, kept, "/teacher/")
    keys = page.evaluate(
        "caches.open('journal-kept').then((cache) => cache.keys())"
        ".then((all) => all.map((one) => new URL(one.url).pathname))"
    )
    pages = {one for one in keys if not one.startswith(("/static/", "/bootstrap/static/"))}
    assert pages == {journal(site.cast), "/offline", "/offline-owner", "/offline-parts"}


@dataclass
class Updated:
    """The application after an update: its files have another address, the old ones are gone."""

    inner: Any
    old: bytes
    new: bytes = b"/static/0123456789ab"

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        path = environ["PATH_INFO"].encode()
        if self.old in path:
            start("404 Not Found", [])
            return [b""]
        if self.new in path:
            environ["PATH_INFO"] = path.replace(self.new, self.old).decode()
        told: list[Any] = []
        parts = self.inner(environ, lambda *said: told.extend(said[:2]))
        body = b"".join(parts).replace(self.old, self.new)
        headers = [(name, value) for name, value in told[1] if name != "Content-Length"]
        start(told[0], [*headers, ("Content-Length", str(len(body)))])
        return [body]


def test_after_an_update_the_kept_page_works_until_it_is_opened_anew(
    site: Site, kept: BrowserContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = (site.app.static_url_path or "").encode()
    monkeypatch.setattr(site.app, "wsgi_app", Updated(site.app.wsgi_app, old))
    kept.set_offline(True)
    page = reopened(site, kept, journal(site.cast))
    expect(page.locator(NOTICE)).to_be_visible()
    Grid(page)
    kept.set_offline(False)
    page.get_by_role("button", name="Открыть заново").click()
    expect(page.locator(NOTICE)).to_have_count(0)
    expect(page.locator("link[href*='0123456789ab/css/journal.css']")).to_be_attached()
    expect(page.locator(f"{KEPT}[data-kept='true']")).to_be_attached()
    kept.set_offline(True)
    page = reopened(site, kept, journal(site.cast))
    expect(page.locator(NOTICE)).to_be_visible()
    Grid(page)
    names = page.evaluate(
        "caches.open('journal-kept').then((cache) => cache.keys())"
        ".then((all) => all.map((one) => one.url))"
    )
    styles = [one for one in names if one.endswith("/css/journal.css")]
    assert [one for one in styles if "0123456789ab" not in one] == [] and len(styles) == 1
