"""How far the demonstration school is with its plan of adoption: most is done, some is late."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select, update

from journal.access import Role
from journal.core.db import bulk_insert
from journal.demo.ground import Ground
from journal.office.adoption.models import AdoptionPlan, AdoptionTick
from journal.people.models import RoleAssignment, StaffMember
from journal.school.models import AcademicYear

_WITHOUT_CONSENT = 3
_TICKS = {Role.DIRECTOR: (1, 3, 5), Role.ADMINISTRATOR: (7, 17)}


def add_adoption(ground: Ground) -> None:
    """The orders, the consents of all but a few of the staff, what was ticked."""
    session, place = ground.session, {"organisation_id": ground.organisation_id}
    starts_on = session.scalars(select(AcademicYear.starts_on)).one()
    before = starts_on - timedelta(days=4)
    plan = {"starts_on": starts_on, "order_number": "214", "order_date": before}
    orders = {"coordinators_number": "211", "coordinators_date": before - timedelta(days=3)}
    bulk_insert(session, AdoptionPlan, [plan | orders | place])
    staff = [one.id for one in ground.staff.values()]
    session.execute(
        update(StaffMember)
        .where(StaffMember.id.in_(staff[:-_WITHOUT_CONSENT]))
        .values(consent_on=before)
        .execution_options(synchronize_session=False)
    )
    bulk_insert(session, AdoptionTick, [one | place for one in _ticks(ground, before)])


def _ticks(ground: Ground, day: date) -> list[dict[str, object]]:
    rows = ground.session.execute(
        select(RoleAssignment.role, RoleAssignment.person_id).where(
            RoleAssignment.role.in_(list(_TICKS))
        )
    )
    holders = {Role(role): person_id for role, person_id in rows}
    return [
        {"item": item, "ticked_on": day, "person_id": holders[role]}
        for role, items in _TICKS.items()
        for item in items
        if role in holders
    ]
