"""Whatever stands in a file, reading ends with a package or with faults, never with a crash."""

from datetime import date, datetime, time

from hypothesis import given, settings
from hypothesis import strategies as st

from journal.documents.cells import Cell
from journal.transfer.history import parse_history
from journal.transfer.school import NOTHING, placements, school_changes
from tests.transfer.mini import Sheets, day, mini, package, parse
from tests.transfer.test_history_checks import KNOWN, contents, files

CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(-5, 5),
    st.dates(date(1890, 1, 1), date(2110, 1, 1)),
    st.times(),
    st.datetimes(datetime(1899, 12, 31), datetime(2101, 1, 1)),  # noqa: DTZ001 (as files give it)
    st.text(max_size=8),
    st.sampled_from(
        ["5А", "5А,5Б", "10А", "А-1", "Б-1", "Алгебра", "1", "2", "Пн", "чётная", "перевод", "9.1"]
    ),
    st.sampled_from([day(9, 1), day(8, 31), day(5, 31, 2027), time(8, 30)]),
)


@settings(max_examples=150)
@given(st.data())
def test_the_school_workbook(data: st.DataObject) -> None:
    sheets: Sheets = mini()
    for _ in range(data.draw(st.integers(1, 4))):
        rows = sheets[data.draw(st.sampled_from(sorted(sheets)))]
        row = rows[data.draw(st.integers(0, len(rows) - 1))]
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(CELLS)
    for name in data.draw(st.sets(st.sampled_from(sorted(sheets)), max_size=3)):
        del sheets[name]
    found = parse(sheets, package() if data.draw(st.booleans()) else NOTHING)
    assert (found.package is None) == bool(found.faults)
    if found.package and found.package.year:
        placements(found.package.pupils, found.package.movements, found.package.year.starts_on)
        school_changes(package(), found.package)


@settings(max_examples=100)
@given(st.data())
def test_the_history(data: st.DataObject) -> None:
    written = files()
    for _ in range(data.draw(st.integers(1, 4))):
        rows = written[data.draw(st.sampled_from(sorted(written)))]
        row = rows[data.draw(st.integers(0, len(rows) - 1))]
        row[data.draw(st.integers(0, len(row) - 1))] = str(data.draw(CELLS)).replace('"', "")
    found = parse_history(contents(written), known=KNOWN)
    assert (found.package is None) == bool(found.faults)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=5))
@settings(max_examples=50)
def test_tables_of_nonsense(rows: list[list[Cell]]) -> None:
    for name in ("Классы", "Организация", "Расписание", "Лист"):
        found = parse({name: rows})
        assert (found.package is None) == bool(found.faults)
