"""Past the service the database itself keeps what is younger than its term, on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.features.retention.conftest import OldYear, old_year

pytestmark = pytest.mark.usefixtures("awake")
LONG_AGO, YOUNG = 1989, 2023  # both terms are over; not even the shorter one before 2030


def bare(session: Session, statement: str, **values: object) -> int:
    """What somebody with a client of the database does."""
    try:
        done = session.execute(text(statement), values)
        session.commit()
    except DatabaseError:
        session.rollback()
        raise
    return int(done.rowcount)  # type: ignore[attr-defined]


def rows(old: OldYear) -> dict[str, int]:
    return {
        "mark": old.mark,
        "absence": old.absence,
        "term_mark": old.term_mark,
        "certified_sheet": old.sheet,
    }


@pytest.mark.parametrize("first", [LONG_AGO, YOUNG])
def test_nothing_of_an_archived_year_goes_without_a_decision(
    db_session: Session, cast: Cast, first: int
) -> None:
    old = old_year(db_session, cast, first)
    for table, row_id in rows(old).items():
        with pytest.raises(DatabaseError, match=r"kept|append-only"):
            bare(db_session, f"delete from {table} where id = :id", id=row_id)
        assert db_session.scalar(text(f"select count(*) from {table} where id = {row_id}")) == 1
    with pytest.raises(DatabaseError):
        bare(db_session, "delete from lesson where id = :id", id=old.lesson)


PROPOSE = """insert into retention_deletion (organisation_id, academic_year_id, what, state, reason,
    counts, proposed_by, proposed_name, proposed_at)
    values (:school, :year, :what, :state, 'x', '{}', 1, 'x', '2026-01-01 00:00:00')"""
CONFIRM = """update retention_deletion set state = 'confirmed', confirmed_by = :by,
    confirmed_name = 'y', confirmed_at = '2026-01-02 00:00:00' where academic_year_id = :year"""


def propose(session: Session, cast: Cast, old: OldYear, what: str, state: str = "proposed") -> None:
    bare(session, PROPOSE, school=cast.school, year=old.year, what=what, state=state)


def test_a_decision_begins_as_a_proposal(db_session: Session, cast: Cast) -> None:
    old = old_year(db_session, cast, LONG_AGO)
    for state in ("confirmed", "done"):
        with pytest.raises(DatabaseError):
            propose(db_session, cast, old, "journals", state)


def test_one_person_is_not_two(db_session: Session, cast: Cast) -> None:
    old = old_year(db_session, cast, LONG_AGO)
    propose(db_session, cast, old, "journals")
    with pytest.raises(DatabaseError):
        bare(db_session, CONFIRM, year=old.year, by=1)
    assert bare(db_session, CONFIRM, year=old.year, by=2) == 1


@pytest.mark.parametrize(
    ("first", "what"), [(YOUNG, "journals"), (YOUNG, "sheets"), (2015, "sheets")]
)
def test_the_database_confirms_nothing_before_its_term(
    db_session: Session, cast: Cast, first: int, what: str
) -> None:
    old = old_year(db_session, cast, first)
    propose(db_session, cast, old, what)
    with pytest.raises(DatabaseError, match="no such step"):
        bare(db_session, CONFIRM, year=old.year, by=2)


def test_a_decision_is_never_deleted_nor_turned_to_another_year(
    db_session: Session, cast: Cast
) -> None:
    old = old_year(db_session, cast, LONG_AGO)
    propose(db_session, cast, old, "journals")
    for attack in (
        "delete from retention_deletion",
        "update retention_deletion set what = 'sheets'",
        "update retention_deletion set state = 'done', confirmed_by = 2",
        "update retention_deletion set proposed_by = 9",
    ):
        with pytest.raises(DatabaseError):
            bare(db_session, attack)


def test_a_decision_opens_its_own_year_and_kind_alone(db_session: Session, cast: Cast) -> None:
    old = old_year(db_session, cast, LONG_AGO)
    propose(db_session, cast, old, "journals")
    bare(db_session, CONFIRM, year=old.year, by=2)
    for table in ("term_mark", "certified_sheet"):
        with pytest.raises(DatabaseError):
            bare(db_session, f"delete from {table} where id = :id", id=rows(old)[table])
    assert bare(db_session, "delete from mark where id = :id", id=old.mark) == 1
    done = "update retention_deletion set state = 'done' where academic_year_id = :year"
    assert bare(db_session, done, year=old.year) == 1
    with pytest.raises(DatabaseError, match="kept"):
        bare(db_session, "delete from absence where id = :id", id=old.absence)


def test_a_year_not_yet_archived_is_worked_in_as_ever(db_session: Session, cast: Cast) -> None:
    """By the clock of the database a year to come is nobody's past."""
    old = old_year(db_session, cast, 2090)
    assert bare(db_session, "delete from mark where id = :id", id=old.mark) == 1
