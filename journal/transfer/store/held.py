"""What the database holds of a school, in the shape of the workbook, with the ids of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.people.models import Organisation
from journal.transfer.school import SchoolPackage
from journal.transfer.school.rows import OrganisationRow
from journal.transfer.school.sheets import ORGANISATION_FIELDS, SHEETS, TITLES
from journal.transfer.store import calendar, people, teaching
from journal.transfer.store.ids import Found

Ids = dict[tuple[object, ...], int]


@dataclass(frozen=True, slots=True)
class Held:
    """The package, and for every sheet the natural key of a row to the id of its table row."""

    package: SchoolPackage
    ids: dict[str, Ids]


def gather_school(session: Session, organisation_id: int) -> Held:
    """Everything of the latest year, in a fixed number of queries. Needs the session bound."""
    found = _sheets(session)
    package = SchoolPackage(
        organisation=organisation_row(session, organisation_id),
        sheets=frozenset(TITLES),
        **{field: tuple(one.row for one in rows) for field, rows in found.items()},
    )
    ids = {
        field: {SHEETS[field].key_of(one.row): one.id for one in rows}
        for field, rows in found.items()
    }
    return Held(package, ids)


def _sheets(session: Session) -> dict[str, list[Found]]:
    years = calendar.years(session)
    year_id = max(years, key=lambda one: one.row.starts_on).id if years else None
    return {
        "years": years,
        "bells": calendar.bells(session),
        "subjects": calendar.subjects(session),
        "rooms": calendar.rooms(session),
        "staff": people.staff(session),
        "guardians": people.guardians(session),
        "movements": people.movements(session),
        "terms": calendar.terms(session, year_id),
        "holidays": calendar.holidays(session, year_id),
        "classes": people.classes(session, year_id),
        "pupils": people.pupils(session),
        "loads": teaching.loads(session, year_id),
        "subgroups": teaching.subgroups(session, year_id),
        "slots": teaching.slots(session, year_id),
        "topics": teaching.topics(session, year_id),
    }


def organisation_row(session: Session, organisation_id: int) -> OrganisationRow:
    """The organisation as the sheet «Организация» has it."""
    columns = [getattr(Organisation, column.field) for column in ORGANISATION_FIELDS]
    row = session.execute(select(*columns).where(Organisation.id == organisation_id)).one()
    facts: dict[str, Any] = dict(row._mapping)
    return OrganisationRow(**facts)
