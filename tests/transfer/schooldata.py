"""Where the test schools lie: beside the repository, or where SCHOOL_DATA says."""

import os
from functools import cache
from pathlib import Path

from journal.documents.tables import Table, read_tables
from journal.transfer.school import SchoolReading, parse_school

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"


def data_folder() -> Path:
    """The folder with school/, school-small/ and school-spoilt/; missing data fail the test."""
    folder = Path(os.environ.get("SCHOOL_DATA", _BESIDE))
    assert folder.is_dir(), f"put the test data into {_BESIDE} or name their folder in SCHOOL_DATA"
    return folder


def workbook(school: str) -> bytes:
    """The bytes of a school's workbook."""
    return (data_folder() / school / "school.xlsx").read_bytes()


@cache
def tables(school: str) -> tuple[Table, ...]:
    """Its raw sheets."""
    return read_tables("school.xlsx", workbook(school))


@cache
def reading(school: str) -> SchoolReading:
    """What parsing it gives."""
    return parse_school(tables(school))
