"""The school workbook («Пакет школы»): its sheets, reading, checks, differences and writing."""

from journal.transfer.school.bells import bell_set_of, bells_of_classes
from journal.transfer.school.changes import school_changes
from journal.transfer.school.organisation import organisation_code
from journal.transfer.school.package import NOTHING, GroupKey, Placement, SchoolPackage
from journal.transfer.school.parsing import SchoolReading, parse_school
from journal.transfer.school.persons import same_persons
from journal.transfer.school.stays import placements
from journal.transfer.school.writing import write_school, write_template

__all__ = [
    "NOTHING",
    "GroupKey",
    "Placement",
    "SchoolPackage",
    "SchoolReading",
    "bell_set_of",
    "bells_of_classes",
    "organisation_code",
    "parse_school",
    "placements",
    "same_persons",
    "school_changes",
    "write_school",
    "write_template",
]
