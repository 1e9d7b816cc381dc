"""Certifying summary sheets: who may, what is in the way, editions, the public check of a code."""

from __future__ import annotations

import io
import re

import pypdf
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from journal.core.audit import AuditEntry
from journal.grading.models import TermMark
from journal.people.models import Account
from journal.reports.certifying.models import CertifiedSheet
from journal.reports.certifying.queries import typed_code
from journal.reports.forms.model import (
    FormCell,
    FormColumn,
    FormRow,
    PaperForm,
    differences,
    grouped,
)
from journal.school.models import Course
from tests.cast import NOW, Cast
from tests.conftest import Client, Login


@pytest.fixture
def finished(cast: Cast, db_session: Session) -> None:
    """Every pupil of 5А has a mark of the first quarter in every subject."""
    courses = select(Course.subject_id).where(Course.academic_year_id == cast.year)
    there = select(TermMark.pupil_id, TermMark.subject_id).where(TermMark.number == 1)
    held = {(row.pupil_id, row.subject_id) for row in db_session.execute(there)}
    for subject_id in set(db_session.scalars(courses)):
        for name in ("pupil", "classmate", "third"):
            if (cast.pupils[name], subject_id) not in held:
                db_session.add(
                    TermMark(
                        organisation_id=cast.school,
                        pupil_id=cast.pupils[name],
                        subject_id=subject_id,
                        academic_year_id=cast.year,
                        kind="quarter",
                        number=1,
                        value="4",
                        entered_at=NOW,
                    )
                )
    db_session.commit()


def certify(client: Client, cast: Cast, at: str = "quarter-1") -> TestResponse:
    address = f"/results/classes/{cast.classes['own']}/certify?at={at}"
    return client.post(address, follow_redirects=True)


def sheets(session: Session) -> list[CertifiedSheet]:
    session.expire_all()
    return list(session.scalars(select(CertifiedSheet).order_by(CertifiedSheet.edition)))


def test_the_director_certifies_and_everything_is_printed(
    cast: Cast, login: Login, db_session: Session, finished: None
) -> None:
    page = certify(login("director"), cast)
    (sheet,) = sheets(db_session)
    assert (sheet.edition, sheet.place, sheet.post) == (1, "quarter-1", "director")
    assert grouped(sheet.code) in page.text and sheet.sha256 in page.text
    assert "Директор Громов" in page.text
    entry = db_session.scalars(select(AuditEntry).where(AuditEntry.action == "certify_sheet")).one()
    assert sheet.sha256 in (entry.after or "")
    client = login("class_teacher")
    content = client.get(f"/results/certified/{sheet.id}.pdf").data
    assert content == client.get(f"/results/certified/{sheet.id}.pdf").data
    printed = "".join(pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text().split())
    for words in (grouped(sheet.code), sheet.sha256, "ГромовП.", "20.11.202610:42", "/check/"):
        assert words in printed
    listed = client.get(f"/results/classes/{cast.classes['own']}/certified").text
    assert "I четверть" in listed and grouped(sheet.code) in listed


@pytest.mark.parametrize("member", ["administrator", "class_teacher", "own_teacher", "parent"])
def test_others_do_not_certify(
    cast: Cast, login: Login, db_session: Session, finished: None, member: str
) -> None:
    assert certify(login(member), cast).status_code == 403
    assert not sheets(db_session)


def test_what_is_in_the_way_is_said(cast: Cast, login: Login, db_session: Session) -> None:
    deputy = login("deputy")
    assert "Не хватает отметок" in certify(deputy, cast).text
    assert "II четверть не закончена" in certify(deputy, cast, "quarter-2").text
    assert "не закончена" in certify(deputy, cast, "all").text
    address = f"/results/classes/{cast.classes['own']}/certify?at=nonsense"
    assert deputy.post(address).status_code == 404
    assert deputy.get(address).status_code == 405
    assert not sheets(db_session)


def test_a_correction_makes_an_edition_beside_the_old(
    cast: Cast, login: Login, db_session: Session, finished: None
) -> None:
    deputy = login("deputy")
    certify(deputy, cast)
    assert "Ничего не изменилось с редакции 1" in certify(deputy, cast).text
    mark = db_session.scalars(
        select(TermMark).where(
            TermMark.pupil_id == cast.pupils["classmate"],
            TermMark.number == 1,
            TermMark.value == "4",
        )
    ).first()
    assert mark is not None
    mark.value = "5"
    db_session.commit()
    (first,) = sheets(db_session)
    before = first.facts
    assert "Журнал с тех пор изменился" in deputy.get(f"/results/certified/{first.id}").text
    page = certify(deputy, cast).text
    old, new = sheets(db_session)
    assert (old.facts, old.edition, new.edition) == (before, 1, 2)
    assert old.code != new.code
    changed = page[page.index("Что изменила эта редакция") :]
    row = re.search(r"Жуков Иван, I четверть</th><td>[^<]+</td><td[^>]*>4</td><td[^>]*>5<", changed)
    assert row
    assert "Журнал с тех пор изменился" not in page


@pytest.mark.parametrize("signer", ["ru", "en"])
def test_the_sheet_is_the_same_in_any_language(
    cast: Cast, login: Login, db_session: Session, finished: None, signer: str
) -> None:
    """Signed in one language and read in the other: nothing has changed, nothing is signed anew."""
    deputy = login("deputy")
    speak(db_session, cast, signer)
    certify(deputy, cast)
    (sheet,) = sheets(db_session)
    assert "Сводная ведомость" in sheet.facts and "Summary" not in sheet.facts
    speak(db_session, cast, "en" if signer == "ru" else "ru")
    page = deputy.get(f"/results/certified/{sheet.id}").text
    assert "has changed since" not in page and "с тех пор изменился" not in page
    certify(deputy, cast)
    assert len(sheets(db_session)) == 1
    printed = deputy.get(f"/results/certified/{sheet.id}.pdf").data
    assert "Заверено" in pypdf.PdfReader(io.BytesIO(printed)).pages[0].extract_text()


def speak(session: Session, cast: Cast, locale: str) -> None:
    session.get_one(Account, cast["deputy"].account_id).locale = locale
    session.commit()


def test_namesakes_are_told_apart_in_differences() -> None:
    """Two pupils of one name, and two columns of one title: each change is listed at its place."""
    columns = tuple(FormColumn(title=one) for one in ("Имя", "по болезни", "по болезни"))

    def form(*rows: str) -> PaperForm:
        made = (FormRow(key="Иванов Иван", cells=tuple(map(FormCell, row))) for row in rows)
        return PaperForm(school="", title="", subtitle="", columns=columns, rows=tuple(made))

    found = differences(form("И12", "И34"), form("И52", "И36"))
    assert [(one.row, one.column, one.before, one.after) for one in found] == [
        ("Иванов Иван", "по болезни", "1", "5"),
        ("Иванов Иван (2)", "по болезни (2)", "4", "6"),
    ]


def test_nobody_changes_what_is_kept(
    cast: Cast, login: Login, db_session: Session, finished: None
) -> None:
    certify(login("deputy"), cast)
    for attack in ("update certified_sheet set name = 'x'", "delete from certified_sheet"):
        with pytest.raises(DatabaseError, match="append-only"):
            db_session.execute(text(attack))
        db_session.rollback()
    assert len(sheets(db_session)) == 1


def test_a_code_is_genuine_or_not_and_nothing_more(
    cast: Cast, login: Login, client: Client, db_session: Session, finished: None
) -> None:
    certify(login("deputy"), cast)
    (sheet,) = sheets(db_session)
    page = client.get(f"/check/?code={grouped(sheet.code).lower()}").text
    assert "код подлинный" in page
    for secret in ("5А", "Школа № 17", "Орлова", "четверть"):
        assert secret not in page
    assert "нет заверенной ведомости" in client.get("/check/?code=0000-0000-0000").text
    assert "не контрольный код" in client.get("/check/?code=Привет").text


def test_codes_are_read_as_people_type_them() -> None:
    assert typed_code(" 7k2m qx40-9trb ") == "7K2MQX409TRB"
    assert typed_code("oi2m-qx40-9trb") == "012MQX409TRB"
    assert typed_code("7K2M-QX40") is None
    assert typed_code("7K2M-QX40-9TRЫ") is None
