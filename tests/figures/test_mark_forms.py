"""Summary sheets, reports of class, subject and school for the first quarter."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from tests.figures.conftest import Forms, texts
from tests.figures.raw import RawSchool
from tests.figures.sums import (
    counts,
    figures,
    mark_figures,
    share,
    standing,
    term_marks,
    unfilled_lessons,
)
from tests.figures.test_attendance_forms import QUARTER, STAGES, flow, inside, named

TERM, LAST = "quarter-1", QUARTER[1]
SHARES = ("attainment", "quality", "level")
TITLES = {"attainment": "Успеваемость, %", "quality": "Качество, %", "level": "СОУ, %"}
STANDINGS = ("5", "4", "one 4", "one 3", "failing", "not attested", "unknown")


def shown(value: Any) -> Any:
    return "" if value is None else value


def subjects_of(raw: RawSchool, name: str) -> list[str]:
    """The marked subjects taught in a class at the end of the quarter."""
    found = {one.subject for one in raw.loads if name in one.classes and one.staff_on(LAST)}
    return sorted(one for one in found if raw.scales[one] != "без отметок")


def expects(raw: RawSchool, name: str, file: str, subject: str) -> bool:
    """Whether the pupil is on the roster of a course of that subject."""
    own = [one for one in raw.loads if name in one.classes and one.subject == subject]
    return any(file in raw.roster(one.classes, one.group, subject, LAST) for one in own)


def values_of(raw: RawSchool, name: str, subject: str) -> list[str | None]:
    """The marks of who is in the class on the last day and learns the subject."""
    return [
        raw.given.get((file, subject, "четверть", 1))
        for file in raw.members(name, LAST)
        if expects(raw, name, file, subject)
    ]


def classes_with_quarters(raw: RawSchool) -> list[str]:
    return [name for name, grade in raw.grades.items() if 2 <= grade <= 9]


def test_the_summary_sheet_of_every_class(raw: RawSchool, forms: Forms) -> None:
    seats = defaultdict(list)
    for seat in inside(raw, QUARTER):
        seats[seat.place, seat.file].append(seat)
    for name in classes_with_quarters(raw):
        papers = forms.papers("summary", of=name, at=TERM)
        _, head, rows = forms.workbook(papers)[0]
        subjects = subjects_of(raw, name)
        assert sorted(head[3:-5]) == subjects
        bodies = [row for row in rows if row[0]]
        wanted = [_sheet_line(raw, seats, name, file, head[3:-5]) for file in members(raw, name)]
        assert sorted(row[1:] for row in bodies) == sorted(wanted)
        figures_here = {row[1]: row[3:-5] for row in rows if not row[0]}
        for figure, title in TITLES.items():
            assert figures_here[title] == tuple(
                _share(raw, name, subject, figure) for subject in head[3:-5]
            )
        assert texts(papers)[0][2] == rows


def members(raw: RawSchool, name: str) -> list[str]:
    """Who the sheet names: in the class on the last day of the quarter."""
    return raw.members(name, LAST)


def _sheet_line(
    raw: RawSchool, seats: Any, name: str, file: str, subjects: list[str]
) -> tuple[Any, ...]:
    marks = [raw.given.get((file, one, "четверть", 1), "") for one in subjects]
    own = figures(seats[name, file])
    missed = (own["days"], own["ill_days"], own["missed"], own["Б"])
    stay = raw.stayed(name, *QUARTER)[file]
    return (named(raw, file, stay, QUARTER), "I четверть", *marks, *missed, "")


def _share(raw: RawSchool, name: str, subject: str, figure: str) -> Any:
    found = mark_figures(values_of(raw, name, subject))
    if raw.scales[subject] == "зачёт":
        return shown(found["passed"]) if figure == "attainment" else ""
    return shown(found[figure])


def results(raw: RawSchool, name: str) -> dict[str, tuple[str, list[str | None]]]:
    """By pupil: how he stands, and his marks."""
    found = {}
    subjects = subjects_of(raw, name) if raw.grades[name] in range(2, 10) else []
    for file in raw.members(name, LAST):
        own = [one for one in subjects if expects(raw, name, file, one)]
        values = list(term_marks(raw, file, own).values())
        found[file] = (standing(values), values)
    return found


def _counted(found: dict[str, tuple[str, list[str | None]]]) -> dict[str, list[str]]:
    """Files by standing, and those whom one mark keeps from the better one."""
    groups: dict[str, list[str]] = defaultdict(list)
    for file, (stands, values) in found.items():
        groups[stands].append(file)
        if stands in "43" and Counter(values)[stands] == 1:
            groups[f"one {stands}"].append(file)
    return groups


def by_pupils(groups: dict[str, list[str]]) -> tuple[Any, Any]:
    """успеваемость and качество over the pupils with marks."""
    stands = ("5", "4", "3", "failing", "not attested")
    total = sum(len(groups[one]) for one in stands)
    good = sum(len(groups[one]) for one in "543")
    return shown(share(good, total)), shown(share(good - len(groups["3"]), total))


def test_the_school_totals(raw: RawSchool, forms: Forms) -> None:
    papers = forms.papers("school", at=TERM)
    rows = forms.workbook(papers)[0][2]
    found = {name: results(raw, name) for name in raw.grades}
    groups = [(name, [name]) for name in raw.grades]
    groups += [
        (title, [name for name, grade in raw.grades.items() if least <= grade <= most])
        for title, least, most in (*STAGES, ("Вся школа", 1, 11))
    ]
    assert rows == [
        (title, *_outcome({file: one for name in names for file, one in found[name].items()}))
        for title, names in groups
    ]
    _names_of_counts(raw, papers, found)


def _outcome(found: dict[str, tuple[str, list[str | None]]]) -> tuple[Any, ...]:
    groups = _counted(found)
    marks = mark_figures(value for _, own in found.values() for value in own)
    sums = [len(groups[one]) for one in STANDINGS]
    last = (shown(marks["level"]), shown(marks["average"]))
    return (len(found), *sums, *by_pupils(groups), *last)


def _names_of_counts(raw: RawSchool, papers: Any, found: Any) -> None:
    """The explanation of a count names exactly those who are counted."""
    for row in papers[0].parts[0].rows:
        if row.key not in found:
            continue
        groups = _counted(found[row.key])
        for cell, group in zip(row.cells[2:9], STANDINGS, strict=True):
            names = [name for _, own in cell.told.who for name in own]
            assert sorted(names) == sorted(raw.names[file] for file in groups[group])


def test_the_report_of_every_class(raw: RawSchool, forms: Forms) -> None:
    seats = defaultdict(list)
    for seat in inside(raw, QUARTER):
        seats[seat.place, seat.file].append(seat)
    for name in classes_with_quarters(raw):
        first, second, *_ = forms.workbook(forms.papers("class", of=name, at=TERM))
        found = results(raw, name)
        assert [row[1] for row in first[2]] == _report(raw, name, found)
        named = {row[0]: row[2] for row in first[2]}
        failing = [raw.names[file] for file in _counted(found)["failing"]]
        assert sorted(filter(None, named["Неуспевающие"].split(", "))) == sorted(failing)
        own = {file: seats[name, file] for file in members(raw, name)}
        wanted = [(raw.names[file], *_absences(lines)) for file, lines in own.items()]
        assert sorted(row[1:] for row in second[2][:-1]) == sorted(wanted)
        total = tuple(map(sum, zip(*(row[1:] for row in wanted), strict=True)))
        assert second[2][-1] == ("", "Всего", *total)


def _absences(seats: list[Any]) -> tuple[int, ...]:
    own = figures(seats)
    return own["days"], own["ill_days"], *counts(own)


def _report(raw: RawSchool, name: str, found: Any) -> list[Any]:
    groups = _counted(found)
    start, came, _, left, _, end = flow(raw, name, QUARTER)
    released = sum("осв" in own for _, own in found.values())
    marks = mark_figures(value for _, own in found.values() for value in own)
    sums = [len(groups[one]) for one in STANDINGS]
    shares = (*by_pupils(groups), shown(marks["level"]), shown(marks["average"]))
    return [start, came, left, end, *sums, released, *shares]


def test_the_report_of_every_subject(raw: RawSchool, forms: Forms) -> None:
    papers = forms.papers("subject", at=TERM)
    tables = forms.workbook(papers)[:-1]
    by_subject: dict[str, list[Any]] = defaultdict(list)
    for load in raw.loads:
        graded = all(2 <= raw.grades[name] <= 9 for name in load.classes)
        if graded and raw.scales[load.subject] != "без отметок" and load.staff_on(LAST):
            by_subject[load.subject].append(load)
    assert [part.heading for part in papers[0].parts] == sorted(by_subject)
    for part, (_, _, rows) in zip(papers[0].parts, tables, strict=True):
        wanted = _subject_rows(raw, by_subject[part.heading])
        assert sorted(rows, key=_first) == sorted(wanted, key=_first)


def _first(row: tuple[Any, ...]) -> str:
    return str(row[0])


def _subject_rows(raw: RawSchool, loads: list[Any]) -> list[tuple[Any, ...]]:
    rows, everybody = [], []
    for load in loads:
        roster = raw.roster(load.classes, load.group, load.subject, LAST)
        values = [raw.given.get((file, load.subject, "четверть", 1)) for file in roster]
        if not values:
            continue
        everybody += values
        name = ", ".join(load.classes)
        if load.group:
            name += " (" + load.group.replace(" ", "\N{NO-BREAK SPACE}") + ")"
        teachers = "\n".join(raw.staff[one] for one in load.staff_on(LAST))
        rows.append((name, *_marks(raw.scales[load.subject], values), teachers))
    if len(rows) > 1:
        rows.append(("Всего", *_marks(raw.scales[loads[0].subject], everybody), ""))
    return rows


def _marks(scale: str, values: list[str | None]) -> tuple[Any, ...]:
    found, shares = Counter(values), mark_figures(values)
    verdicts = scale == "зачёт"
    kinds = ("зач", "незач") if verdicts else ("5", "4", "3", "2", "1")
    sums = [found[one] for one in (*kinds, "н/а", "осв", None)]
    last = ("passed",) if verdicts else (*SHARES, "average")
    return (len(values), *sums, *(shown(shares[one]) for one in last))


def test_lessons_without_a_register_are_said_under_the_sheet(raw: RawSchool, forms: Forms) -> None:
    """In the quarter that runs the sheet of each class says how many lessons are unknown."""
    running = [seat for seat in raw.seats if seat.lesson.day >= date(2026, 11, 2)]
    for name in classes_with_quarters(raw):
        notes = forms.papers("summary", of=name, at="quarter-2")[0].parts[0].notes
        count = unfilled_lessons(seat for seat in running if seat.place == name)
        said = [one for one in notes if "посещаемость не отмечена" in one]
        assert len(said) == (count > 0)
        assert all(f"уроках: {count}," in one for one in said)
