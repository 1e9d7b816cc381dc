"""Reading a journal's history: files in; a package, or every fault at once, out. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, TypeVar

from journal.core.messages import N_
from journal.documents.guards import UnreadableFile
from journal.documents.tables import Table, read_tables
from journal.transfer.faults import Findings, ImportFault, ImportNote
from journal.transfer.history import checks, files
from journal.transfer.history.known import HistoryKnown, Releases
from journal.transfer.history.rows import HistoryPackage, LessonRow
from journal.transfer.reading import SheetReader
from journal.transfer.references import Ref, References
from journal.transfer.school.rows import YearRow
from journal.transfer.specification import SheetFindings, SheetSpec

Row = TypeVar("Row")

_ORDER = [spec.title for spec in files.FILES.values()]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryReading:
    """What a reading gives: the package only if there is no fault; notes in any case."""

    package: HistoryPackage | None
    faults: tuple[ImportFault, ...]
    notes: tuple[ImportNote, ...]


def parse_history(contents: Mapping[str, bytes], *, known: HistoryKnown) -> HistoryReading:
    """Read the files of a folder, by name; any subset may be there.

    `known` is the school they belong to and what earlier imports have brought.
    """
    findings = Findings()
    tables = _tables(contents, findings)
    reading = _Reading(known, findings)
    reading.read(tables)
    reading.check()
    return HistoryReading(
        package=reading.package(frozenset(tables)) if findings.clean else None,
        faults=findings.faults(_ORDER),
        notes=findings.notes,
    )


def _tables(contents: Mapping[str, bytes], findings: Findings) -> dict[str, Table]:
    """The tables of the files that have a part in a history; others are noted."""
    found: dict[str, Table] = {}
    for path, data in contents.items():
        name = PurePath(path.replace("\\", "/")).name
        if name.casefold() not in _ORDER:
            message = N_("The file %(file)s is unknown and was left out.", file=name)
            findings.note(name, 1, "", message)
            continue
        try:
            found[name.casefold()] = read_tables(name, data)[0]
        except UnreadableFile as refused:
            findings.fault(name.casefold(), 1, "", "", refused.message)
    if not found and findings.clean:
        message = N_("There is no file of a history: lessons.csv, marks.csv, …. Choose the folder.")
        findings.fault(_ORDER[0], 1, "", "", message)
    return found


class _Reading:
    """One reading: rows of the files, references, findings."""

    def __init__(self, known: HistoryKnown, findings: Findings) -> None:
        self._known = known
        self._findings = findings
        self._references = _references(known)
        self._rows: dict[str, list[Any]] = {field: [] for field in files.FILES}

    def read(self, tables: Mapping[str, Table]) -> None:
        """Read every file that is there; lessons come first, the others refer to them."""
        if files.LESSONS.title not in tables and self._findings.in_sheet(files.LESSONS.title):
            self._references.forgive(Ref.LESSON)
        for field, spec in files.FILES.items():
            if table := tables.get(spec.title):
                shaped = self._with_year(field, spec)
                reader = SheetReader(shaped, table, self._references, self._findings)
                self._rows[field] = reader.rows()
        self._rows["marks"] = checks.numbered(self._rows["marks"])
        self._rows["exemptions"] = [self._open_ended(row) for row in self._rows["exemptions"]]

    def check(self) -> None:
        """Everything the files must agree on."""
        known = self._known
        lessons = self._found(files.LESSONS)
        marks = self._found(files.MARKS)
        checks.check_lessons(self._rows["lessons"], known, lessons)
        checks.check_exemptions(self._rows["exemptions"], known, self._found(files.EXEMPTIONS))
        entries = checks.EntryCheck(self._sound_lessons(lessons), known)
        checks.check_numbers(self._rows["marks"], known, marks)
        entries.check_marks(self._rows["marks"], marks)
        releases = Releases([*known.exemptions, *self._rows["exemptions"]])
        entries.check_absences(self._rows["absences"], releases, self._found(files.ABSENCES))
        checks.check_period_marks(
            self._rows["period_marks"], known, self._found(files.PERIOD_MARKS)
        )

    def package(self, names: frozenset[str]) -> HistoryPackage:
        """The clean rows."""
        rows = {field: tuple(found) for field, found in self._rows.items()}
        return HistoryPackage(files=names, **rows)

    def _sound_lessons(self, found: SheetFindings[LessonRow]) -> dict[str, LessonRow]:
        """Lessons whose own rows can be trusted, by «Урок»."""
        lessons = dict(self._known.lessons)
        for lesson in self._rows["lessons"]:
            if found.bad(lesson):
                lessons.pop(lesson.key, None)
            else:
                lessons[lesson.key] = lesson
        return lessons

    def _with_year(self, field: str, spec: SheetSpec[Any]) -> SheetSpec[Any]:
        """A release without a first day holds from the first day of the year."""
        year = self._known.year
        if field == "exemptions" and year:
            return spec.with_default("starts_on", year.starts_on)
        return spec

    def _open_ended(self, row: Any) -> Any:
        year: YearRow | None = self._known.year
        ends_with_year = year is not None and row.ends_before == year.ends_before
        return replace(row, ends_before=None) if ends_with_year else row

    def _found(self, spec: SheetSpec[Row]) -> SheetFindings[Row]:
        return SheetFindings(spec, self._findings)


def _references(known: HistoryKnown) -> References:
    references = References()
    names = {
        Ref.YEAR: [year.name for year in known.years],
        Ref.SUBJECT: known.subjects,
        Ref.STAFF: known.staff,
        Ref.CLASS: known.classes,
        Ref.PUPIL: known.stays,
        Ref.SUBGROUP: sorted({subgroup for *_, subgroup in known.courses if subgroup}),
        Ref.WORK_TYPE: sorted(known.work_types),
        Ref.LESSON: known.lessons,
    }
    for kind, known_names in names.items():
        for name in known_names:
            references.settle(kind, name)
    return references
