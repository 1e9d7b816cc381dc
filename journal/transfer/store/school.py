"""Writing a school package: all of it in the caller's transaction, by natural keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from journal.core.audit import Change, Origin, record_many
from journal.core.tenancy import bind
from journal.grading.defaults import add_default_work_types
from journal.office import publish_year
from journal.people.models import Organisation
from journal.people.queries import organisation_by_code
from journal.transfer.changes import Changes
from journal.transfer.school import SchoolPackage, bell_set_of, same_persons, school_changes
from journal.transfer.school.rows import ClassRow, GuardianRow, StaffRow
from journal.transfer.school.sheets import SHEETS
from journal.transfer.store.ground import Ground, load_names
from journal.transfer.store.held import Held, gather_school
from journal.transfer.store.people import role_tuple
from journal.transfer.store.write_frame import (
    settle_year,
    write_bells,
    write_holidays,
    write_organisation,
    write_rooms,
    write_subjects,
    write_terms,
    write_years,
)
from journal.transfer.store.write_guardians import write_guardians
from journal.transfer.store.write_people import (
    write_classes,
    write_movements,
    write_pupils,
    write_staff,
    write_stays,
)
from journal.transfer.store.write_teaching import (
    write_loads,
    write_slots,
    write_subgroups,
    write_topics,
)

AllChanges = dict[str, Changes[Any]]


@dataclass(frozen=True, slots=True)
class StoredSchool:
    """What was written, sheet by sheet, and what the file did not mention."""

    organisation_id: int
    changes: AllChanges
    lessons_added: int

    @property
    def changed_anything(self) -> bool:
        """Whether the database differs from before."""
        return self.lessons_added > 0 or any(one.any for one in self.changes.values())


def store_school(
    session: Session, package: SchoolPackage, *, origin: Origin, now: datetime, source: str
) -> StoredSchool:
    """Write a checked package; importing it twice changes nothing the second time.

    Binds the session to the school (made when its code is new). `source` (file name and hash)
    stands in the audit log. Vanished rows are left alone and listed in `changes`.
    """
    organisation_id = _organisation(session, package)
    bind(session, {organisation_id})
    held = gather_school(session, organisation_id)
    package = settled(package, held.package)
    changes = school_changes(held.package, package)
    ground = Ground(session, organisation_id, now)
    renamed = write_organisation(ground, package.organisation)
    _write(ground, package, held, changes)
    add_default_work_types(session, organisation_id)
    lessons = 0
    if ground.year_id:
        published = publish_year(session, academic_year_id=ground.year_id, origin=origin, now=now)
        lessons = published.added + published.corrected + published.dropped
    stored = StoredSchool(organisation_id, changes, lessons)
    if renamed or stored.changed_anything:
        _log(session, stored, origin=origin, now=now, source=source)
    return stored


def _organisation(session: Session, package: SchoolPackage) -> int:
    row = package.organisation
    if row is None:
        bound = session.info.get("organisations", frozenset())
        (only,) = bound  # the edges bind exactly one before a package without «Организация»
        return int(only)
    found = organisation_by_code(session, row.code)
    if found is not None:
        return found
    organisation = Organisation(
        kind="school",
        code=row.code,
        full_name=row.full_name,
        short_name=row.short_name,
        time_zone=row.time_zone,
    )
    session.add(organisation)
    session.flush()
    return organisation.id


def settled(package: SchoolPackage, held: SchoolPackage) -> SchoolPackage:
    """The package with what a blank cell leaves open filled in, as the tables hold it:
    bells of a class, contacts of a person who stands in several rows."""
    bells = _merged("bells", held, package)
    classes = tuple(_with_bells(one, bells) for one in package.classes)
    staff, guardians = _with_contacts(package, held)
    staff = tuple(replace(one, roles=role_tuple(set(one.roles))) for one in staff)
    return replace(package, classes=classes, staff=staff, guardians=guardians)


def _with_bells(row: ClassRow, bells: Sequence[Any]) -> ClassRow:
    if row.bell_set is not None:
        return row
    chosen = bell_set_of(row, bells)
    return replace(row, bell_set=chosen[0]) if chosen else row


def _with_contacts(
    package: SchoolPackage, held: SchoolPackage
) -> tuple[tuple[StaffRow, ...], tuple[GuardianRow, ...]]:
    kept_staff = _kept("staff", held, package)
    kept_guardians = _kept("guardians", held, package)
    rows = [*package.staff, *package.guardians, *kept_staff, *kept_guardians]
    phones: dict[int, str] = {}
    emails: dict[int, str] = {}
    roots = same_persons(rows)
    for root, row in zip(roots, rows, strict=True):
        if row.phone:
            phones.setdefault(root, row.phone)
        if row.email:
            emails.setdefault(root, row.email)
    whole = [
        replace(row, phone=phones.get(root), email=emails.get(root))
        for root, row in zip(roots, rows, strict=True)
    ]
    staff = whole[: len(package.staff)]
    guardians = whole[len(staff) : len(staff) + len(package.guardians)]
    return tuple(staff), tuple(guardians)


def _kept(field: str, held: SchoolPackage, package: SchoolPackage) -> list[Any]:
    key = SHEETS[field].key_of
    replaced = {key(row) for row in getattr(package, field)}
    return [row for row in getattr(held, field) if key(row) not in replaced]


def _merged(field: str, held: SchoolPackage, package: SchoolPackage) -> list[Any]:
    return [*_kept(field, held, package), *getattr(package, field)]


_FRAME = (
    ("terms", write_terms),
    ("holidays", write_holidays),
    ("bells", write_bells),
    ("subjects", write_subjects),
    ("rooms", write_rooms),
    ("staff", write_staff),
)
_TEACHING = (
    ("loads", write_loads),
    ("subgroups", write_subgroups),
    ("slots", write_slots),
    ("topics", write_topics),
)


def _write(ground: Ground, package: SchoolPackage, held: Held, changes: AllChanges) -> None:
    def each(*steps: tuple[str, Any]) -> None:
        for field, write in steps:
            write(ground, changes.get(field, _none(field)), held.ids[field])
            ground.session.flush()

    each(("years", write_years))
    years = _merged("years", held.package, package)
    settle_year(ground, max(years, key=lambda one: one.starts_on, default=None))
    each(*_FRAME)
    load_names(ground)
    each(("classes", write_classes))
    load_names(ground)
    each(("pupils", write_pupils), ("movements", write_movements))
    _write_belonging(ground, package, held, changes)
    each(*_TEACHING)


def _write_belonging(
    ground: Ground, package: SchoolPackage, held: Held, changes: AllChanges
) -> None:
    """Who is in which class and whose child, in the file and in what it leaves alone."""
    write_stays(
        ground,
        _merged("pupils", held.package, package),
        _merged("movements", held.package, package),
    )
    write_guardians(
        ground,
        changes.get("guardians", _none("guardians")),
        held.ids["guardians"],
        staff=_merged("staff", held.package, package),
        held=held.package.guardians,
    )


def _none(field: str) -> Changes[Any]:
    return Changes(spec=SHEETS[field], added=(), changed=(), same=0, vanished=())


def _log(
    session: Session, stored: StoredSchool, *, origin: Origin, now: datetime, source: str
) -> None:
    """One entry a sheet with its counts, one an altered row with before and after."""
    entries = [
        entry
        for field, one in stored.changes.items()
        if one.any
        for entry in (_sheet_entry(stored, field, one, source), *_row_entries(field, one))
    ]
    if not entries:
        entries = [_entry(stored, "organisation", {"source": source})]
    record_many(
        session, organisation_id=stored.organisation_id, origin=origin, changes=entries, now=now
    )


def _sheet_entry(stored: StoredSchool, field: str, one: Changes[Any], source: str) -> Change:
    counts = {"added": len(one.added), "changed": len(one.changed), "same": one.same}
    return _entry(stored, field, counts | {"source": source})


def _entry(stored: StoredSchool, object_type: str, after: dict[str, Any]) -> Change:
    return Change(
        action="import_sheet",
        object_type=object_type,
        object_id=stored.organisation_id,
        after=after,
    )


def _row_entries(field: str, one: Changes[Any]) -> Iterator[Change]:
    for before, after in one.changed:
        yield Change(
            action="import_row",
            object_type=field,
            before={"row": one.named(before), "is": str(before)},
            after={"row": one.named(after), "is": str(after)},
        )
