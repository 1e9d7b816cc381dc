"""The exchange as commands: check a file, write it, give the present state back.

Parsing runs outside of any writing transaction: a held write lock would refuse a teacher's save.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath
from typing import Any

from sqlalchemy.orm import Session

from journal.core.audit import Origin
from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.core.tenancy import acting_for, bind
from journal.documents.tables import read_tables
from journal.people.queries import organisation_by_code
from journal.school.queries import latest_year, year_by_name
from journal.transfer.changes import Changes
from journal.transfer.faults import ImportFault, ImportNote, ImportRefused
from journal.transfer.history import (
    HistoryKnown,
    HistoryPackage,
    known_from,
    parse_history,
    write_history,
)
from journal.transfer.school import (
    NOTHING,
    SchoolPackage,
    SchoolReading,
    organisation_code,
    parse_school,
    school_changes,
    write_school,
)
from journal.transfer.store import (
    StoredSchool,
    gather_school,
    settled,
    store_school,
)
from journal.transfer.store.history import StoredHistory, gather_history, store_history
from journal.transfer.store.history.held import OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedSchool:
    """A school workbook that was read and compared; `package` is None when there are faults."""

    source: str
    organisation_id: int | None
    package: SchoolPackage | None
    held: SchoolPackage
    faults: tuple[ImportFault, ...]
    notes: tuple[ImportNote, ...]


def check_school(
    session: Session, *, file_name: str, data: bytes, organisation_id: int | None = None
) -> CheckedSchool:
    """Read a workbook against what the database holds. Writes nothing.

    `organisation_id` is the only school the file may speak of (the administrator's own); None
    lets it bring a new one. Raises UnreadableFile, or RuleViolation for a file of another school.
    """
    tables = read_tables(file_name, data)
    target = _target(session, organisation_code(tables), organisation_id)
    held = NOTHING
    if target is not None:
        with acting_for(session, {target}):
            held = gather_school(session, target).package
    reading: SchoolReading = parse_school(tables, known=held)
    return CheckedSchool(
        source=source_of(file_name, data),
        organisation_id=target,
        package=reading.package,
        held=held,
        faults=reading.faults,
        notes=reading.notes,
    )


def planned_changes(checked: CheckedSchool) -> dict[str, Changes[Any]]:
    """What importing the checked file would change, sheet by sheet; nothing for a faulty one."""
    if checked.package is None:
        return {}
    return school_changes(checked.held, settled(checked.package, checked.held))


def import_school(
    session: Session, checked: CheckedSchool, *, origin: Origin, now: datetime
) -> StoredSchool:
    """Write a checked workbook in the caller's transaction. Raises ImportRefused with faults."""
    if checked.package is None:
        raise ImportRefused(checked.faults)
    if checked.organisation_id is not None:
        bind(session, {checked.organisation_id})
    return store_school(session, checked.package, origin=origin, now=now, source=checked.source)


def export_school(session: Session, organisation_id: int, *, now: datetime) -> bytes:
    """The present state as a workbook: importing it changes nothing."""
    with acting_for(session, {organisation_id}):
        return write_school(gather_school(session, organisation_id).package, made_at=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedHistory:
    """A history that was read and compared; `package` is None when there are faults."""

    source: str
    organisation_id: int
    year_id: int
    package: HistoryPackage | None
    faults: tuple[ImportFault, ...]
    notes: tuple[ImportNote, ...]


def check_history(
    session: Session, *, organisation_id: int, contents: Mapping[str, bytes], now: datetime
) -> CheckedHistory:
    """Read the CSV files («lessons.csv» → bytes) against the school. Writes nothing."""
    with acting_for(session, {organisation_id}):
        school = gather_school(session, organisation_id).package
        year_id = latest_year(session)
        if year_id is None:
            raise RuleViolation(
                "file", N_("The school has no academic year yet. Import the school first.")
            )
        held = gather_history(session, year_id, now=now).package
    reading = parse_history(contents, known=_known(school, held))
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(contents[name])
    return CheckedHistory(
        source=f"history sha256:{digest.hexdigest()}",
        organisation_id=organisation_id,
        year_id=year_id,
        package=reading.package,
        faults=reading.faults,
        notes=reading.notes,
    )


def import_history(
    session: Session, checked: CheckedHistory, *, origin: Origin, now: datetime
) -> StoredHistory:
    """Write a checked history in the caller's transaction. Raises ImportRefused with faults."""
    if checked.package is None:
        raise ImportRefused(checked.faults)
    with acting_for(session, {checked.organisation_id}):
        return store_history(
            session,
            checked.package,
            organisation_id=checked.organisation_id,
            year_id=checked.year_id,
            origin=origin,
            now=now,
            source=checked.source,
        )


def export_history(
    session: Session, organisation_id: int, *, year: str, now: datetime
) -> dict[str, bytes]:
    """The year's journal as CSV files by name. Raises RuleViolation for an unknown year."""
    with acting_for(session, {organisation_id}):
        year_id = year_by_name(session, year)
        if year_id is None:
            raise RuleViolation(
                "year", N_("There is no academic year %(name)s in this school.", name=year)
            )
        return write_history(gather_history(session, year_id, now=now).package)


def _known(school: SchoolPackage, held: HistoryPackage) -> HistoryKnown:
    numbers: dict[tuple[str, str], set[int]] = {}
    for mark in held.marks:
        numbers.setdefault((mark.lesson, mark.personal_file), set()).add(mark.number)
    return replace(
        known_from(school),
        lessons={row.key: row for row in held.lessons if not row.key.startswith(OWN)},
        mark_numbers={key: frozenset(found) for key, found in numbers.items()},
        exemptions=held.exemptions,
    )


def source_of(file_name: str, data: bytes) -> str:
    """«school.xlsx sha256:…»: what the audit log calls the file."""
    return f"{PurePath(file_name).name} sha256:{hashlib.sha256(data).hexdigest()}"


def _target(session: Session, code: str | None, only: int | None) -> int | None:
    found = organisation_by_code(session, code) if code else None
    if only is not None and code is not None and found != only:
        raise RuleViolation(
            "file",
            N_(
                "The file is of another school (code %(code)s). Choose your school's file.",
                code=code,
            ),
        )
    if code is None and only is None:
        raise RuleViolation(
            "file", N_("The file does not name its school. Add the sheet «Организация».")
        )
    return found if code is not None else only
