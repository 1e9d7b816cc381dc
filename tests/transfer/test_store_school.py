"""The school workbook on the database: all or nothing, idempotent, exported as it was imported."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry, verify_chain
from journal.core.tenancy import across, bind
from journal.documents.tables import read_tables
from journal.lessons.models import Lesson, PlanTopic
from journal.people.models import Guardian, Organisation, Person, PersonWord, Pupil, StaffMember
from journal.people.queries import organisation_by_code
from journal.people.words import words_of
from journal.school.models import ClassMembership
from journal.transfer.school import parse_school
from journal.transfer.store import gather_school
from journal.transfer.store.school import settled
from tests.transfer.schooldata import school_folder

SMALL = school_folder("school-small") / "school.xlsx"
SPOILT = school_folder("school-spoilt") / "school.xlsx"


@pytest.fixture
def school(app: Flask, db_session: Session) -> Session:
    """A session bound to the small school, imported by the command."""
    answer = app.test_cli_runner().invoke(args=["import", "school", str(SMALL)])
    assert answer.exit_code == 0, answer.output
    found = organisation_by_code(db_session, _code())
    assert found is not None
    bind(db_session, {found})
    return db_session


def _code() -> str:
    package = parse_school(read_tables(SMALL.name, SMALL.read_bytes())).package
    assert package is not None
    assert package.organisation is not None
    return package.organisation.code


def _everything(session: Session) -> tuple[int | None, ...]:
    session.rollback()
    tables = (Person, Pupil, StaffMember, Guardian, ClassMembership, PlanTopic, Lesson, AuditEntry)
    with across(session, "the test counts all schools"):
        return tuple(session.scalar(select(func.count()).select_from(table)) for table in tables)


def test_the_file_is_written_whole(school: Session) -> None:
    counts = {
        table.__name__: school.scalar(select(func.count()).select_from(table))
        for table in (Pupil, StaffMember, PlanTopic)
    }
    assert counts == {"Pupil": 162, "StaffMember": 27, "PlanTopic": 6802}
    assert verify_chain(school, next(iter(school.info["organisations"])))[1] is None


def test_importing_twice_changes_nothing(app: Flask, school: Session) -> None:
    before = _everything(school)
    answer = app.test_cli_runner().invoke(args=["import", "school", str(SMALL)])
    assert answer.exit_code == 0, answer.output
    assert "ничего не изменилось" in answer.output.casefold() or "Nothing has" in answer.output
    assert _everything(school) == before


def test_who_is_renamed_by_a_file_is_found_by_the_new_name(app: Flask, school: Session) -> None:
    person = school.scalars(select(Person).join(Pupil, Pupil.person_id == Person.id)).first()
    assert person is not None
    key = person.search_key
    person.surname, person.search_key, person.sort_key = "Другая", "другая", "другая"
    school.commit()
    answer = app.test_cli_runner().invoke(args=["import", "school", str(SMALL)])
    assert answer.exit_code == 0, answer.output
    school.expire_all()
    words = select(PersonWord.word).where(PersonWord.person_id == person.id)
    assert sorted(school.scalars(words)) == words_of(key)


def test_a_dry_run_writes_nothing(app: Flask, db_session: Session) -> None:
    before = _everything(db_session)
    answer = app.test_cli_runner().invoke(args=["import", "school", str(SMALL), "--dry-run"])
    assert answer.exit_code == 0, answer.output
    assert _everything(db_session) == before
    assert db_session.scalar(select(func.count()).select_from(Organisation)) == 2


def test_a_spoilt_file_is_refused_whole(app: Flask, db_session: Session) -> None:
    before = _everything(db_session)
    answer = app.test_cli_runner().invoke(args=["import", "school", str(SPOILT)])
    assert answer.exit_code == 1
    assert "Астрология" in answer.stderr
    assert _everything(db_session) == before


def test_the_export_is_what_was_imported(app: Flask, school: Session, tmp_path: Path) -> None:
    out = tmp_path / "school.xlsx"
    answer = app.test_cli_runner().invoke(
        args=["export", "school", "--school", _code(), "--out", str(out)]
    )
    assert answer.exit_code == 0, answer.output
    again = parse_school(read_tables(out.name, out.read_bytes()))
    assert again.faults == ()
    (organisation,) = school.info["organisations"]
    held = gather_school(school, organisation).package
    assert again.package is not None
    assert settled(again.package, held) == held
    before = _everything(school)
    app.test_cli_runner().invoke(args=["import", "school", str(out)])
    assert _everything(school) == before


def test_a_guardian_of_several_children_and_a_teacher_who_is_a_mother_are_one_person(
    school: Session,
) -> None:
    both = school.scalar(
        select(func.count())
        .select_from(Guardian)
        .join(StaffMember, StaffMember.person_id == Guardian.person_id)
    )
    guardians = school.scalar(select(func.count()).select_from(Guardian))
    assert both is not None and both >= 1
    assert guardians is not None and guardians < 242
