"""Pupils' reports and the pages of the journal: every cell of the first quarter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.figures.conftest import Forms, texts
from tests.figures.raw import CANCELLED, RELEASED, Lesson, Load, RawSchool, Seat, average, half_up
from tests.figures.sums import counts, figures
from tests.figures.test_attendance_forms import QUARTER, inside
from tests.figures.test_mark_forms import TERM, classes_with_quarters

LETTERS = {"Н": "н", "Б": "б", "УП": "у", "НП": "п", "ОП": "о"}
BOOKS = ("2А", "5Б", "8В")  # written as workbooks too: subgroups, changes of teacher, movers


def mean(rows: list[dict[str, str]]) -> Any:
    found = average(rows)
    return "" if found is None else half_up(found, 2)


def test_the_report_of_every_pupil(raw: RawSchool, forms: Forms) -> None:
    seats = defaultdict(list)
    for seat in inside(raw, QUARTER):
        seats[seat.file].append(seat)
    for name in classes_with_quarters(raw):
        papers = forms.papers("pupil", of=name, at=TERM)
        files = raw.stayed(name, *QUARTER)
        assert sorted(one.name for one in papers) == sorted(raw.names[one] for one in files)
        opened = iter(forms.workbook(papers) if name in BOOKS else texts(papers))
        tables = {paper.name: [next(opened) for _ in paper.parts] for paper in papers}
        for file in files:
            if list(map(raw.names.get, files)).count(raw.names[file]) == 1:
                _report(raw, file, seats[file], tables[raw.names[file]])
        for paper in papers:
            _note(raw, paper, [one for one in files if raw.names[one] == paper.name], seats)


def _report(raw: RawSchool, file: str, seats: list[Seat], tables: list[Any]) -> None:
    held = [seat for seat in seats if seat.state != CANCELLED]
    subjects = {seat.lesson.subject for seat in held}
    subjects |= {subject for (own, subject, *_) in raw.given if own == file}
    days = {seat.lesson.day for seat in held}
    head = [title for _, heads, _ in tables for title in heads[1:]]
    assert head[:-3] == [f"{day:%d.%m}" for day in sorted(days)]
    rows = {
        row[0]: [cell for _, _, own in tables for cell in _row(own, row[0])] for row in tables[0][2]
    }
    wanted = {one: _line(raw, file, one, held, sorted(days)) for one in subjects}
    assert rows == wanted


def _row(rows: list[Any], name: str) -> tuple[Any, ...]:
    return next(row[1:] for row in rows if row[0] == name)


def _line(raw: RawSchool, file: str, subject: str, held: list[Seat], days: list[date]) -> list[Any]:
    own = [seat for seat in held if seat.lesson.subject == subject]
    marks = [
        (lesson, rows)
        for lesson, rows in raw.marks_of.get((file, subject), ())
        if QUARTER[0] <= lesson.day <= QUARTER[1]
    ]
    cells = [_cell([one for one in own if one.lesson.day == day], marks, day) for day in days]
    missed = figures(own)["missed"]
    mark = raw.given.get((file, subject, "четверть", 1), "")
    return [*cells, mean([row for _, rows in marks for row in rows]), mark, missed or ""]


def _cell(
    seats: list[Seat], marks: Iterable[tuple[Lesson, list[dict[str, str]]]], day: date
) -> str:
    seats = sorted(seats, key=lambda seat: seat.lesson.number)
    said = [LETTERS[seat.state] for seat in seats if seat.state in LETTERS]
    if not said and any(seat.state == RELEASED for seat in seats):
        said = ["осв"]
    found = sorted(((one.number, rows) for one, rows in marks if one.day == day), key=_number)
    return " ".join([*said, *(row["Отметка"] for _, rows in found for row in rows)])


def _number(lesson: tuple[int, Any]) -> int:
    return lesson[0]


def _note(raw: RawSchool, paper: Any, files: list[str], seats: dict[str, list[Seat]]) -> None:
    """Under the table stand the sums."""
    said = paper.parts[-1].notes[0]
    sentences = []
    for file in files:
        own = figures(seats[file])
        missed, ill, valid, invalid, unknown, late = counts(own)
        sentences.append(
            f"Пропущено уроков: {missed} из {own['due']}, из них по болезни {ill}, по уважительной "
            f"причине {valid}, без уважительной причины {invalid}, причина не указана {unknown}. "
            f"Полных дней пропущено: {own['days']}, из них по болезни {own['ill_days']}. "
            f"Опозданий: {late}."
        )
    assert said in sentences


def test_the_journal_pages_of_every_course(raw: RawSchool, forms: Forms) -> None:
    loads = {(",".join(one.classes), one.subject, one.group): one for one in raw.loads}
    by_course = defaultdict(list)
    for lesson in raw.lessons.values():
        if QUARTER[0] <= lesson.day <= QUARTER[1]:
            by_course[",".join(lesson.classes), lesson.subject, lesson.group].append(lesson)
    seats = {(seat.file, seat.lesson.key): seat.state for seat in raw.seats}
    for name in classes_with_quarters(raw):
        own = [key for key in by_course if name in key[0].split(",")]
        assert own, name
        units = forms.units("journal", of=name, at=TERM)
        papers = {}
        for unit in units:
            (paper,) = forms.papers("journal", course_id=unit.course_id, at=TERM)
            papers[paper.name] = paper
        for key in own:
            paper = papers[_title(key)]
            tables = forms.workbook([paper])[:-1] if name in BOOKS else texts([paper])
            lessons = sorted(by_course[key], key=lambda one: (one.day, one.number))
            _pages(raw, loads[key], lessons, tables, seats)


def _title(key: tuple[str, str, str]) -> str:
    classes, subject, group = key
    words = subject if subject.split()[0][1:2].isupper() else subject[0].lower() + subject[1:]
    if subject.startswith("Россия"):
        words = subject
    suffix = " (" + group.replace(" ", "\N{NO-BREAK SPACE}") + ")" if group else ""
    return f"{classes.replace(',', ', ')}, {words}{suffix}"


def _pages(
    raw: RawSchool, load: Load, lessons: list[Lesson], tables: list[Any], seats: dict[Any, str]
) -> None:
    pupils, right = tables[0::2], tables[1::2]
    told = [row for _, _, rows in right for row in rows]
    assert [(row[0], row[1], row[3], row[4]) for row in told] == [
        (
            one.day,
            0 if one.cancelled else 1,
            "отменён" if one.cancelled else one.topic,
            one.homework,
        )
        for one in lessons
    ]
    head = [title for _, heads, _ in pupils for title in heads[2:]]
    assert head == [*(f"{one.day:%d.%m}" for one in lessons), "Средний балл", "Отметка за период"]
    rows = [list(row) for row in pupils[0][2]]
    for _, _, more in pupils[1:]:
        rows = [own + list(row[2:]) for own, row in zip(rows, more, strict=True)]
    wanted = _rows(raw, load, lessons, seats)
    assert sorted([row[1].split("\n")[0], *row[2:]] for row in rows) == sorted(wanted)


def _rows(
    raw: RawSchool, load: Load, lessons: list[Lesson], seats: dict[Any, str]
) -> list[list[Any]]:
    found = []
    day, files = QUARTER[0], set()
    while day <= QUARTER[1]:
        files |= set(raw.roster(load.classes, load.group, load.subject, day))
        day = date.fromordinal(day.toordinal() + 1)
    for file in files:
        cells, rows = [], []
        for lesson in lessons:
            marks = raw.marks.get((file, lesson.key), [])
            rows += marks
            state = seats.get((file, lesson.key), "")
            said = [LETTERS[state]] if state in LETTERS else []
            said += [row["Отметка"] for row in marks]
            cells.append(" ".join(said or (["осв"] if state == RELEASED else [])))
        mark = raw.given.get((file, load.subject, "четверть", 1), "")
        found.append([raw.names[file], *cells, mean(rows), mark])
    return found


def test_what_is_printed_holds_every_name_and_figure(raw: RawSchool, forms: Forms) -> None:
    """The text of each PDF holds the texts of all cells."""
    (unit, *_) = forms.units("journal", of="5Б", at=TERM)
    asked: dict[str, dict[str, Any]] = {
        "summary": {"of": "5Б", "at": "all"},
        "class": {"of": "5Б", "at": TERM},
        "pupil": {"of": "5Б", "at": TERM},
        "journal": {"course_id": unit.course_id, "at": TERM},
        "subject": {"at": TERM},
        "school": {"at": TERM},
        "attendance": {"of": "5Б", "at": TERM},
        "attendance-classes": {"first": QUARTER[0], "last": QUARTER[1]},
        "attendance-days": {"first": QUARTER[0], "last": QUARTER[1]},
        "movement": {},
        "passport": {},
        "changes": {},
    }
    for name, choice in asked.items():
        papers = forms.papers(name, **choice)
        text = forms.pdf(papers).replace("-", "")
        words = {
            word.replace("-", "")
            for paper in papers
            for part in paper.parts
            for row in part.rows
            for cell in row.cells
            for word in cell.text.split()
        }
        assert not [word for word in words if word not in text], name
