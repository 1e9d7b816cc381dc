"""Rows written past the unit of work are held to what a flush is held to."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from journal.attendance.models import Absence
from journal.core import tenancy
from journal.core.errors import ForeignOrganisation, OrganisationUnset
from journal.core.operations import OperationReceipt
from journal.core.rows import delete_row, insert_row, update_row
from journal.core.sent import write
from journal.lessons.models import Lesson
from tests.cast import NOW, Cast


def facts(cast: Cast, **others: Any) -> dict[str, Any]:
    plain = {
        "organisation_id": cast.school,
        "lesson_id": cast.lessons["own"],
        "pupil_id": cast.pupils["pupil"],
        "code": "o",
        "minutes": 5,
        "excuse_id": None,
        "entered_by": None,
        "entered_at": NOW,
        "version": 1,
    }
    return plain | others


def absences(session: Session) -> list[Absence]:
    session.expire_all()
    return list(session.scalars(select(Absence).order_by(Absence.id)))


def test_a_row_is_written_changed_and_deleted(db_session: Session, cast: Cast) -> None:
    there = len(absences(db_session))
    number = insert_row(db_session, Absence, **facts(cast))
    written = db_session.get_one(Absence, number)
    assert (written.code, written.minutes, written.entered_at) == ("o", 5, NOW)
    update_row(db_session, Absence, number, cast.school, code="b", minutes=None, version=2)
    db_session.expire_all()
    written = db_session.get_one(Absence, number)
    assert (written.code, written.minutes, written.version) == ("b", None, 2)
    delete_row(db_session, Absence, number, cast.school)
    assert len(absences(db_session)) == there


def test_what_waits_in_the_session_is_written_first(db_session: Session, cast: Cast) -> None:
    waiting = Absence(**facts(cast))
    db_session.add(waiting)
    with pytest.raises(IntegrityError):
        insert_row(db_session, Absence, **facts(cast))


def test_rows_of_others_are_refused(db_session: Session, cast: Cast) -> None:
    number = insert_row(db_session, Absence, **facts(cast))
    tenancy.bind(db_session, {cast.school, cast.foreign_school})
    with pytest.raises(LookupError):
        update_row(db_session, Absence, number, cast.foreign_school, code="b")
    tenancy.bind(db_session, {cast.school})
    with pytest.raises(ForeignOrganisation):
        insert_row(db_session, Absence, **facts(cast, organisation_id=cast.foreign_school))
    with pytest.raises(ForeignOrganisation):
        update_row(db_session, Absence, number, cast.foreign_school, code="b")
    with pytest.raises(ForeignOrganisation):
        delete_row(db_session, Absence, number, cast.foreign_school)
    tenancy.unbind(db_session)
    with pytest.raises(OrganisationUnset):
        delete_row(db_session, Absence, number, cast.school)


def test_a_row_that_is_not_there_is_no_success(db_session: Session, cast: Cast) -> None:
    with pytest.raises(LookupError):
        update_row(db_session, Absence, 10**6, cast.school, code="b")
    with pytest.raises(LookupError):
        delete_row(db_session, Absence, 10**6, cast.school)


def test_values_nobody_names_are_refused(db_session: Session, cast: Cast) -> None:
    """A flush would make up the version: here it has to be named."""
    known = facts(cast)
    del known["version"]
    with pytest.raises(ValueError, match="version"):
        insert_row(db_session, Absence, **known)
    with pytest.raises(ValueError, match="status"):
        insert_row(db_session, Lesson, organisation_id=cast.school, course_id=1)


def test_many_rows_are_sent_together(db_session: Session, cast: Cast) -> None:
    statement = insert(OperationReceipt)
    account = cast["pupil"].account_id
    rows = [
        {"account_id": account, "operation_id": f"op-{number}", "answer": "{}", "at": NOW}
        for number in range(5)
    ]
    connection = db_session.connection()
    write(connection, statement, rows[0])
    write(connection, statement, *rows[1:])
    kept = select(func.count()).select_from(OperationReceipt)
    assert db_session.scalar(kept.where(OperationReceipt.at == NOW)) == 5
    gone = delete(OperationReceipt).where(OperationReceipt.account_id == account)
    assert write(connection, gone, {}) == [5]
    with pytest.raises(IntegrityError):
        write(connection, statement, rows[0], rows[0])
