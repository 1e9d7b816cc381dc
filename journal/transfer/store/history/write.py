"""Writing a history package: all of it in the caller's transaction, every row in the audit log.

Edit windows do not apply. Entries are dated by the end of their lesson, not by the import: a mark
of September is not news in November.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, Exemption
from journal.core.audit import Change, Origin, record_many
from journal.core.db import bulk_insert
from journal.core.errors import NotFound
from journal.grading.models import TermMark
from journal.people.models import Organisation, Pupil, StaffMember
from journal.school.models import AcademicYear
from journal.transfer.history.rows import (
    AbsenceRow,
    ExemptionRow,
    HistoryPackage,
    MarkRow,
    PeriodMarkRow,
)
from journal.transfer.store.ground import Ground, load_names
from journal.transfer.store.history.held import (
    HeldHistory,
    exemption_key,
    gather_history,
    term_mark_key,
)
from journal.transfer.store.history.lessons import WrittenLesson, write_lessons
from journal.transfer.store.history.marks import mark_key, write_marks

_AUDIT_BATCH = 5000


@dataclass(frozen=True, slots=True)
class StoredHistory:
    """How many rows of each file were new or changed."""

    written: dict[str, int]

    @property
    def changed_anything(self) -> bool:
        """Whether the database differs from before."""
        return any(self.written.values())


def store_history(
    session: Session,
    package: HistoryPackage,
    *,
    organisation_id: int,
    year_id: int,
    origin: Origin,
    now: datetime,
    source: str,
) -> StoredHistory:
    """Write a checked package. Importing it twice changes nothing the second time."""
    ground = _ground(session, organisation_id, year_id, now)
    held = gather_history(session, year_id, now=now)
    news = _news(package, held)
    _write(ground, package, held, news)
    _log(ground, news, held, origin=origin, source=source)
    session.expire_all()
    return StoredHistory({name: len(rows) for name, rows in news.items()})


def _write(
    ground: Ground, package: HistoryPackage, held: HeldHistory, news: dict[str, list[Any]]
) -> None:
    organisation = ground.session.get_one(Organisation, ground.organisation_id)
    written = write_lessons(
        ground,
        package.lessons,
        held.lesson_ids,
        held_rows={row.key: row for row in held.package.lessons},
        zone=organisation.time_zone,
    )
    lessons = _held_lessons(held) | written
    held_marks = {mark_key(row): row for row in held.package.marks}
    write_marks(ground, package.marks, lessons, held.mark_ids, held_marks)
    _write_absences(ground, news["absences"], lessons, held)
    _write_exemptions(ground, news["exemptions"], held)
    _write_term_marks(ground, news["period_marks"], held)


def _ground(session: Session, organisation_id: int, year_id: int, now: datetime) -> Ground:
    year = session.get(AcademicYear, year_id)
    if year is None:
        raise NotFound()
    ground = Ground(session, organisation_id, now, year_id, year.starts_on)
    load_names(ground)
    ground.staff = {
        row[0]: row[1]
        for row in session.execute(select(StaffMember.personnel_number, StaffMember.id))
    }
    ground.pupils = {
        row[0]: row[1] for row in session.execute(select(Pupil.personal_file, Pupil.id))
    }
    return ground


def _news(package: HistoryPackage, held: HeldHistory) -> dict[str, list[Any]]:
    """The rows that are new or differ, by field."""
    return {
        field: [row for row in getattr(package, field) if row not in known]
        for field in _OBJECTS
        for known in [set(getattr(held.package, field))]
    }


def _held_lessons(held: HeldHistory) -> dict[str, WrittenLesson]:
    """Lessons that marks or absences of the file may name though lessons.csv does not."""
    return {
        key: WrittenLesson(row_id, held.lesson_ends[key]) for key, row_id in held.lesson_ids.items()
    }


def _write_absences(
    ground: Ground,
    rows: Sequence[AbsenceRow],
    lessons: dict[str, WrittenLesson],
    held: HeldHistory,
) -> None:
    fresh = []
    for row in rows:
        found = held.absence_ids.get((row.lesson, row.personal_file))
        if found is not None:
            ground.change(
                Absence, found, code=row.code, minutes=row.minutes, version=Absence.version + 1
            )
            continue
        fresh.append(
            {
                "organisation_id": ground.organisation_id,
                "lesson_id": lessons[row.lesson].id,
                "pupil_id": ground.pupils[row.personal_file],
                "code": row.code,
                "minutes": row.minutes,
                "entered_at": lessons[row.lesson].ends_at,
            }
        )
    bulk_insert(ground.session, Absence, fresh)


def _write_exemptions(ground: Ground, rows: Sequence[ExemptionRow], held: HeldHistory) -> None:
    for row in rows:
        facts = {"ends_before": row.ends_before, "order_text": row.order_text}
        found = held.exemption_ids.get(exemption_key(row))
        if found is not None:
            ground.change(Exemption, found, **facts)
            continue
        ground.owned(
            Exemption,
            pupil_id=ground.pupils[row.personal_file],
            subject_id=ground.subjects[row.subject] if row.subject else None,
            kind=row.kind,
            starts_on=row.starts_on,
            **facts,
        )
    ground.session.flush()


def _write_term_marks(ground: Ground, rows: Sequence[PeriodMarkRow], held: HeldHistory) -> None:
    years = {
        row[0]: row[1] for row in ground.session.execute(select(AcademicYear.name, AcademicYear.id))
    }
    fresh = []
    for row in rows:
        found = held.term_mark_ids.get(term_mark_key(row))
        if found is not None:
            ground.change(TermMark, found, value=row.value, version=TermMark.version + 1)
            continue
        fresh.append(
            {
                "organisation_id": ground.organisation_id,
                "pupil_id": ground.pupils[row.personal_file],
                "subject_id": ground.subjects[row.subject],
                "academic_year_id": years[row.year],
                "kind": row.kind,
                "number": row.number,
                "value": row.value,
                "entered_at": ground.now,
            }
        )
    bulk_insert(ground.session, TermMark, fresh)


_OBJECTS = {
    "lessons": "lesson",
    "marks": "mark",
    "absences": "absence",
    "exemptions": "exemption",
    "period_marks": "term_mark",
}


def _log(
    ground: Ground,
    news: dict[str, list[Any]],
    held: HeldHistory,
    *,
    origin: Origin,
    source: str,
) -> None:
    """Every row as imported, with the files' hash, in batches: the log of a year is long."""
    batch: list[Change] = []
    for change in _changes(ground, news, held, source):
        batch.append(change)
        if len(batch) == _AUDIT_BATCH:
            _record(ground, origin, batch)
            batch = []
    _record(ground, origin, batch)


_KEYS: dict[str, Callable[[Any], Any]] = {
    "lessons": lambda row: row.key,
    "marks": mark_key,
    "absences": lambda row: (row.lesson, row.personal_file),
    "exemptions": exemption_key,
    "period_marks": term_mark_key,
}


def _changes(
    ground: Ground, news: dict[str, list[Any]], held: HeldHistory, source: str
) -> Iterator[Change]:
    for field, rows in news.items():
        key = _KEYS[field]
        known = {key(row): row for row in getattr(held.package, field)} if rows else {}
        for row in rows:
            before = known.get(key(row))
            if field == "marks" and before is not None:
                yield _mark_change(ground, before, row, held, source)
            else:
                yield Change(
                    action="import",
                    object_type=_OBJECTS[field],
                    before=_facts(before) if before is not None else None,
                    after=_facts(row),
                    reason=source,
                )


def _mark_change(
    ground: Ground, before: MarkRow, row: MarkRow, held: HeldHistory, source: str
) -> Change:
    """A mark that an import changes belongs to the mark-change report like any other."""
    return Change(
        action="change_mark",
        object_type="mark",
        object_id=held.mark_ids[mark_key(row)],
        within_id=held.lesson_ids[row.lesson],
        about_id=ground.pupils[row.personal_file],
        before=_mark_facts(before),
        after=_mark_facts(row),
        reason=source,
    )


def _mark_facts(row: MarkRow) -> dict[str, Any]:
    return {
        "value": row.value,
        "work": row.work_type,
        "weight": row.weight,
        "comment": row.comment,
        "deadline": row.deadline,
    }


def _facts(row: Any) -> dict[str, Any]:
    pairs = ((one.name, getattr(row, one.name)) for one in fields(row) if one.name != "row")
    return {name: value for name, value in pairs if value is not None}


def _record(ground: Ground, origin: Origin, batch: Sequence[Change]) -> None:
    record_many(
        ground.session,
        organisation_id=ground.organisation_id,
        origin=origin,
        changes=batch,
        now=ground.now,
    )
