"""The counting of a whole school: against a count by hand, and against every other place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.models import Excuse
from journal.attendance.pupil_queries import all_absences
from journal.attendance.rules.counting import Facts, count, tallies
from journal.attendance.rules.tally import Tally, summed
from journal.core.tenancy import bind
from journal.diary.rules.absences import by_term
from journal.exchange.forms import MP1
from journal.exchange.forms.mp1 import H1, H2
from journal.exchange.forms.mp1 import YEAR as YEAR_SHEET
from journal.exchange.workbook.cells import raw_book
from journal.exchange.workbook.places import place
from journal.lessons.queries.agenda import Days
from journal.people.models import Pupil, StaffMember
from journal.people.queries import organisation_by_code
from journal.school.models import ClassGroup
from journal.school.rules import TermSpan
from tests.counting import counted
from tests.features.attendance.by_hand import LETTERS, counted_by_hand
from tests.transfer.schooldata import school_folder

FOLDER = school_folder("school-small")
CODE = "230037"
YEAR = Days(date(2026, 9, 1), date(2027, 6, 1))
AFTER = datetime(2026, 10, 24, tzinfo=UTC)


@pytest.fixture
def small(app: Flask, db_session: Session) -> Session:
    """A session bound to the small school with its history."""
    runner = app.test_cli_runner()
    for command in (
        ("school", str(FOLDER / "school.xlsx")),
        ("history", str(FOLDER / "history"), "--school", CODE),
    ):
        answer = runner.invoke(args=("import", *command))
        assert answer.exit_code == 0, answer.output
    found = organisation_by_code(db_session, CODE)
    assert found is not None
    bind(db_session, {found})
    return db_session


def figures(tally: Tally) -> dict[str, int]:
    """The tally under the letters of the form's graphs."""
    return {
        "L": tally.planned,
        "M": tally.not_held,
        "N": tally.released,
        "P": tally.distance,
        "R": tally.ill,
        "S": tally.valid,
        "T": tally.invalid,
        "U": tally.unknown,
        "V": tally.late,
    }


def test_the_school_is_counted_as_by_hand_and_as_everywhere(
    app: Flask, small: Session, tmp_path: Path
) -> None:
    with counted(app) as seen:
        facts = attendance_facts(small, Chosen(YEAR, AFTER))
    assert len(seen) == 2
    _like_the_form(app, tmp_path)
    _like_by_hand(small, facts)
    _excuse_everybody(small)
    facts = attendance_facts(small, Chosen(YEAR, AFTER))
    _like_the_diary(small, facts)
    _like_a_part_of_the_school(small, facts)


def _like_the_form(app: Flask, folder: Path) -> None:
    """The command's workbook holds the figures counted by hand, graph by graph; П2 has begun with
    what П1 left and with nothing else; the year is the first half so far."""
    by_hand, runner = counted_by_hand("school-small"), app.test_cli_runner()
    for name in ("form.xls", "form.xlsx"):
        out = folder / name
        args = ("--school", CODE, "--year", "2026-2027", "--as-of", "23.10.2026", "--out", str(out))
        with counted(app) as seen:
            answer = runner.invoke(args=("monitoring", "workbook", *args))
        assert answer.exit_code == 0, answer.output
        assert len(seen) <= 25
        book = raw_book(out.read_bytes())
        assert book.meta["MP_ERRCOUNT"] == "0"
        classes = [book.text(H1, row, 1) for row in range(11, 11 + len(by_hand.classes))]
        assert classes == ["1А", "1Б", "5А", "5Б", "10А", "10Б"]
        for row, class_name in enumerate(classes, start=11):
            for letter in (*LETTERS, "Y", "Z", "AA"):
                cell = book.text(H1, row, place(letter))
                assert cell == str(by_hand.classes[class_name][letter]), (class_name, letter)
            assert book.text(H2, row, place("E")) == book.text(H1, row, place("J"))
            assert {book.text(H2, row, place(one)) for one in LETTERS if one != "E"} == {"0"}
            for letter in ("Y", "Z", "AA", "O", "AB"):
                assert book.text(YEAR_SHEET, row, place(letter)) == book.text(
                    H1, row, place(letter)
                )
    early = ("--school", CODE, "--year", "2026-2027", "--as-of", "2026-10-08", "--out", str(out))
    assert runner.invoke(args=("monitoring", "workbook", *early)).exit_code == 0
    book, total = raw_book(out.read_bytes()), 11 + len(by_hand.classes) + MP1.spare_rows
    assert book.text(H1, total, place("H")) == "3", (
        "who leaves on the 9th is still there on the 8th"
    )
    refused = runner.invoke(
        args=("monitoring", "workbook", "--school", CODE, "--year", "2020-2021", "--out", str(out))
    )
    assert refused.exit_code == 1 and "2020-2021" in refused.output


def _like_by_hand(session: Session, facts: Facts) -> None:
    by_hand = counted_by_hand("school-small")
    counted_here = count(
        facts, key=lambda s: (s.class_group_id, s.pupil_id), part=lambda _class_id, _day: None
    )
    files = dict(session.execute(select(Pupil.id, Pupil.personal_file)).all())
    names = dict(session.execute(select(ClassGroup.id, ClassGroup.name)).all())
    for class_id, name in names.items():
        own = [t for (c, _), t in counted_here.tallies.items() if c == class_id]
        expected = {k: v for k, v in by_hand.classes[name].items() if k in figures(Tally())}
        assert {k: v for k, v in figures(summed(own)).items() if k in expected} == expected
        lessons = counted_here.classes[class_id, None]
        assert lessons.held == by_hand.classes[name]["K"]
        assert lessons.unfilled == by_hand.unfilled[name]
        days = [one for one in counted_here.full_days if one.class_group_id == class_id]
        assert len(days) == by_hand.classes[name]["W"]
        assert sum(one.ill for one in days) == by_hand.classes[name]["X"]
    pupils = tallies(facts, key=lambda s: s.pupil_id)
    assert len(pupils) > 150
    for pupil_id, tally in pupils.items():
        expected = by_hand.pupils[files[pupil_id]]
        assert figures(tally) == {letter: expected[letter] for letter in figures(tally)}


def _excuse_everybody(session: Session) -> None:
    """A confirmed excuse of everybody over the last week, where registers are not filled; every
    third has a second one, by illness."""
    (organisation,) = session.info["organisations"]
    span = {"starts_on": date(2026, 10, 12), "ends_before": date(2026, 10, 24)}
    person = session.scalars(select(StaffMember.person_id).limit(1)).one()
    for pupil_id in session.scalars(select(Pupil.id)):
        for code in ("u", "b") if pupil_id % 3 == 0 else ("u",):
            excuse = Excuse(organisation_id=organisation, pupil_id=pupil_id, code=code, **span)
            excuse.text, excuse.status = "Заявление", "confirmed"
            excuse.submitted_by, excuse.submitted_at = person, AFTER
            session.add(excuse)
    session.flush()


def _like_the_diary(session: Session, facts: Facts) -> None:
    """What a family reads of each term is what the school counts of it."""
    quarter = date(2026, 9, 1), date(2026, 10, 24)
    term = TermSpan(1, "quarter", 1, frozenset(), *quarter, None, None)
    foreseen = 0
    for pupil_id, tally in tallies(facts, key=lambda s: s.pupil_id).items():
        rows = all_absences(session, pupil_id, first=quarter[0], before=quarter[1], now=AFTER)
        (found,) = by_term(rows, [term])
        shown = (found.ill, found.valid, found.invalid, found.unknown, found.late, found.missed)
        own = (tally.ill, tally.valid, tally.invalid, tally.unknown, tally.late, tally.missed)
        assert shown == own
        foreseen += tally.foreseen
    assert foreseen > 100


def _like_a_part_of_the_school(session: Session, facts: Facts) -> None:
    """One class, one course, or taken registers alone give the same figures as the whole."""
    whole = tallies(facts, key=lambda s: (s.class_group_id, s.lesson.course_id))
    class_id, course_id = next(iter(whole))
    for part in ({"class_ids": [class_id]}, {"course_ids": [course_id]}):
        some = attendance_facts(session, Chosen(YEAR, AFTER, **part))  # type: ignore[arg-type]
        partly = tallies(some, key=lambda s: (s.class_group_id, s.lesson.course_id))
        assert {k: v for k, v in partly.items() if k in whole and k[0] == class_id} == {
            k: whole[k] for k in partly if k[0] == class_id
        }
        assert partly[class_id, course_id] == whole[class_id, course_id]
    taken = attendance_facts(session, Chosen(YEAR, AFTER, taken_only=True))
    known = tallies(taken, key=lambda s: s.pupil_id)
    for pupil_id, tally in tallies(facts, key=lambda s: s.pupil_id).items():
        assert (known[pupil_id].due, known[pupil_id].missed) == (tally.taken, tally.missed_taken)
