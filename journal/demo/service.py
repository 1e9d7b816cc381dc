"""Loading the demonstration: through the importer's own writers, then the states no file can say.

Everything happens in the caller's one transaction: there is a whole school or none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.core.audit import Origin
from journal.core.db import count_own_rows
from journal.demo.adoption_states import add_adoption
from journal.demo.entry_states import (
    apply_coming_changes,
    describe_work_types,
    sign_entries,
)
from journal.demo.excuse_states import add_excuses
from journal.demo.ground import Ground
from journal.demo.history import history_package
from journal.demo.package import school_package
from journal.demo.planned_works import plan_works
from journal.demo.planning_states import add_draft, add_sick_teacher
from journal.demo.school import DemoSchool, make_school
from journal.demo.stories import Journal
from journal.demo.unlock_states import add_changes, add_unlocks
from journal.people.models import Organisation
from journal.school.models import AcademicYear
from journal.transfer.history import HistoryPackage
from journal.transfer.school import SchoolPackage
from journal.transfer.store import store_school
from journal.transfer.store.history import store_history

ORIGIN = Origin(account_id=None, actor_name="flask demo school")
_SOURCE = "demonstration"
_CONTACTS = {
    "administrator_contact": "Романов А. Г., кабинет 12, вторник и четверг с 15 до 17 часов",
    "support_contact": "служба поддержки журнала, 8 800 000-00-00, будни с 9 до 18 часов",
}
_LOADED_EARLIER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What is about to be written: made without the database, so that no lock is held."""

    journal: Journal
    package: SchoolPackage
    history: HistoryPackage
    now: datetime

    @property
    def school(self) -> DemoSchool:
        """The generator's school."""
        return self.journal.school


def make_demonstration(now: datetime) -> Demonstration:
    """The demonstration school as it is at the instant `now`; the same for the same instant."""
    journal = Journal(make_school(now))
    return Demonstration(journal, school_package(journal.school), history_package(journal), now)


def load_demonstration(session: Session, made: Demonstration) -> int:
    """Write the school, its journal and the special states; returns the organisation's id.

    Binds the session to the school. The import is dated an hour back, so that the log tells first
    what was there and then what people did.
    """
    earlier = made.now - _LOADED_EARLIER
    organisation_id = store_school(
        session, made.package, origin=ORIGIN, now=earlier, source=_SOURCE
    ).organisation_id
    own = update(Organisation).where(Organisation.id == organisation_id)
    session.execute(own.values(demonstration=True, **_CONTACTS))
    store_history(
        session,
        made.history,
        organisation_id=organisation_id,
        year_id=session.scalars(select(AcademicYear.id)).one(),
        origin=ORIGIN,
        now=earlier,
        source=_SOURCE,
    )
    count_own_rows(session)
    _add_states(Ground(session, organisation_id, made.journal, made.now))
    return organisation_id


def _add_states(ground: Ground) -> None:
    """What the exchange formats cannot say."""
    describe_work_types(ground)
    apply_coming_changes(ground)
    ground.name_staff()
    sign_entries(ground)
    add_excuses(ground)
    add_unlocks(ground)
    add_changes(ground)
    add_adoption(ground)
    plan_works(ground)
    add_sick_teacher(ground)
    add_draft(ground)
