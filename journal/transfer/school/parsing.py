"""Reading the school workbook: tables in; a package, or every fault at once, out.

Pure: what the database holds comes as `known`, gathered beforehand in the shape of an export.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from journal.core.messages import N_
from journal.documents.tables import Table
from journal.people.rules import class_parts
from journal.transfer.faults import Findings, ImportFault, ImportNote
from journal.transfer.reading import SheetReader
from journal.transfer.references import References
from journal.transfer.school import sheets
from journal.transfer.school.bells import bells_of_classes
from journal.transfer.school.checks import calendar, people, teaching, timetable
from journal.transfer.school.organisation import read_organisation
from journal.transfer.school.package import NOTHING, SchoolPackage
from journal.transfer.school.rows import ClassRow, LoadRow, SubgroupRow, YearRow
from journal.transfer.school.sources import sheets_of
from journal.transfer.school.stays import Stay
from journal.transfer.specification import SheetFindings, SheetSpec

Row = TypeVar("Row")

# What a sheet refers to is read before it.
_ORDER = (
    "years",
    "terms",
    "holidays",
    "bells",
    "subjects",
    "rooms",
    "staff",
    "classes",
    "pupils",
    "movements",
    "guardians",
    "loads",
    "subgroups",
    "slots",
    "topics",
)
_OF_YEAR = frozenset({"classes", "pupils", "movements", "loads", "subgroups", "slots", "topics"})
_SOME_YEAR = YearRow("", date(1900, 1, 1), date(2101, 1, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolReading:
    """What a reading gives: the package only if there is no fault; notes in any case."""

    package: SchoolPackage | None
    faults: tuple[ImportFault, ...]
    notes: tuple[ImportNote, ...]


def parse_school(tables: Sequence[Table], *, known: SchoolPackage = NOTHING) -> SchoolReading:
    """Read any subset of the sheets; what they refer to may stand in `known` instead.

    The package holds the rows of the file only, canonical and half-open; `package.sheets` says
    which sheets were there.
    """
    reading = _Reading(known)
    present = sheets_of(tables, reading.findings)
    reading.read(present)
    reading.check()
    findings = reading.findings
    return SchoolReading(
        package=reading.package(frozenset(present)) if findings.clean else None,
        faults=findings.faults(sheets.TITLES),
        notes=findings.notes,
    )


class _Reading:
    """One reading: rows of the file, rows they stand on, references, findings."""

    def __init__(self, known: SchoolPackage) -> None:
        self.findings = Findings()
        self._known = known
        self._references = References()
        self._organisation = known.organisation
        self._rows: dict[str, list[Any]] = {field: [] for field in sheets.SHEETS}
        self._repeated: dict[str, list[Any]] = {}
        self._year = known.year or _SOME_YEAR
        for field, spec in sheets.SHEETS.items():
            self._make_known(spec, getattr(known, field))

    def read(self, present: Mapping[str, Table]) -> None:
        """Read every sheet that is there."""
        if table := present.get(sheets.ORGANISATION):
            self._organisation = read_organisation(table, self._known.organisation, self.findings)
        for field in _ORDER:
            spec = sheets.SHEETS[field]
            if table := present.get(spec.title):
                self._rows[field] = self._read_sheet(field, self._with_year(field), table)
            if field == "years":
                self._settle_year(present)

    def check(self) -> None:
        """Everything the sheets must agree on."""
        calendar.check_years(self._merged("years"), self._found(sheets.YEARS))
        calendar.check_terms(
            self._merged("terms"), self._merged("years"), self._found(sheets.TERMS)
        )
        calendar.check_holidays(self._rows["holidays"], self._found(sheets.HOLIDAYS))
        calendar.check_bells(self._merged("bells"), self._found(sheets.BELLS))
        people.check_classes(self._rows["classes"], self._found(sheets.CLASSES))
        people.check_pupils(self._rows["pupils"], self._found(sheets.PUPILS))
        people.note_lone_guardians(
            self._merged("guardians"), self._merged("staff"), self._found(sheets.GUARDIANS)
        )
        self._check_teaching()

    def package(self, titles: frozenset[str]) -> SchoolPackage:
        """The clean rows."""
        rows = {field: tuple(found) for field, found in self._rows.items()}
        organisation = self._organisation if sheets.ORGANISATION in titles else None
        return SchoolPackage(organisation=organisation, sheets=titles, **rows)

    def _check_teaching(self) -> None:
        loads = self._merged("loads")
        found_loads = self._found(sheets.LOADS)
        teaching.check_loads(loads, self._year, found_loads)
        members = teaching.check_subgroups(
            self._merged("subgroups"), self._stays(), self._year, self._found(sheets.SUBGROUPS)
        )
        courses = teaching.Courses(loads, found_loads)
        if classes := self._merged("classes"):
            bells = bells_of_classes(classes, self._merged("bells"))
            ground = timetable.Ground(self._year, bells, courses, members)
            timetable.check_slots(self._rows["slots"], ground, self._found(sheets.SLOTS))
        teaching.check_topics(self._rows["topics"], courses, self._found(sheets.TOPICS))

    def _stays(self) -> dict[str, Stay]:
        pupils = self._merged("pupils")
        found = self._found(sheets.PUPILS)
        unsure = {row.personal_file for row in self._repeated.get("movements", ())}
        unsure |= {
            pupil.personal_file for pupil in pupils if found.bad(pupil, "enrolled_on", "class_name")
        }
        movements = self._merged("movements")
        return people.check_movements(
            pupils, unsure, movements, self._year.starts_on, self._found(sheets.MOVEMENTS)
        )

    def _read_sheet(self, field: str, spec: SheetSpec[Any], table: Table) -> list[Any]:
        reader = SheetReader(spec, table, self._references, self.findings)
        rows = reader.rows(getattr(self._known, field))
        self._repeated[field] = reader.repeated
        return [self._completed(row) for row in rows]

    def _with_year(self, field: str) -> SheetSpec[Any]:
        spec = sheets.SHEETS[field]
        if field in ("loads", "subgroups"):
            return spec.with_default("starts_on", self._year.starts_on)
        return spec

    def _completed(self, row: Row) -> Row:
        """One way to say a thing: the whole year has no end, the letter is always there."""
        if isinstance(row, LoadRow | SubgroupRow) and row.ends_before == self._year.ends_before:
            return replace(row, ends_before=None)
        if isinstance(row, ClassRow) and row.letter is None:
            return replace(row, letter=class_parts(row.name)[1] or None)
        return row

    def _settle_year(self, present: Mapping[str, Table]) -> None:
        years = self._merged("years")
        self._year = max(years, key=lambda year: year.starts_on, default=_SOME_YEAR)
        needing = any(sheets.SHEETS[field].title in present for field in _OF_YEAR)
        if not years and needing and not self.findings.in_sheet(sheets.YEARS.title):
            message = N_("The school year is not known. Fill in the sheet «Учебный год».")
            self.findings.fault(sheets.YEARS.title, 1, sheets.YEARS.title, "", message)

    def _merged(self, field: str) -> list[Any]:
        """Rows of the database that the file does not replace, then the file's."""
        spec = sheets.SHEETS[field]
        rows = self._rows[field]
        replaced = {spec.key_of(row) for row in rows}
        kept = [row for row in getattr(self._known, field) if spec.key_of(row) not in replaced]
        return [replace(row, row=0) if row.row else row for row in kept] + rows

    def _found(self, spec: SheetSpec[Row]) -> SheetFindings[Row]:
        return SheetFindings(spec, self.findings)

    def _make_known(self, spec: SheetSpec[Any], rows: Sequence[object]) -> None:
        for column in spec.columns:
            if column.names and column.defines:
                for row in rows:
                    if name := getattr(row, column.field):
                        self._references.settle(column.names, name)
