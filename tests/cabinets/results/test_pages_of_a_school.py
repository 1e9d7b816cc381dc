"""The diary and the journal of every pupil of a school say what his report, its export and the
explanations say, and what the files alone do."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Role
from journal.access.actor import Membership
from journal.cabinets.pupil.painting import PaintedSubject, paint_term
from journal.diary.queries.year import absences_page, average_page, marks_page
from journal.diary.rules.terms import TermMarks
from journal.people.models import Pupil
from journal.register.reading import explained_average, journal_page
from journal.register.rules.page import JournalPage, Row
from journal.reports.forms import Paper
from journal.reports.forms.writing import papers_csv
from journal.reports.kinds.asking import Ask, Desk
from journal.reports.kinds.journal_book import JOURNAL_BOOK
from journal.reports.kinds.pupil_report import PUPIL_REPORT
from journal.school.models import ClassGroup, Term
from journal.webkit.i18n import say
from tests.cabinets.results.test_pupil_reports_school import names_by_file, shown
from tests.cabinets.results.test_summary_school import NOW, SCHOOL, small
from tests.features.attendance.by_hand import day_of, history

__all__ = ["small"]
AT = "quarter-1"
SAID = ("Средний балл", "Отметка за период", "Пропущено уроков")


class Earned(NamedTuple):
    """Marks that count: Σ mark · weight, Σ weight, how many."""

    total: int = 0
    weights: int = 0
    count: int = 0

    @property
    def text(self) -> str:
        return shown(Fraction(self.total, self.weights)) if self.weights else ""


def earned_by_hand(term: Term) -> dict[tuple[str, str], Earned]:
    """By (pupil, subject), from the files alone; a retake takes the place of what it retakes."""
    lessons = {row["Урок"]: row for row in history(SCHOOL, "lessons")}
    rows = list(history(SCHOOL, "marks"))
    retaken = {(row["Урок"], row["Личное дело"], row["Пересдача"]) for row in rows}
    names = names_by_file()
    found = defaultdict[tuple[str, str], Earned](Earned)
    for row in rows:
        lesson = lessons[row["Урок"]]
        inside = term.starts_on <= day_of(lesson["Дата"]) < term.ends_before
        replaced = (row["Урок"], row["Личное дело"], row["Номер"]) in retaken
        if inside and row["Отметка"].isdigit() and not replaced:
            weight = int(row["Вес"])
            key = names[row["Личное дело"]], lesson["Предмет"]
            total, weights, count = found[key]
            found[key] = Earned(total + int(row["Отметка"]) * weight, weights + weight, count + 1)
    return found


def quarter(session: Session) -> Term:
    return session.scalars(select(Term).where(Term.kind == "quarter", Term.number == 1)).one()


def desk_of(session: Session, actor: Actor) -> Desk:
    return Desk(session=session, actor=actor, now=NOW, say=say)


def quarter_classes(session: Session) -> Sequence[int]:
    """The other classes have no marks, or half-years."""
    return session.scalars(select(ClassGroup.id).where(ClassGroup.grade.between(2, 9))).all()


Cells = tuple[str, str, str]


def endings(paper: Paper) -> Iterator[tuple[tuple[str, str], Cells]]:
    """By (pupil, subject) the last cells of a report, which its export says too."""
    form = paper.parts[-1]
    places = [[one.title for one in form.columns].index(title) for title in SAID]
    exported = csv.reader(io.StringIO(papers_csv([paper]).decode("utf-8-sig")), delimiter=";")
    lines = [line for line in exported if line][-len(form.rows) :]
    for line, row in zip(lines, form.rows, strict=True):
        average, mark, missed = (row.cells[place].text for place in places)
        assert (average, mark, missed) == tuple(line[place] for place in places)
        yield (paper.name, row.key), (average, mark, missed)


def reports(session: Session, actor: Actor) -> dict[tuple[str, str], Cells]:
    desk = desk_of(session, actor)
    return {
        key: cells
        for class_id in quarter_classes(session)
        for paper in PUPIL_REPORT.build(desk, Ask(class_id=class_id, at=AT))
        if paper.parts[-1].rows
        for key, cells in endings(paper)
    }


def reader(actor: Actor, pupil: Pupil) -> Actor:
    """The pupil himself."""
    school, roles = actor.current.organisation_id, frozenset({Role.PUPIL})
    here = Membership(
        school, "Школа", "Europe/Moscow", pupil.person_id, "Ученик", roles, pupil_id=pupil.id
    )
    return Actor(2, "pupil", (here,), here)


def test_the_diary_of_every_pupil(app: Flask, small: tuple[Session, Actor]) -> None:
    session, actor = small
    term, papers = quarter(session), reports(session, actor)
    by_hand, compared = earned_by_hand(term), 0
    for pupil in session.scalars(select(Pupil)).all():
        own = reader(actor, pupil)
        page = marks_page(session, own, pupil_id=pupil.id, year_id=None, now=NOW)
        cells = {subject: one for (name, subject), one in papers.items() if name == page.head.name}
        if not cells:
            continue
        (marks,) = [one for one in page.terms if one.term_id == term.id]
        with app.test_request_context():
            rows = paint_term(marks, pupil.id).subjects
        assert {one.name for one in rows} == {key for key, one in cells.items() if any(one[:2])}
        for row in rows:
            assert (row.average, row.term_mark) == cells[row.name][:2]
            earned = by_hand[page.head.name, row.name]
            assert (row.average, counted(row)) == (earned.text, earned.count)
            compared += 1
        _explained(session, own, pupil.id, marks)
        absences = absences_page(session, own, pupil_id=pupil.id, year_id=None, now=NOW)
        (missed,) = [one.missed for one in absences.terms if one.term_id == term.id]
        assert missed == sum(int(one[2] or 0) for one in cells.values())
    assert compared > 500


def counted(row: PaintedSubject) -> int:
    """«5 отметок»."""
    return int(row.count.split()[0]) if row.count else 0


def _explained(session: Session, own: Actor, pupil_id: int, marks: TermMarks) -> None:
    """The explanation that a click on the first average opens."""
    one = next(one for one in marks.subjects if one.average.text)
    why = average_page(
        session, own, pupil_id=pupil_id, subject_id=one.subject_id, term_id=marks.term_id, now=NOW
    )
    assert why.average.explanation.formula.endswith(f"= {one.average.text}")
    assert len(why.average.explanation.counted) == one.counted
    assert (why.given.value if why.given else None) == one.term_mark


def test_the_journal_of_every_course(app: Flask, small: tuple[Session, Actor]) -> None:
    session, actor = small
    term, papers = quarter(session), reports(session, actor)
    by_hand, rows = earned_by_hand(term), defaultdict[tuple[str, str], list[Row]](list)
    for course_id in courses(session, actor):
        page = journal_page(session, actor, course_id=course_id, term_id=term.id, now=NOW)
        _printed(desk_of(session, actor), page)
        _told(session, actor, page)
        for row in page.rows:
            rows[row.name, page.head.subject].append(row)
    for key, own in rows.items():
        average, mark, missed = papers.get(key, ("", "", ""))
        assert sum(one.missed for one in own) == int(missed or 0)
        if len(own) == 1:  # who changed the course has marks in both of its journals
            assert (own[0].average or "") == average == by_hand[key].text
            assert own[0].term_mark in (None, mark)
    assert len(rows) > 500


def courses(session: Session, actor: Actor) -> set[int]:
    """Those of the classes with quarters."""
    desk = desk_of(session, actor)
    asked = [Ask(class_id=class_id) for class_id in quarter_classes(session)]
    return {one.course_id or 0 for ask in asked for one in JOURNAL_BOOK.units(desk, ask)}


def _printed(desk: Desk, page: JournalPage) -> None:
    """The same columns of the printed journal."""
    (paper,) = JOURNAL_BOOK.build(desk, Ask(course_id=page.head.course_id, at=AT))
    form = paper.parts[-2]
    assert [[cell.text for cell in row.cells[-2:]] for row in form.rows] == [
        [row.average or "", row.term_mark or ""] for row in page.rows
    ]


def _told(session: Session, actor: Actor, page: JournalPage) -> None:
    """The explanation that a click on the first average opens."""
    row = next((one for one in page.rows if one.average), None)
    if row is not None:
        why = explained_average(
            session,
            actor,
            course_id=page.head.course_id,
            pupil_id=row.pupil_id,
            term_id=page.term_id,
            now=NOW,
        )
        assert why.figure.explanation.formula.endswith(f"= {row.average}")
