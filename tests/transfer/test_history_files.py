"""The histories of the test schools read clean and come back the same from an export."""

from functools import cache

import pytest

from journal.transfer.history import (
    HistoryPackage,
    HistoryReading,
    history_changes,
    known_from,
    parse_history,
    write_history,
)
from journal.transfer.history.known import HistoryKnown
from tests.transfer.schooldata import reading, school_folder


@cache
def known(school: str) -> HistoryKnown:
    package = reading(school).package
    assert package is not None
    return known_from(package)


@cache
def history(school: str) -> HistoryReading:
    folder = school_folder(school) / "history"
    contents = {path.name: path.read_bytes() for path in folder.iterdir()}
    return parse_history(contents, known=known(school))


def clean(school: str) -> HistoryPackage:
    package = history(school).package
    assert package is not None
    return package


@pytest.mark.parametrize(
    ("school", "counts"),
    [("school", (10031, 53624, 11449, 26, 8455)), ("school-small", (1515, 6699, 1719, 6, 770))],
)
def test_clean_histories(school: str, counts: tuple[int, ...]) -> None:
    found = history(school)
    assert found.faults == () and found.notes == ()
    package = clean(school)
    fields = (package.lessons, package.marks, package.absences)
    assert (*map(len, fields), len(package.exemptions), len(package.period_marks)) == counts


@pytest.mark.parametrize("school", ["school", "school-small"])
def test_an_export_reads_back_the_same(school: str) -> None:
    package = clean(school)
    again = parse_history(write_history(package), known=known(school))
    assert again.faults == ()
    assert again.package == package
    for changes in history_changes(package, package).values():
        assert not changes.any and not changes.vanished
