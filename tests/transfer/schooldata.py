"""Where the test schools lie: where SCHOOL_DATA says, beside the repository, in tests/data."""

import os
from functools import cache
from pathlib import Path

import pytest

from journal.documents.tables import Table, read_tables
from journal.transfer.school import SchoolReading, parse_school

_HERE = Path(__file__).resolve()
_FOLDERS = (
    Path(os.environ.get("SCHOOL_DATA", _HERE.parents[3] / "shared" / "data")),
    _HERE.parents[1] / "data",
)


def school_folder(school: str) -> Path:
    """The folder of a school: school-small and school-spoilt lie here, the large one may not."""
    for folder in _FOLDERS:
        if (folder / school).is_dir():
            return folder / school
    pytest.skip(f"name the folder that holds {school}/ in SCHOOL_DATA")


def workbook(school: str) -> bytes:
    """The bytes of a school's workbook."""
    return (school_folder(school) / "school.xlsx").read_bytes()


@cache
def tables(school: str) -> tuple[Table, ...]:
    """Its raw sheets."""
    return read_tables("school.xlsx", workbook(school))


@cache
def reading(school: str) -> SchoolReading:
    """What parsing it gives."""
    return parse_school(tables(school))
