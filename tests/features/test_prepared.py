"""Statements that are known by now give what the ORM gives, whatever they are asked with."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import bindparam, column, func, select, table, union_all
from sqlalchemy.orm import Session

from journal.core.tenancy import across
from journal.people.models import Person, Pupil
from journal.school.models import Term
from tests.cast import Cast
from tests.counting import counted

OFTEN = range(5)
IDS: Any = bindparam("ids", expanding=True)


def test_rows_and_names_stay_the_same(db_session: Session, cast: Cast) -> None:
    statements = [
        select(Term.id, Term.starts_on, Term.grades, func.count().over()).order_by(Term.id),
        select(Pupil.enrolled_on.label("since"), Pupil.consent_on).order_by(Pupil.id),
        union_all(
            select(Person.id, Person.surname), select(Pupil.id, Pupil.personal_file)
        ).order_by("surname", "id"),
    ]
    for statement in statements:
        answers = [db_session.execute(statement) for _ in OFTEN]
        keys = [list(answer.keys()) for answer in answers]
        rows = [answer.all() for answer in answers]
        assert rows[0]
        assert keys == [keys[0]] * len(keys)
        assert rows == [rows[0]] * len(rows)
        types = [[type(value) for value in row] for row in rows[0]]
        assert [[type(value) for value in row] for row in rows[-1]] == types


def test_lists_of_any_length_are_asked_for(db_session: Session, cast: Cast) -> None:
    people = list(db_session.scalars(select(Person.id).order_by(Person.id).limit(9)))
    statement = select(Person.id).where(Person.id.in_(IDS)).order_by(Person.id)
    for length in (3, 0, 1, 9, 2, 3, 0, 9):
        wanted = people[:length]
        assert list(db_session.scalars(statement, {"ids": wanted})) == wanted
        assert list(db_session.scalars(statement, {"ids": tuple(wanted)})) == wanted


def test_a_value_may_be_given_or_left_to_the_statement(db_session: Session, cast: Cast) -> None:
    day = bindparam("day", date(2000, 1, 1))
    statement = select(Term.id).where(Term.starts_on > day)
    late = {"day": date(2100, 1, 1)}
    for given in ({}, late) * 4:
        assert bool(db_session.scalars(statement, given).all()) is (given == {})


def test_what_is_not_flushed_yet_is_read(db_session: Session, cast: Cast) -> None:
    statement = select(Person.surname).where(Person.id == cast["pupil"].person_id)
    for _ in OFTEN:
        db_session.scalar(statement)
    person = db_session.get_one(Person, cast["pupil"].person_id)
    person.surname = "Переименованный"
    assert db_session.scalar(statement) == "Переименованный"
    with db_session.no_autoflush:
        person.surname = "Иной"
        assert db_session.scalar(statement) == "Переименованный"


def test_entities_stay_with_the_orm(db_session: Session, cast: Cast) -> None:
    statement = select(Person).where(Person.id == cast["pupil"].person_id)
    found = [db_session.scalars(statement).one() for _ in OFTEN]
    assert all(one is found[0] for one in found)


def test_statements_are_still_counted(app: Flask, db_session: Session, cast: Cast) -> None:
    statement = select(Person.id).order_by(Person.id)
    with counted(app) as seen:
        for _ in OFTEN:
            db_session.scalars(statement).all()
    assert len(seen) == len(OFTEN)


def test_what_speaks_of_no_mapped_table_is_read_again_and_again(db_session: Session) -> None:
    kinds = table("term", column("kind"))
    statement = select(func.count()).select_from(kinds).where(kinds.c.kind == "quarter")
    with across(db_session, "a statement that names no school"):
        assert len({db_session.scalar(statement) for _ in OFTEN}) == 1
