"""The administrator's day: the printed password, people, slips for a class, a workbook, the log."""

from __future__ import annotations

import io
import re
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from sqlalchemy.orm import Session

from journal.core.audit import Origin
from journal.jobs import Runner
from journal.people.service import issue_credentials
from tests.browser.conftest import Site
from tests.browser.sections import open_section
from tests.cast import NOW, Cast

OWN = "Лестница-без-перил-7"


def temporary_password(session: Session, cast: Cast) -> str:
    """What `flask account issue` prints."""
    (issued,) = issue_credentials(
        session,
        organisation_id=cast.school,
        origin=Origin(account_id=None, actor_name="flask account issue"),
        person_ids=[cast["administrator"].person_id],
        now=NOW,
    )
    session.commit()
    return issued.password


def signed_in(site: Site, browser: Browser, login: str, password: str) -> Page:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="ru-RU")
    site.contexts.append(context)
    page = context.new_page()
    page.goto(f"{site.url}/school")
    page.get_by_label("Логин").fill(login)
    page.get_by_label("Пароль").fill(password)
    page.get_by_role("button", name="Войти").click()
    return page


def workbook(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Кабинеты"
    sheet.append(["Кабинет", "Вместимость", "Назначение"])
    sheet.append(["204", 30, "математика"])
    book.save(path)
    return path


def test_the_administrators_day(
    site: Site, browser: Browser, cast: Cast, db_session: Session, tmp_path: Path
) -> None:
    password = temporary_password(db_session, cast)
    page = signed_in(site, browser, cast["administrator"].login, password)
    expect(page).to_have_url(re.compile("/password$"))  # nothing else before an own password
    page.locator("[name=old_password]").fill(password)
    page.locator("[name=password]").fill(OWN)
    page.locator("[name=again]").fill(OWN)
    page.get_by_role("button", name="Сохранить пароль").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Школа")
    expect(page.get_by_text("классов: 2; без классного руководителя: 1")).to_be_visible()

    open_section(page, "Люди")
    page.get_by_label("Фамилия, логин или № дела").fill("`krby fhn`v")  # Latin keyboard
    page.get_by_role("button", name="Найти").click()
    page.get_by_role("link", name="Ёлкин Артём Игоревич").click()
    expect(page.get_by_role("link", name="Ёлкина Вера Андреевна", exact=True)).to_be_visible()

    page.goto(f"{site.url}/school/classes/{cast.classes['own']}")
    page.get_by_role("link", name="Пароли класса").click()
    page.get_by_label("Ёлкин Артём Игоревич").check()
    expect(page.get_by_label("отмеченным в списке")).to_be_checked()  # the choice follows
    page.get_by_role("button", name="Дальше").click()
    expect(page.get_by_text("Уже есть пароль: 1 чел.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Выдать пароли и скачать листки").click()
    slips = PdfReader(io.BytesIO(Path(download.value.path()).read_bytes()))
    text = " ".join(slips.pages[0].extract_text().split())
    given = re.search(r"[a-z2-9]{5}-[a-z2-9]{5}", text)
    assert given is not None and cast["pupil"].login in text
    child = signed_in(site, browser, cast["pupil"].login, given[0])
    expect(child).to_have_url(re.compile("/password$"))

    import_workbook(site, page, tmp_path)
    page.goto(f"{site.url}/changes")
    expect(page.get_by_text("Изменений нет")).to_be_visible()
    open_section(page, "Журнал действий")
    log = page.get_by_role("row")
    expect(log.filter(has_text="выдача временного пароля").first).to_be_visible()
    expect(log.filter(has_text="загружен лист пакета").first).to_be_visible()
    assert given[0] not in page.content()


def import_workbook(site: Site, page: Page, tmp_path: Path) -> None:
    """Check, leave, come back, import: the page follows the work by itself."""
    runner = Runner(site.app)
    runner.beat()
    open_section(page, "Файлы")
    page.locator("input[type=file]").first.set_input_files(workbook(tmp_path / "Школа.xlsx"))
    page.get_by_role("button", name="Проверить пакет").click()
    expect(page.get_by_text("Страницу можно закрыть")).to_be_visible()
    runner.work()
    expect(page.get_by_text("Ошибок не найдено")).to_be_visible(timeout=10_000)
    expect(page.get_by_text("Кабинеты: новых 1")).to_be_visible()
    page.get_by_role("button", name="Загрузить").click()
    runner.work()
    expect(page.get_by_text("Загружено")).to_be_visible(timeout=10_000)
    runner.stop()
