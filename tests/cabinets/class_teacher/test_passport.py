"""The social passport: counts for who sees counts, names for the class teacher, consent for all."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pypdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.people.models import GuardianLink, Pupil
from journal.school.social.models import CATEGORY_CODES, PupilCategory
from journal.school.social.rules import CATEGORIES
from tests.cast import Cast
from tests.conftest import Client, Login

NAMES = "/class/passport/pupils"


@pytest.fixture
def keeper(login: Login) -> Client:
    return login("class_teacher")


@pytest.fixture
def consent(db_session: Session, cast: Cast) -> int:
    """The mother of the pupil of 5А has consented for him, not for the child in 5Б."""
    link = db_session.scalars(
        select(GuardianLink).where(GuardianLink.pupil_id == cast.pupils["pupil"])
    ).one()
    link.consent_on, link.consent_withdrawn_on = date(2026, 9, 1), None
    for pupil in db_session.scalars(select(Pupil)):
        pupil.consent_on = None
    db_session.commit()
    return link.id


def note(keeper: Client, cast: Cast, *codes: str, pupil: str = "pupil") -> Any:
    return keeper.post(f"{NAMES}/{cast.pupils[pupil]}", data={"category": list(codes)})


def kept(session: Session) -> list[tuple[int, str]]:
    session.rollback()
    rows = session.execute(select(PupilCategory.pupil_id, PupilCategory.category))
    return sorted((row[0], row[1]) for row in rows)


def test_every_category_has_its_words() -> None:
    assert tuple(CATEGORIES) == CATEGORY_CODES


def test_counts_show_no_names_and_names_are_logged(
    keeper: Client, cast: Cast, db_session: Session, consent: int
) -> None:
    assert note(keeper, cast, "many_children", "low_income").status_code == 302
    pupil = cast.pupils["pupil"]
    assert kept(db_session) == [(pupil, "low_income"), (pupil, "many_children")]
    page = keeper.get("/class/passport")
    assert "Ёлкин" not in page.text and "Абрамова" not in page.text
    assert "Без согласия семьи ничего не хранится. Таких учеников: 2" in page.text
    rows = page.text.split("многодетная семья")[1]
    assert '<td class="num">1</td>' in rows[:40]

    readings = select(AuditEntry).where(AuditEntry.action == "read_categories")
    db_session.rollback()
    before = len(db_session.scalars(readings).all())
    names = keeper.get(NAMES)
    assert "Ёлкин Артём" in names.text and "малообеспеченная семья" in names.text
    db_session.rollback()
    assert len(db_session.scalars(readings).all()) == before + 1


def test_the_log_tells_how_many_and_never_which(
    keeper: Client, cast: Cast, db_session: Session, consent: int
) -> None:
    note(keeper, cast, "police_watch")
    note(keeper, cast, "police_watch")  # the same again changes nothing
    note(keeper, cast)
    db_session.rollback()
    entries = db_session.scalars(
        select(AuditEntry).where(AuditEntry.action == "set_categories").order_by(AuditEntry.seq)
    ).all()
    facts = [(json.loads(one.before or ""), json.loads(one.after or "")) for one in entries]
    assert facts == [({"categories": 0}, {"categories": 1}), ({"categories": 1}, {"categories": 0})]
    assert "police" not in json.dumps(facts)


def test_nothing_is_kept_without_a_consent(
    keeper: Client, cast: Cast, db_session: Session, consent: int
) -> None:
    note(keeper, cast, "migrants", pupil="classmate")
    assert "Согласия семьи нет" in keeper.get(NAMES).text
    assert kept(db_session) == []


def test_a_withdrawn_consent_deletes_what_was_kept(
    keeper: Client, cast: Cast, db_session: Session, consent: int
) -> None:
    note(keeper, cast, "one_parent")
    mother = cast["parent"].person_id
    form = {"key": f"link-{consent}", "act": "withdraw", "day": "2026-11-20"}
    assert keeper.post(f"/people/{mother}/consents/note", data=form).status_code == 302
    assert kept(db_session) == []
    assert "one_parent" not in keeper.get(NAMES).text.split("checked")[0][-200:]


@pytest.mark.parametrize("codes", [("rich",), ("many_children", "")])
def test_categories_of_no_list_are_refused(
    keeper: Client, cast: Cast, db_session: Session, consent: int, codes: tuple[str, ...]
) -> None:
    note(keeper, cast, *codes)
    assert "Выберите категории из списка" in keeper.get(NAMES).text
    assert kept(db_session) == []


def test_only_the_own_class(
    keeper: Client, login: Login, cast: Cast, db_session: Session, consent: int
) -> None:
    assert note(keeper, cast, "migrants", pupil="sibling").status_code == 404
    assert keeper.get(f"{NAMES}?class={cast.classes['other']}").status_code == 403
    assert keeper.get(f"{NAMES}/{cast.pupils['pupil']}").status_code == 405
    for role in ("deputy", "specialist", "own_teacher", "parent"):
        assert login(role).get(NAMES).status_code == 403
    assert kept(db_session) == []


def test_the_form_has_the_classes_one_may_know_of(
    keeper: Client, login: Login, cast: Cast, consent: int
) -> None:
    note(keeper, cast, "veterans")
    assert "5Б" not in keeper.get("/forms/passport").text
    for role in ("deputy", "specialist", "director"):
        page = login(role).get("/forms/passport")
        assert "5А" in page.text and "5Б" in page.text
        assert "Ёлкин" not in page.text
    assert login("own_teacher").get("/forms/passport").status_code == 403
    assert login("specialist").get("/forms/passport.xlsx").status_code == 200


def test_who_signs_the_passport_of_a_class_and_of_the_school(login: Login) -> None:
    for member, posts in (("class_teacher", 2), ("deputy", 1)):
        content = login(member).get("/forms/passport.pdf").data
        text = pypdf.PdfReader(io.BytesIO(content)).pages[-1].extract_text()
        assert "Директор" in text and ("Классный руководитель" in text) is (posts == 2)
