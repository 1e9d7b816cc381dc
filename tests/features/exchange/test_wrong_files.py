"""Wrong files on the whole way: each gets its message, becomes no submission, stands in the log."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.outbox import OutboxEvent
from journal.core.tenancy import across
from journal.exchange.figures import Content
from journal.exchange.forms import MP1
from journal.exchange.forms.messages import ADVICE, BROKEN, MESSAGES
from journal.exchange.forms.mp1 import H1
from journal.exchange.models import Attempt, Submission
from journal.exchange.queries import attempts, participation
from journal.exchange.service.processing import check_attempt, heading_of, settle
from journal.exchange.workbook import write_form
from tests.cast import NOW, Cast
from tests.exchange.filled import SECRET, edited
from tests.exchange.test_bad_files import locked_by_somebody, repacked, with_member, zip_bomb
from tests.features.exchange.region import Region, region
from tests.features.exchange.test_submission import opened, sent, table, workbook

Make = Callable[[bytes, Region, int], bytes]


def cell(sheet: str, address: str, value: Any) -> Make:
    """The right workbook with one cell typed over."""
    return lambda right, _here, _procedure: edited(right, (sheet, address, value))


def filled_as(**changes: Any) -> Make:
    """The workbook made for somebody or something else."""

    def made(_right: bytes, here: Region, procedure_id: int) -> bytes:
        session = here.as_(here.coordinator)
        card = participation(session, here.coordinator, procedure_id)
        heading = heading_of(session, card.procedure, here.school, NOW)
        other = replace(heading, **changes)
        return write_form(with_spare_rows(), other, suffix=".xlsx", secret=SECRET)

    return made


def with_spare_rows() -> Content:
    right = table()
    return replace(right, classes=[*right.classes, *[None] * MP1.spare_rows])


def empty(_right: bytes, here: Region, procedure_id: int) -> bytes:
    return workbook(here, procedure_id, Content(classes=table().classes, numbers={}), ".xlsx")


def bytes_of(make: Callable[[], bytes]) -> Make:
    return lambda _right, _here, _procedure: make()


def with_part(name: str) -> Make:
    return lambda right, _here, _procedure: repacked(
        right, lambda members: members.update({name: b"x"})
    )


WRONG: dict[str, tuple[Make, str]] = {
    "renamed text": (bytes_of(lambda: "Отчёт школы".encode()), "не является книгой MS Excel"),
    "password": (bytes_of(locked_by_somebody), "защищён паролем"),
    "macros": (with_part("xl/vbaProject.bin"), "макросы или внешние ссылки"),
    "another school": (filled_as(organisation_code="1005"), "для другой образовательной"),
    "last year": (filled_as(year="2025-2026"), "к другому мониторингу или периоду"),
    "another procedure": (filled_as(procedure_id="99"), "к другому мониторингу или периоду"),
    "edited header": (cell(H1, "E10", "Всего"), f"Структура шаблона изменена: лист «{H1}»"),
    "number as text": (cell(H1, "E12", "2"), "только целое число не меньше 0"),
    "decimal": (cell(H1, "E12", 2.5), "только целое число не меньше 0"),
    "negative": (cell(H1, "E12", -2), "только целое число не меньше 0"),
    "blank": (cell(H1, "E12", None), "значение не указано. При отсутствии укажите 0"),
    "blank form": (empty, "незаполненный шаблон"),
    "duplicate class": (cell("Классы", "B13", "5А"), "указан более одного раза"),
    "three megabytes": (bytes_of(lambda: b"PK" + bytes(3_000_000)), "превышает 2 МБ"),
    "zip bomb": (bytes_of(zip_bomb), BROKEN),
    "formula": (cell(H1, "E12", "=1+1"), f"повреждён: лист «{H1}», ячейка E12"),
    "old version": (cell("_meta", "B2", "0.9.0"), "Версия шаблона 0.9.0 не поддерживается"),
    "external link": (
        bytes_of(lambda: with_member("xl/externalLinks/externalLink1.xml")),
        "макросы или внешние ссылки",
    ),
}


@pytest.fixture
def here(db_session: Session, cast: Cast) -> Region:
    return region(db_session, cast)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_told_and_logged_and_is_no_submission(here: Region, name: str) -> None:
    make, words = WRONG[name]
    procedure_id = opened(here)
    data = make(workbook(here, procedure_id, table(), ".xlsx"), here, procedure_id)
    attempt_id = sent(here, procedure_id, data)
    session = here.as_(here.coordinator)
    assert not settle(session, check_attempt(session, attempt_id, secret=SECRET), now=NOW)
    card = participation(session, here.coordinator, procedure_id)
    (log,) = attempts(session, card.id)
    assert any(words in one.text for one in log.findings), [one.text for one in log.findings]
    assert (log.state, log.version, card.submitted_at) == ("refused", None, None)
    assert session.scalar(select(Submission.id)) is None
    assert session.scalar(select(Attempt.data)) is None, "the bytes are not kept"
    assert _settled(session) == {log.findings[0].code} | {one.code for one in log.findings}
    assert "report of your school was not accepted" in _told(session)


SAYING = ("Скачайте", "Снимите", "укажите 0")
"""What in a message itself says what to do."""


@pytest.mark.parametrize("code", [one for one in MESSAGES if one[0] in "FMT" and one != "M05"])
def test_every_refusal_says_what_to_do(code: str) -> None:
    assert code in ADVICE or any(words in MESSAGES[code] for words in SAYING)


def _settled(session: Session) -> set[str]:
    """The codes the chain of the school says of it."""
    after = session.scalars(
        select(AuditEntry.after).where(AuditEntry.action == "settle_form")
    ).one()
    return set(json.loads(after or "{}")["codes"])


def _told(session: Session) -> str:
    with across(session, "what the coordinators are told"):
        return " ".join(session.scalars(select(OutboxEvent.facts)).all())


def test_the_right_file_of_these_tests_is_right(here: Region) -> None:
    procedure_id = opened(here)
    attempt_id = sent(here, procedure_id, workbook(here, procedure_id, table(), ".xlsx"))
    session = here.as_(here.coordinator)
    assert settle(session, check_attempt(session, attempt_id, secret=SECRET), now=NOW)
    assert "report of your school is accepted" in _told(session)
    told = json.loads(session.scalars(select(OutboxEvent.facts)).all()[-1])
    assert told["link"]["args"] == {"procedure_id": procedure_id, "attempt_id": attempt_id}
