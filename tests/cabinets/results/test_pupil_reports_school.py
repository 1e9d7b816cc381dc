"""Reports of every pupil of a school against averages made from its files alone."""

from __future__ import annotations

import io
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import openpyxl
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.reports.forms import Paper
from journal.reports.forms.writing import Making, papers_xlsx
from journal.reports.kinds.asking import Ask, Desk
from journal.reports.kinds.pupil_report import PUPIL_REPORT
from journal.school.models import ClassGroup, Term
from journal.webkit.i18n import say
from tests.cabinets.results.test_summary_school import NOW, SCHOOL, small
from tests.features.attendance.by_hand import day_of, history, sheet

__all__ = ["small"]
Averages = dict[tuple[str, str], Fraction]


def averages_by_hand(first: object, before: object) -> Averages:
    """By (pupil, subject): Σ mark · weight / Σ weight; a retake takes the place of what it
    retakes."""
    lessons = {row["Урок"]: row for row in history(SCHOOL, "lessons")}
    rows = [
        row
        for row in history(SCHOOL, "marks")
        if first <= day_of(lessons[row["Урок"]]["Дата"]) < before  # type: ignore[operator]
    ]
    retaken = {(row["Урок"], row["Личное дело"], row["Пересдача"]) for row in rows}
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        replaced = (row["Урок"], row["Личное дело"], row["Номер"]) in retaken
        if row["Отметка"].isdigit() and not replaced:
            own = sums[row["Личное дело"], lessons[row["Урок"]]["Предмет"]]
            own[0] += int(row["Отметка"]) * int(row["Вес"])
            own[1] += int(row["Вес"])
    return {key: Fraction(*own) for key, own in sums.items()}


def names_by_file() -> dict[str, str]:
    return {
        row["Личное дело"]: f"{row['Фамилия']} {row['Имя']}" for row in sheet(SCHOOL, "Обучающиеся")
    }


def shown(value: Fraction) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP)}".replace(".", ",")


def reports(session: Session, actor: Actor) -> list[Paper]:
    desk = Desk(session=session, actor=actor, now=NOW, say=say)
    quarters = ClassGroup.grade.between(2, 9)  # the others have no marks, or half-years
    classes = session.scalars(select(ClassGroup.id).where(quarters))
    return [
        paper
        for class_id in classes
        for paper in PUPIL_REPORT.build(desk, Ask(class_id=class_id, at="quarter-1"))
    ]


def test_screen_explanation_and_workbook_say_what_the_files_say(
    app: object, small: tuple[Session, Actor]
) -> None:
    session, actor = small
    term = session.scalars(select(Term).where(Term.kind == "quarter", Term.number == 1)).first()
    assert term is not None
    wanted: dict[str, set[tuple[str, str]]] = defaultdict(set)
    names = names_by_file()
    for (file, subject), value in averages_by_hand(term.starts_on, term.ends_before).items():
        wanted[names[file]].add((subject, shown(value)))
    papers = reports(session, actor)
    seen: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for paper in papers:
        form = paper.parts[-1]
        place = next(n for n, one in enumerate(form.columns) if one.title == "Средний балл")
        for row in form.rows:
            cell = row.cells[place]
            if cell.text:
                seen[paper.name].add((row.cells[0].text, cell.text))
                assert cell.told is not None and cell.told.formula.endswith(cell.text)
    names_here = {one.name for one in papers}
    assert seen == {name: found for name, found in wanted.items() if name in names_here}
    assert len(seen) > 50
    _workbook(papers[0])


def _workbook(paper: Paper) -> None:
    content = papers_xlsx([paper], Making(at=NOW, time_zone="Europe/Moscow"), say)
    rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    held = [[str(one or "").replace(".", ",") for one in row] for row in list(rows)[1:]]
    for line, row in zip(held, paper.parts[0].rows, strict=True):
        for said, cell in zip(line, row.cells, strict=True):
            same = said == cell.text.replace(".", ",")
            assert same or Decimal(said.replace(",", ".")) == Decimal(cell.text.replace(",", "."))
