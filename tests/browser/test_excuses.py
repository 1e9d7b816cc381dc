"""Excuses between three browsers: the family's phone, the class teacher's desk, the deputy's."""

from __future__ import annotations

from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy.orm import Session

from journal.attendance.models import Absence
from tests.browser.conftest import Site, Visit
from tests.browser.sections import open_section
from tests.browser.test_class_teacher_whole_day import code_in
from tests.browser.test_family_day import fits, phone
from tests.cast import NOW, Cast


def send(page: Page, reason: str, first: str, last: str, words: str) -> None:
    """The form of the family, sent; the day the illness ends may be empty."""
    if page.get_by_role("checkbox", name="Ёлкин Артём").count():
        page.get_by_role("checkbox", name="Ёлкин Артём").check()
    page.get_by_label(reason, exact=True).check()
    page.get_by_label("Первый день").fill(first)
    page.get_by_label("Последний день").fill(last)
    page.get_by_label("В двух словах").fill(words)
    assert fits(page)
    page.get_by_role("button", name="Отправить классному руководителю").click()
    expect(page.get_by_role("status")).to_contain_text("отправлено")
    assert fits(page)


def family(visit: Visit, browser: Browser, site: Site) -> Page:
    return visit("parent", "/family/excuses/new", context=phone(browser, site, "parent"))


def waiting(page: Page) -> Locator:
    return page.get_by_role("region", name="Ждут решения").get_by_role("article")


def missed(cast: Cast, session: Session, *lessons: str) -> None:
    for name in lessons:
        entry = {"lesson_id": cast.lessons[name], "code": "n", "entered_at": NOW}
        session.add(Absence(organisation_id=cast.school, pupil_id=cast.pupils["pupil"], **entry))
    session.commit()


def test_an_illness_without_an_end_is_ended_by_the_family(
    visit: Visit, browser: Browser, site: Site, cast: Cast, db_session: Session
) -> None:
    """Until further word; then the last day, whose later lessons have no reason any more."""
    missed(cast, db_session, "recent", "own")
    parent = family(visit, browser, site)
    send(parent, "болезнь", "2026-11-18", "", "Температура")
    keeper = visit("class_teacher", "/class/excuses/")
    expect(waiting(keeper)).to_contain_text("с 18.11, последний день не известен")
    keeper.get_by_role("button", name="Подтвердить").click()
    expect(keeper.get_by_role("region", name="Болеют, последний день не известен")).to_contain_text(
        "Ёлкин"
    )
    assert code_in(db_session, cast.lessons["own"], cast.pupils["pupil"]) == "b"

    parent.reload()
    parent.get_by_role("link", name="Сообщить последний день").click()
    expect(parent.get_by_label("Первый день")).to_have_value("2026-11-18")
    expect(parent.get_by_label("Последний день")).to_have_value("2026-11-20")
    expect(parent.get_by_label("болезнь")).to_be_checked()
    send(parent, "болезнь", "2026-11-18", "2026-11-19", "Завтра в школу")
    keeper.reload()
    expect(waiting(keeper)).to_contain_text("последним днём станет 19.11")
    keeper.get_by_role("button", name="Подтвердить").click()
    expect(keeper.get_by_role("region", name="Болеют, последний день не известен")).to_have_count(0)
    pupil = cast.pupils["pupil"]
    assert code_in(db_session, cast.lessons["recent"], pupil) == "b"
    assert code_in(db_session, cast.lessons["own"], pupil) == "n"


def test_an_illness_without_an_end_is_ended_at_the_desk(
    visit: Visit, browser: Browser, site: Site, cast: Cast, db_session: Session
) -> None:
    """By its last day, or by the certificate brought on paper."""
    missed(cast, db_session, "recent", "own")
    send(family(visit, browser, site), "болезнь", "2026-11-16", "", "ОРВИ")
    keeper = visit("class_teacher", "/class/excuses/")
    keeper.get_by_role("button", name="Подтвердить").click()
    ill = keeper.get_by_role("region", name="Болеют, последний день не известен")
    ill.get_by_label("Последний день").fill("2026-11-15")
    ill.get_by_role("button", name="Указать последний день").click()
    expect(ill.get_by_role("alert")).to_contain_text("Последний день раньше первого")

    keeper.get_by_role("link", name="Справка на бумаге").click()
    expect(keeper.get_by_label("Ученик")).to_have_value("")  # nobody by mistake
    keeper.get_by_label("Ученик").select_option(label="Ёлкин Артём")
    keeper.get_by_label("болезнь").check()
    keeper.get_by_label("Первый день").fill("2026-11-16")
    keeper.get_by_label("Последний день").fill("2026-11-18")
    keeper.get_by_role("button", name="Внести").click()
    expect(ill).to_have_count(0)
    done = keeper.get_by_role("region", name="Рассмотрены").get_by_role("row", name="Ёлкин Артём")
    expect(done).to_have_count(2)
    expect(done.first).to_contain_text("16.11–18.11")
    expect(done.last).to_contain_text("16.11–18.11")
    assert code_in(db_session, cast.lessons["own"], cast.pupils["pupil"]) == "n"


def test_ranges_that_meet_are_one_and_the_family_is_asked_back(
    visit: Visit, browser: Browser, site: Site, cast: Cast, db_session: Session
) -> None:
    missed(cast, db_session, "own")
    parent = family(visit, browser, site)
    send(parent, "болезнь", "2026-11-16", "2026-11-17", "Кашель")
    for first, last, words in (("20", "20", "Насморк"), ("18", "19", "Жар")):
        parent.goto(f"{site.url}/family/excuses/new")
        send(parent, "болезнь", f"2026-11-{first}", f"2026-11-{last}", words)
    keeper = visit("class_teacher", "/class/excuses/")
    expect(waiting(keeper)).to_have_count(1)
    expect(waiting(keeper)).to_contain_text("16.11–20.11")
    ask = keeper.get_by_role("button", name="Спросить семью")
    ask.click()
    expect(keeper.get_by_role("alert")).to_contain_text("Напишите семье, чего не хватает.")
    keeper.get_by_label("Слова семье").fill("Есть ли справка?")
    ask.click()
    expect(waiting(keeper)).to_contain_text("вопрос семье")

    parent.goto(f"{site.url}/family/excuses/")
    asked = parent.get_by_role("article").first
    expect(asked).to_contain_text("Есть ли справка?")
    asked.get_by_label("Ответ").fill("Да, принесёт завтра")
    assert fits(parent)
    asked.get_by_role("button", name="Отправить ответ").click()
    keeper.reload()
    expect(waiting(keeper)).to_contain_text("Да, принесёт завтра")
    keeper.get_by_role("button", name="Подтвердить").click()
    expect(waiting(keeper)).to_have_count(0)
    assert code_in(db_session, cast.lessons["own"], cast.pupils["pupil"]) == "b"


def test_a_longer_leave_goes_through_the_deputy(
    visit: Visit, browser: Browser, site: Site, cast: Cast, db_session: Session
) -> None:
    """Above the days the school has set; excused only by the deputy's word."""
    missed(cast, db_session, "own")
    deputy = visit("deputy", "/leaves/")
    deputy.get_by_label("Сколько дней").fill("2")
    deputy.get_by_role("button", name="Сохранить").click()
    parent = family(visit, browser, site)
    send(parent, "другая уважительная причина", "2026-11-20", "2026-11-22", "Соревнования")
    keeper = visit("class_teacher", "/class/excuses/")
    expect(keeper.locator(".page-head")).to_contain_text("до 2 дней")
    keeper.get_by_role("button", name="Подтвердить").click()
    pupil, lesson = cast.pupils["pupil"], cast.lessons["own"]
    assert code_in(db_session, lesson, pupil) == "n"
    parent.reload()
    expect(parent.get_by_role("article").first).to_contain_text("ждёт завуча")

    open_section(deputy, "Долгие отсутствия")
    expect(deputy.locator("main")).to_contain_text("Соревнования")
    refuse = deputy.get_by_role("button", name="Отказать")
    refuse.click()
    expect(deputy.get_by_role("alert")).to_contain_text("почему")
    deputy.get_by_role("button", name="Подтвердить").click()
    expect(deputy.get_by_role("button", name="Подтвердить")).to_have_count(0)
    granted = deputy.get_by_role("region", name="Отпущены, ещё не закончилось")
    expect(granted.get_by_role("row", name="Ёлкин Артём, 5А")).to_contain_text("20.11–22.11")
    assert code_in(db_session, lesson, pupil) == "u"
    parent.reload()
    expect(parent.get_by_role("article").first).to_contain_text("оправдано")
