"""Noting that the sheets of a week were handed over, and taking a note back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.people.service import record_by
from journal.reports.weekly.models import HandedSheet
from journal.reports.weekly.queries import WeeklyPage


def hand_over(
    session: Session,
    actor: Actor,
    page: WeeklyPage,
    *,
    pupil_ids: Collection[int],
    handed_on: date,
    now: datetime,
) -> int:
    """Note the day for these pupils of the page's class and week; how many are new.

    A family that was handed its sheet already keeps its note. RuleViolation without pupils, for a
    day to come or before the week began; NotFound for a pupil of another class.
    """
    families = {one.pupil_id: one for one in page.families}
    if not pupil_ids:
        raise RuleViolation("pupils", N_("Tick whose sheets were handed over."))
    if not set(pupil_ids) <= set(families):
        raise NotFound()
    if not page.week.monday <= handed_on <= page.today:
        raise RuleViolation(
            "handed_on",
            N_("A sheet of this week is handed over between its Monday and today."),
        )
    new = [one for one in sorted(set(pupil_ids)) if families[one].handed is None]
    for pupil_id in new:
        _note(session, actor, pupil_id, page.week.monday, handed_on, now)
    return len(new)


def _note(
    session: Session, actor: Actor, pupil_id: int, monday: date, handed_on: date, now: datetime
) -> None:
    row = HandedSheet(
        organisation_id=actor.organisation_id,
        pupil_id=pupil_id,
        monday=monday,
        handed_on=handed_on,
        entered_by=actor.account_id,
        name=actor.name,
        entered_at=now,
    )
    session.add(row)
    session.flush()
    facts = {"pupil": pupil_id, "monday": monday, "handed_on": handed_on}
    _log(session, actor, "hand_sheet", row, now, after=facts)


def take_note_back(
    session: Session, actor: Actor, page: WeeklyPage, *, pupil_id: int, now: datetime
) -> None:
    """A note made by mistake is taken back. NotFound where the page has none of that pupil."""
    found = next((one.handed for one in page.handed if one.pupil_id == pupil_id), None)
    if found is None:
        raise NotFound()
    row = session.get_one(HandedSheet, found.id)
    facts = {"pupil": pupil_id, "monday": row.monday, "handed_on": row.handed_on}
    _log(session, actor, "unhand_sheet", row, now, before=facts)
    session.delete(row)
    session.flush()


def _log(
    session: Session,
    actor: Actor,
    action: str,
    row: HandedSheet,
    now: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    change = Change(
        action=action,
        object_type="handed_sheet",
        object_id=row.id,
        about_id=row.pupil_id,
        before=before,
        after=after,
    )
    record_by(session, actor, change, now)
