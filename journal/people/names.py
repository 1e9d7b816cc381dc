"""Names by id, for logs and reports; and persons by what was typed."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from journal.people.directory import NAME_COLUMNS, name_of
from journal.people.models import Account, Person, Pupil, StaffMember
from journal.people.searching import person_matches

FOUND_AT_MOST = 200


def person_names(session: Session, person_ids: Collection[int]) -> dict[int, str]:
    """Full names by person."""
    query = select(Person.id, *NAME_COLUMNS).where(Person.id.in_(list(person_ids)))
    return {row.id: name_of(row) for row in session.execute(query)}


def pupil_names(session: Session, pupil_ids: Collection[int]) -> dict[int, str]:
    """Full names by pupil."""
    query = (
        select(Pupil.id, *NAME_COLUMNS)
        .join(Person, Person.id == Pupil.person_id)
        .where(Pupil.id.in_(list(pupil_ids)))
    )
    return {row.id: name_of(row) for row in session.execute(query)}


def account_names(session: Session, account_ids: Collection[int]) -> dict[int, str]:
    """Full names by account, as the bound organisation knows the person."""
    query = select(Person.account_id, *NAME_COLUMNS).where(Person.account_id.in_(list(account_ids)))
    return {row.account_id: name_of(row) for row in session.execute(query)}


def names_of_both(
    session: Session, person_ids: Collection[int], account_ids: Collection[int]
) -> tuple[dict[int, str], dict[int, str]]:
    """Full names by person and by account. One statement."""
    wanted = or_(Person.id.in_(list(person_ids)), Person.account_id.in_(list(account_ids)))
    rows = session.execute(select(Person.id, Person.account_id, *NAME_COLUMNS).where(wanted)).all()
    return (
        {row.id: name_of(row) for row in rows},
        {row.account_id: name_of(row) for row in rows if row.account_id is not None},
    )


def staff_choices(session: Session) -> list[tuple[int, str]]:
    """(staff id, full name) in the order of names, for a drop-down."""
    query = (
        select(StaffMember.id, *NAME_COLUMNS)
        .join(Person, Person.id == StaffMember.person_id)
        .order_by(Person.sort_key, StaffMember.id)
    )
    return [(row.id, name_of(row)) for row in session.execute(query)]


def people_found(session: Session, text: str) -> tuple[list[int], list[int], list[int]]:
    """(person ids, pupil ids, account ids) of those whose name or login was typed."""
    query = (
        select(Person.id, Pupil.id, Person.account_id)
        .outerjoin(Pupil, Pupil.person_id == Person.id)
        .outerjoin(Account, Account.id == Person.account_id)
        .where(person_matches(text))
        .limit(FOUND_AT_MOST)
    )
    rows = session.execute(query).all()
    return (
        [person for person, _, _ in rows],
        [pupil for _, pupil, _ in rows if pupil is not None],
        [account for _, _, account in rows if account is not None],
    )
