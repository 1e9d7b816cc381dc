"""A teacher falls out for dates; he is back earlier or later than was thought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from journal.core.audit import Change
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.office.models import StaffAbsence
from journal.office.service.office import Office
from journal.people.models import StaffMember

LONGEST = timedelta(days=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceDraft:
    """Who is away in which days, half-open, and why."""

    staff_id: int
    starts_on: date
    ends_before: date
    reason: str


def note_absence(office: Office, draft: AbsenceDraft) -> int:
    """Note that a teacher is away; returns the absence's id. His lessons stay as they are."""
    _check(office, draft, but=None)
    absence = StaffAbsence(
        organisation_id=office.actor.organisation_id,
        staff_id=draft.staff_id,
        starts_on=draft.starts_on,
        ends_before=draft.ends_before,
        reason=draft.reason,
        noted_at=office.now,
        noted_by=office.actor.current.staff_id,
    )
    office.session.add(absence)
    office.session.flush()
    _tell(office, absence, "note_absence", None, _facts(office, absence))
    return absence.id


def change_absence(office: Office, *, absence_id: int, ends_before: date) -> None:
    """Another last day. Substitutions of days that fall away are undone by hand, lesson by lesson:
    the substitute may have prepared the lesson."""
    absence = _absence(office, absence_id)
    before = _facts(office, absence)
    draft = AbsenceDraft(
        staff_id=absence.staff_id,
        starts_on=absence.starts_on,
        ends_before=ends_before,
        reason=absence.reason,
    )
    _check(office, draft, but=absence.id)
    absence.ends_before = ends_before
    office.session.flush()
    _tell(office, absence, "change_absence", before, _facts(office, absence))


def drop_absence(office: Office, *, absence_id: int) -> None:
    """It was noted by mistake."""
    absence = _absence(office, absence_id)
    before = _facts(office, absence)
    office.session.delete(absence)
    office.session.flush()
    _tell(office, absence, "drop_absence", before, None)


def _absence(office: Office, absence_id: int) -> StaffAbsence:
    absence = office.session.get(StaffAbsence, absence_id)
    if absence is None:
        raise NotFound()
    return absence


def _check(office: Office, draft: AbsenceDraft, *, but: int | None) -> None:
    if office.session.get(StaffMember, draft.staff_id) is None:
        raise NotFound()
    if draft.ends_before <= draft.starts_on:
        raise RuleViolation("last_day", N_("The last day is before the first. Correct it."))
    if draft.ends_before - draft.starts_on > LONGEST:
        raise RuleViolation(
            "last_day", N_("Note at most %(days)s days at once. Shorten it.", days=LONGEST.days)
        )
    other = select(StaffAbsence.id).where(
        StaffAbsence.staff_id == draft.staff_id,
        StaffAbsence.id != (but or 0),
        StaffAbsence.starts_on < draft.ends_before,
        StaffAbsence.ends_before > draft.starts_on,
    )
    if office.session.scalar(other) is not None:
        raise RuleViolation(
            "first_day", N_("He is noted as away on some of these days already. Change that entry.")
        )


def _facts(office: Office, absence: StaffAbsence) -> dict[str, Any]:
    return {
        "teacher": office.name(absence.staff_id),
        "from": absence.starts_on,
        "before": absence.ends_before,
        "reason": absence.reason,
    }


def _tell(
    office: Office,
    absence: StaffAbsence,
    action: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    change = Change(
        action=action,
        object_type="staff_absence",
        object_id=absence.id,
        before=before,
        after=after,
    )
    office.log(change)
