"""What goes wrong between keyboard and database: nothing typed is lost, nothing is doubled."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Route, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.grading.models import Mark, Work
from tests.browser.conftest import Site, Visit
from tests.browser.grid import SENT, Grid, more_pupils

WAIT = 20_000


def values(session: Session, lesson_id: int) -> list[str]:
    """The values of the lesson's marks, in the order of pupils."""
    session.rollback()
    return list(
        session.scalars(
            select(Mark.value)
            .join(Work, Work.id == Mark.work_id)
            .where(Work.lesson_id == lesson_id)
            .order_by(Mark.pupil_id, Mark.id)
        )
    )


def logged(session: Session, action: str) -> int:
    """How many times the audit log holds the action."""
    session.rollback()
    counted = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == action)
    return session.scalar(counted) or 0


@pytest.fixture
def seventeen_more(site: Site, db_session: Session) -> None:
    """With them there are twenty pupils in 5А."""
    more_pupils(db_session, site.cast, 17)


def open_grid(site: Site, visit: Visit) -> Grid:
    return Grid(visit("own_teacher", f"/journal/{site.cast.courses['own']}"))


@pytest.mark.usefixtures("seventeen_more")
def test_twenty_marks_without_connection_survive_a_reload_and_arrive_once(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, lesson = open_grid(site, visit), site.cast.lessons["own"]
    pupils = [one["id"] for one in grid.facts()["pupils"]]
    assert len(pupils) == 20
    grid.page.context.route("**/save", lambda route: route.abort("internetdisconnected"))
    grid.go(pupils[0], lesson)
    for _ in pupils:
        grid.press("4", "Enter")
    expect(grid.state).to_contain_text("20 записей")
    expect(grid.state).to_contain_text("Нет связи")
    grid.page.reload()
    grid.ready()
    expect(grid.cell(pupils[19], lesson)).to_have_class("today pending")
    expect(grid.cell(pupils[19], lesson)).to_contain_text("4")
    assert values(db_session, lesson) == []
    grid.page.context.unroute("**/save")
    grid.page.evaluate("dispatchEvent(new Event('online'))")
    expect(grid.state).to_have_text(SENT, timeout=WAIT)
    assert values(db_session, lesson) == ["4"] * 20
    assert logged(db_session, "put_mark") == 20
    expect(grid.cell(pupils[19], lesson)).to_have_class("today")


SLOW_DISK = """() => {
  const change = IDBObjectStore.prototype.delete;
  IDBObjectStore.prototype.delete = function (key) {
    for (let turn = 0; turn < 20000; turn += 1) this.get(key);
    return change.call(this, key);
  };
}"""


def test_what_is_typed_while_an_answer_is_written_down_knows_what_it_said(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, lesson = open_grid(site, visit), site.cast.lessons["own"]
    cell = grid.go(grid.facts()["pupils"][0]["id"], lesson)
    grid.page.evaluate(SLOW_DISK)
    with grid.page.expect_response("**/save"):
        grid.press("5")
    grid.press("4")
    expect(cell).to_contain_text("4")
    expect(grid.state).to_have_text(SENT, timeout=WAIT)
    expect(cell).to_have_text("4")
    assert values(db_session, lesson) == ["4"]


def test_a_lost_answer_is_asked_for_again_under_the_same_name(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, lesson = open_grid(site, visit), site.cast.lessons["own"]
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()  # the server has it, the browser never hears so
        route.abort("connectionreset")

    grid.page.context.route("**/save", lose_the_first_answer)
    grid.go(site.cast.pupils["pupil"], lesson)
    grid.press("5")
    expect(grid.state).to_have_text(SENT, timeout=WAIT)
    assert values(db_session, lesson) == ["5"]
    assert logged(db_session, "put_mark") == 1
    assert len({one["op"] for one in grid.saves}) == 1
    assert len(grid.saves) == 2


def test_typing_on_over_a_lost_answer_ends_with_the_last_value(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, lesson = open_grid(site, visit), site.cast.lessons["own"]
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if not lost:
            lost.append(route.request.url)
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    grid.page.context.route("**/save", lose_the_first_answer)
    cell = grid.go(site.cast.pupils["pupil"], lesson)
    grid.press("5")
    expect(grid.state).to_contain_text("Нет связи")
    grid.press("3")
    expect(grid.state).to_have_text(SENT, timeout=WAIT)
    expect(cell).to_have_text("3")
    assert values(db_session, lesson) == ["3"]
    assert (logged(db_session, "put_mark"), logged(db_session, "change_mark")) == (1, 1)


def test_two_browsers_with_different_values_see_both_and_choose(
    site: Site, visit: Visit, db_session: Session
) -> None:
    first, second = open_grid(site, visit), open_grid(site, visit)
    lesson, pupil = site.cast.lessons["own"], site.cast.pupils["pupil"]
    first.go(pupil, lesson)
    first.press("5")
    first.saved()
    cell = second.go(pupil, lesson)
    second.press("4")
    expect(second.state).to_have_text("1 расхождение")
    expect(cell).to_contain_text("4≠5")
    expect(second.issues).to_contain_text("Соколова А. И.")
    assert values(db_session, lesson) == ["5"]
    second.page.get_by_role("button", name="Оставить 4").click()
    second.saved()
    expect(cell).to_have_text("4")
    assert values(db_session, lesson) == ["4"]
    first.go(pupil, lesson)
    first.press("3")
    expect(first.issues).to_contain_text("У вас 3")
    first.page.get_by_role("button", name="Взять 4").click()
    first.saved()
    expect(first.cell(pupil, lesson)).to_have_text("4")
    assert values(db_session, lesson) == ["4"]


@pytest.mark.parametrize("locks", ["web locks", "a lease"])
def test_two_tabs_of_one_browser_share_the_queue_and_send_once(
    site: Site, visit: Visit, browser: Browser, db_session: Session, locks: str
) -> None:
    context = browser.new_context(locale="ru-RU")
    site.contexts.append(context)
    site.sign_in(context, "own_teacher")
    if locks == "a lease":  # what a browser has on a page of plain http
        context.add_init_script("Object.defineProperty(navigator, 'locks', {value: undefined})")
    path = f"/journal/{site.cast.courses['own']}"
    one = Grid(visit("own_teacher", path, context=context))
    other = Grid(visit("own_teacher", path, context=one.page.context))
    lesson, pupil = site.cast.lessons["own"], site.cast.pupils["pupil"]
    one.page.context.route("**/save", lambda route: route.abort("internetdisconnected"))
    one.go(pupil, lesson)
    one.press("5")
    expect(other.cell(pupil, lesson)).to_have_class("today pending")
    other.go(pupil, lesson)
    other.press("4")
    expect(one.cell(pupil, lesson)).to_contain_text("4")
    one.page.context.unroute("**/save")
    for tab in (one, other):
        tab.page.evaluate("dispatchEvent(new Event('online'))")
    for tab in (one, other):
        expect(tab.state).to_have_text(SENT, timeout=WAIT)
        expect(tab.cell(pupil, lesson)).to_have_text("4")
    assert values(db_session, lesson) == ["4"]


def test_a_tab_whose_entries_another_one_sent_goes_on_by_itself(
    site: Site, visit: Visit, db_session: Session
) -> None:
    one = open_grid(site, visit)
    path = f"/journal/{site.cast.courses['own']}"
    other = Grid(visit("own_teacher", path, context=one.page.context))
    lesson, pupil = site.cast.lessons["own"], site.cast.pupils["pupil"]
    for tab in (one, other):
        tab.page.route("**/save", lambda route: route.abort("internetdisconnected"))
    other.go(pupil, lesson)
    other.press("5")
    expect(other.state).to_contain_text("Нет связи")
    one.page.unroute("**/save")
    one.page.evaluate("dispatchEvent(new Event('online'))")
    for tab in (one, other):
        expect(tab.state).to_have_text(SENT, timeout=WAIT)
    one.page.close()
    other.page.unroute("**/save")
    other.page.evaluate("dispatchEvent(new Event('online'))")  # with nothing to send
    other.press("3")
    expect(other.state).to_have_text(SENT, timeout=WAIT)
    assert values(db_session, lesson) == ["3"]


def test_a_clock_set_back_does_not_bring_an_older_value_to_the_front(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, lesson = open_grid(site, visit), site.cast.lessons["own"]
    grid.page.context.route("**/save", lambda route: route.abort("internetdisconnected"))
    grid.go(site.cast.pupils["pupil"], lesson)
    grid.press("5")
    expect(grid.state).to_contain_text("Нет связи")
    grid.page.add_init_script("{ const now = Date.now; Date.now = () => now() - 3_600_000; }")
    grid.page.reload()
    grid.ready()
    cell = grid.go(site.cast.pupils["pupil"], lesson)
    grid.press("3")
    expect(cell).to_contain_text("3")
    grid.page.context.unroute("**/save")
    grid.page.evaluate("dispatchEvent(new Event('online'))")
    expect(grid.state).to_have_text(SENT, timeout=WAIT)
    expect(cell).to_have_text("3")
    assert values(db_session, lesson) == ["3"]


def test_entries_are_kept_anew_when_the_storage_of_the_browser_was_cleared(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, lesson = open_grid(site, visit), site.cast.lessons["own"]
    pupils = [site.cast.pupils[one] for one in ("pupil", "classmate")]
    grid.page.context.route("**/save", lambda route: route.abort("internetdisconnected"))
    grid.go(pupils[0], lesson)
    grid.press("5")
    expect(grid.state).to_contain_text("Нет связи")
    grid.page.evaluate(
        "new Promise((resolve) => { indexedDB.deleteDatabase('journal').onsuccess = resolve; })"
    )
    grid.go(pupils[1], lesson)
    grid.press("4")
    expect(grid.state).to_contain_text("2 записи")
    expect(grid.state).to_contain_text("Нет связи")  # said only when both are on the disk
    grid.page.reload()
    grid.ready()
    expect(grid.state).to_contain_text("2 записи")
    grid.page.context.unroute("**/save")
    grid.page.evaluate("dispatchEvent(new Event('online'))")
    expect(grid.state).to_have_text(SENT, timeout=WAIT)
    assert values(db_session, lesson) == ["5", "4"]


def test_an_expired_session_keeps_the_entries_until_the_same_person_returns(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, lesson = open_grid(site, visit), site.cast.lessons["own"]
    context = grid.page.context
    site.sign_out(context)
    grid.go(site.cast.pupils["pupil"], lesson)
    grid.press("5")
    expect(grid.state).to_contain_text("1 запись ждёт входа")
    link = grid.issues.get_by_role("link", name="Войти в новой вкладке")
    expect(link).to_have_attribute("target", "_blank")
    assert values(db_session, lesson) == []
    site.sign_in(context, "other_teacher")
    grid.page.evaluate("dispatchEvent(new Event('focus'))")
    expect(grid.issues).to_contain_text("Вошёл другой пользователь")
    assert values(db_session, lesson) == []
    site.sign_in(context, "own_teacher")
    grid.page.evaluate("dispatchEvent(new Event('focus'))")
    expect(grid.state).to_have_text(SENT, timeout=WAIT)
    expect(grid.issues).to_have_count(0)
    assert values(db_session, lesson) == ["5"]


def test_another_person_in_the_same_browser_is_told_whose_entries_wait(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, lesson = open_grid(site, visit), site.cast.lessons["own"]
    context = grid.page.context
    site.sign_out(context)
    grid.go(site.cast.pupils["pupil"], lesson)
    grid.press("5")
    expect(grid.state).to_contain_text("ждёт входа")
    site.sign_in(context, "other_teacher")
    path = f"/journal/{site.cast.courses['other_class']}"
    theirs = Grid(visit("other_teacher", path, context=context))
    expect(theirs.issues).to_contain_text("Соколова А. И.")
    expect(theirs.state).to_have_text(SENT)
    assert values(db_session, lesson) == []


def test_a_window_that_closes_while_one_types_is_a_refusal_with_its_reason(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, lesson = open_grid(site, visit), site.cast.lessons["own"]
    site.pass_time(days=3)
    cell = grid.go(site.cast.pupils["pupil"], lesson)
    grid.press("5")
    expect(grid.state).to_have_text("1 запись не принята")
    expect(cell).to_have_class("today refused")
    expect(grid.issues).to_contain_text("22.11 23:59")
    assert values(db_session, lesson) == []
    grid.page.reload()
    grid.ready()
    expect(grid.issues).to_contain_text("22.11 23:59")
    grid.page.get_by_role("button", name="Убрать").click()
    expect(grid.issues).to_have_count(0)
    expect(grid.cell(site.cast.pupils["pupil"], lesson)).to_have_text("")
    expect(grid.state).to_have_text(SENT)


def test_a_failing_server_is_tried_again(site: Site, visit: Visit, db_session: Session) -> None:
    grid, lesson = open_grid(site, visit), site.cast.lessons["own"]
    answers = iter([503, 500])

    def fail_twice(route: Route) -> None:
        status = next(answers, None)
        if status is None:
            route.continue_()
        else:
            route.fulfill(status=status, body="")

    grid.page.context.route("**/save", fail_twice)
    grid.go(site.cast.pupils["pupil"], lesson)
    grid.press("5")
    expect(grid.state).to_contain_text("Сервер не отвечает")
    expect(grid.state).to_have_text(SENT, timeout=WAIT)
    assert values(db_session, lesson) == ["5"]


def test_a_stale_token_is_renewed_without_a_word(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, lesson = open_grid(site, visit), site.cast.lessons["own"]
    grid.page.evaluate("document.querySelector('meta[name=csrf-token]').content = 'stale'")
    grid.go(site.cast.pupils["pupil"], lesson)
    grid.press("5")
    expect(grid.cell(site.cast.pupils["pupil"], lesson)).to_have_class("today")
    grid.saved()
    assert values(db_session, lesson) == ["5"]


def test_a_browser_that_keeps_nothing_warns(site: Site, browser: Browser, visit: Visit) -> None:
    context = browser.new_context(locale="ru-RU")
    site.contexts.append(context)
    site.sign_in(context, "own_teacher")
    context.add_init_script("Object.defineProperty(window, 'indexedDB', {get() { throw 1; }})")
    path = f"/journal/{site.cast.courses['own']}"
    grid = Grid(visit("own_teacher", path, context=context))
    expect(grid.issues).to_contain_text("Не закрывайте страницу")
    context.route("**/save", lambda route: route.abort("internetdisconnected"))
    grid.go(site.cast.pupils["pupil"], site.cast.lessons["own"])
    grid.press("5")
    asked: list[str] = []
    grid.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    grid.page.reload()
    assert asked == ["beforeunload"]
