"""The package is one an administrator could have filled in: the importer finds no fault in it."""

from __future__ import annotations

import pytest

from journal.demo.history import history_package
from journal.demo.package import school_package
from journal.documents.tables import read_tables
from journal.transfer.history import known_from, parse_history, write_history
from journal.transfer.school import parse_school, write_school
from tests.features.demo.conftest import MOMENTS, told


@pytest.mark.parametrize("moment", ["a Friday noon"])
def test_the_workbook_of_the_demonstration_reads_without_faults(moment: str) -> None:
    package = school_package(told(moment)[0])
    data = write_school(package, made_at=MOMENTS[moment])
    reading = parse_school(read_tables("school.xlsx", data))
    assert not reading.faults
    assert not reading.notes
    assert reading.package == package


@pytest.mark.parametrize("moment", ["the second day at noon", "the autumn break", "a Friday noon"])
def test_the_history_of_the_demonstration_reads_without_faults(moment: str) -> None:
    school, journal, _ = told(moment)
    package = history_package(journal)
    contents = write_history(package)
    reading = parse_history(contents, known=known_from(school_package(school)))
    assert not reading.faults[:10]
    assert not reading.notes
    assert reading.package == package
