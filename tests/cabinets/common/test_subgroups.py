"""Dividing a class (D12): proposals write nothing, a division holds from its day on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.office.subgroups.rules import Member, as_before, by_alphabet, by_list, shifts
from journal.people.models import Pupil, StaffMember
from journal.school.models import ClassGroup, GroupMembership, Subject
from journal.school.queries import rosters
from tests.cast import TODAY, Cast
from tests.conftest import Login
from tests.factories import SchoolBuilder

DAY = date(2026, 11, 16)


@pytest.fixture
def groups(cast: Cast, db_session: Session) -> dict[str, int]:
    """Two subgroups of Russian in 5А: the pupil and his classmate are in the first."""
    school = SchoolBuilder.of(db_session, cast.school)
    found = {}
    for name, members in (("1 группа", ("pupil", "classmate")), ("2 группа", ())):
        course = school.course(
            db_session.get_one(ClassGroup, cast.classes["own"]),
            db_session.get_one(Subject, cast.subjects["russian"]),
            db_session.get_one(StaffMember, cast["other_teacher"].staff_id),
            subgroup=name,
            members=[db_session.get_one(Pupil, cast.pupils[one]) for one in members],
        )
        found[name] = course.study_group_id
    db_session.commit()
    return found


def address(cast: Cast, act: str = "", name: str = "own") -> str:
    return f"/people/classes/{cast.classes[name]}/subgroups{act}"


def test_a_pupil_moves_from_a_day_on(
    login: Login, cast: Cast, db_session: Session, groups: dict[str, int]
) -> None:
    browser = login("class_teacher")
    form = {
        "day": DAY.isoformat(),
        f"p{cast.pupils['pupil']}": str(groups["2 группа"]),
        f"p{cast.pupils['classmate']}": str(groups["1 группа"]),
        f"p{cast.pupils['third']}": str(groups["1 группа"]),
    }
    assert browser.post(address(cast, "/divide"), data=form).status_code == 302
    roster = rosters(db_session, list(groups.values()))
    spans = {(e.pupil_id, e.study_group_id): (e.span.starts_on, e.span.ends_before) for e in roster}
    begins, first, second = date(2026, 9, 1), groups["1 группа"], groups["2 группа"]
    assert spans == {
        (cast.pupils["pupil"], first): (begins, DAY),
        (cast.pupils["pupil"], second): (DAY, None),
        (cast.pupils["classmate"], first): (begins, None),
        (cast.pupils["third"], first): (DAY, None),
    }
    logged = select(AuditEntry.action, AuditEntry.about_id)
    assert {tuple(row) for row in db_session.execute(logged)} == {
        ("change_subgroup", cast.pupils["pupil"]),
        ("change_subgroup", cast.pupils["third"]),
    }
    again = browser.post(address(cast, "/divide"), data=form)
    assert again.status_code == 302 and len(rosters(db_session, list(groups.values()))) == 4


def test_proposals_write_nothing(
    login: Login, cast: Cast, db_session: Session, groups: dict[str, int]
) -> None:
    browser = login("administrator")
    before = db_session.scalar(select(func.count()).select_from(GroupMembership))
    for query, moving in (("alphabet", 2), ("last", 0), ("list&names=ёлкин", 2)):
        text = browser.get(f"{address(cast)}?how={query}").text
        assert (f"Сменят подгруппу: {moving}." in text) == bool(moving), query
    assert db_session.scalar(select(func.count()).select_from(GroupMembership)) == before


def test_divisions_that_cannot_be(
    login: Login, cast: Cast, db_session: Session, groups: dict[str, int]
) -> None:
    browser, mine = login("administrator"), f"p{cast.pupils['pupil']}"
    second = str(groups["2 группа"])
    for day in ("", "2026-08-01", "2030-01-01"):
        answer = browser.post(address(cast, "/divide"), data={"day": day, mine: second})
        assert answer.status_code == 422, day
    stranger = {f"p{cast.pupils['stranger_pupil']}": second}
    for wrong in (stranger, {mine: "999999"}):
        answer = browser.post(address(cast, "/divide"), data={"day": TODAY.isoformat()} | wrong)
        assert answer.status_code == 404, wrong
    assert browser.get(address(cast, "/divide")).status_code == 405
    assert db_session.scalars(select(AuditEntry)).all() == []


def test_a_class_is_divided_by_its_own(login: Login, cast: Cast, groups: dict[str, int]) -> None:
    assert "1 группа" in login("class_teacher").get(address(cast)).text
    assert login("class_teacher").get(address(cast, name="other")).status_code == 403
    assert login("administrator").get(address(cast, name="foreign")).status_code == 404
    for who in ("own_teacher", "deputy", "parent"):
        assert login(who).get(address(cast)).status_code == 403
    empty = login("administrator").get(address(cast, name="other")).text
    assert "ни один предмет не делится" in empty


@given(size=st.integers(0, 40), count=st.integers(1, 5))
def test_the_alphabet_divides_evenly_and_in_order(size: int, count: int) -> None:
    members = [Member(number, f"Ученик {number:02}", None) for number in range(size)]
    found = by_alphabet(members, range(1, count + 1))
    assert list(found) == [one.pupil_id for one in members]
    assert list(found.values()) == sorted(found.values())  # type: ignore[type-var]
    sizes = [list(found.values()).count(group) for group in range(1, count + 1)]
    assert max(sizes) - min(sizes) <= 1


def test_a_list_forgives_case_and_yo() -> None:
    members = [Member(1, "Ёлкин Артём", None), Member(2, "Жуков Иван", 7)]
    assert by_list(members, [7, 8], "елкин\n\n") == {1: 7, 2: 8}
    assert by_list(members, [7], "жуков и") == {1: None, 2: 7}
    assert as_before(members, {"1 группа": 7}, {1: "1 группа", 2: "нет такой"}) == {1: 7, 2: 7}
    assert [one.member.pupil_id for one in shifts(members, {1: 7, 2: 7})] == [1]
